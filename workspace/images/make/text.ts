/** The lines, rules, patterns and loops of the text of a Makefile. */
import { EACH } from '../model.ts';

const LONGEST = 4_000;
/** Words of one list. */
const MOST_WORDS = 60;

/** Lines with those that a backslash joins, and where they begin. */
export function* linesOf(text: string): Iterable<readonly [line: string, index: number, end: number]> {
  for (const { 0: line, index } of text.matchAll(/(?:[^\n\\]|\\(?:\r?\n|[^\n]|$))*(?:\n|$)/g)) {
    if (line === '') break;
    yield [line.replace(/\r?\n$/, '').replace(/(?<![ \t])[ \t]*\\\r?\n[ \t]*/g, ' '), index, index + line.length];
  }
}

/** The targets of a rule, and what follows their colon; references may have colons, too. */
export function ruleIn(line: string): readonly [targets: string, rest: string] | undefined {
  let depth = 0;
  for (let at = 0; at < line.length && at < LONGEST; at++) {
    const char = line[at]!;
    if (char === '(' || char === '{') depth++;
    else if (char === ')' || char === '}') depth--;
    else if (depth === 0 && (char === '#' || char === '=')) return undefined;
    else if (depth === 0 && char === ':')
      return line[at + 1] === '='
        ? undefined
        : [line.slice(0, at).trim(), line.slice(at + (line[at + 1] === ':' ? 2 : 1))];
  }
  return undefined;
}

export const fitsPattern = (target: string, pattern: string): boolean =>
  stemOf(target, pattern.replace('%', EACH)) !== undefined;

export const withoutComment = (value: string): string => value.replace(/(?:^|(?<=[ \t]))#.*/, '').trim();

export const wordsOf = (text: string): readonly string[] =>
  text.split(/\s+/, MOST_WORDS).filter(word => word !== '' && !word.includes('$'));

/** What of a target stands for the gap of a pattern; `undefined` where it is no such target. */
export function stemOf(target: string, pattern: string): string | undefined {
  const at = pattern.indexOf(EACH);
  if (at < 0) return undefined;
  const [before, after] = [pattern.slice(0, at), pattern.slice(at + 1)];
  if (target.length < before.length + after.length + 1 || !target.startsWith(before) || !target.endsWith(after))
    return undefined;
  return target.slice(before.length, target.length - after.length);
}

const LOOP =
  /\bfor[ \t]{1,9}(\w{1,60})[ \t]{1,9}in[ \t]{1,9}((?:[^;\n\\]|\\\r?\n){1,1000}?)[ \t]{0,9}(?:;|\\?\r?\n)[\s\\]{0,40}do\b/g;

export const CALL = /\$[({]call[ \t]{1,9}([\w.-]{1,80}),((?:[^()\n]|\([^()\n]{0,200}\)){0,400})[)}]/g;

/** `$$name` and `$${name}` of the shell in a recipe. */
export const REFERENCES = /\$\$(?:\{(\w{1,60})\}|(\w{1,60})(?!\w))/g;

/** The loop of the shell that a text ends in. */
export function loopAround(text: string): { readonly list: string; readonly name: string } | undefined {
  const found = [...text.matchAll(LOOP)].at(-1);
  if (!found || /\bdone\b/.test(text.slice(found.index))) return undefined;
  return {
    list: found[2]!.replace(/\\\r?\n/g, ' '),
    name: found[1]!,
  };
}
