/**
 * Programs in Python, JavaScript and TypeScript that run commands, as a shell would have them: `['docker', 'build', '-t', NAME]`
 * and `f"docker build -t {name} ."`. In as many characters, so that places stay where they are.
 */

/** Scripts by their names and directories: most programs build no images, and are not read. */
const SCRIPTS =
  /(?:^|\/)(?:(?:scripts?|tools?|hack|ci|\.ci|\.github|build|bin|docker|containers?|images?|dev|automation|release|tasks)\/(?:[^/]{1,80}\/){0,2}[^/]{1,80}|(?:tasks|fabfile|noxfile|dodo|build|make|release|publish|deploy|images?|docker|containers?)[\w.-]{0,60})\.(?:py|[cm]?[jt]s)$/i;
const OTHERS =
  /(?:^|\/)(?:node_modules|dist|vendor|tests?|__tests__|site-packages)\/|\.(?:min|test|spec|d)\.[cm]?[jt]s$/i;

export const isProgram = (path: string): boolean => SCRIPTS.test(path) && !OTHERS.test(path);

const HAS_COMMAND = /\b(?:docker|podman|nerdctl|buildah)\b[\s"'`,]{1,8}(?:buildx|image|build|bud|tag|push|run)\b/;
/** The beginning of a list of words. */
const LIST = /\[(?=\s{0,40}["'`](?:sudo["'`],\s{0,40}["'`])?(?:docker|podman|nerdctl|buildah)["'`]\s{0,20}[,\]])/g;
/** The words of a list: strings, names and calls. */
const WORD =
  /([fr]{0,2})("(?:[^"\\\n]|\\.){0,400}"|'(?:[^'\\\n]|\\.){0,400}'|`(?:[^`\\]|\\.){0,400}`)|\*{0,2}\.{0,3}[A-Za-z_][\w.]{0,80}(?:\([^()\n]{0,100}\))?|[,\]]/g;
const LONGEST = 3_000;
const FORMATTED = /\b[fF](["'])((?:(?!\1)[^\n\\]|\\.){0,600})\1/g;

/** Nothing where no command is in it. */
export function asShellText(text: string): string {
  if (!HAS_COMMAND.test(text)) return '';
  const plain = text
    .replace(/^([ \t]{0,80})(?:export[ \t]{1,9})?(?:const|let|var)(?=[ \t])/gm, all => ' '.repeat(all.length))
    .replace(FORMATTED, (all, quote: string, inside: string) =>
      padded(`${quote}${filled(inside)}${quote}`, all.length),
    );
  return asLists(plain.replace(SETTING, withoutSign)).replace(/`/g, '"').slice(0, text.length);
}

/** A setting of a variable, and a key of an object: only a string is a value. */
const SETTING = /^([ \t]{0,80}["']?[A-Za-z_]\w{0,60}["']?[ \t]{0,9})([:=])(?!=)([^\n]{0,400})$/gm;
const STRING = /^[ \t]{0,9}(["'])[^"'\n]{0,300}\1[ \t]{0,9};?(?:[ \t\r]{0,9}$|[ \t]{1,9}(?:#|\/\/))/;
const withoutSign = (all: string, before: string, sign: string, after: string): string =>
  sign === '=' && STRING.test(after) ? all : `${before} ${after}`;

function asLists(plain: string): string {
  let result = '';
  let last = 0;
  for (const { index } of plain.matchAll(LIST)) {
    if (index < last) continue;
    const end = endOf(plain, index);
    if (end < 0) continue;
    result += plain.slice(last, index) + listed(plain.slice(index, end));
    last = end;
  }
  return result + plain.slice(last);
}

/** `{name}` as a variable of a shell. */
const filled = (text: string): string =>
  text.replace(/\{([A-Za-z_]\w{0,60})(?:![rsa])?\}(?=(.?))/g, (_, name: string, next: string) =>
    /[\w]/.test(next) ? `\${${name}}` : `$${name}`,
  );

const padded = (text: string, length: number): string => text.padEnd(length).slice(0, length);

/** Where a list ends, with its brackets. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let quote = '';
  for (let at = start; at < text.length && at - start < LONGEST; at++) {
    const char = text[at]!;
    if (quote !== '') {
      if (char === '\\') at++;
      else if (char === quote) quote = '';
    } else if (/["'`]/.test(char)) quote = char;
    else if (char === '[') depth++;
    else if (char === ']' && --depth === 0) return at + 1;
  }
  return -1;
}

/** The words of a list on one line each, which a backslash goes on from. */
function listed(list: string): string {
  const inside = list.slice(1, -1);
  let line = ' ';
  let last = 0;
  const put = (word: string, from: number, to: number): void => {
    line += blank(inside.slice(last, from)) + padded(word, to - from);
    last = to;
  };
  for (const { 0: all, 1: prefix = '', 2: string, index } of inside.matchAll(WORD)) {
    if (all === ',' || all === ']') put(' ', index, index + all.length);
    else if (string === undefined) {
      // The space before it becomes the sign of a variable.
      const name = all.split('(', 1)[0]!.split('.').at(-1)!.replaceAll('*', '');
      const from = index > last ? index - 1 : index;
      put(from < index ? `$${name}` : '', from, index + all.length);
    } else {
      const word = string.slice(1, -1);
      put(
        /[\s]/.test(word) ? `"${word}"` : ` ${prefix.includes('f') ? filled(word) : word}`,
        index,
        index + all.length,
      );
    }
  }
  // Its lines go on.
  return `${`${line}${blank(inside.slice(last))}`.replace(/ (?=\r?\n)/g, '\\')}\n`.slice(0, list.length);
}

/** Comments and signs between words are none of the command. */
const blank = (text: string): string =>
  text.replace(/(?:#|\/\/)[^\n]*/g, all => ' '.repeat(all.length)).replace(/[^\s]/g, ' ');
