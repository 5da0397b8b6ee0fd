/** Arguments with which Packer's functions fail, as far as they are known: https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions */
import { isNoNumber } from '../operands.ts';
import type { Evaluated } from '../tree.ts';
import { isMatch } from './text-functions.ts';

/** Why a call fails. `at`: the argument, or the whole call. */
export interface Failure {
  readonly at: number | undefined;
  readonly message: string;
  readonly help: string;
}

/** Longer texts are not read, in UTF-16 code units. */
const LONGEST = 20_000;

/** Why a call with these arguments fails; `undefined` when it does not, or that is not certain. */
export function failureOf(name: string, args: readonly Evaluated[]): Failure | undefined {
  const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
  return check?.(args);
}

type Check = (args: readonly Evaluated[]) => Failure | undefined;

function textAt(args: readonly Evaluated[], at: number): string | undefined {
  const text = args[at]?.raw;
  return text !== undefined && text.length <= LONGEST ? text : undefined;
}

/** A check of one text: a failure for what it does not accept. */
const textual =
  (at: number, isValid: (text: string) => boolean, message: string, help: string): Check =>
  args => {
    const text = textAt(args, at);
    return text === undefined || isValid(text) ? undefined : { at, message, help };
  };

const network = textual(
  0,
  isNetwork,
  'Argument is not an address range',
  'Write an address and its prefix: `10.0.0.0/16`',
);

const CHECKS: Readonly<Record<string, Check>> = {
  base64decode: textual(0, isBase64, 'Argument is not Base64', 'Pass what `base64encode()` returns'),
  cidrhost: network,
  cidrnetmask: network,
  cidrsubnet: network,
  cidrsubnets: network,
  element: ([list]) =>
    list?.kind === 'list' && list.complete && list.items.length === 0
      ? { at: 0, message: '`element` fails with an empty list', help: 'Use a list with elements' }
      : undefined,
  format: formatFailure,
  formatdate: args => dateFormatFailure(args) ?? time(1)(args),
  jsondecode: textual(0, isJson, 'Argument is not JSON', 'Correct the JSON'),
  parseint: parseintFailure,
  regex: ([pattern, text]) =>
    pattern?.raw !== undefined && text?.raw !== undefined && isMatch(pattern.raw, text.raw) === false
      ? {
          at: undefined,
          message: '`regex` fails: the pattern does not match',
          help: 'Use `try()`, or correct the pattern',
        }
      : undefined,
  timeadd: args =>
    time(0)(args) ??
    textual(1, isDuration, 'Argument is not a duration', 'Write a number with a unit, such as `24h` or `30m`')(args),
  zipmap: ([keys, values]) =>
    keys?.kind === 'list' && values?.kind === 'list' && keys.complete && values.complete
      ? keys.items.length === values.items.length
        ? undefined
        : { at: undefined, message: '`zipmap` needs as many values as keys', help: 'Make both lists equally long' }
      : undefined,
};

function time(at: number): Check {
  const isTime = (text: string): boolean =>
    /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,12})?(?:[Zz]|[-+]\d\d:\d\d)$/.test(text);
  return textual(
    at,
    isTime,
    'Argument is not a time in RFC 3339 format',
    'Write `2026-01-31T12:00:00Z`, or use `timestamp()`',
  );
}

function isBase64(text: string): boolean {
  const plain = text.replace(/[\r\n]/g, '');
  return plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
}

/** Of IPv6, only that there is a prefix. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  if (prefix === undefined || more.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  if (address.includes(':')) return Number(prefix) <= 128;
  const octets = address.split('.');
  return Number(prefix) <= 32 && octets.length === 4 && octets.every(one => /^\d{1,3}$/.test(one) && Number(one) < 256);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isDuration(text: string): boolean {
  return /^[-+]?(?:0|(?:(?:\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})(?:ns|us|µs|μs|ms|s|m|h)){1,20})$/.test(text);
}

/** https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions/string/format */
function formatFailure(args: readonly Evaluated[]): Failure | undefined {
  const pattern = textAt(args, 0);
  if (pattern === undefined || /%[^a-zA-Z%]{0,20}[[*]/.test(pattern)) return undefined;
  const verbs = [...pattern.matchAll(/%([-+# 0]{0,5}\d{0,9}(?:\.\d{0,9})?)(.|$)/gs)].filter(verb => verb[2] !== '%');
  const given = args.length - 1;
  const noun = `${verbs.length} argument${verbs.length === 1 ? '' : 's'}`;
  if (verbs.some(verb => !/^[vtbcdoqxXeEfFgGs]$/.test(verb[2]!)))
    return { at: 0, message: 'Unknown verb in a format', help: 'Write `%%` for a percent sign' };
  if (verbs.length !== given)
    return {
      at: undefined,
      message: `The format takes ${noun}, not ${given}`,
      help: verbs.length > given ? 'Add the missing arguments' : 'Remove the extra arguments',
    };
  const wrong = verbs.findIndex((verb, i) => {
    const value = args[i + 1]!;
    return /^[bdoxXeEfFgG]$/.test(verb[2]!) && !/[xX]/.test(verb[2]!) && isNoNumber(knownKind(value), value.raw);
  });
  return wrong < 0
    ? undefined
    : { at: wrong + 1, message: `\`%${verbs[wrong]![2]}\` needs a number`, help: 'Use `%s` for strings' };
}

function knownKind({ kind }: Evaluated): Parameters<typeof isNoNumber>[0] {
  return kind === 'unknown' ? undefined : kind;
}

/** What `formatdate` knows, by the letter. */
const DATE_WORDS: ReadonlySet<string> = new Set(
  'YYYY YY MMMM MMM MM M DD D EEEE EEE hh h HH H AA aa mm m ss s ZZZZZ ZZZZ ZZZ Z'.split(' '),
);

/** https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions/datetime/formatdate */
function dateFormatFailure(args: readonly Evaluated[]): Failure | undefined {
  const format = textAt(args, 0);
  if (format === undefined) return undefined;
  const letters = format.replace(/'(?:[^']|'')*'/g, ' ');
  const [word] = [...letters.matchAll(/([A-Za-z])\1*/g)].map(([all]) => all).filter(all => !DATE_WORDS.has(all));
  if (word === undefined) return undefined;
  return {
    at: 0,
    message: `\`${word.slice(0, 10)}\` is not a verb of \`formatdate\``,
    help: 'Use verbs such as `YYYY-MM-DD`, and put words in single quotes',
  };
}

function parseintFailure(args: readonly Evaluated[]): Failure | undefined {
  const [value, base] = args;
  const radix = base?.kind === 'number' ? Number(base.raw) : undefined;
  if (radix === undefined || !Number.isSafeInteger(radix)) return undefined;
  if (radix < 2 || radix > 62) return { at: 1, message: 'Base must be from 2 to 62', help: 'Correct the base' };
  if (value?.kind !== 'string' || value.raw === undefined || radix > 36) return undefined;
  const digits = value.raw.replace(/^[-+]/, '').toLowerCase();
  const isNumber = digits !== '' && [...digits].every(digit => Number.parseInt(digit, 36) < radix);
  return isNumber
    ? undefined
    : { at: 0, message: `Not a number in base ${radix}`, help: 'Correct the number or the base' };
}
