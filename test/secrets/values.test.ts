import { describe, expect, test } from 'vitest';
import { example, fill } from '../../dev/secrets/examples.ts';
import { seeded } from '../../dev/secrets/random.ts';
import { classifyValue, type ValueKind } from '../../facts/secrets/values.ts';

const random = seeded(11);
const base64 = (text: string) => Buffer.from(text).toString('base64');

const CASES: readonly (readonly [ValueKind, readonly string[]])[] = [
  ['empty', ['', '  ', 'null', 'None', '""']],
  [
    'reference',
    [
      '$X',
      '${X}',
      '${X:?must be set}',
      '$(cat /run/secrets/x)',
      '`cat x`',
      '{{ user `x` }}',
      'var.token',
      'local.x',
      'data.vault.x.value',
      'build.Password',
      'env("X")',
      'file("x.pem")',
      '%X%',
      '@X@',
      '__X__',
      '${A}${B}',
      '${A:-}',
      '${A:-$B}',
      '$env:X',
      '<%= x %>',
      '!Ref X',
      'prefix-${X}',
      'LONG_LOGGING_TOKEN_NAME=${TOKEN}',
      '$1',
    ],
  ],
  ['bool', ['true', 'no', 'Disabled']],
  ['locked', ['!', '*', '!!', 'x']],
  [
    'hash',
    [
      `$6$${fill('{a8}', random)}$${fill('{a86}', random)}`,
      `$2y$10$${fill('{a53}', random)}`,
      `{SSHA}${fill('{b32}', random)}`,
      `$argon2id$v=19$m=65536,t=3,p=4$${fill('{b22}', random)}$${fill('{b43}', random)}`,
      `$y$j9T$${fill('{a22}', random)}$${fill('{a43}', random)}`,
    ],
  ],
  [
    'public',
    [`ssh-ed25519 AAAA${fill('{b64}', random)} me@host`, '-----BEGIN PUBLIC KEY-----\nMIIB', 'ssh-rsa AAAAB3NzaC1yc2E'],
  ],
  ['certificate', ['-----BEGIN CERTIFICATE-----\nMIIB']],
  [
    'checksum',
    [`sha256:${fill('{h64}', random)}`, `sha512-${fill('{b86}', random)}==`, `md5:${fill('{h32}', random)}`],
  ],
  [
    'fingerprint',
    [
      fill('{H40}', random),
      `SHA256:${fill('{b43}', random)}`,
      Array.from({ length: 20 }, () => fill('{H2}', random)).join(':'),
    ],
  ],
  [
    'placeholder',
    [
      'changeme',
      'CHANGE_ME',
      'your-api-key',
      '<password>',
      'xxxxxxxx',
      '********',
      'example-token',
      'TODO',
      'aaaaaaaaaaaa',
      '[REDACTED]',
      `wJalrXUtnFEMI/K7MDENG/${'bPxRfiCY'}EXAMPLEKEY`,
      '00000000-0000-0000-0000-000000000000',
      'my_token_here',
    ],
  ],
  ['uuid', [fill('{uuid}', random)]],
  ['number', ['123456', '5432']],
  ['version', ['1.2.3', 'v20.19.0', '3.11.4-slim']],
  ['url', ['https://example.org/x', 'localhost:5432', 'me@mail.internal']],
  [
    'path',
    ['/run/secrets/db', './x.pem', '~/.ssh/id_rsa', 'C:\\keys\\x', 'certs/server.key', '/etc/ssl/private/key.pem'],
  ],
  ['phrase', ['correct horse battery staple', '{"a": 1}']],
  [
    'opaque',
    [
      fill('{a32}', random),
      fill('{h32}', random),
      'S3cr3t!pass',
      fill('{b40}', random),
      `\${A:-${fill('{a24}', random)}}`,
    ],
  ],
  ['word', ['hunter', 'postgres', 'my-service-account-token', 'com.company.TokenProvider', base64('administrator')]],
];

test.each(CASES.flatMap(([kind, values]) => values.map((value, i) => [kind, i, value] as const)))(
  '%s %i',
  (kind, _, value) => {
    expect(classifyValue(value).kind).toBe(kind);
  },
);

describe('where the class was decided', () => {
  test('the default of a variable', () => {
    const secret = fill('{a24}', random);
    const { start, end } = classifyValue(`\${PASSWORD:-${secret}}`);
    expect([start, end]).toEqual([12, 12 + 24]);
  });

  test('the password of a URL', () => {
    const { kind, start, end } = classifyValue('postgres://app:hunter2@db/app');
    expect([kind, start, end]).toEqual(['urlcred', 15, 22]);
  });

  test('a token inside a longer value', () => {
    const token = example('gitlab-deploy-token', random).text;
    const found = classifyValue(`Bearer ${token}`);
    expect([found.kind, found.format?.id, found.start, found.end]).toEqual([
      'format',
      'gitlab-deploy-token',
      7,
      7 + token.length,
    ]);
  });
});

test('base64 is looked into once', () => {
  const token = example('stripe-secret-key', random).text;
  expect(classifyValue(base64(`key: ${token}`)).format?.id).toBe('stripe-secret-key');
  expect(classifyValue(base64('placeholder-value')).kind).toBe('placeholder');
  expect(classifyValue(base64(base64(`key: ${token}`))).kind).not.toBe('format');
});

test('hostile values end', () => {
  for (const piece of ['${', '${A:-', '$(', '{{', '`', '$', '%', '\\', '://', '-----BEGIN ', 'eyJ', 'A-', '/', '{"']) {
    expect(classifyValue(piece.repeat(200_000 / piece.length))).toBeDefined();
  }
});
