/** Builds, at test time, tokens that their providers could have issued. */

import { base62, crc32 } from '../../facts/secrets/checksums.ts';
import type { Random } from './random.ts';
import { SHAPES_A } from './shapes-a.ts';
import { SHAPES_B } from './shapes-b.ts';

/** A line as a build file could have it, and where in it the secret lies. */
export interface Example {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const ALNUM = UPPER + LOWER + DIGITS;
const HEX = `${DIGITS}abcdef`;

const ALPHABETS: Readonly<Record<string, string>> = {
  a: ALNUM,
  A: UPPER + DIGITS,
  b: `${ALNUM}+/`,
  d: DIGITS,
  h: HEX,
  H: HEX.toUpperCase(),
  l: LOWER + DIGITS,
  t: `${UPPER}234567`,
  u: `${ALNUM}-_`,
  x: UPPER + LOWER,
};

/** The characters of a class like `A-Z2-7`. */
const expand = (ranges: string) =>
  ranges.replace(/(.)-(.)/g, (_, from: string, to: string) =>
    Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, i) =>
      String.fromCharCode(from.charCodeAt(0) + i),
    ).join(''),
  );

/** A run of random characters. The last is a letter or digit where it can be: a token cut off at `-` reads as shorter. */
function run(random: Random, alphabet: string, length: number): string {
  const letters = alphabet.replace(/[-_+/]/g, '');
  return random.text(alphabet, length - 1) + random.text(letters, 1);
}

/** Fills a shape with random characters. */
export function fill(shape: string, random: Random): string {
  return shape.replace(/\{(?:(uuid)|([aAbdhHltux])|\[([^\]]+)\])(\d*)\}/g, (_, uuid, letter, ranges, count) => {
    if (uuid) return [8, 4, 4, 4, 12].map(length => random.text(HEX, length)).join('-');
    return run(random, letter ? ALPHABETS[letter]! : expand(ranges), Number(count));
  });
}

const whole = (text: string): Example => ({ text, start: 0, end: text.length });

function within(marked: string): Example {
  const start = marked.indexOf('⟦');
  if (start < 0) return whole(marked);
  const end = marked.indexOf('⟧') - 1;
  return { text: marked.replace(/[⟦⟧]/g, ''), start, end };
}

const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');
const base64url = (text: string) => Buffer.from(text, 'latin1').toString('base64url');

const checked = (prefix: string) => (random: Random) => {
  const body = random.text(ALNUM, 30);
  return whole(prefix + body + base62(crc32(body)));
};

function pem(label: string, headers = ''): (random: Random) => Example {
  return random => {
    const body = Array.from({ length: 12 }, () => run(random, ALPHABETS.b!, 64)).join('\n');
    return whole(`-----BEGIN ${label}-----\n${headers}${body}\n-----END ${label}-----`);
  };
}

/** Bech32 (BIP 173), written here a second time so that the test does not ask the code under test. */
function bech32(prefix: string, data: readonly number[]): string {
  const charset = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
  const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  const step = (check: number, value: number) =>
    generators.reduce(
      (sum, generator, bit) => (((check >>> 25) >> bit) & 1 ? sum ^ generator : sum),
      ((check & 0x1ffffff) << 5) ^ value,
    );
  const codes = [...prefix].map(character => character.charCodeAt(0));
  const values = [...codes.map(code => code >> 5), 0, ...codes.map(code => code & 31), ...data];
  const check = [...values, 0, 0, 0, 0, 0, 0].reduce(step, 1) ^ 1;
  const digits = [...data, ...[5, 4, 3, 2, 1, 0].map(place => (check >>> (5 * place)) & 31)];
  return `${prefix}1${digits.map(digit => charset[digit]).join('')}`;
}

const WRITTEN: Readonly<Record<string, (random: Random) => Example>> = {
  'private-key': pem('PRIVATE KEY'),
  'encrypted-private-key': pem('ENCRYPTED PRIVATE KEY'),
  'rsa-private-key': pem('RSA PRIVATE KEY', 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n'),
  'ec-private-key': pem('EC PRIVATE KEY'),
  'dsa-private-key': pem('DSA PRIVATE KEY'),
  'openssh-private-key': pem('OPENSSH PRIVATE KEY'),
  'ssh2-private-key': pem('SSH2 ENCRYPTED PRIVATE KEY'),
  'pgp-private-key': pem('PGP PRIVATE KEY BLOCK', 'Version: GnuPG v2\n\n'),
  'openvpn-static-key': pem('OpenVPN Static key V1'),
  'putty-private-key': random =>
    whole(`Private-Lines: 2\n${run(random, ALPHABETS.b!, 64)}\n${run(random, ALPHABETS.b!, 64)}`),
  'base64-private-key': random => whole(base64(pem('PRIVATE KEY')(random).text)),
  'age-secret-key': random =>
    whole(
      bech32(
        'age-secret-key-',
        Array.from({ length: 52 }, (_, i) => (i === 51 ? 16 : random.below(32))),
      ).toUpperCase(),
    ),
  'json-web-token': random =>
    whole(
      [
        base64url('{"alg":"HS256","typ":"JWT"}'),
        base64url(`{"sub":"${random.text(DIGITS, 10)}","admin":true}`),
        fill('{u43}', random),
      ].join('.'),
    ),
  'http-basic-authorization': random =>
    within(`curl -H "Authorization: Basic ⟦${base64(`deploy:${fill('{a17}', random)}`)}⟧" https://api.internal`),
  'github-personal-access-token': checked('ghp_'),
  'github-oauth-token': checked('gho_'),
  'github-user-token': checked('ghu_'),
  'github-installation-token': checked('ghs_'),
  'github-refresh-token': checked('ghr_'),
  'npm-access-token': checked('npm_'),
  'netbird-token': checked('nbp_'),
  'cloudflare-tunnel-token': random =>
    whole(base64(`{"a":"${random.text(HEX, 32)}","t":"${fill('{uuid}', random)}","s":"${random.text(ALNUM, 44)}"}`)),
};

/** The ids of all formats that have an example. */
export const EXAMPLE_IDS: readonly string[] = [
  ...Object.keys(WRITTEN),
  ...Object.keys(SHAPES_A),
  ...Object.keys(SHAPES_B),
];

/** A fresh token of a format, in the line that the format needs around it. */
export function example(id: string, random: Random): Example {
  const written = WRITTEN[id];
  if (written) return written(random);
  return within(fill(SHAPES_A[id] ?? SHAPES_B[id]!, random));
}
