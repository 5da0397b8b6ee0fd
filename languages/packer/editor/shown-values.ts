/** Which values may be shown: none of what is sensitive, or a secret by its name, nor of what is made of such a thing. */
import { classifyName } from '../../../facts/secrets/names.ts';
import type { Evaluated, PackerTree } from '../tree.ts';

const LONGEST = 80;

/** A value with the defaults of variables, if it is short, known and no secret. Hosts hide what may be one by its looks. */
export function shownValue(value: Evaluated | undefined, tree: PackerTree): string | undefined {
  const text = value?.assumingDefaults.raw;
  if (!value || text === undefined || text === '' || text.length > LONGEST || /[\r\n`]/.test(text)) return undefined;
  return dependsOnSecret(value, tree, new Set()) ? undefined : text;
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

export function isSecretName(name: string): boolean {
  return classifyName(name) !== 'none';
}
