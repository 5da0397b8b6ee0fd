/** Types in words, for messages. */
import type { Key, Type } from './types.ts';

/** A type as it ends the sentence "must be …": `a list of strings`. Deprecated forms are left out. */
export function describe(type: Type): string {
  switch (type.kind) {
    case 'text':
      if (type.form) return type.form.words;
      return type.values ? joined(type.values.map(value => `\`${value}\``)) : 'a string';
    case 'number':
      if (type.least !== undefined && type.most !== undefined)
        return type.least === type.most ? `\`${type.least}\`` : `a whole number from ${type.least} to ${type.most}`;
      return type.whole ? 'a whole number' : 'a number';
    case 'bool':
      return '`true` or `false`';
    case 'null':
      return 'nothing';
    case 'any':
      return 'anything';
    case 'list':
      return `a list${itemsOf(type.items)}`;
    case 'map':
      return 'a mapping';
    case 'old':
    case 'tolerated':
      return describe(type.type);
    default: {
      const wanted = type.types.filter(
        option => option.kind !== 'old' && option.kind !== 'tolerated' && option.kind !== 'null',
      );
      return joined([...new Set(wanted.map(describe))]);
    }
  }
}

/** What the items of a list are, where one word says it. */
function itemsOf(items: Type): string {
  const kinds = new Set((items.kind === 'one of' ? items.types : [items]).map(type => type.kind));
  if (kinds.has('text')) return ' of strings';
  if (kinds.has('map')) return ' of mappings';
  return kinds.has('list') ? ' of lists' : '';
}

/** `a, b or c`. */
export function joined(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${last}` : last;
}

/** A key and a value as they would be written: `` `packages: [curl, git]` ``; `undefined` when there is no good example. */
export function exampleOf(name: string, key: Key | undefined): string | undefined {
  const value = key?.example ?? (key && sample(key.type));
  return value === undefined ? undefined : `\`${name}: ${value}\``;
}

function sample(type: Type): string | undefined {
  switch (type.kind) {
    case 'bool':
      return String(type.only ?? true);
    case 'number':
      return String(type.most ?? 10);
    case 'text':
      return type.values?.[0];
    case 'one of':
      return type.types.map(sample).find(value => value !== undefined);
    default:
      return undefined;
  }
}

/** A key for a message; `undefined` for one that is not a plain word: it may be anything that was pasted, such as a token. */
export function keyText(name: string): string | undefined {
  const plain = name.length <= 32 && /^[A-Za-z_][\w./-]*$/.test(name) && (name.match(/\d/g)?.length ?? 0) <= 2;
  return plain ? `\`${name}\`` : undefined;
}

/** A path for a message: `users[0].sudo`. */
export function pathText(path: readonly (string | number)[]): string {
  return path
    .map((step, i) => {
      if (typeof step === 'number') return `[${step}]`;
      const name = keyText(step) ? step : '…';
      return i > 0 ? `.${name}` : name;
    })
    .join('');
}

/** What contains the key at the end of a path, with an article: `an item of \`write_files\``. */
export function holderText(path: readonly (string | number)[]): string {
  const inside = path.slice(0, -1);
  if (inside.length === 0) return 'cloud-init';
  const names = inside.filter(step => typeof step === 'string').map(step => (keyText(step) ? step : '…'));
  const holder = `\`${names.slice(-2).join('.')}\``;
  return typeof inside.at(-1) === 'number' ? `an item of ${holder}` : holder;
}
