/** Which files of the build context are read where they are copied, and where do they end up? */
import { describe, expect, test } from 'vitest';
import type { WriteFileStep } from '../../core/build.ts';
import type { Files } from '../../core/language.ts';
import { lower } from '../../core/linter.ts';
import { parentDirectory } from '../../core/path.ts';
import { dockerfile } from '../../languages/dockerfile/language.ts';
import { shellParser } from '../../shell/parser.ts';

function filesOf(texts: Readonly<Record<string, string>>): Files {
  const paths = Object.keys(texts);
  const below = (directory: string) => paths.filter(path => path.startsWith(`${directory}/`));
  return {
    read: path => texts[path] ?? null,
    list: directory =>
      below(directory).length === 0
        ? null
        : paths.filter(path => parentDirectory(path) === directory).map(path => path.slice(directory.length + 1)),
    directories: directory => [
      ...new Set(
        below(directory).flatMap(path => {
          const [first, ...rest] = path.slice(directory.length + 1).split('/');
          return rest.length > 0 ? [first!] : [];
        }),
      ),
    ],
  };
}

function copied(text: string, texts: Readonly<Record<string, string>>): readonly string[] {
  const engine = { languages: [dockerfile], rules: [], shell: shellParser };
  const build = lower({ path: '/r/Dockerfile', text: `FROM debian:13\n${text}\n` }, dockerfile as never, {
    engine,
    files: filesOf(texts),
  });
  return build.stages
    .flatMap(({ steps }) => steps)
    .filter((step): step is WriteFileStep => step.kind === 'write-file')
    .map(({ content, path }) => `${content.span.file} ${path?.literal}`);
}

const FILES = {
  '/r/app.conf': 'a = 1\n',
  '/r/app.sh': 'exec app\n',
  '/r/conf/nginx.conf': 'user www;\n',
  '/r/conf/sites/shop.conf': 'listen 80;\n',
  '/r/conf/logo.png': 'x',
  '/r/package.json': '{}',
  '/r/.env': 'A=1',
  '/r/src/settings.ini': 'a = 1\n',
};

describe('a file is read', () => {
  test.each([
    ['under its own name', 'COPY app.conf /etc/', ['/r/app.conf /etc/app.conf']],
    ['under another name', 'COPY app.conf /etc/x.conf', ['/r/app.conf /etc/x.conf']],
    ['in a directory that is there', 'COPY app.conf /etc/nginx', ['/r/app.conf /etc/nginx/app.conf']],
    ['in a directory of its name', 'COPY app.conf /etc/app', ['/r/app.conf /etc/app/app.conf']],
    ['as a file without an extension', 'COPY app.conf /etc/crontab', ['/r/app.conf /etc/crontab']],
    ['as a command', 'COPY app.sh /usr/local/bin/app', ['/r/app.sh /usr/local/bin/app']],
    ['below the working directory', 'WORKDIR /srv\nCOPY app.conf ./', ['/r/app.conf /srv/app.conf']],
    [
      'in a directory of the system',
      'COPY conf /etc/nginx',
      ['/r/conf/nginx.conf /etc/nginx/nginx.conf', '/r/conf/sites/shop.conf /etc/nginx/sites/shop.conf'],
    ],
    ['of several', 'COPY package.json app.conf /app/', ['/r/app.conf /app/app.conf']],
  ])('%s', (_, text, expected) => {
    expect(copied(text, FILES)).toEqual(expected);
  });
});

describe('a file is not read', () => {
  test.each([
    ['of the sources', 'COPY src /app/src'],
    ['with the whole context', 'COPY . /app'],
    ['that says what a project is made of', 'COPY package.json /app/'],
    ['that is a credential by its name, which is reported there', 'COPY .env /app/.env'],
    ['that is not there', 'COPY other.conf /etc/'],
    ['of another stage', 'COPY --from=build app.conf /etc/'],
    ['by a trigger', 'ONBUILD COPY app.conf /etc/'],
    ['that no one reads', 'COPY conf/logo.png /etc/'],
  ])('%s', (_, text) => {
    expect(copied(text, FILES)).toEqual([]);
  });

  test('that an ignore file leaves out', () => {
    expect(copied('COPY app.conf /etc/', { ...FILES, '/r/.dockerignore': '*.conf\n' })).toEqual([]);
  });
});
