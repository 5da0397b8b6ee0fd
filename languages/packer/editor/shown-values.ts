/** Which values may be shown: none of what is sensitive, or a secret by its name, nor of what is made of such a thing. */
import type { ValuePlace } from '../../../core/editor.ts';
import { memo } from '../../../core/memo.ts';
import type { Evaluated, PackerLocal, PackerModule, PackerReference, PackerTree, PackerVariable } from '../tree.ts';
import { isSecretName, mayBeCredential } from './credential-uses.ts';

const LONGEST = 80;
/** So many values of an object or list are looked at. What has more is taken for one that holds a secret. */
const MOST_VALUES = 1000;

/** A value with the defaults of variables, if it is short, known and no secret. Hosts hide what may be one by its looks. */
export function shownValue(value: Evaluated | undefined, tree: PackerTree): string | undefined {
  const text = value?.assumingDefaults.raw;
  if (!value || text === undefined || text === '' || text.length > LONGEST || /[\r\n`]/.test(text)) return undefined;
  return dependsOnSecret(value, tree) ? undefined : text;
}

/** Whether a value is made of a variable or local that is a secret by its name or by `sensitive`, in any number of steps. */
function dependsOnSecret(value: Evaluated, { module }: PackerTree): boolean {
  const secrets = secretNames(module);
  return value.references.some(
    reference => secrets.has(`${reference.root}.${reference.path[0]}`) || isSecretPart(reference, module),
  );
}

/** The variables and locals of a module that are secrets, or made of one, as references write them. All at once. */
const secretNames: (module: PackerModule) => ReadonlySet<string> = memo(module => {
  const next: string[] = [];
  const madeInto = new Map<string, string[]>();
  for (const { name, sensitive } of module.variables)
    if (sensitive !== false || mayBeCredential('var', name, module)) next.push(`var.${name}`);
  for (const { name, sensitive, value } of module.locals) {
    const key = `local.${name}`;
    const references = value?.references ?? [];
    if (!value || sensitive !== false || mayBeCredential('local', name, module)) next.push(key);
    else if (references.some(reference => isSecretPart(reference, module))) next.push(key);
    for (const { root, path } of references) {
      const made = madeInto.get(`${root}.${path[0]}`);
      if (made) made.push(key);
      else madeInto.set(`${root}.${path[0]}`, [key]);
    }
  }
  const known = new Set<string>();
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (known.has(name)) continue;
    known.add(name);
    next.push(...(madeInto.get(name) ?? []));
  }
  return known;
});

/** Whether what a reference names is a secret by a name in its path or below it, or is not known. */
function isSecretPart({ root, path }: PackerReference, module: PackerModule): boolean {
  if (path.some(isSecretName)) return true;
  const set = declared(root, path[0] ?? '', module);
  if (!set) return root === 'var';
  const from = setValue(set);
  return from !== undefined && holdsSecret(from, path.slice(1));
}

/** Whether a key below a path is that of a secret: a function, an index or a `for` may take it out. */
function holdsSecret(value: Evaluated, path: readonly string[]): boolean {
  let from = value.assumingDefaults;
  for (const key of path) from = from.entry(key)?.value ?? from;
  const values = [from];
  for (const { entries, items } of values) {
    if (entries.some(({ key }) => isSecretName(key))) return true;
    values.push(...items, ...entries.map(entry => entry.value));
    if (values.length > MOST_VALUES) return true;
  }
  return false;
}

function declared(root: string, name: string, module: PackerModule): PackerVariable | PackerLocal | undefined {
  if (root === 'var') return module.variable(name);
  return root === 'local' ? module.local(name) : undefined;
}

/** Every place that a value comes from, in any number of steps; `undefined` when one is not known. */
export function placesOf(value: Evaluated, tree: PackerTree): readonly ValuePlace[] | undefined {
  const from = new Map<string, Evaluated>([['', value]]);
  for (const { references } of from.values()) {
    for (const { root, path } of references) {
      const name = path[0] ?? '';
      const set = declared(root, name, tree.module);
      const next = set && setValue(set);
      if (!next) return undefined;
      from.set(`${root}.${name}`, next);
    }
  }
  return [...from.values()].map(({ source, span }) => ({ span, text: source.text }));
}

/** What a variable or local is if nothing is given from outside. */
export function setValue(set: PackerVariable | PackerLocal): Evaluated | undefined {
  return 'assigned' in set ? (set.assigned.at(-1)?.value ?? set.default) : set.value;
}
