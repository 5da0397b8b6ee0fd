/** Reserved words, which mean something where a command may start. */
import { endsWord } from './characters.ts';
import type { Reader } from './reader.ts';

const WORDS: ReadonlySet<string> = new Set([
  ...['if', 'then', 'elif', 'else', 'fi', 'while', 'until', 'for', 'select', 'case', 'esac', 'do', 'done'],
  ...['function', 'time', 'coproc', '{', '}', '!', '[['],
]);
/** Those of bash alone. */
const BASH: ReadonlySet<string> = new Set(['coproc']);
const LONGEST = 8;

/** The reserved word that is here, where a command may start. */
export function reservedHere(r: Reader): string | undefined {
  const { text, at, limit } = r;
  const code = text.charCodeAt(at);
  let end = at + 1;
  if (code >= 97 && code <= 122) {
    while (end < limit && end - at <= LONGEST && isLetter(text.charCodeAt(end))) end++;
  } else if (code === 91) end = at + 2;
  else if (code !== 123 && code !== 125 && code !== 33) return undefined;
  if (end > limit || !endsWord(text, end, limit)) return undefined;
  const word = text.slice(at, end);
  return WORDS.has(word) && (r.bash || !BASH.has(word)) ? word : undefined;
}

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}

/** Steps over the reserved word if it is here. */
export function takeReserved(r: Reader, word: string): boolean {
  const { at } = r;
  if (!r.has(word) || !endsWord(r.text, at + word.length, r.limit)) return false;
  r.at += word.length;
  return true;
}

/** What can only occur where something is open. */
const STOPS = ['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}', ';;', ')'] as const;

const BITS: ReadonlyMap<string, number> = new Map(STOPS.map((stop, i) => [stop, 1 << i]));

/** A set of them as a number. */
export function stopBits(...stops: readonly (typeof STOPS)[number][]): number {
  return stops.reduce((bits, stop) => bits | BITS.get(stop)!, 0);
}

const PARENTHESIS = stopBits(')');
const CASE_END = stopBits(';;');

/** Whether something is here that the surroundings wait for. */
export function stopsHere(r: Reader): boolean {
  const c = r.text[r.at];
  if (c === ')') return (r.stops & PARENTHESIS) !== 0;
  if (c === ';') return isCaseEnd(r) && (r.stops & CASE_END) !== 0;
  const word = r.stops === 0 ? undefined : reservedHere(r);
  return word !== undefined && ((BITS.get(word) ?? 0) & r.stops) !== 0;
}

/** `;;`, `;&` or `;;&` */
export function isCaseEnd(r: Reader): boolean {
  return r.has(';;') || r.has(';&');
}
