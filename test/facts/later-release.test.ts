import { expect, test } from 'vitest';
import type { Files } from '../../core/language.ts';
import { hasLaterRelease } from '../../facts/later-release.ts';

const having = (...paths: readonly string[]): Files => ({
  read: path => (paths.includes(path) ? '' : null),
  list: folder => {
    const inside = paths.filter(path => path.startsWith(`${folder}/`));
    return inside.length === 0
      ? null
      : inside.map(path => path.slice(folder.length + 1)).filter(name => !name.includes('/'));
  },
});

test.each([
  ['/r/v1.4/debian/Dockerfile', '/r/v1.7/alpine/Dockerfile', true],
  ['/r/src/web/8.0/jammy/amd64/Dockerfile', '/r/src/web/10.0/noble/amd64/Dockerfile', true],
  ['/r/images/ubuntu-20.04.pkr.hcl', '/r/images/ubuntu-24.04.pkr.hcl', true],
  ['/r/images/debian11/Dockerfile', '/r/images/debian12/Dockerfile', true],
  ['/r/9/Dockerfile', '/r/10/Dockerfile', true],
  ['/r/v1.7/debian/Dockerfile', '/r/v1.4/debian/Dockerfile', false],
  ['/r/web/arm32v7/Dockerfile', '/r/web/arm33v7/Dockerfile', false],
  ['/r/web/Dockerfile', '/r/api/Dockerfile', false],
])('%s beside %s', (path, other, later) => {
  expect(hasLaterRelease(path, having(path, other))).toBe(later);
});
