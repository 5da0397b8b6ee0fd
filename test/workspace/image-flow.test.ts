/** Which values the variables of scripts have where a command builds. */
import { describe, expect, test } from 'vitest';
import { waysTo } from '../../workspace/images/flow.ts';
import { a, b, names } from './image-graph.ts';

const of = (text: string) => names({ 'build.sh': text }, a, b);

describe('a variable', () => {
  test.each<readonly [what: string, text: string]>([
    ['that is set again', 'I=x/a:1\ndocker build -t $I a\nI=x/b:1\ndocker build -t $I b\n'],
    [
      'of another arm',
      'if [ "$1" = a ]; then\n  I=x/a:1\n  docker build -t $I a\nelse\n  I=x/b:1\n  docker build -t "$I" b\nfi\n',
    ],
    [
      'of a case with several',
      'case "$1" in\n  one)\n    N=a\n    D=a ;;\n  two|three) N=b; D=b ;;\nesac\ndocker build -t x/$N:1 $D\n',
    ],
    ['of a condition with several', 'if [ "$1" ]; then N=a; D=a; else N=b; D=b; fi\ndocker build -t x/$N:1 ./$D\n'],
    ['by default, and else', 'D=a\n[ "$2" = b ] && D=b\ndocker build -t x/$D:1 $D\n'],
    ['of either', 'test "$2" && D=a || D=b\nN=$D\ndocker build -t x/$N:1 $D\n'],
  ])('%s has its value', (_, text) => expect(of(text)).toEqual([['x/a:1?'], ['x/b:1?']]));

  test('has each value that a condition gives it', () => {
    const tags = (text: string) => of(`${text}\ndocker build -t x/a:$TAG a\n`)[0];
    expect(tags('if [ "$CI" ]; then TAG=ci; else TAG=dev; fi')).toEqual(['x/a:ci?', 'x/a:dev?']);
    expect(tags('TAG=dev\nif [ "$CI" ]; then\n  TAG=ci\nfi')).toEqual(['x/a:dev?', 'x/a:ci?']);
    expect(tags('if [ 1 ]; then TAG=1; elif [ 2 ]; then TAG=2; else TAG=3; fi')).toEqual([
      'x/a:1?',
      'x/a:2?',
      'x/a:3?',
    ]);
    expect(tags('V=1\nTAG=$V\nif [ 1 ]; then V=2; fi\nTAG=$V-x')).toEqual(['x/a:1-x?', 'x/a:2-x?']);
  });

  test('has the value of the arm that a loop or an argument decides for', () => {
    const loop =
      'for i in a b; do\n  if [ "$i" = a ]; then N=one; else N=two-$i; fi\n  docker build -t x/$N:1 $i\ndone\n';
    expect(of(loop)).toEqual([['x/one:1?'], ['x/two-b:1?']]);
    const called =
      'build() {\n  case "$1" in\n    a) N=one ;;\n    c|b) N=two ;;\n    *) N=none ;;\n  esac\n  docker build -t x/$N:1 $1\n}\nbuild a\nbuild b\n';
    expect(of(called)).toEqual([['x/one:1?'], ['x/two:1?']]);
    const both =
      'for i in a b; do\n  N=$i\n  if [ $i != a ] && [ "$X" ]; then N=other; fi\n  docker build -t x/$N:1 $i\ndone\n';
    expect(of(both)).toEqual([
      ['x/a:1?', 'x/other:1?'],
      ['x/b:1?', 'x/other:1?'],
    ]);
  });

  test('of a step is none of another', () => {
    const workflow = `on: push
jobs:
  a:
    steps:
      - run: |
          if [ "$X" ]; then TAG=1; else TAG=2; fi
          docker build -t x/a:$TAG a
      - run: |
          TAG=3
          docker build -t x/b:$TAG b
`;
    expect(names({ '.github/workflows/ci.yml': workflow }, a, b)).toEqual([['x/a:1?', 'x/a:2?'], ['x/b:3?']]);
  });
});

test('ways are few, and what is not closed ends', () => {
  const many = Array.from({ length: 50 }, (_, i) => `if [ ${i} ]; then V=${i}; fi`).join('\n');
  expect(waysTo(many, '$V').length).toBeLessThanOrEqual(8);
  expect(waysTo('fi\nesac\nelse\n;;\nV=1\nV=2', '$V')).toEqual(['V=2\n']);
  expect(waysTo('if '.repeat(2_000), '$V')).toEqual(['']);
  expect(waysTo('V=1\nW=2', '$V')).toEqual(['']);
});
