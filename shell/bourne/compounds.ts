/** Compound commands. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_09_04 */
import { readArithmetic } from './expansions.ts';
import { both, NOTHING, readBody, readList, skipLines, type Unit } from './lists.ts';
import type { Reader } from './reader.ts';
import { isCaseEnd, reservedHere, stopBits, takeReserved } from './reserved.ts';
import { readWord } from './words.ts';

const OF_IF = stopBits('then', 'elif', 'else', 'fi');
const OF_CASE = stopBits('esac', ';;');
const OF_LOOP = stopBits('do', 'done');
const PARENTHESIS = stopBits(')');
const BRACE = stopBits('}');

/** Reads the compound command that starts here, without the redirections after it. */
export function readCompound(r: Reader): Unit {
  if (r.text[r.at] === '(') return readParentheses(r);
  const word = reservedHere(r)!;
  r.at += word.length;
  const { stops } = r;
  switch (word) {
    case '{':
      return r.inside('group', stops, () => readBraced(r)) ?? NOTHING;
    case 'if':
      return r.inside('condition', stops | OF_IF, () => readIf(r)) ?? NOTHING;
    case 'case':
      return r.inside('case', stops | OF_CASE, () => readCase(r)) ?? NOTHING;
    case 'while':
    case 'until':
      return r.inside('loop', stops | OF_LOOP, () => both(readBody(r), readLoopBody(r))) ?? NOTHING;
    default:
      return r.inside('loop', stops | OF_LOOP, () => readFor(r)) ?? NOTHING;
  }
}

/** `(( … ))` or `( … )` */
function readParentheses(r: Reader): Unit {
  if (r.text[r.at + 1] === '(' && readArithmetic(r, 2)) return NOTHING;
  r.at++;
  const unit = r.inside('subshell', PARENTHESIS, () => readBody(r)) ?? NOTHING;
  if (r.has(')')) r.at++;
  else r.broken = true;
  return unit;
}

/** The rest of `{ … }` after the first brace. */
export function readBraced(r: Reader): Unit {
  const { stops } = r;
  r.stops |= BRACE;
  const unit = readBody(r);
  r.stops = stops;
  expect(r, '}');
  return unit;
}

function expect(r: Reader, word: string): void {
  if (!takeReserved(r, word)) r.broken = true;
}

/** What may follow each part of an `if`. */
const PARTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['if', ['then']],
  ['then', ['elif', 'else', 'fi']],
  ['elif', ['then']],
  ['else', ['fi']],
]);

function readIf(r: Reader): Unit {
  let unit = NOTHING;
  let part = 'if';
  while (part !== 'fi') {
    const { context } = r;
    if (part === 'if' || part === 'elif') r.context = { ...context, tested: true };
    unit = both(unit, readBody(r));
    r.context = context;
    const next = ['then', 'elif', 'else', 'fi'].find(word => takeReserved(r, word));
    if (next === undefined || !PARTS.get(part)!.includes(next)) r.broken = true;
    if (next === undefined) break;
    part = next;
  }
  return unit;
}

/** `do … done` or, after `for`, `{ … }`. */
function readLoopBody(r: Reader): Unit {
  if (takeReserved(r, 'do')) {
    const unit = readBody(r);
    expect(r, 'done');
    return unit;
  }
  r.broken = true;
  takeReserved(r, 'done');
  return NOTHING;
}

/** After `for` or `select`: `NAME [in WORD …]` or `((…;…;…))`, and the body. */
function readFor(r: Reader): Unit {
  r.skipBlanks();
  if (r.has('((')) {
    if (!readArithmetic(r, 2)) r.broken = true;
  } else {
    const name = readWord(r);
    if (r.at === name.start) r.broken = true;
    skipLines(r);
    if (takeReserved(r, 'in')) readWords(r);
  }
  r.skipBlanks();
  if (r.has(';') && !isCaseEnd(r)) r.at++;
  skipLines(r);
  return takeReserved(r, '{') ? readBraced(r) : readLoopBody(r);
}

/** The words of a `for`, up to the end of its line. */
function readWords(r: Reader): void {
  for (;;) {
    r.skipBlanks();
    const { at } = r;
    if (r.ended || r.text[at] === '#') return;
    readWord(r, 'argument');
    if (r.at === at) return;
  }
}

/** After `case`. */
function readCase(r: Reader): Unit {
  let unit = NOTHING;
  r.skipBlanks();
  const subject = readWord(r);
  if (r.at === subject.start) r.broken = true;
  skipLines(r);
  expect(r, 'in');
  for (;;) {
    skipLines(r);
    if (takeReserved(r, 'esac')) return unit;
    const { at } = r;
    readPatterns(r);
    unit = both(unit, readList(r));
    if (isCaseEnd(r)) r.at += r.has(';;&') ? 3 : 2;
    else if (reservedHere(r) !== 'esac' || r.ended) {
      r.broken = true;
      return unit;
    }
    if (r.at === at) return unit;
  }
}

/** `[(] PATTERN [| PATTERN] … )` */
function readPatterns(r: Reader): void {
  if (r.has('(')) r.at++;
  for (;;) {
    r.skipBlanks();
    const { at } = r;
    readWord(r, 'argument');
    if (r.at === at) r.broken = true;
    r.skipBlanks();
    if (!r.has('|') || r.has('||')) break;
    r.at++;
  }
  if (r.has(')')) r.at++;
  else skipPattern(r);
}

/** What is where a pattern should have ended, up to the end of its line. */
function skipPattern(r: Reader): void {
  r.broken = true;
  while (!r.ended && r.newline(r.at) === 0) {
    r.skipBlanks();
    const { at } = r;
    readWord(r, 'argument');
    if (r.has(')')) {
      r.at++;
      return;
    }
    if (r.at === at && !r.ended && r.newline(at) === 0) r.at++;
  }
}
