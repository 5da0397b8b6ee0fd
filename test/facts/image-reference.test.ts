import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseImageReference } from '../../facts/image-reference.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each([
  ['nginx', 'docker.io/library/nginx', undefined, undefined],
  ['nginx:1.27-alpine', 'docker.io/library/nginx', '1.27-alpine', undefined],
  ['bitnami/nginx', 'docker.io/bitnami/nginx', undefined, undefined],
  ['docker.io/nginx:1', 'docker.io/library/nginx', '1', undefined],
  ['localhost/app', 'localhost/app', undefined, undefined],
  ['localhost:5000/app', 'localhost:5000/app', undefined, undefined],
  ['reg.example.com:5000/team/app:1.2', 'reg.example.com:5000/team/app', '1.2', undefined],
  [`reg:5000/x/y:1.2@${DIGEST}`, 'reg:5000/x/y', '1.2', DIGEST],
  [`alpine@${DIGEST}`, 'docker.io/library/alpine', undefined, DIGEST],
  ['app:5000', 'docker.io/library/app', '5000', undefined],
  ['MyRegistry/app', 'MyRegistry/app', undefined, undefined],
])('%s', (text, name, tag, digest) => {
  expect(parseImageReference(text)).toMatchObject({ name, tag, digest });
});

test.each([
  '',
  ':1',
  'Nginx',
  'nginx:',
  'a b',
  'nginx@sha256:12',
  'nginx:1:2',
  '/nginx',
  'nginx/',
  'http://example.com/x',
  'a//b',
  '-x',
])('%j is none', text => {
  expect(parseImageReference(text)).toBeUndefined();
});

test('the parts stand where they are said to stand', () => {
  const segment = fc.stringMatching(/^[a-z0-9]{1,6}([._-][a-z0-9]{1,3})?$/);
  const tags = fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,8}$/), { nil: undefined });
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), tags, fc.boolean(), (path, tag, digested) => {
      const text = `reg.example.com/${path.join('/')}${tag === undefined ? '' : `:${tag}`}${digested ? `@${DIGEST}` : ''}`;
      const reference = parseImageReference(text)!;
      expect(text.slice(0, reference.repositoryEnd)).toBe(reference.repository);
      expect(reference.tagRange && text.slice(...reference.tagRange)).toBe(tag);
      expect(reference.digest).toBe(digested ? DIGEST : undefined);
    }),
  );
});
