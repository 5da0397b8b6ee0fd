import { describe, expect, test } from 'vitest';
import { EXAMPLE_IDS, example } from '../../dev/secrets/examples.ts';
import { seeded } from '../../dev/secrets/random.ts';
import { secretFormats } from '../../facts/secrets/formats.ts';
import { findSecretFormats } from '../../facts/secrets/scan.ts';

const FORMATS = secretFormats();
const ids = (text: string) => findSecretFormats(text).map(({ format }) => format.id);

describe('the table of formats', () => {
  test('has at least 150 rows, each with its own id and an example', () => {
    expect(FORMATS.length).toBeGreaterThanOrEqual(150);
    expect(new Set(FORMATS.map(({ id }) => id)).size).toBe(FORMATS.length);
    expect([...EXAMPLE_IDS].sort()).toEqual(FORMATS.map(({ id }) => id).sort());
  });

  test('has no unbounded quantifier, so that an attempt reads a bounded window', () => {
    for (const { id, pattern } of FORMATS) {
      const bare = pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
      expect(bare, id).not.toMatch(/[*+]|\{\d+,\}/);
    }
  });

  test('has an anchor in every match, where the row says it is', () => {
    const random = seeded(7);
    for (const { id, anchors, lead } of FORMATS) {
      const { text } = example(id, random);
      const at = anchors.map(anchor => text.toLowerCase().indexOf(anchor.toLowerCase())).filter(offset => offset >= 0);
      expect(at.length, id).toBeGreaterThan(0);
      if (lead)
        expect(
          at.some(offset => lead.some(before => offset >= before)),
          id,
        ).toBe(true);
    }
  });
});

/** Formats that are a shape or a name shared with another row; the finding is right whichever of the two it names. */
const SAME_SHAPE: Readonly<Record<string, string>> = {
  'github-stateless-installation-token': 'json-web-token',
};

describe.each(FORMATS.map(({ id }) => id))('%s', id => {
  const random = seeded([...id].reduce((sum, character) => sum * 31 + character.charCodeAt(0), 1));

  test('is found in a line, quoted, assigned and after an escape', () => {
    for (const [before, after] of [
      ['', ''],
      ['ENV X="', '"\n'],
      ["export X='", "' && run"],
      ['{"x": "', '"}'],
      ['a\\n', '\\n'],
      ['(', ')'],
    ] as const) {
      const { text, start, end } = example(id, random);
      const line = before + text + after;
      const found = findSecretFormats(line).filter(({ format }) => format.id === id || format.id === SAME_SHAPE[id]);
      // Only offsets are compared and printed: a failing test shows no token.
      expect(found.map(match => [match.start - before.length, match.end - before.length])).toEqual([[start, end]]);
    }
  });

  test('is not found inside a longer identifier', () => {
    const format = FORMATS.find(row => row.id === id)!;
    if ((format.boundary ?? 'token') !== 'token') return;
    const { text, start } = example(id, random);
    if (start > 0) return;
    expect(ids(`x${text}`)).not.toContain(id);
    const longer = `${text}x_x`;
    for (const { end } of findSecretFormats(longer)) expect(longer.slice(end, end + 1)).not.toMatch(/[A-Za-z0-9_]/);
  });
});

describe('what is no token', () => {
  test('wrong check digits', () => {
    for (const id of ['github-personal-access-token', 'npm-access-token', 'netbird-token']) {
      const { text } = example(id, seeded(1));
      expect(ids(`${text.slice(0, -1)}${text.endsWith('a') ? 'b' : 'a'}`)).toEqual([]);
    }
    const age = example('age-secret-key', seeded(2)).text;
    expect(ids(`${age.slice(0, -1)}${age.endsWith('Q') ? 'P' : 'Q'}`)).toEqual([]);
  });

  test('documented examples and masks', () => {
    expect(ids(`AKIA${'IOSFODNN7'}EXAMPLE`)).toEqual([]);
    expect(ids(`glpat-${'x'.repeat(20)}`)).toEqual([]);
    expect(ids(`SG.${'a'.repeat(22)}.${'b'.repeat(43)}`)).toEqual([]);
    expect(ids('https://user:${PASSWORD}@host/')).toEqual([]);
    expect(ids('https://$USER:$TOKEN@host/')).toEqual([]);
    expect(ids('https://user:<password>@host/')).toEqual([]);
    expect(ids('http://proxy:8080/a@b')).toEqual([]);
    expect(ids('git@github.com:org/repo.git')).toEqual([]);
    expect(ids('https://my-very-long-service-account-name@host/')).toEqual([]);
    expect(ids(`https://${'0a1b2c3d4e5f6789'.repeat(2)}@o12345.ingest.sentry.io/1`)).toEqual([]);
  });

  test('the head of a key without its body', () => {
    expect(ids('-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----')).toEqual([]);
    expect(ids('grep -q "-----BEGIN OPENSSH PRIVATE KEY-----" key')).toEqual([]);
    expect(ids(`-----BEGIN PUBLIC KEY-----\n${'Mq7'.repeat(40)}\n-----END PUBLIC KEY-----`)).toEqual([]);
  });

  test('an unsigned JSON Web Token', () => {
    const part = (json: string) => Buffer.from(json).toString('base64url');
    expect(ids(`${part('{"alg":"none"}')}.${part('{"sub":"12345"}')}.${'Zq9x'.repeat(8)}`)).toEqual([]);
    expect(ids(`${part('{"alg":"HS256"}')}.${part('{"sub":"12345"}')}.`)).toEqual([]);
  });
});

test('a key is found over continuation lines, with escaped newlines and indented', () => {
  const key = example('rsa-private-key', seeded(3)).text;
  for (const text of [key.replaceAll('\n', '\\n'), key.replaceAll('\n', '\\n\\\n'), key.replaceAll('\n', '\r\n    ')]) {
    expect(findSecretFormats(text).map(({ start, end }) => [start, end])).toEqual([[0, text.length]]);
  }
});

test('two tokens in one line are two matches in order', () => {
  const random = seeded(4);
  const [one, two] = [example('gitlab-deploy-token', random).text, example('stripe-secret-key', random).text];
  expect(ids(`A=${one} B=${two}`)).toEqual(['gitlab-deploy-token', 'stripe-secret-key']);
});

test('a token in the password of a URL is named after its provider', () => {
  const token = example('github-personal-access-token', seeded(5)).text;
  expect(ids(`git clone https://x-access-token:${token}@github.com/o/r`)).toEqual(['github-personal-access-token']);
});
