/** ARG, ENV and `$…` (https://docs.docker.com/reference/dockerfile/#environment-replacement). */
import { describe, expect, test } from 'vitest';
import { UNRESOLVED } from '../../core/text.ts';
import { first, parse } from './support.ts';

/** The value of the last USER. */
function user(text: string) {
  return first(parse(text), 'user').user!;
}

describe('substitution', () => {
  const SET = 'FROM scratch\nENV S=some/long.name.gz E= ';
  test.each([
    ['$S', 'some/long.name.gz'],
    ['${S}x', 'some/long.name.gzx'],
    ['${U}x', 'x'],
    ['${U:-d}', 'd'],
    ['${E:-d}', 'd'],
    ['a${E-d}', 'a'],
    ['${U-d}', 'd'],
    ['a${U:+d}', 'a'],
    ['${S:+d}', 'd'],
    ['a${E:+d}', 'a'],
    ['${E+d}', 'd'],
    ['${S:?must}', 'some/long.name.gz'],
    ['${S#*/}', 'long.name.gz'],
    ['${S##*.}', 'gz'],
    ['${S#*.}', 'name.gz'],
    ['${S%.*}', 'some/long.name'],
    ['${S%%.*}', 'some/long'],
    ['${S%.g?}', 'some/long.name'],
    ['${S/name/x}', 'some/long.x.gz'],
    ['${S/o/0}', 's0me/long.name.gz'],
    ['${S//o/0}', 's0me/l0ng.name.gz'],
    ['${S//[.]/_}', 'some/long.name.gz'],
    ['${U:-${E:-"$S"}}', 'some/long.name.gz'],
    ["'$S'", '$S'],
    ['"$S"', 'some/long.name.gz'],
    ['\\$S', '$S'],
    ['a$', 'a$'],
    ['a$$b', 'ab'],
  ])('%s', (word, expected) => {
    expect(user(`${SET}\nUSER ${word}`).literal).toBe(expected);
  });

  test.each(['${X', '${X:-a', '"a', "'a", '${}', '${X^^}', '${X:#a}'])('%s is a problem', word => {
    const tree = parse(`FROM scratch\nUSER ${word}`);
    expect(tree.problems).toHaveLength(1);
    expect(first(tree, 'user').user?.literal).toBeUndefined();
  });

  test('what must be given and is not has no value', () => {
    expect(user('FROM scratch\nUSER ${X:?give it}')).toMatchObject({ literal: undefined, byDefault: undefined });
  });

  test('parts name the variables, those in a modifier too, and where they are defined', () => {
    const text = 'FROM a\nENV A=1\nUSER x${A:-${B}}y';
    const { parts } = user(text);
    expect(parts).toMatchObject(['x', { name: 'A', definition: { start: 11, end: 14 } }, { name: 'B' }, 'y']);
  });

  test('an unknown variable is unresolved', () => {
    expect(user('FROM a\nUSER u$X').source.text).toBe(`u${UNRESOLVED}`);
  });

  test('text that doubles with every line ends as unknown', () => {
    const lines = Array.from({ length: 5000 }, () => 'ENV A=$A$A');
    expect(user(`FROM scratch\nENV A=0123456789\n${lines.join('\n')}\nUSER $A`).literal).toBeUndefined();
  });
});

describe('scopes', () => {
  const from = (text: string) => parse(text).stages.at(-1)!.from.image!;

  test('an ARG before FROM holds in FROM, by default', () => {
    expect(from('ARG V=1\nARG T=$V-slim\nFROM node:${T}')).toMatchObject({
      literal: undefined,
      byDefault: 'node:1-slim',
    });
  });
  test('an ARG without a default has none', () => {
    expect(from('ARG V\nFROM node:$V').byDefault).toBeUndefined();
    expect(from('ARG V\nFROM node:${V:-20}').byDefault).toBe('node:20');
  });
  test('declarations of one ARG before FROM see each other', () => {
    expect(from('ARG A=1 B=$A\nFROM x:$B').byDefault).toBe('x:1');
  });
  test('FROM does not see what stages define', () => {
    expect(from('FROM a\nARG V=1\nENV W=2\nFROM x$V$W').literal).toBe('x');
  });
  test('platform arguments are unknown', () => {
    expect(from('FROM x-$TARGETARCH')).toMatchObject({ literal: undefined, byDefault: undefined });
    expect(user('FROM scratch\nUSER a$TARGETARCH').literal).toBe('a');
    expect(user('FROM scratch\nARG TARGETARCH\nUSER a$TARGETARCH')).toMatchObject({
      literal: undefined,
      byDefault: undefined,
    });
  });
  test('a stage sees a global ARG only when it declares it', () => {
    expect(user('ARG V=1\nFROM scratch\nUSER a$V').literal).toBe('a');
    expect(user('ARG V=1\nFROM scratch\nARG V\nUSER a$V')).toMatchObject({ literal: undefined, byDefault: 'a1' });
    expect(user('ARG V=1\nFROM scratch\nARG V=2\nUSER a$V').byDefault).toBe('a2');
  });
  test('ENV wins over ARG, wherever it stands', () => {
    expect(user('FROM a\nENV V=e\nARG V=a\nUSER $V').literal).toBe('e');
    expect(user('FROM a\nARG V=a\nENV V=e\nUSER $V').literal).toBe('e');
  });
  test('an ENV made of an ARG is known by default', () => {
    expect(user('FROM a\nARG V=1\nENV W=$V\nUSER $W')).toMatchObject({ literal: undefined, byDefault: '1' });
  });
  test('pairs of one ENV see the values from before it', () => {
    expect(user('FROM scratch\nENV A=1\nENV A=2 B=$A\nUSER $A$B').literal).toBe('21');
  });
  test('an instruction sees what stands above it', () => {
    expect(user('FROM scratch\nENV A=1\nUSER $A\nENV A=2').literal).toBe('1');
  });
  test('the base image may set what the file does not', () => {
    expect(user('FROM a\nUSER $X')).toMatchObject({ literal: undefined, byDefault: undefined });
    expect(user('FROM a\nUSER ${X:-y}').byDefault).toBeUndefined();
    expect(user('FROM scratch\nUSER u$PATH').literal).toBeUndefined();
  });
  test('a stage inherits from the stage it starts from, as it is at its end', () => {
    expect(user('FROM scratch AS b\nENV A=1\nARG C=3\nENV A=2\nFROM B\nUSER $A$C')).toMatchObject({
      literal: undefined,
      byDefault: '23',
    });
    expect(user('FROM scratch AS b\nENV A=1\nFROM b AS c\nFROM c\nUSER $A$Z').literal).toBe('1');
    expect(user('ARG B=b\nFROM scratch AS b\nENV A=1\nFROM $B\nUSER $A')).toMatchObject({
      literal: undefined,
      byDefault: '1',
    });
  });
  test('what ONBUILD sees is not known', () => {
    const { instruction } = first(parse('FROM scratch\nENV A=1\nONBUILD USER $A'), 'onbuild');
    expect(instruction?.args[0]?.literal).toBeUndefined();
  });
  test('bindings tell ARG from ENV', () => {
    const { environment } = first(parse('FROM a\nARG A=1\nENV E=2\nUSER x'), 'user');
    expect(environment.get('A')).toMatchObject({ kind: 'arg', literal: undefined, byDefault: '1' });
    expect(environment.get('E')).toMatchObject({ kind: 'env', literal: '2', byDefault: '2' });
    expect(environment.get('N')).toBeUndefined();
    expect(environment.closed).toBe(false);
    expect([...environment.names()].sort()).toEqual(['A', 'E']);
  });
});
