/**
 * Where a line of any text may hold a secret, by its looks alone: no tree, no judgement of the value. It is for hiding
 * and not for reporting, so it hides too much rather than too little; it works in broken documents and in languages
 * that nothing else here reads.
 */
import { characterClasses, readsAsWords, shannonEntropy } from '../entropy.ts';
import { classifyName } from '../names.ts';

/** Half-open UTF-16 offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Shorter values are told by nobody's memory of eight characters, and would hide half of every text. */
const SHORTEST_VALUE = 4;
/** So much of a value is looked at, in UTF-16 code units. */
const LONGEST_LOOK = 400;
/** The shortest run of characters that may be a token without a name. */
const SHORTEST_RUN = 20;

/** A name, an option or a quoted key, and what joins it to its value. */
const NAMED =
  /(?<name>--?[A-Za-z][\w.-]{0,80}|[A-Za-z_][\w.-]{0,80})(?<quote>\\?["'\]]{0,2})(?<joint>\s{0,8}(?:=>|:=|\+=|[:=])\s{0,8}|\s{1,8})(?=\S)/g;
/** Names of options and settings that are glued in a way of their own. */
const GLUED = /^(?:requirepass|masterauth|userpass|passin|passout|sshpass|cacertpass|storepass|keypass)$/i;
/** `user:password` up to where a user part can end. */
const USER_PART = /(?<=^|[\s"'/=(,])[A-Za-z0-9_.%+-]{1,64}:(?<value>(?!\/\/)[^\s"'`@]{4,400})(?=@|["']|\s|$)/g;
const ARGUMENT_END = /[\s;,&|)"'`]|$/g;
const SCALAR_END = /\s+#|$/g;
const RUN = /[A-Za-z0-9+/=_.~!#%^&*@:-]{20,4000}/g;
const DIGEST = /sha\d|md5|checksum|digest|commit|revision|fingerprint|integrity/i;

/** The ranges of `line` that may be secrets, in no order; they may overlap. `line` has no line break. */
export function suspectsIn(line: string): readonly Range[] {
  return [...namedIn(line), ...userPartsIn(line), ...runsIn(line)];
}

function namedIn(line: string): Range[] {
  const found: Range[] = [];
  let covered = 0;
  for (const match of line.matchAll(NAMED)) {
    if (match.index < covered) continue;
    const { name, quote, joint } = match.groups as { name: string; quote: string; joint: string };
    const spaced = joint.trim() === '';
    if (!asks(name, spaced)) continue;
    const range = valueAt(line, match.index + match[0].length, joint, quote);
    if (range.end - range.start < SHORTEST_VALUE) continue;
    const value = line.slice(range.start, Math.min(range.end, range.start + LONGEST_LOOK));
    if (isReference(value) || (spaced && !name.startsWith('-') && !looksDrawn(value))) continue;
    found.push(range);
    covered = range.end;
  }
  return found;
}

function userPartsIn(line: string): Range[] {
  const found: Range[] = [];
  for (const match of line.matchAll(USER_PART)) {
    const value = match.groups!.value!;
    const start = match.index + match[0].length - value.length;
    const end = start + value.length;
    if (isReference(value) || /^\d{1,5}(?:\/|$)/.test(value)) continue;
    if (line[end] === '@' ? !/^sha\d/.test(line.slice(end + 1, end + 5)) : looksMixed(value))
      found.push({ start, end });
  }
  return found;
}

function runsIn(line: string): Range[] {
  const found: Range[] = [];
  for (const match of line.matchAll(RUN)) found.push(...tokensIn(match[0], match.index, line));
  return found;
}

/** Whether a name or an option says that a secret follows. A bare word must be one by itself: prose has many. */
function asks(name: string, spaced: boolean): boolean {
  const plain = name.replace(/^-+/, '');
  if (GLUED.test(plain)) return true;
  const kind = classifyName(plain);
  if (kind === 'strong' || kind === 'medium' || kind === 'hashed') return true;
  return kind === 'weak' && !spaced;
}

/** Where a value that begins at `start` ends: at its quote, or where its notation ends a bare one. */
function valueAt(line: string, start: number, joint: string, quoteBefore: string): Range {
  const opening = /^\\?["'`]/.exec(line.slice(start, start + 2))?.[0];
  if (opening !== undefined) {
    const from = start + opening.length;
    const close = line.indexOf(opening, from);
    return { start: from, end: close < 0 ? line.length : close };
  }
  // A YAML scalar or a line of a configuration file goes on to the end of the line; an argument ends at a space.
  const whole = /:\s/.test(joint) || (/\s/.test(joint) && joint.includes('=') && quoteBefore === '');
  const ending = whole ? SCALAR_END : ARGUMENT_END;
  ending.lastIndex = start;
  return { start, end: ending.exec(line)?.index ?? line.length };
}

/** `$X`, `${X}`, `{{ x }}`, `$(cmd)`, `%X%`, `var.x`: nothing that is written here. */
function isReference(value: string): boolean {
  return /^(?:\$\{[^{}]*\}|\$\(.*\)?|\$\w+|\{\{.*\}\}|%\w+%|<[^<>]*>|(?:var|local|data|env)\.[\w.]+)$/.test(
    value.trim(),
  );
}

/** Whether a bare word has the variety of a password. */
function looksDrawn(value: string): boolean {
  if (value.length < 6 || /^(?:https?|ssh|git|file|docker):\/\//.test(value) || /^[./~]/.test(value)) return false;
  return /\d/.test(value) && /[A-Za-z]/.test(value) && !/^v?\d+(?:\.\d+)+/.test(value) && characterClasses(value) >= 2;
}

/** Whether a text mixes characters as a password rule asks for, and as no tag, version or name does. */
function looksMixed(text: string): boolean {
  if (!/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  return (/[a-z]/.test(text) && /[A-Z]/.test(text)) || /[^\w.:/+-]/.test(text);
}

/** The parts of a long run of characters that are no path, address, version, digest or chain of words. */
function tokensIn(run: string, at: number, line: string): Range[] {
  const found: Range[] = [];
  const isDigest = DIGEST.test(line.slice(Math.max(0, at - 200), at + run.length + 200));
  for (const match of run.matchAll(/[^:@,&]+/g)) {
    const piece = match[0];
    if (piece.length < SHORTEST_RUN || (isDigest && /^[0-9a-f]{32,128}$/i.test(piece))) continue;
    if (isAddress(piece) || !isMixed(piece)) continue;
    found.push({ start: at + match.index, end: at + match.index + piece.length });
  }
  return found;
}

function isAddress(text: string): boolean {
  if (/^\/\//.test(text)) return true;
  const parts = text.split(/[/.=_-]/).filter(part => part !== '');
  return parts.length > 1 && parts.every(part => part.length < 12 || readsAsWords(part));
}

function isMixed(text: string): boolean {
  if (/^[0-9a-f-]+$/i.test(text)) return /\d/.test(text) && /[a-f]/i.test(text) && shannonEntropy(text) >= 2.8;
  return characterClasses(text.replace(/[-_./=]/g, '')) >= 2 && !readsAsWords(text) && shannonEntropy(text) >= 3;
}
