import { describe, expect, test } from 'vitest';
import { example, fill } from '../../dev/secrets/examples.ts';
import { seeded } from '../../dev/secrets/random.ts';
import { type Judgement, judge, judgeTokens, type SecretContext } from '../../facts/secrets/judge.ts';
import { findSecretFormats } from '../../facts/secrets/scan.ts';

const random = seeded(21);
const opaque = fill('{a32}', random);
const hash = `$6$${fill('{a8}', random)}$${fill('{a86}', random)}`;
const token = example('github-personal-access-token', random).text;

const brief = (found: Judgement | undefined) => found && `${found.kind} ${found.certainty}`;
const ask = (name: string | undefined, value: string | undefined, context: SecretContext = 'env') =>
  judge({ name, value, context });

test.each([
  ['DB_PASSWORD', opaque, 'secret certain'],
  ['SECRET_KEY_BASE', opaque, 'secret likely'],
  ['SALT', opaque, 'secret possible'],
  ['NEXT_PUBLIC_API_KEY', opaque, 'secret possible'],
  ['GPG_KEY', opaque, undefined],
  ['BUILD_ID', opaque, undefined],
  ['PASSWORD_FILE', opaque, undefined],
  ['BUILD_ID', token, 'secret certain'],
  ['PUBLIC_KEY', token, 'secret certain'],
  ['DB_PASSWORD', 'postgres', 'weak-credential likely'],
  ['DB_PASSWORD', '123456', 'weak-credential likely'],
  ['API_TOKEN', 'postgres', undefined],
  ['DB_PASSWORD', 'changeme', 'placeholder possible'],
  ['API_TOKEN', 'API_TOKEN', 'placeholder possible'],
  ['DB_PASSWORD', '$DB_PASSWORD', 'declared likely'],
  ['DB_PASSWORD', '', 'declared likely'],
  ['DB_PASSWORD', undefined, 'declared likely'],
  ['DB_USER', undefined, undefined],
  ['passwd', hash, 'password-hash likely'],
  ['hashed_passwd', hash, 'password-hash likely'],
  ['COMMENT', hash, undefined],
  ['DATABASE_URL', 'postgres://app:hunter2@db/app', 'weak-credential likely'],
  ['DATABASE_URL', `postgres://app:${opaque}@db/app`, 'secret certain'],
  ['DATABASE_URL', 'postgres://app:$PASSWORD@db/app', undefined],
  ['CALLBACK', `https://host/x?page=1&access_token=${opaque}`, 'secret likely'],
  ['API_TOKEN', 'https://host/oauth/token', undefined],
  ['API_TOKEN', '/run/secrets/token', undefined],
  ['API_TOKEN', 'true', undefined],
  ['TOKENIZERS_PARALLELISM', 'false', undefined],
  ['CLIENT_SECRET', fill('{uuid}', random), 'secret likely'],
])('%s', (name, value, expected) => {
  expect(brief(ask(name, value))).toBe(expected);
});

describe('a value without a name', () => {
  test('is judged by its format alone', () => {
    expect(brief(ask(undefined, token, 'shell'))).toBe('secret certain');
    expect(ask(undefined, opaque, 'shell')).toBeUndefined();
    expect(brief(ask(undefined, hash, 'account'))).toBe('password-hash likely');
  });
});

test('a verdict names the class and the place, and nothing of the value', () => {
  const value = `Bearer ${token}`;
  expect(ask('HEADER', value)).toEqual({
    kind: 'secret',
    what: 'a GitHub personal access token',
    certainty: 'certain',
    start: 7,
    end: value.length,
  });
  for (const [name, secret] of [
    ['PASSWORD', opaque],
    ['X', token],
    ['PASSWORD', 'hunter'],
    ['passwd', hash],
  ] as const) {
    const text = JSON.stringify(ask(name, secret));
    for (let i = 0; i + 6 <= secret.length; i++) expect(text.includes(secret.slice(i, i + 6))).toBe(false);
  }
});

test('a text is judged token by token', () => {
  const text = `echo ${token} && psql postgres://a:hunter2@db`;
  expect(judgeTokens(findSecretFormats(text), text).map(found => [brief(found), found.start])).toEqual([
    ['secret certain', 5],
    ['weak-credential likely', text.indexOf('hunter2')],
  ]);
});
