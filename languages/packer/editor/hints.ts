import type { InlineHint } from '../../../core/editor.ts';
import { classifyName } from '../../../facts/secrets/names.ts';
import { eachUse } from '../references.ts';
import type { Evaluated, PackerBlock, PackerTree } from '../tree.ts';

/** Attributes that name what is built: `ami_name`, `name`. */
const NAMES = /(?:^|_)name$/;
const LONGEST = 80;

/** What names that are made of variables and functions are, with the defaults of the variables. */
export function hintsOf(tree: PackerTree): readonly InlineHint[] {
  if (tree.kind !== 'template') return [];
  const hints: InlineHint[] = [];
  const visit = (block: PackerBlock): void => {
    for (const { name, value, hcl } of block.attributes) {
      const text = NAMES.test(name) && isComputed(value) ? value.assumingDefaults.raw : undefined;
      if (text === undefined || text === '' || text.length > LONGEST || /[\r\n]/.test(text)) continue;
      if (!dependsOnSecret(value, tree, new Set())) hints.push({ offset: hcl.value.end, text: `= ${text}` });
    }
    for (const inner of block.blocks()) visit(inner);
  };
  for (const block of tree.file.top.blocks()) if (block.type !== 'variable') visit(block);
  return hints;
}

function isComputed({ expression }: Evaluated): boolean {
  let found = false;
  eachUse(expression, () => {
    found = true;
  });
  return found;
}

/** Whether a value is made of a variable or local that is a secret by its name or by `sensitive`, in any number of steps. */
function dependsOnSecret(value: Evaluated, tree: PackerTree, seen: Set<string>): boolean {
  return value.references.some(({ root, path }) => {
    const name = path[0] ?? '';
    const key = `${root}.${name}`;
    if (seen.has(key)) return false;
    seen.add(key);
    if (isSecretName(name)) return true;
    if (root === 'var') return tree.module.variable(name)?.sensitive !== false;
    const local = root === 'local' ? tree.module.local(name) : undefined;
    if (!local) return false;
    return local.sensitive !== false || !local.value || dependsOnSecret(local.value, tree, seen);
  });
}

function isSecretName(name: string): boolean {
  const found = classifyName(name);
  return found === 'strong' || found === 'medium' || found === 'weak';
}
