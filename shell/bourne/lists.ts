/** Lists, and-or lists and pipelines. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_09 */

import type { CommandNode, Job, Joint } from '../tree/nodes.ts';
import { endsWord } from './characters.ts';
import { readCommand } from './commands.ts';
import type { Reader } from './reader.ts';
import { readHeredocs } from './redirections.ts';
import { isCaseEnd, reservedHere, stopsHere, takeReserved } from './reserved.ts';

/** The first and the last command of what may be one command or many. */
export interface Unit {
  readonly first: CommandNode | undefined;
  readonly last: CommandNode | undefined;
}
export const NOTHING: Unit = { first: undefined, last: undefined };

export function both(one: Unit, other: Unit): Unit {
  return { first: one.first ?? other.first, last: other.last ?? one.last };
}

/**
 * Reads commands up to something that the surroundings wait for ({@link Reader.stops}), or to the end. What can be
 * nowhere is stepped over, so that what follows is still read.
 */
export function readList(r: Reader): Unit {
  let list = NOTHING;
  let joint: Joint;
  while (skipToCommand(r)) {
    const { at, context } = r;
    const job: Job = { background: false, outer: context.job };
    r.context = { ...context, job };
    const unit = readAndOr(r, joint);
    r.context = context;
    if (r.at === at) {
      skipStray(r);
      continue;
    }
    r.statements++;
    list = both(list, unit);
    joint = takeSeparator(r, job);
  }
  return list;
}

/** As {@link readList}, where there must be a command. */
export function readBody(r: Reader): Unit {
  const { statements } = r;
  const unit = readList(r);
  if (r.statements === statements) r.broken = true;
  return unit;
}

/** Steps over what is between commands; false where the list ends. */
function skipToCommand(r: Reader): boolean {
  skipLines(r);
  return !r.ended && !stopsHere(r);
}

/** Steps over spaces, comments and newlines. */
export function skipLines(r: Reader): void {
  for (;;) {
    r.skipBlanks();
    if (r.ended) return;
    if (r.text[r.at] === '#') r.skipLine();
    else if (r.takeNewline()) readHeredocs(r);
    else return;
  }
}

/** What ends an and-or list, and how the next one is joined to it. */
function takeSeparator(r: Reader, job: Job): Joint {
  r.skipBlanks();
  if (r.ended) return undefined;
  const c = r.text[r.at]!;
  if (c === '&') {
    r.at++;
    job.background = true;
    return '&';
  }
  if (c === ';') {
    if (!isCaseEnd(r)) r.at++;
  } else if (c !== '#' && r.newline(r.at) === 0 && !stopsHere(r)) r.broken = true;
  return ';';
}

/** Steps over what can start no command here. */
function skipStray(r: Reader): void {
  r.broken = true;
  if (isCaseEnd(r)) r.at += r.has(';;&') ? 3 : 2;
  else r.at += reservedHere(r)?.length ?? 1;
}

/** Pipelines joined by `&&` and `||`. */
function readAndOr(r: Reader, joint: Joint): Unit {
  let { at } = r;
  let unit = readPipeline(r, joint);
  for (;;) {
    r.skipBlanks();
    const operator = r.has('&&') ? '&&' : r.has('||') ? '||' : undefined;
    if (!operator) return unit;
    if (r.at === at) r.broken = true;
    r.at += 2;
    skipLines(r);
    at = r.at;
    unit = both(unit, readPipeline(r, operator));
    if (r.at === at) r.broken = true;
  }
}

/** Commands joined by `|` and `|&`, after `!` and `time`. */
function readPipeline(r: Reader, joint: Joint): Unit {
  const { at } = r;
  takePrefixes(r);
  const unit = readCommand(r, joint);
  if (!isPipe(r)) return unit;
  if (r.at === at) r.broken = true;
  const members = [unit];
  while (isPipe(r)) {
    r.at += r.has('|&') ? 2 : 1;
    skipLines(r);
    const { at } = r;
    if (takeReserved(r, '!')) r.broken = true;
    members.push(readCommand(r, joint));
    if (r.at === at) r.broken = true;
  }
  return joined(members);
}

function isPipe(r: Reader): boolean {
  r.skipBlanks();
  return r.has('|') && !r.has('||');
}

/** `!` and `time`, which make no command but say what becomes of a pipeline. */
function takePrefixes(r: Reader): void {
  while (takeReserved(r, '!') || takeTime(r)) r.skipBlanks();
}

/** `time [-p]`; to a shell that is not bash, `time` with any other option is the program. */
function takeTime(r: Reader): boolean {
  const { at } = r;
  if (!takeReserved(r, 'time')) return false;
  r.skipBlanks();
  if (r.has('-p') && endsWord(r.text, r.at + 2, r.limit)) r.at += 2;
  else if (r.has('-') && !r.bash) {
    r.at = at;
    return false;
  }
  return true;
}

/** What writes into a pipe ends its group, what reads from it starts the next. */
function joined(units: readonly Unit[]): Unit {
  const real = units.filter(unit => unit.first !== undefined);
  const members = real.map((unit, i) => (i === 0 ? unit.last! : unit.first!));
  if (members.length > 1) for (const member of members) member.pipeline ??= members;
  return { first: real[0]?.first, last: real.at(-1)?.last };
}
