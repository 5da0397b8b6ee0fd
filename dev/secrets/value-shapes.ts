/** Values for carriers: what the templates in `carriers/values.yaml` stand for. */
import { checked } from '../fake-secrets.ts';
import type { Random } from './random.ts';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const ALNUM = UPPER + LOWER + DIGITS;
const WORDS =
  `amber anchor basalt beacon bishop canyon cedar cinder cobalt copper coral crimson dagger dune ember falcon fathom
  fennel garnet glacier granite harbor hazel heron ivory jasper juniper kestrel lagoon lantern lupine magnet maple marble
  meadow meteor nectar nickel nutmeg onyx orchid osprey otter paddle pepper pillar piston quartz raven ripple saffron
  salmon sequoia sparrow summit tamarind thistle timber topaz tulip tundra velvet violet walnut willow winter yonder
  zephyr zircon`.split(/\s+/);

/** Draws until `fits` holds; the generators below need a few draws at most. */
function until(draw: () => string, fits: (text: string) => boolean): string {
  for (let i = 0; i < 1000; i++) {
    const text = draw();
    if (fits(text)) return text;
  }
  throw new Error('no value fits');
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** A letter first, then upper case, lower case and digits, all three present from four characters on. */
const mixed = (random: Random, length: number, alphabet = ALNUM) =>
  until(
    () => random.text(UPPER + LOWER, 1) + random.text(alphabet, length - 1),
    text => length < 4 || [/[A-Z]/, /[a-z]/, /\d/].every(pattern => pattern.test(text)),
  );

const bytes = (random: Random, length: number) => Buffer.from(Array.from({ length }, () => random.below(256)));
const base64 = (random: Random, length: number) => bytes(random, length).toString('base64');
const encoded = (text: string) => Buffer.from(text).toString('base64');
const word = (random: Random) => random.pick(WORDS);
const title = (text: string) => text[0]!.toUpperCase() + text.slice(1);

/** Hexadecimal digits with at least two letters, so that YAML does not read a number. */
const hex = (random: Random, length: number, letters: string) =>
  until(
    () => random.text(DIGITS + letters, length),
    text => count(text, /[abcdf]/gi) >= 2,
  );

function password(random: Random): string {
  const symbol = () => `${mixed(random, 7)}!${mixed(random, 6)}`;
  const words = () => `${title(word(random))}-${word(random)}${random.text(DIGITS, 2)}`;
  return random.pick([() => mixed(random, 14), words, symbol])();
}

function webToken(random: Random): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    sub: word(random),
    iat: 1_700_000_000 + random.below(10_000_000),
    jti: random.text(`${DIGITS}abcdef`, 12),
  };
  return [part({ alg: 'HS256', typ: 'JWT' }), part(claims), bytes(random, 32).toString('base64url')].join('.');
}

/** The kinds of PEM blocks: the words of the frame, how the content begins (in hexadecimal) and its length in bytes. */
const PEM: Readonly<Record<string, readonly [words: string, start: string, length: number]>> = {
  rsa: ['RSA PRIVATE KEY', '308204a40201000282010100', 1190],
  ec: ['EC PRIVATE KEY', '30770201010420', 121],
  pkcs8: ['PRIVATE KEY', '308204bd020100300d06092a864886f70d0101010500048204a7308204a30201000282010100', 1217],
  openssh: [
    'OPENSSH PRIVATE KEY',
    '6f70656e7373682d6b65792d763100000000046e6f6e65000000046e6f6e650000000000000001000000330000000b7373682d6564323535313900000020',
    290,
  ],
};

/** A private key in the form of its kind; what it holds is random. */
function pem(random: Random, kind: string, separator: string): string {
  const [words, start, length] = PEM[kind]!;
  const head = Buffer.from(start, 'hex');
  const body = Buffer.concat([head, bytes(random, length - head.length)]).toString('base64');
  const lines = body.match(kind === 'openssh' ? /.{1,70}/g : /.{1,64}/g)!;
  return [`-----BEGIN ${words}-----`, ...lines, `-----END ${words}-----`].join(separator);
}

function wireguardKey(random: Random): string {
  const key = bytes(random, 32);
  key[0]! &= 248;
  key[31] = (key[31]! & 127) | 64;
  return key.toString('base64');
}

