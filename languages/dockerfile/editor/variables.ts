/** The variables of a Dockerfile: where they are declared, and where they are used, in commands too. */
import { memo } from '../../../core/memo.ts';
import type { Span } from '../../../core/text.ts';
import { everyInstruction } from '../all-instructions.ts';
import type { DockerfileTree, Instruction } from '../tree.ts';

/** An ARG or ENV that sets a variable. */
export interface DeclaredVariable {
  readonly name: string;
  readonly kind: 'arg' | 'env';
  readonly nameSpan: Span;
  /** The ARG before the first FROM whose value an ARG of a stage takes over. */
  readonly origin: DeclaredVariable | undefined;
  readonly hasDefault: boolean;
}

/** A place where a variable is named. */
export interface VariableAt {
  /** Of a use, what sets the variable there; of an ARG that takes over another one, that one; else the declaration itself. */
  readonly declared: DeclaredVariable;
  readonly span: Span;
}

interface Use {
  readonly span: Span;
  readonly declared: DeclaredVariable;
}

interface Variables {
  readonly declarations: readonly DeclaredVariable[];
  readonly uses: readonly Use[];
}

/** `$NAME` and `${NAME`; a variable that is set in this file has a plain name. */
const REFERENCE = /\$\{?([A-Za-z_]\w{0,200})/g;

const variablesOf = memo((tree: DockerfileTree): Variables => {
  const declarations: DeclaredVariable[] = [];
  /** By where the binding says that it is set. */
  const bySpan = new Map<number, DeclaredVariable>();
  const globals = new Map<string, DeclaredVariable>();
  const add = (declared: DeclaredVariable, span: Span): void => {
    declarations.push(declared);
    bySpan.set(span.start, declared);
  };
  for (const instruction of everyInstruction(tree)) {
    if (instruction.kind === 'arg')
      for (const { name, nameSpan, span, default: value } of instruction.declarations) {
        const origin = instruction.stage && !value ? globals.get(name) : undefined;
        const declared = { name, kind: 'arg', nameSpan, origin, hasDefault: value !== undefined } as const;
        if (!instruction.stage) globals.set(name, declared);
        add(declared, span);
      }
    if (instruction.kind === 'env')
      for (const { key, keySpan, span } of instruction.pairs)
        add({ name: key, kind: 'env', nameSpan: keySpan, origin: undefined, hasDefault: true }, span);
  }
  const uses = declarations.length === 0 ? [] : everyInstruction(tree).flatMap(one => usesIn(one, tree, bySpan));
  return { declarations, uses };
});

function usesIn(
  instruction: Instruction,
  tree: DockerfileTree,
  bySpan: ReadonlyMap<number, DeclaredVariable>,
): readonly Use[] {
  const { environment, heredocs, kind, lineSpan, span } = instruction;
  // The instruction inside of an ONBUILD is read by itself.
  if (kind === 'onbuild') return [];
  const { text } = tree.source;
  const isCopy = kind === 'copy' || kind === 'add';
  const { end } = isCopy && heredocs.every(({ quoted }) => quoted) ? lineSpan : span;
  const uses: Use[] = [];
  for (let line = span.start; line < end; ) {
    const found = text.indexOf('\n', line);
    const next = found < 0 || found >= end ? end : found + 1;
    const written = text.slice(line, next);
    for (const { 0: reference, 1: name, index } of isComment(written) ? [] : written.matchAll(REFERENCE)) {
      if (written[index - 1] === tree.escape) continue;
      const definition = environment.get(name!)?.definition;
      const declared = definition && bySpan.get(definition.start);
      const after = line + index + reference.length;
      if (declared) uses.push({ declared, span: { start: after - name!.length, end: after } });
    }
    line = next;
  }
  return uses;
}

const isComment = (line: string): boolean => line.trimStart().startsWith('#');

/** Every ARG and ENV, in the order of the file. */
export function declaredVariables(tree: DockerfileTree): readonly DeclaredVariable[] {
  return variablesOf(tree).declarations;
}

/** The variable that is named at an offset. */
export function variableAt(tree: DockerfileTree, offset: number): VariableAt | undefined {
  const { declarations, uses } = variablesOf(tree);
  const covers = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const use = uses.find(({ span }) => covers(span));
  if (use) return use;
  const declared = declarations.find(({ nameSpan }) => covers(nameSpan));
  return declared && { declared: declared.origin ?? declared, span: declared.nameSpan };
}

/** Every place of a variable, through the ARGs that take it over. */
export function variableSpans(
  tree: DockerfileTree,
  declared: DeclaredVariable,
  withDeclaration: boolean,
): readonly Span[] {
  const root = declared.origin ?? declared;
  const isSame = (one: DeclaredVariable): boolean => one === root || one.origin === root;
  const { declarations, uses } = variablesOf(tree);
  const taken = declarations.filter(one => isSame(one) && (withDeclaration || one !== root));
  const spans = [
    ...taken.map(({ nameSpan }) => nameSpan),
    ...uses.flatMap(use => (isSame(use.declared) ? use.span : [])),
  ];
  return spans.sort((a, b) => a.start - b.start);
}
