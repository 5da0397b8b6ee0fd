/** What a name is made of, looked through locals and the functions that only join or change texts. */
import type { Expression } from '../../../languages/packer/hcl/ast.ts';
import type { Evaluated, PackerModule } from '../../../languages/packer/tree.ts';

export interface Pieces {
  /** The parts that are known, joined. */
  readonly text: string;
  /** The variables that fill in the others, by their bare names. */
  readonly variables: readonly string[];
}

/** Functions that give the name nothing that is not in their arguments. */
const JOINING = new Set(['format', 'join', 'lower', 'upper', 'title', 'trimspace', 'replace', 'substr']);

/** The pieces of a value; `undefined` where something else is in it, such as a date or what a data source found. */
export function piecesOf(value: Evaluated, module: PackerModule, deeper: number): Pieces | undefined {
  if (value.text !== undefined) return { text: value.text, variables: [] };
  if (deeper === 0) return undefined;
  const { expression, source } = value;
  const all = (expressions: readonly Expression[]): Pieces | undefined => {
    const texts: string[] = [];
    const variables: string[] = [];
    for (const one of expressions) {
      const found = piecesOf(module.read(one, source), module, deeper - 1);
      if (!found) return undefined;
      texts.push(found.text);
      variables.push(...found.variables);
    }
    return { text: texts.join('-'), variables };
  };
  switch (expression.kind) {
    case 'parentheses':
      return all([expression.expression]);
    case 'template': {
      const inner = expression.parts.flatMap(part => (part.kind === 'interpolation' ? part.expression : []));
      const plain = expression.parts.every(({ kind }) => kind === 'text' || kind === 'interpolation');
      const found = plain ? all(inner) : undefined;
      const written = expression.parts.map(part => (part.kind === 'text' ? part.text : '')).join('');
      return found && { ...found, text: `${written}-${found.text}` };
    }
    case 'tuple':
      return all(expression.elements);
    case 'call':
      return JOINING.has(expression.name.text) ? all(expression.args) : undefined;
    case 'traversal': {
      const [reference, ...others] = value.references;
      if (!reference || others.length > 0 || reference.path.length !== 1) return undefined;
      const name = reference.path[0]!;
      if (reference.root === 'var') return { text: '', variables: [name] };
      const local = reference.root === 'local' ? module.local(name)?.value : undefined;
      return local && piecesOf(local, module, deeper - 1);
    }
    default:
      return undefined;
  }
}
