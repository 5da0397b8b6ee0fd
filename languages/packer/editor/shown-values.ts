/** Which values may be shown: none of what is sensitive, or a secret by its name, nor of what is made of such a thing. */
import type { ValuePlace } from '../../../core/editor.ts';
import { classifyName } from '../../../facts/secrets/names.ts';
import type { Evaluated, PackerLocal, PackerTree, PackerVariable } from '../tree.ts';

const LONGEST = 80;
/** So many values of an object or list are looked at. What has more is taken for one that holds a secret. */
const MOST_VALUES = 1000;

/**
 * Whether a variable or local is used as a word of a command, or for what is a secret by its name, in any file of the module and
 * in any number of steps: what it holds may be a credential then.
 */
export function mayBeCredential(
  root: string,
  name: string,
  { module }: Pick<PackerTree, 'module'>,
  seen = new Set<string>(),
): boolean {
  const key = `${root}.${name}`;
  if (seen.has(key)) return false;
  seen.add(key);
  // What an unread file does with it is not known.
  if (!module.complete && !module.alone) return true;
  return module.files.some(({ source: { text } }) =>
    [...text.matchAll(REFERENCES)].some(
      ({ 0: use, index }) => use === key && isUsedAsCredential(text, index, index + use.length, seen),
    ),
  );

  function isUsedAsCredential(text: string, start: number, end: number, passed: Set<string>): boolean {
    const from = text.lastIndexOf('\n', start - 1) + 1;
    const before = text.slice(Math.max(from, start - LONGEST_LINE), start);
    const after = text.slice(end, end + LONGEST_LINE).split('\n', 1)[0]!;
    const attribute = /^[ \t]{0,200}(?:\w{1,40}[ \t]{0,4}\{[ \t]{0,8})?"?([\w-]{1,100})"?[ \t]{0,100}[=:](?!=)/.exec(
      before,
    )?.[1];
    if (attribute === undefined || isSecretName(attribute)) return true;
    // A command has words, and a pair a sign between its halves; a name, a path or a version has neither.
    const value = `${before}${text.slice(start, end)}${after}`.replace(/\$\{[^{}"]{0,200}\}/g, 'x');
    const strings = value.slice(value.indexOf(attribute) + attribute.length + 1).match(/"[^"]{0,1000}"/g) ?? [];
    if (strings.some(string => /[\s=:@|]|^"-/.test(string))) return true;
    // In a heredoc there are no quotes around it.
    if (/\$\{[ \t]{0,8}$/.test(before) && !before.includes('"')) return true;
    return module.local(attribute) !== undefined && mayBeCredential('local', attribute, { module }, passed);
  }
}

const LONGEST_LINE = 1_000;
const REFERENCES = /\b(?:var|local)\.[\w-]+/g;

/** A value with the defaults of variables, if it is short, known and no secret. Hosts hide what may be one by its looks. */
export function shownValue(value: Evaluated | undefined, tree: PackerTree): string | undefined {
  const text = value?.assumingDefaults.raw;
  if (!value || text === undefined || text === '' || text.length > LONGEST || /[\r\n`]/.test(text)) return undefined;
  return dependsOnSecret(value, tree, new Set()) ? undefined : text;
}

/** Whether a value is made of a variable or local that is a secret by its name or by `sensitive`, in any number of steps. */
function dependsOnSecret(value: Evaluated, tree: PackerTree, seen: Set<string>): boolean {
  return value.references.some(({ root, path }) => {
    if (path.some(isSecretName)) return true;
    const key = `${root}.${path[0]}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const set = declared(root, path[0] ?? '', tree);
    if (!set) return root === 'var';
    if (mayBeCredential(root, path[0]!, tree)) return true;
    const from = setValue(set);
    if (set.sensitive !== false || (from && holdsSecret(from, path.slice(1)))) return true;
    return root === 'local' && (!from || dependsOnSecret(from, tree, seen));
  });
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

function declared(root: string, name: string, { module }: PackerTree): PackerVariable | PackerLocal | undefined {
  if (root === 'var') return module.variable(name);
  return root === 'local' ? module.local(name) : undefined;
}

/** Every place that a value comes from, in any number of steps; `undefined` when one is not known. */
export function placesOf(value: Evaluated, tree: PackerTree): readonly ValuePlace[] | undefined {
  const from = new Map<string, Evaluated>([['', value]]);
  for (const { references } of from.values()) {
    for (const { root, path } of references) {
      const name = path[0] ?? '';
      const set = declared(root, name, tree);
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

export function isSecretName(name: string): boolean {
  return classifyName(name) !== 'none';
}