/** Encoded JSON as Grafana Cloud and Sentry put into their tokens. */
const encodedJson = (random: Random) =>
  encoded(
    JSON.stringify({
      o: random.text(DIGITS, 6),
      n: `stack-${word(random)}`,
      k: mixed(random, 24),
      m: { r: 'eu' },
    }),
  );

const GENERATORS: Readonly<Record<string, (random: Random, length: number, argument: string) => string>> = {
  alnum: (random, length) => mixed(random, length),
  alpha: (random, length) => random.text(UPPER + LOWER, length),
  UALNUM: (random, length) => random.text(UPPER + DIGITS, length),
  low: (random, length) => random.text(LOWER, length),
  dig: (random, length) => random.text(DIGITS.slice(1), 1) + random.text(DIGITS, length - 1),
  lowdig: (random, length) =>
    until(
      () => random.text(LOWER, 1) + random.text(LOWER + DIGITS, length - 1),
      text => count(text, /\d/g) >= 2,
    ),
  hex: (random, length) => hex(random, length, 'abcdef'),
  HEX: (random, length) => hex(random, length, 'ABCDEF'),
  UPPER: (random, length) => random.text(UPPER, length),
  b36: (random, length) =>
    until(
      () => random.text(LOWER + DIGITS, length),
      text => /[a-z]/.test(text),
    ),
  B32: (random, length) => random.text(`${UPPER}234567`, length),
  b32l: (random, length) => random.text(`${LOWER}234567`, length),
  b58: (random, length) => mixed(random, length, ALNUM.replace(/[0OIl]/g, '')),
  bech32: (random, length) => random.text('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', length),
  urlb64: (random, length) => mixed(random, length - 1, `${ALNUM}-_`) + random.text(ALNUM, 1),
  azcs: (random, length) => random.text(`${ALNUM}${ALNUM}~.-_`, length - 1) + random.text(ALNUM, 1),
  b64any: (random, length) => mixed(random, length, `${ALNUM}/+`),
  b64raw: base64,
  b64url: (random, length) => bytes(random, length).toString('base64url'),
  'b64url-pct': (random, length) => encodeURIComponent(base64(random, length)),
  b64json: encodedJson,
  gh: (random, length) => checked('', random.text(ALNUM, length)),
  uuid: random => {
    const digits = random.text(`${DIGITS}abcdef`, 31);
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-${random.pick([...'89ab'])}${digits.slice(16, 19)}-${digits.slice(19)}`;
  },
  jwt: webToken,
  wg: wireguardKey,
  cephb64: (random, length) => random.text(`${ALNUM}/+`, length),
  basic: random => encoded(`${random.pick(['svc-', 'ci-', 'bot-'])}${word(random)}:${password(random)}`),
  b64env: random => encoded(`LOG_LEVEL=info\nAPI_TOKEN=${mixed(random, 32)}\n`),
  b64pw: random => encoded(password(random)),
  django: (random, length) =>
    random.text(LOWER, 1) + random.text(`${LOWER}${DIGITS}!@#^&*(-_=+)`, length - 2) + random.text(LOWER, 1),
  sym: (random, length) =>
    until(
      () => mixed(random, length, `${ALNUM}${ALNUM}!#+=_.-@%^`),
      text => /[!#+=_.@%^-]/.test(text) && /[A-Za-z0-9]$/.test(text),
    ),
  crypt: (random, length) => random.text(`./${ALNUM}`, length),
  word,
  Word: random => title(word(random)),
  Word5: random => title(random.pick(WORDS.filter(({ length }) => length === 5))),
  pick: (random, _, argument) => random.pick(argument.split('|')),
  pem: (random, _, kind) => pem(random, kind, '\n'),
  pemesc: (random, _, kind) => `${pem(random, kind, '\\n')}\\n`,
};

/** Fills a template such as `ghp_{gh:30}`. Throws where a generator is unknown. */
export function filledTemplate(template: string, random: Random): string {
  return template.replace(/\{([A-Za-z0-9-]+)(?::([^{}]*))?\}/g, (_, name: string, argument = '') => {
    const generate = GENERATORS[name];
    if (!generate) throw new Error(`unknown generator ${name}`);
    return generate(random, Number(argument) || 0, argument);
  });
}
