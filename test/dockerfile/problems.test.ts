import { describe, expect, test } from 'vitest';
import { dockerfile } from '../../languages/dockerfile/language.ts';
import { apply, first, parse } from './support.ts';

const found = (text: string) => parse(text).problems.map(({ span }) => text.slice(span.start, span.end));

describe('what the builder refuses', () => {
  test.each([
    ['FROM a\nRNU b\nUSER c', ['RNU']],
    ['FROM a\nfoo\nbar\nUSER b\nbaz', ['foo', 'baz']],
    ['FROM', ['FROM']],
    ['FROM a\nCOPY\nRUN x', ['COPY']],
    ['FROM a\nENV A', ['A']],
    ['FROM a\nENV A=1 B', ['B']],
    ['FROM a\nENV A=1 # two words', ['# two words']],
    ['FROM a\nLABEL a="b', ['"']],
    ['FROM a\nCMD ["a", 1]', ['["a", 1]']],
    ['# escape=x\nFROM a', ['x']],
    ['# syntax=docker/dockerfile:1\n# syntax=b\nFROM a', ['# syntax=b']],
    ['# syntax=example.com/other:1\nINCLUDE a', []],
    ['FROM a\n\\\n', ['\\']],
    ['FROM a\nRUN cat <<EOF\nx', ['<<EOF']],
  ])('%j', (text, places) => {
    expect(found(text)).toEqual(places);
    for (const { message, help } of parse(text).problems) expect(help, message).toMatch(/^[A-Z].{3,89}$/);
  });

  test.each([
    '',
    'FROM a',
    'FROM a\nCMD',
    'FROM a\nRUN [ -f x ]',
    'FROM a\nRUN echo "unclosed',
    "FROM a\nCMD it's",
    'FROM a\nRUN <<EOF\nFOO\n"\nEOF',
    'FROM a\n{{ if .X }}\nfoo\n{{ end }}',
    'FROM a\nRUN a \\\n\n# note\n b',
  ])('nothing to say about %j', text => {
    expect(found(text)).toEqual([]);
  });

  test('did you mean', () => {
    const text = 'FROM a\nRNU b';
    const fix = parse(text).problems[0]!.fixes![0]!;
    expect(apply(text, fix.edits[0]!)).toBe('FROM a\nRUN b');
  });

  test('a heredoc without an end leaves the rest of the file to read, and can be closed', () => {
    const text = 'FROM a\nRUN <<EOF\nx\nUSER u\n';
    const tree = parse(text);
    expect(first(tree, 'user').user?.literal).toBe('u');
    const fixed = apply(text, tree.problems[0]!.fixes![0]!.edits[0]!);
    expect(fixed).toBe('FROM a\nRUN <<EOF\nx\nEOF\nUSER u\n');
    expect(found(fixed)).toEqual([]);
  });

  test('comments apply to the next instruction, or to the one they stand in', () => {
    const tree = parse('# one\n\n# two\nFROM a\nRUN b \\\n # three\n c\n# four');
    const [from, run] = tree.instructions;
    expect(tree.comments.map(({ text, target, inside }) => [text.trim(), target, inside])).toEqual([
      ['one', from!.span, false],
      ['two', from!.span, false],
      ['three', run!.span, true],
      ['four', undefined, false],
    ]);
  });
});

describe('which files are Dockerfiles', () => {
  test.each([
    'Dockerfile',
    'a/dockerfile',
    'Dockerfile.dev',
    'app.Dockerfile',
    'app.dockerfile',
    'Containerfile',
    'CONTAINERFILE.x',
  ])('%s', path => {
    expect(dockerfile.detect(path, '')).toBe(true);
  });
  test.each([
    '.dockerignore',
    'Dockerfile.dockerignore',
    'Dockerfile.md',
    'dockerfile.png',
    'Dockerfile.drawio',
    'Dockerfile.sh',
    'Dockerfile.j2',
    'docker-compose.yml',
    'mydockerfile',
    'x.py',
  ])('not %s', path => {
    expect(dockerfile.detect(path, '# words\necho')).toBe(false);
  });
  test('content decides where the name only hints', () => {
    const text = '\uFEFF# syntax=docker/dockerfile:1\n\n# words\nARG V=1\nFROM a';
    for (const path of ['Dockerfile.txt', 'Dockerfile.j2', 'Dockerfile-dev', 'Dockerfile_x'])
      expect(dockerfile.detect(path, text)).toBe(true);
    for (const path of ['Dockerfile.template', 'notes.txt', 'x.py']) expect(dockerfile.detect(path, text)).toBe(false);
    expect(dockerfile.detect('Dockerfile.j2', 'FROM {{ base }}')).toBe(false);
    expect(dockerfile.detect('dockerfile.py', 'from a import b')).toBe(false);
    expect(dockerfile.detect('Dockerfile.md', 'FROM node:22 is what people write')).toBe(false);
    expect(dockerfile.detect('Dockerfile.txt', 'FROM --platform=linux/amd64 node:22 AS build')).toBe(true);
  });
});
