/**
 * Names and values anywhere in a text that no reader takes apart: code and SQL in here-documents, query parameters, options
 * of a JVM, lists of words in YAML, unit files, tables of jobs. Only what is a secret by both its name and its looks counts.
 */
import { type SourceText, UNRESOLVED } from '../../../core/text.ts';
import { classifyName, type NameLists } from '../names.ts';
import { isCmdlet } from '../references.ts';
import { type Exposure, type ExposureSite, expose } from './exposure.ts';
import { phraseExposures } from './phrases.ts';

/** A longer text is searched up to here. In UTF-16 code units. */
const LONGEST = 500_000;

/** What a name of a secret has in it, or what stands for one. */
const TRIGGER =
  /pass|pw|secret|token|key|auth|cred|psk|jwt|bearer|encrypt|identified[ \t]{1,4}(?:with[ \t]{1,4}\w{1,60}[ \t]{1,4})?by|1\.2\.840\.113549\.1\.9\.7|expression/gi;

/** From the trigger to the end of the name, and the sign after it with an opening quote. */
const AFTER = /[\w.-]{0,60}?(?=[^\w.-]|\.?$)/y;
const SIGN =
  /\\?["']?\]?(?:[ \t]{0,32}(?:(?:=>|:=|\+=|=)[ \t]{0,32}|:[ \t]{1,32}|:(?=\\?["']))|(\\?["'],[ \t]{0,8}|[ \t]{1,8}))(?:(?:N|E)?(\\?(?:"{3}|["'])))?/y;
const SCHEME = /(?:basic|bearer|token|apikey|splunk|genie[Kk]ey|sso-key)(?: {1,4}|%20)(\\?["'])?/iy;
const VALUE = /[^\s"'`,;&<>\\|]{4,400}/y;
const QUOTED = /[^"'\\\n]{4,400}/y;
/** 16, 24 or 32 bytes in base64. */
const GOSSIP_KEY = /^(?:[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{32}|[A-Za-z0-9+/]{43}=)$/;
/** Words whose value follows without a sign. */
const SPOKEN = /^(?:password|identified[ \t]{1,4}(?:with[ \t]{1,4}\w{1,60}[ \t]{1,4})?by)$/i;

const isName = (code: number) =>
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 95 ||
  code === 45 ||
  code === 46;

interface Pair {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The secrets that follow their names in a text. */
export function scatteredExposures(text: SourceText, site: ExposureSite, lists: NameLists): Exposure[] {
  const found = phraseExposures(text, site, lists);
  const all = text.text.length > LONGEST ? text.text.slice(0, LONGEST) : text.text;
  TRIGGER.lastIndex = 0;
  for (let match = TRIGGER.exec(all); match; match = TRIGGER.exec(all)) {
    const pair = pairAt(all, match.index, match[0].length);
    if (!pair) continue;
    TRIGGER.lastIndex = Math.max(TRIGGER.lastIndex, pair.start);
    const asked = classifyName(pair.name, lists);
    if (asked !== 'strong' && asked !== 'medium') continue;
    const exposure = expose(pair.name, text.slice(pair.start, pair.end), 'file', site, lists);
    if (exposure?.judgement.kind === 'secret') found.push(exposure);
  }
  return found;
}

function at(pattern: RegExp, text: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(text);
}

/** The pair whose name has a trigger at `trigger`. */
function pairAt(text: string, trigger: number, length: number): Pair | undefined {
  let start = trigger;
  while (start > 0 && trigger - start < 60 && isName(text.charCodeAt(start - 1))) start--;
  // The letter of `\n` is not a part of the name.
  if (text[start - 1] === '\\' && start < trigger) start++;
  const rest = at(AFTER, text, trigger + length);
  if (!rest) return undefined;
  const end = trigger + length + rest[0].length;
  const written = text.slice(start, end);
  const sign = at(SIGN, text, end);
  if (!sign) return undefined;
  const option = written.startsWith('-');
  // A comma is between the words of a list, a space between those of a line.
  if (sign[1] !== undefined && !option && !SPOKEN.test(written)) return undefined;
  if (/^[ \t]/.test(sign[1] ?? '') && !option && sign[2] === undefined) return undefined;
  const from = end + sign[0].length;
  // `--setup-keys --interval=10s`
  if (option && /^[ \t]/.test(sign[1] ?? '') && text.startsWith('--', from)) return undefined;
  // `$password = ConvertTo-SecureString …`: what a variable of PowerShell is given without quotes is a command.
  if (sign[2] === undefined && isVariable(text, start) && sign[0].includes('=')) return undefined;
  return valueAt(text, nameOf(written, text, start), from, sign[2] ?? '');
}

/** Whether the name is that of a variable with `$` before it, in PowerShell perhaps with its scope: `$script:password`. */
function isVariable(text: string, start: number): boolean {
  return /\$\{?(?:[A-Za-z]{1,20}:)?$/.test(text.slice(Math.max(0, start - 24), start));
}

/** The block of a local variable up to its value, in HCL and in JSON. */
const LOCAL = /"([\w-]{1,80})"(?:[ \t]{1,4}|:\s{0,20})?\{[^{}]{0,80}$/;

/** What a value is called by, when the word before it is not its name. */
function nameOf(written: string, text: string, start: number): string {
  const bare = written.replace(/^-{1,2}D?(?=[A-Za-z])/, '');
  if (/^identified/i.test(bare)) return 'password';
  if (/1\.2\.840\.113549\.1\.9\.7$/.test(bare)) return 'challenge_password';
  if (bare === 'expression') return LOCAL.exec(text.slice(Math.max(0, start - 200), start))?.[1] ?? '';
  if (/^(?:proxy-)?authorization$/i.test(bare)) return 'token';
  return bare;
}

function valueAt(text: string, name: string, from: number, quote: string): Pair | undefined {
  const scheme = at(SCHEME, text, from);
  const start = scheme ? from + scheme[0].length : from;
  const inQuotes = quote !== '' || scheme?.[1] !== undefined;
  const value = at(inQuotes && !scheme ? QUOTED : VALUE, text, start)?.[0];
  if (value === undefined || value.includes(UNRESOLVED)) return undefined;
  const end = inQuotes ? start + value.length : start + withoutEnd(value);
  // A call, an index or a member of code is not a value; neither is what goes on with a variable.
  if (!inQuotes && (/[([{]/.test(value) || isCmdlet(value))) return undefined;
  // `s/password=.*/password=$PASSWORD/`: what `sed` looks for. What it puts in has the name before it too, or is read as a command.
  const delimiter = inQuotes ? undefined : soughtWith(text, from);
  if (delimiter !== undefined && value.includes(delimiter)) return undefined;
  // The gossip key of Consul, Nomad and Serf, and no switch:
  // https://developer.hashicorp.com/consul/docs/reference/agent/configuration-file/encryption
  const gossip = /(?:^|[_.-])encrypt$/.test(name) && GOSSIP_KEY.test(text.slice(start, end));
  return end - start < 4 ? undefined : { name: gossip ? 'encryption_key' : name, start, end };
}

/** The delimiter of the `s` of `sed` whose pattern a place is in: `/` for the value after `s/password=`. */
function soughtWith(text: string, offset: number): string | undefined {
  const passed = new Set<string>();
  for (let i = offset - 1; i > 0 && offset - i < 120; i--) {
    const character = text[i]!;
    if (character === '\n') return undefined;
    if ('/#@!%:~^+'.includes(character) && text[i - 1] === 's' && !/[\w./\\$-]/.test(text[i - 2] ?? ' '))
      return passed.has(character) ? undefined : character;
    passed.add(character);
  }
  return undefined;
}

/** The length of a value without the marks that close what it is in. */
function withoutEnd(value: string): number {
  let end = value.length;
  while (end > 0 && /[)\]}.]/.test(value[end - 1]!)) end--;
  return end;
}
