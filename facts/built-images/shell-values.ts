/** Changes that a shell makes to values: `${dir%/}`, `$(basename "$dir")`, `$(echo "$pair" | cut -d: -f1)`. */

/** The text that is changed, and how. */
export interface Changed {
  /** As it is written, with its variables. */
  readonly of: string;
  readonly to: (value: string) => string | undefined;
}

const EXPANSION = /^\$\{([A-Za-z_]\w{0,60})(%%?|##?|\/\/?|,,?|\^\^?)([^{}]{0,100})\}$/;
const COMMAND = /^(?:\$\([ \t]{0,9}|`)(basename|dirname)[ \t]{1,9}(?:--[ \t]{1,9})?(.{1,300}?)[ \t]{0,9}[)`]$/s;
const CUT =
  /^(?:\$\([ \t]{0,9}|`)(?:echo|printf '%s')[ \t]{1,9}(.{1,200}?)[ \t]{0,9}\|[ \t]{0,9}cut[ \t]{1,9}-d[ \t]{0,2}["']?([^\s"'])["']?[ \t]{1,9}-f[ \t]{0,2}(\d)[ \t]{0,9}[)`]$/;
const AWK =
  /^(?:\$\([ \t]{0,9}|`)(?:echo|printf '%s')[ \t]{1,9}(.{1,200}?)[ \t]{0,9}\|[ \t]{0,9}awk[ \t]{1,9}-F[ \t]{0,2}["']?([^\s"'])["']?[ \t]{1,9}'\{[ \t]{0,9}print[ \t]{1,9}\$(\d)[ \t]{0,9}\}'[ \t]{0,9}[)`]$/;

/** `undefined` for a reference that changes nothing. */
export function changedBy(reference: string): Changed | undefined {
  const [, name, operator, pattern = ''] = EXPANSION.exec(reference) ?? [];
  if (name !== undefined) return { of: `\${${name}}`, to: value => changed(value, operator!, pattern) };
  const [, command, rest = ''] = COMMAND.exec(reference) ?? [];
  if (command !== undefined) {
    const [, path = '', ending] = WORDS.exec(rest.trim()) ?? [];
    if (path === '') return undefined;
    return { of: unquoted(path), to: value => (command === 'dirname' ? directoryOf(value) : lastOf(value, ending)) };
  }
  const [, text, mark, field] = CUT.exec(reference) ?? AWK.exec(reference) ?? [];
  if (text === undefined) return undefined;
  return { of: unquoted(text), to: value => value.split(mark!)[Number(field) - 1] };
}

/** A word, and one more. */
const WORDS =
  /^("[^"]{1,200}"|'[^']{1,200}'|\$\([^()]{1,200}\)|[^\s"'()]{1,200})(?:[ \t]{1,9}["']?([^\s"']{1,60})["']?)?$/;

const unquoted = (text: string): string => text.replace(/^(["'])(.*)\1$/s, '$2');
const directoryOf = (path: string): string => {
  const whole = path.replace(/(?<=[^/])\/$/, '');
  return whole.includes('/') ? whole.slice(0, whole.lastIndexOf('/')) : '.';
};
function lastOf(path: string, ending = ''): string {
  const whole = path.replace(/\/$/, '');
  const name = whole.slice(whole.lastIndexOf('/') + 1);
  return ending !== '' && name !== ending && name.endsWith(ending) ? name.slice(0, -ending.length) : name;
}

function changed(value: string, operator: string, written: string): string | undefined {
  const pattern = written.replace(/\\(.)/g, '$1').replace(/^(["'])(.*)\1$/, '$2');
  switch (operator[0]) {
    case ',':
      return value.toLowerCase();
    case '^':
      return operator === '^^' ? value.toUpperCase() : value.slice(0, 1).toUpperCase() + value.slice(1);
    case '/': {
      const [from = '', to = ''] = divided(pattern);
      if (from === '' || /[*?[]/.test(from)) return undefined;
      return operator === '//' ? value.split(from).join(to) : value.replace(from, () => to);
    }
    case '%':
      return withoutEnd(value, pattern, operator === '%%');
    default:
      return withoutBeginning(value, pattern, operator === '##');
  }
}

function divided(pattern: string): readonly [string, string] {
  const at = pattern.indexOf('/', 1);
  return at < 0 ? [pattern, ''] : [pattern.slice(0, at), pattern.slice(at + 1)];
}

function withoutEnd(value: string, pattern: string, isLongest: boolean): string | undefined {
  const fixed = pattern.endsWith('*') ? pattern.slice(0, -1) : pattern;
  if (/[*?[]/.test(fixed)) return undefined;
  if (fixed === pattern) return value.endsWith(fixed) ? value.slice(0, value.length - fixed.length) : value;
  const at = isLongest ? value.indexOf(fixed) : value.lastIndexOf(fixed);
  return at < 0 ? value : value.slice(0, at);
}

function withoutBeginning(value: string, pattern: string, isLongest: boolean): string | undefined {
  const fixed = pattern.startsWith('*') ? pattern.slice(1) : pattern;
  if (/[*?[]/.test(fixed)) return undefined;
  if (fixed === pattern) return value.startsWith(fixed) ? value.slice(fixed.length) : value;
  const at = isLongest ? value.lastIndexOf(fixed) : value.indexOf(fixed);
  return at < 0 ? value : value.slice(at + fixed.length);
}

/** The path of a script, in all its forms. */
const SCRIPT = /["']?\$(?:\{0\}|\{?BASH_SOURCE(?:\[0\])?\}?|\{\(%\):-%x\}|0)["']?/g;
const OF_SCRIPT =
  /^["']?\$\([ \t]{0,9}cd[ \t]{1,9}(?:(?:--|-P)[ \t]{1,9})?["']?\$\([ \t]{0,9}dirname[ \t]{1,9}(?:--[ \t]{1,9})?@[ \t]{0,9}\)["']?((?:\/\.{1,2}){0,6})\/?["']?[^()\n]{0,60}pwd[^()\n]{0,10}\)["']?$|^["']?\$\([ \t]{0,9}dirname[ \t]{1,9}(?:--[ \t]{1,9})?@[ \t]{0,9}\)((?:\/\.{1,2}){0,6})\/?["']?$/;
const WORKING =
  /^["']?(?:\$\((?:pwd|git rev-parse --show-toplevel)\)|`(?:pwd|git rev-parse --show-toplevel)`|\$\{?PWD\}?)["']?$/;

/** The directory of a script, one above, or the one that it is run in, from there; `undefined` for another value. */
export function directoryIn(value: string): string | undefined {
  if (WORKING.test(value)) return '.';
  if (value.length > 200) return undefined;
  const [all, one = '', other = ''] = OF_SCRIPT.exec(value.replace(SCRIPT, '@')) ?? [];
  return all === undefined ? undefined : `.${one}${other}`;
}
