import { describe, expect, test } from 'vitest';
import { invocationsOf } from '../../shell/invocations.ts';
import { withVariables } from '../../shell/own-variables.ts';
import { scriptOf } from './parser.ts';

/** The last argument of the last command that runs `use`. */
function used(script: string, environment: Readonly<Record<string, string>> = {}): string {
  const invocation = invocationsOf(scriptOf(script)).findLast(({ program }) => program === 'use')!;
  const word = invocation.args.at(-1)!;
  return withVariables(word.value, word, invocation, name => environment[name]).replaceAll('\uE000', '◊');
}

describe('a variable that a script sets itself', () => {
  test.each([
    ['A=x; use $A', 'x'],
    ['A=x\nuse "$A/y"', 'x/y'],
    ['A="x y" && use pre-${A}', 'pre-x y'],
    ['export A=x\nuse $A', 'x'],
    ['readonly A="x y"\nuse $A', 'x y'],
    ['A=x\nB=$A/y\nuse $B', 'x/y'],
    ['A=x\nuse $A$C', 'x◊'],
    ['A=x\nif y; then use $A; fi', 'x'],
    ['A=x\nf() { use $A; }\nf', 'x'],
    ['. /etc/os-release\nA=x\nuse $A', 'x'],
    ['A=x\n. /etc/os-release\nuse $A', 'x'],
    ['A=x y\nexport A\nuse $A', '◊'],
    ["A=x; printf 'A %s' y; use $A", 'x'],
  ])('is known: %s', (script, expected) => expect(used(script)).toBe(expected));

  test.each([
    'use $A; A=x',
    'A=x; A=y; use $A',
    'if y; then A=x; fi; use $A',
    'y || A=x; use $A',
    'A=x; read A; use $A',
    'A=x; read -r B A; use $A',
    'A=x; unset A; use $A',
    'A=x; for A in y z; do use $A; done',
    'A=x; . ./env.sh; use $A',
    'A=x; eval "$(y)"; use $A',
    'A=x; printf -v A y; use $A',
    'A=$(y); use $A',
    'A=; use $A',
    'A=x; use ${A:-y}',
    'A=x; use ${A%y}',
    'A=x & use $A',
    '(A=x); use $A',
    "A=x; sh -c 'use $A'",
    'A=x; export A=y; use $A',
    'if y; then export A=x; fi; use $A',
    'f() { export A=x; }; f; use $A',
    'A=x; export A+=y; use $A',
    'A+=x; use $A',
    'A[0]=x; use $A',
    ': ${A:=x}; use $A',
    'VERSION=x; . /etc/os-release; use $VERSION',
  ])('is not known: %s', script => expect(used(script)).toBe('◊'));

  test.each([
    ['use $A', 'e'],
    ['use ${A}/$B', 'e/◊'],
    ['A=x; use $A', 'x'],
    ['if y; then A=x; fi; use $A', '◊'],
    ['. ./env.sh; use $A', '◊'],
    ['. /etc/os-release; use $A', 'e'],
    ['export A; use $A', 'e'],
    ['A+=x; use $A', '◊'],
    [': ${A:=x}; use $A', '◊'],
  ])('is given by the environment: %s', (script, expected) => expect(used(script, { A: 'e' })).toBe(expected));

  test('is filled into the end of a word', () => {
    const invocation = invocationsOf(scriptOf('A=x; use --to=$A')).at(-1)!;
    const word = invocation.args[0]!;
    expect(withVariables(word.value.slice(5, word.value.text.length), word, invocation, undefined)).toBe('x');
  });
});
