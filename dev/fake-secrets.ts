/**
 * Secrets for examples and tests, put together when they are needed: no file of this repository holds one.
 * In a `rule.md`, `{{secret:github}}` stands for one; it is filled in before linting and hidden again in reports.
 */

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A small deterministic stream of letters and digits (xorshift), so that every run sees the same documents. */
function stream(seed: number): (length: number, alphabet?: string) => string {
  let state = seed | 0 || 1;
  return (length, alphabet = LETTERS) => {
    let out = '';
    for (let i = 0; i < length; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      out += alphabet[(state >>> 0) % alphabet.length];
    }
    return out;
  };
}

function crc32(text: string): number {
  let crc = ~0;
  for (const character of text) {
    crc ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** The checksum after GitHub's and npm's tokens: CRC-32 in base 62, six characters. */
export function checked(prefix: string, random: string): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let rest = crc32(random);
  let sum = '';
  while (sum.length < 6) {
    sum = digits[rest % 62]! + sum;
    rest = Math.floor(rest / 62);
  }
  return prefix + random + sum;
}

const random = stream(20261121);
const HEX = '0123456789abcdef';
const KINDS: Readonly<Record<string, { readonly words: string; readonly value: string }>> = {
  github: { words: 'a GitHub token', value: checked('gh' + 'p_', random(30)) },
  npm: { words: 'an npm token', value: checked('np' + 'm_', random(30)) },
  gitlab: { words: 'a GitLab token', value: `glpat-${random(20)}` },
  slack: {
    words: 'a Slack token',
    value: `xo${'xb'}-${random(12, '123456789')}-${random(12, '123456789')}-${random(24)}`,
  },
  stripe: { words: 'a Stripe key', value: `sk${'_li'}ve_${random(24)}` },
  'stripe-sample': { words: "the key in Stripe's manual", value: `sk${'_te'}st_BQokikJOvBiI2HlWgH4olfQ2` },
  'azurite-sample': {
    words: 'the key of each Azurite',
    value: ['Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50u', 'SRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='].join(''),
  },
  'aws-key-id': { words: 'an AWS key id', value: `AKIA${random(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}` },
  'aws-secret': { words: 'an AWS secret key', value: `${random(20)}/${random(19)}` },
  opaque: { words: 'a random password', value: random(24) },
  hex: { words: 'a hexadecimal key', value: random(40, HEX) },
  'crypt-hash': { words: 'a SHA-512 crypt hash', value: `$6$${random(16)}$${random(86)}` },
  'private-key-body': { words: 'the body of a private key', value: random(64) },
  words: { words: 'a password of two words and digits', value: `Cobalt-fennel${random(2, '123456789')}` },
  short: {
    words: 'a short token',
    value: `q${random(3, '23456789')}x${random(2, '23456789')}kz${random(3, '23456789')}j`,
  },
};

function all(text: string, replace: (words: string, value: string, placeholder: string) => string): string {
  return text.replace(/\{\{secret:([a-z-]+)\}\}/g, (placeholder, name: string) => {
    const kind = KINDS[name];
    if (!kind) throw new Error(`unknown secret \`${name}\`: expected one of ${Object.keys(KINDS).join(', ')}`);
    return replace(kind.words, kind.value, placeholder);
  });
}

export const fakeSecrets = {
  /** Placeholders to values. */
  fill: (text: string): string => all(text, (_, value) => value),
  /** Placeholders to words, for people. */
  describe: (text: string): string => all(text, words => `<${words}>`),
  /** Values back to placeholders. */
  hide: (text: string): string =>
    Object.entries(KINDS).reduce((out, [name, { value }]) => out.replaceAll(value, `{{secret:${name}}}`), text),
  values: Object.values(KINDS).map(kind => kind.value),
};
