import { describe, expect, test } from 'vitest';
import { secretFormats } from '../../facts/secrets/formats.ts';
import { FORMAT_FLAGS, sourceOf } from '../../facts/secrets/scan.ts';
import { abridged, notLinear, shortened } from './linear.ts';
import { regexLiterals } from './regex-literals.ts';

/** A quarter of an hour: with LINEAR=full every repetition is unrolled. */
const TIMEOUT = 15 * 60_000;

describe('the proof itself', () => {
  test('finds what is not linear', () => {
    const bad = ['(a|a)*$', '^(?:a+)+$', 'a*a*a*b', '[ab]{1,400}[bc]*[ab]*d'].map(source => ({
      label: source,
      source,
      flags: '',
    }));
    expect(notLinear(bad)).toHaveLength(bad.length);
    expect(notLinear(bad, { '(a|a)*$': 'for the sake of the test' })).toHaveLength(bad.length - 1);
  });

  test('shortens counted repetitions and nothing else', () => {
    expect(shortened('a{36}b{2,300}c{0,2}d*e{3,}f{0,900}')).toBe('a{2}b{1,2}c{0,2}d*e{1,}f{0,2}');
  });

  test('cuts words where nothing repeats', () => {
    expect(abridged('^(?:foo|\\bar(?:one|two)*)[abc]{10}\\u0041bc?xyz(?<name>o)+')).toBe(
      '^(?:f|\\ba(?:one|two)*)[abc]{10}\\u0041bc?x(?<name>o)+',
    );
  });

  test('finds the literals of a source', () => {
    const code = "const a = /x[/]y/g; // /no/\nconst b = 4 / 2 / 1;\nf('/no/', `${/z/u.test(c)} /no/`);\nreturn /\\//;";
    expect(regexLiterals(code).map(({ line, source, flags }) => `${line} ${source} ${flags}`)).toEqual([
      '1 x[/]y g',
      '3 z u',
      '4 \\/ ',
    ]);
  });
});

test('every pattern of a format is linear', { timeout: TIMEOUT }, () => {
  expect(
    notLinear(secretFormats().map(format => ({ label: format.id, source: sourceOf(format), flags: FORMAT_FLAGS }))),
  ).toEqual([]);
});
