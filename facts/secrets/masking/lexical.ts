/**
 * Where a line of any text may hold a secret, by its looks alone: no tree, no judgement of the value. It is for hiding
 * and not for reporting, so it hides too much rather than too little; it works in broken documents and in languages
 * that nothing else here reads.
 */
import { memoOfText } from '../../../core/memo.ts';
import { characterClasses, readsAsWords, shannonEntropy } from '../entropy.ts';
import { classifyName, mayHoldName } from '../names.ts';
import { LONE_PASSWORD, PLACES, type Place } from './places.ts';

/** Half-open UTF-16 offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Masking shorter values would hide half of every text. */
const SHORTEST_VALUE = 4;
/** So much of a value is looked at, in UTF-16 code units. */
const LONGEST_LOOK = 400;
/** The shortest part of a long run of characters that may be a token without a name. */
const SHORTEST_PART = 16;
/** One with capitals, small letters and digits. */
const SHORTEST_MIXED = 12;

/** A name, an option or a quoted key, and what joins it to its value. */
const NAMED =
  /(?<name>--?[A-Za-z][\w.-]{0,80}|[A-Za-z_][\w.-]{0,80})(?<quote>\\?["'\]]{0,2})(?<joint>\s{0,8}(?:=>|:=|\+=|[:=])\s{0,8}|\s{0,3},\s{0,8}(?=\\?["'])|\s{1,8})(?=\S)/g;
/** Names of options and settings that are compounds of their own. */
const GLUED =
  /^(?:requirepass|masterauth|passin|passout|passwordd|passwordo|key-string)$|(?:[a-z]pass|community|licen[sc]e|shared[_-]?secret)$/i;
/** `APP_PIN`, `--pin`: a number is the secret. */
const OF_NUMBERS = /(?:^|[_.-])pin$/i;
/** `user:password` up to where a user part can end. After a single slash it is part of a path. */
const USER_PART =
  /(?<=^|[\s"'=(,]|\/\/)[A-Za-z0-9_.%+-]{1,64}:(?<value>(?!\/\/|[a-z]{2,8}:\/\/)[^\s"'`@]{4,400})(?=@|["']|\s|$)/g;
/** A string that is by itself: what a program treats as a password need not have a name beside it. */
const QUOTED = /(?<quote>["'])(?<value>[^"'\s]{8,200})\k<quote>/g;
const ARGUMENT_END = /[\s;,&|)"'`]|$/g;
/** `Word_12word` */
const BARE = /(?<=^|[\s"'=:,%(>])[A-Z][a-z]{2,20}[-_.~+!?&^%*#@$]\d{1,6}[a-z]{3,20}(?=$|[\s"'\\|;,)<&])/g;
const RUN = /[A-Za-z0-9+/=_.~!#%^&*@:-]{12,4000}/g;
const UUID_HINT = /[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const UUID = /(?<![0-9a-z-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-z-])/gi;
/** Ids of accounts, disks and classes are known to many. */
const OF_IDS =
  /(?:(?<!secret[_-]?)id|uuid|guid|clsid|by-[a-z]{0,8})[\\"'\]]{0,3}\s{0,4}[=:/]?>?\s{0,8}[\\"'{]{0,3}$|[{/\\]$/i;
const DIGEST = /sha|md5|checksum|digest|commit|revision|fingerprint|integrity|gpg|recv-?key|keyserver|keyring/i;

/** A way to find suspects, and what every line has that it finds something in: most lines are not read further. */
export interface Reader {
  readonly hint: Pick<RegExp, 'test'>;
  readonly read: (line: string, found: Range[]) => void;
}

/** Hints have no anchors and no negative assertions: they find in a text whatever they find in its lines. */
export const READERS: readonly Reader[] = [
  { hint: { test: mayHoldName }, read: readNamed },
  { hint: /community|licen[sc]e|key-string|pin\b/i, read: readNamed },
  { hint: /\/\/:/, read: (line, found) => readPlaced(line, LONE_PASSWORD, found) },
  ...PLACES.map(place => ({
    hint: place.hint,
    read: (line: string, found: Range[]) => readPlaced(line, place, found),
  })),
  { hint: UUID_HINT, read: readIdentifiers },
  { hint: /:[^\s"'`@]{4}/, read: readUserParts },
  { hint: /["'][^"'\s]{0,200}[!#%^&*+?~]/, read: readQuoted },
  { hint: /[a-z][^\sA-Za-z0-9]\d{1,6}[a-z]{3}/, read: readBare },
  // The shortest part of a run that is judged, see `tokensIn`.
  { hint: /[A-Za-z0-9+~!#%^*]{12}/, read: readRuns },
];

/**
 * The ranges of `line` that may be secrets, in no order; they may overlap. `line` has no line break. An edit changes few
 * lines, and documents have many in common.
 */
export const suspectsIn = memoOfText(5_000, (line, readers: readonly Reader[] = READERS): readonly Range[] => {
  const found: Range[] = [];
  for (const { hint, read } of readers) if (hint.test(line)) read(line, found);
  return found;
});

/** The readers that may find something in a line of a text. */
export function readersFor(text: string): readonly Reader[] {
  return READERS.filter(({ hint }) => hint.test(text));
}

/** Licenses by their SPDX identifiers: https://spdx.org/licenses/ */
const LICENSE = /^(?:apache|[al]?gpl|bsd|mpl|epl|cc|mit|isc|eupl|cddl|unlicense|proprietary)(?:-[\w.+-]{1,20})?$/i;

function readNamed(line: string, found: Range[]): void {
  let covered = 0;
  for (const match of line.matchAll(NAMED)) {
    if (match.index < covered) continue;
    const { name, quote, joint } = match.groups as { name: string; quote: string; joint: string };
    const spaced = joint.trim() === '' || joint.trim() === ',';
    if (!asks(name, spaced)) continue;
    const before = isInFlowMapping(line.slice(Math.max(0, match.index - LONGEST_LOOK), match.index))
      ? '{'
      : line[match.index - 1];
    const range = valueAt(line, match.index + match[0].length, { joint, before, quote });
    if (range.end - range.start < SHORTEST_VALUE) continue;
    const value = line.slice(range.start, Math.min(range.end, range.start + LONGEST_LOOK));
    // `\tNOPASSWD` in a string with escapes.
    if (/^t?NOPASSWD$/.test(name) && ALL_COMMANDS.test(value)) continue;
    covered = range.end;
    if (isSwitch(value) || (/licen[cs]e/i.test(name) && LICENSE.test(value))) continue;
    if (spaced && !name.startsWith('-') && !looksDrawn(value)) continue;
    for (const piece of literalsOf(line, range))
      if (/[A-Za-z0-9]{2}/.test(line.slice(piece.start, piece.end))) found.push(piece);
  }
}

/** What follows `NOPASSWD:` in a sudoers file. The rest of the line is read like any other. */
const ALL_COMMANDS = /^ALL(?![\w-])/;

/** `- {name: ada, `: whether a text ends in a mapping in braces, after at least one of its keys. */
function isInFlowMapping(text: string): boolean {
  const open = text.lastIndexOf('{');
  if (open < 0 || !/,\s{0,8}$/.test(text.slice(-9)) || (open > 0 && !/[\s[,]/.test(text[open - 1]!))) return false;
  return /^\{\s{0,8}["']?[\w-]{1,80}["']?:\s[^{}]{0,400}$/.test(text.slice(open, open + 600));
}

/** Secrets by their place in a command. */
function readPlaced(line: string, { pattern, looksDrawn: asksForLooks }: Place, found: Range[]): void {
  for (const match of line.matchAll(pattern)) {
    const { pattern: searched, value } = match.groups as { pattern?: string; value: string };
    const start = match.index + match[0].lastIndexOf(value);
    // `s/^PasswordAuthentication.*/PasswordAuthentication no/`: the name of a setting, which is written again.
    if (searched?.includes(value)) continue;
    if (isReference(value) || (asksForLooks && !looksDrawn(value))) continue;
    found.push({ start, end: start + value.length });
  }
}

function readUserParts(line: string, found: Range[]): void {
  for (const match of line.matchAll(USER_PART)) {
    const value = match.groups!.value!;
    const start = match.index + match[0].length - value.length;
    const end = start + value.length;
    if (isReference(value) || /^\d{1,5}(?:\/|$)/.test(value) || isDrive(match[0])) continue;
    // A context of Bake.
    if (match[0].startsWith('target:') && line[end] !== '@') continue;
    if (line[end] === '@' ? !/^sha\d/.test(line.slice(end + 1, end + 5)) : looksMixed(value.replace(REFERENCE, '')))
      found.push({ start, end });
  }
}

function readQuoted(line: string, found: Range[]): void {
  for (const match of line.matchAll(QUOTED)) {
    const { value } = match.groups as { value: string };
    if (!isReference(value) && !isPlace(value) && isPasswordLike(value))
      found.push({ start: match.index + 1, end: match.index + 1 + value.length });
  }
}

function readBare(line: string, found: Range[]): void {
  for (const { index, 0: text } of line.matchAll(BARE)) found.push({ start: index, end: index + text.length });
}

/** UUIDs are keys of many services, and ids of many others. */
function readIdentifiers(line: string, found: Range[]): void {
  for (const { index, 0: text } of line.matchAll(UUID))
    if (!OF_IDS.test(line.slice(Math.max(0, index - 60), index)))
      found.push({ start: index, end: index + text.length });
}

function readRuns(line: string, found: Range[]): void {
  for (const match of line.matchAll(RUN)) found.push(...tokensIn(match[0], match.index, line));
}

/** Whether a name or an option says that a secret follows. A bare word must be one by itself: prose has many. */
function asks(name: string, spaced: boolean): boolean {
  const plain = name.replace(/^-+/, '');
  if (GLUED.test(plain) || OF_NUMBERS.test(plain)) return true;
  const kind = classifyName(plain);
  if (kind === 'strong' || kind === 'medium' || kind === 'hashed') return true;
  return kind === 'weak' && !spaced;
}

/** Where a value that begins at `start` ends: at its quote, or where its notation ends a bare one. */
function valueAt(
  line: string,
  start: number,
  { before, joint, quote }: { readonly joint: string; readonly before: string | undefined; readonly quote: string },
): Range {
  const opening = /^\\?["'`]/.exec(line.slice(start, start + 2))?.[0];
  if (opening !== undefined) {
    const from = start + opening.length;
    const close = line.indexOf(opening, from);
    return { start: from, end: close < 0 ? line.length : close };
  }
  // A YAML scalar or a line of a configuration file goes on to the end of the line; an argument ends at a space.
  const whole = /:\s/.test(joint) || (/\s/.test(joint) && joint.includes('=') && quote === '');
  if (whole) return withoutScheme(line, start, wholeEnd(line, start, before));
  // What a cmdlet makes the value of is a word of its own: `-Password (ConvertTo-SecureString …`.
  const call = /^\([A-Za-z]{1,40}-[A-Za-z]{1,60}/.exec(line.slice(start, start + 110))?.[0];
  if (call !== undefined) return { start, end: start };
  const end = argumentEnd(line, start);
  return SCHEME.test(line.slice(start, end + 1)) ? { start, end: argumentEnd(line, end + 1) } : { start, end };
}

/** The end of a value that may contain spaces: `before` is the character in front of its name. */
function wholeEnd(line: string, start: number, before: string | undefined): number {
  // `"Authorization: Bearer x"` ends with the string that it is in, `{password: x, lock: true}` in a flow mapping.
  const closing = before === '"' ? STRING_END : before === "'" ? /'/g : before === '{' ? /[,}]/g : /\s#|$/g;
  closing.lastIndex = start;
  const end = closing.exec(line)?.index ?? line.length;
  return start + line.slice(start, end).trimEnd().length;
}
const STRING_END = /(?<!\\)"/g;

/** The scheme of a header is not the secret, but what follows it. */
function withoutScheme(line: string, start: number, end: number): Range {
  const scheme = SCHEME.exec(line.slice(start, Math.min(end, start + 20)))?.[0].length ?? 0;
  return { start: start + scheme, end };
}
const SCHEME = /^(?:bearer|basic|token|digest)\s/i;

function argumentEnd(line: string, start: number): number {
  ARGUMENT_END.lastIndex = start;
  return ARGUMENT_END.exec(line)?.index ?? line.length;
}

/** Also one that is cut off in front of the quotes of its default: `${NAME:-`. */
const REFERENCE =
  /\$\{[^{}]{0,200}\}|\$\{\w{1,100}(?::?[-=+?])?$|\$\([^()]{0,400}\)?|\$\w{1,100}|\{\{[^{}]{0,200}\}\}/g;

/** The parts of a value that are written here: what a shell or a template fills in is not a secret of this text. */
function literalsOf(line: string, { start, end }: Range): Range[] {
  const value = line.slice(start, end);
  if (isReference(value)) return [];
  const found: Range[] = [];
  let at = 0;
  for (const { index, 0: reference } of value.matchAll(REFERENCE)) {
    found.push({ start: start + at, end: start + index });
    at = index + reference.length;
  }
  return [...found, { start: start + at, end }].filter(piece => piece.end - piece.start >= SHORTEST_VALUE);
}

/** `$X`, `${X}`, `{{ x }}`, `$(cmd)`, `%X%`, `var.x`: nothing that is written here. */
function isReference(value: string): boolean {
  return /^(?:\$\{[^{}]*\}|\$\(.*\)?|\$\w+|\{\{.*\}\}|%\w+%|<[^<>]*>|(?:var|local|data|env)\.[\w.]+,?)$/.test(
    value.trim(),
  );
}

/** `true`, `{ expire: False }`: a setting about a secret. */
function isSwitch(value: string): boolean {
  return /^(?:\{\s{0,4}\w{1,40}:\s{0,4})?(?:true|false|null|none|yes|no|on|off)(?:\s{0,4}\})?$/i.test(value);
}

/** A path on Windows and not a user with a password: `C:\\tools`. */
const isDrive = (text: string): boolean => /^[A-Za-z]:[\\/]/.test(text);

/** An address or a path, where secrets are looked for in the parts, or the version of a package: `../files/Setup.Alpine3+`, `A=b=2:1.4~rc1`. */
const isPlace = (text: string): boolean => /^(?:(?:https?|ftp|git|ssh):\/\/|\.{1,2}\/)|=\d{1,9}[.:]\d/.test(text);

/** Whether a bare word has the variety of a password. */
function looksDrawn(value: string): boolean {
  if (value.length < 6 || /^(?:https?|ssh|git|file|docker):\/\//.test(value) || /^[./~]/.test(value)) return false;
  // `net.core.somaxconn=1024`
  if (/^[\w.]+=\d+$/.test(value)) return false;
  return /\d/.test(value) && /[A-Za-z]/.test(value) && !/^v?\d+(?:\.\d+)+/.test(value) && characterClasses(value) >= 2;
}

/** Whether a text mixes characters as a password rule asks for, and as no tag, version or name does. */
function looksMixed(text: string): boolean {
  if (!/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  return (/[a-z]/.test(text) && /[A-Z]/.test(text)) || /[^\w.:/+-]/.test(text);
}

/** Letters, digits and a sign that only a password rule asks for. */
function isPasswordLike(text: string): boolean {
  return /\d/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text) && /[!#%^&*+?~]/.test(text);
}

/** The parts of a long run of characters that are not a path, address, version, digest or chain of words. */
function tokensIn(run: string, at: number, line: string): Range[] {
  const found: Range[] = [];
  const isDigest = DIGEST.test(line.slice(Math.max(0, at - 200), at + run.length + 200));
  const path = pathIn(run);
  for (const { index, 0: piece } of run.matchAll(/[^:@,&=]+/g)) {
    if (isDigest && /^(?:0x)?[0-9a-f]{16,128}$/i.test(piece)) continue;
    const start = at + index;
    if (isRevision(piece, line.slice(Math.max(0, start - 60), start)) || isPublicKey(piece)) continue;
    if (/^[A-Za-z0-9+/]{20,}$/.test(piece) && hasThreeKinds(piece) && !isWords(piece.split(/[+/]/)))
      found.push({ start, end: start + piece.length });
    else
      for (const { index: inner, 0: part } of piece.matchAll(/[^-_./#]+/g))
        if (
          part.length >= (hasThreeKinds(part) ? SHORTEST_MIXED : SHORTEST_PART) &&
          isDrawn(part) &&
          !isResource(piece, inner, part) &&
          !(index + inner > path.start && index + inner < path.end && isContentName(part, path.names))
        )
          found.push({ start: start + inner, end: start + inner + part.length });
  }
  return found;
}

const OF_CODE = /github|gitlab|bitbucket|codeberg|\/(?:archive|blob|commit|raw|tarball|tree)\//;

/** The path of an address without its query, and whether it names a file or a state of code: `https://example.com/a/b.tar.gz`. */
function pathIn(run: string): { readonly start: number; readonly end: number; readonly names: boolean } {
  const scheme = run.indexOf('://');
  const start = scheme < 0 ? -1 : run.indexOf('/', scheme + 3);
  if (start < 0) return { start: 0, end: 0, names: false };
  const query = /[?&=@]/.exec(run.slice(start))?.index;
  const end = query === undefined ? run.length : start + query;
  const name = run.slice(run.lastIndexOf('/', end - 1) + 1, end);
  return { start, end, names: /\.[A-Za-z][A-Za-z0-9]{0,9}$/.test(name) || OF_CODE.test(run) };
}

/** `ami-0123456789abcdef0`: the id of something in a cloud, which is no secret. */
const isResource = (piece: string, at: number, part: string): boolean =>
  /^[0-9a-f]{17}$/.test(part) &&
  /(?:^|[^A-Za-z0-9])(?:ami|snap|vol|vpc|subnet|sg|eni|rtb|igw|acl|lt|i)-$/.test(piece.slice(Math.max(0, at - 10), at));

/** Whether a part of a path is the digest by which a server stores a file, or the commit that it is taken from. */
function isContentName(part: string, names: boolean): boolean {
  return names && /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(part);
}

/** `RUNC_VERSION=9f9c96235cc97674e935002fc3d78361b696a69e`: a commit used as a version. */
function isRevision(piece: string, before: string): boolean {
  return /^[0-9a-f]{40}$/.test(piece) && /(?:version|ref|rev|branch)["']?\s{0,3}[=:\s]\s{0,3}["']?$/i.test(before);
}

/** The blob of a public key for SSH, which begins with the length and name of its algorithm. */
const isPublicKey = (piece: string): boolean => /^AAAA(?:B3NzaC1|C3NzaC1|E2VjZHNh)/.test(piece);

const hasThreeKinds = (text: string): boolean => /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9]/.test(text);

const isWords = (parts: readonly string[]): boolean => parts.every(part => part.length < 12 || readsAsWords(part));

/** Whether a part without separators was drawn by chance: letters and digits change places in it. */
function isDrawn(text: string): boolean {
  const changes = text.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  return changes >= 3 && shannonEntropy(text) >= 2.8 && !readsAsWords(text);
}

const VARIABLE =
  /\bvariable\s{1,4}"?(?<name>[\w-]{1,100})"?\s{0,4}\{[^{}]{0,1000}?\bdefault\s{0,20}=\s{0,20}"(?<value>[^"\r\n]{4,400})/g;

/** The defaults of HCL variables with the names of secrets: the name and the value are on different lines. */
export function variableDefaultsIn(text: string): readonly Range[] {
  const found: Range[] = [];
  for (const match of text.matchAll(VARIABLE)) {
    const { name, value } = match.groups as { name: string; value: string };
    const end = match.index + match[0].length;
    if (asks(name, false)) found.push({ start: end - value.length, end });
  }
  return found;
}
