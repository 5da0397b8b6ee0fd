/** Which values of a module are hidden: what is sensitive, or a secret by its name or its use, and what is made of it. */
import type { Value } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import type { Span } from '../../core/text.ts';
import { isSecretName, isUsedAsSecret, mayBeCredential } from './credential-uses.ts';
import type { Evaluated, PackerLocal, PackerModule, PackerReference, PackerVariable } from './tree.ts';

/** So many values of an object or list are looked at. What has more is taken for one that holds a secret. */
const MOST_VALUES = 1000;

/** Whether a value is made of a variable or local that is a secret by its name or by `sensitive`, in any number of steps. */
export function dependsOnSecret(value: Pick<Evaluated, 'references'>, module: PackerModule): boolean {
  const secrets = secretNames(module);
  return value.references.some(
    reference => secrets.has(`${reference.root}.${reference.path[0]}`) || isSecretPart(reference, module),
  );
}

/** The variables and locals of a module that are secrets, or made of one, as references write them. All at once. */
const secretNames: (module: PackerModule) => ReadonlySet<string> = memo(module =>
  withMadeOf(module, (root, { name, sensitive }) => sensitive !== false || mayBeCredential(root, name, module)),
);

/** The same without those that commands alone use, which are versions, paths and names for the most part. */
const declaredSecrets: (module: PackerModule) => ReadonlySet<string> = memo(module =>
  withMadeOf(module, (_, { sensitive }) => sensitive !== false),
);

/** Those that are used as a secret among them; of files that cannot be read no use is known. */
const usedSecrets: (module: PackerModule) => ReadonlySet<string> = memo(module =>
  withMadeOf(module, (root, one) => isOwnSecret(root, one, module)),
);

const isOwnSecret = (root: string, { name, sensitive }: PackerVariable | PackerLocal, module: PackerModule): boolean =>
  sensitive !== false || isSecretName(name) || isUsedAsSecret(root, name, module);

function withMadeOf(
  module: PackerModule,
  isSecret: (root: string, one: PackerVariable | PackerLocal) => boolean,
): ReadonlySet<string> {
  const next: string[] = [];
  const madeInto = new Map<string, string[]>();
  for (const one of module.variables) if (isSecret('var', one)) next.push(`var.${one.name}`);
  for (const one of module.locals) {
    const key = `local.${one.name}`;
    const references = one.value?.references ?? [];
    if (!one.value || isSecret('local', one)) next.push(key);
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
}

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

export function declared(root: string, name: string, module: PackerModule): PackerVariable | PackerLocal | undefined {
  if (root === 'var') return module.variable(name);
  return root === 'local' ? module.local(name) : undefined;
}

/** What a variable or local is if nothing is given from outside. */
export function setValue(set: PackerVariable | PackerLocal): Evaluated | undefined {
  return 'assigned' in set ? (set.assigned.at(-1)?.value ?? set.default) : set.value;
}

/** Whether the expression of a value names what is declared `sensitive`, or a secret by its name. */
export function isDeclaredSecret({ span }: Pick<Value, 'span'>, module: PackerModule): boolean {
  return referencesIn(span, module).some(reference => isHiddenBy(declaredSecrets(module), reference, module));
}

/** Characters of an expression, and locals in locals that are followed. */
const LONGEST = 600;
const DEEPEST = 4;

const EXPRESSION = /\$\{(?:[^{}]|\{[^{}]{0,200}\}){0,400}\}/g;
const NAMED = /^(var|local)\.([\w-]{1,80})$/;

/**
 * What is known of a text that is made of something hidden, with `${…}` for what may not be shown or is not known;
 * `undefined` where nothing is hidden.
 */
export function withoutHidden({ span }: Pick<Value, 'span'>, module: PackerModule, depth = 0): string | undefined {
  const secrets = usedSecrets(module);
  if (!referencesIn(span, module).some(reference => isHiddenBy(secrets, reference, module))) return undefined;
  const file = module.files.find(({ own, path }) => (span.file === undefined ? own : path === span.file));
  const written = file?.source.text.slice(span.start, Math.min(span.end, span.start + LONGEST)) ?? '';
  const ofName = (inner: string): string => {
    const [, root, name] = NAMED.exec(inner) ?? [];
    const set = root === undefined ? undefined : declared(root, name!, module);
    const value = set && setValue(set);
    if (!value || depth >= DEEPEST || isOwnSecret(root!, set, module))
      return root === undefined ? '${}' : `\${${inner}}`;
    const text = value.assumingDefaults.raw;
    return withoutHidden(value, module, depth + 1) ?? text ?? `\${${inner}}`;
  };
  const quoted = /^"([^\n]*)"$/.exec(written)?.[1];
  if (quoted === undefined) return ofName(written.trim());
  // What is not read as expressions and text is hidden as a whole.
  if (/[$%]\{|["\\]/.test(quoted.replace(EXPRESSION, ''))) return '${}';
  return quoted.replace(EXPRESSION, one => ofName(one.slice(2, -1).trim())).slice(0, LONGEST);
}

const isHiddenBy = (secrets: ReadonlySet<string>, reference: PackerReference, module: PackerModule): boolean =>
  secrets.has(`${reference.root}.${reference.path[0]}`) || isSecretPart(reference, module);

/** By the path of the file. */
const referencesOf = memo((module: PackerModule): ReadonlyMap<string | undefined, readonly PackerReference[]> => {
  const found = new Map<string | undefined, PackerReference[]>();
  for (const one of module.references) {
    const all = found.get(one.span.file);
    if (all) all.push(one);
    else found.set(one.span.file, [one]);
  }
  return found;
});

const referencesIn = (span: Span, module: PackerModule): readonly PackerReference[] =>
  (referencesOf(module).get(span.file) ?? []).filter(one => one.span.start >= span.start && one.span.end <= span.end);
