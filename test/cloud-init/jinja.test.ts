import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UNRESOLVED } from '../../core/text.ts';
import { headerOf, jinjaMarker } from '../../languages/cloud-init/header.ts';
import { readJinja } from '../../languages/cloud-init/jinja/reader.ts';
import { at, textOf } from '../../languages/cloud-init/nodes.ts';
import { parse } from './support.ts';

/** What Jinja 3.1 says about each text, asked of `Environment(extensions=['jinja2.ext.do']).parse`. */
describe('Jinja accepts', () => {
  test.each([
    'text { } % # }} %}',
    '{{ a }}{{- a -}}{%- if a -%}{%- endif +%}',
    '{{ {"a": {"b": 1}} }}',
    "{{ '}}' ~ \"%}\" ~ 'it\\'s' }}",
    '{{ a.b["c"][0].d(1, x=2, *y, **z)[1:2, ::2] }}',
    '{{ a if b }}{{ a if b else c if d else e }}',
    '{{ not a or b and not c in d not in e }}',
    '{{ -a ** 2 // 3 % 4 ~ "x" "y" }}',
    '{{ a | upper | default("x", true) | join }}',
    '{{ a is none in [b] }}{{ a is defined not in b }}{% for a in b if a is defined recursive %}{% endfor %}',
    '{{ a is defined and b is not none and c is divisibleby 3 or d is divisibleby(3) }}',
    '{{ (a, b), [1, 2,], (), [], {}, 1.5, 0x1f }}',
    '{% for a, (b, c) in d if e recursive %}{% else %}{% endfor %}',
    '{% for a in b, c %}{% endfor %}{% for a in (b if c else d) %}{% endfor %}',
    '{% if a: %}{% elif b %}{% else: %}{% endif %}',
    '{% set a = 1, 2 %}{% set a, b = c %}{% set a.b = c %}{% set a | upper %}x{% endset %}',
    '{% macro m(a, b=1) %}{{ varargs }}{% endmacro %}{% call(x) m(1) %}{% endcall %}',
    '{% filter upper | trim %}x{% endfilter %}{% with a = 1, b = 2 %}{% endwith %}{% with %}{% endwith %}',
    '{% block x scoped %}{% endblock x %}{% do a.append(1) %}{% print a, b %}',
    '{% include "a" ignore missing with context %}{% import "a" as b %}{% from "a" import b as c, d %}',
    '{% raw %}{{ .Names }} {% x {# {% endraw %}{# {{ {% #}',
    '{%\n  if a\n%}{%\nendif\n%}',
    '{{ a.0.b }}{{ a.é }}',
    '{{ 2and a }}{{ 2.5if a else 1_0 }}{{ 0b1 + 1e5 }}{% for (a,) in b %}{% endfor %}',
    '{#',
    '{% raw %}\n',
  ])('%j', text => expect(readJinja(text, 0).problem).toBeUndefined());
});

describe('Jinja rejects', () => {
  test.each([
    ['{{ a', '{{ a', "Jinja's `{{` is not closed"],
    ['{{ a }\nb: {{ c }}', '}', '`}` in a Jinja tag closes nothing'],
    ['{% if a\nb: c\n{% endif %}', '{% if a', "Jinja's `{%` is not closed"],
    ['x {# a', '{#', '`{#` starts a Jinja comment that nothing ends'],
    ['{% raw %} a', '{% raw %}', '`{% raw %}` without `{% endraw %}`'],
    ['{{ .Names }}', '.', '`.` is not expected here in a Jinja tag'],
    ['{{ $x }}', '$', 'A character in a Jinja tag that Jinja does not know'],
    ["{{ 'a }}", "'", 'String in a Jinja tag is not closed'],
    ['{% for a, in b %}{% endfor %}', 'b', '`b` is not expected here in a Jinja tag'],
    ['{% for in a %}{% endfor %}', 'a', '`a` is not expected here in a Jinja tag'],
    ['{% macro m(a, ) %}{% endmacro %}', ')', '`)` is not expected here in a Jinja tag'],
    ['{{ 2x }}', 'x', '`x` is not expected here in a Jinja tag'],
    ['{{ a b }}', 'b', '`b` is not expected here in a Jinja tag'],
    ['{{ a) }}', ')', '`)` in a Jinja tag closes nothing'],
    ['{{ a } }}', '}', '`}` in a Jinja tag closes nothing'],
    ['{{ }}', '{{ }}', "Jinja's `{{` is empty"],
    ['{{ a + }}', '{{ a + }}', 'Expression in a Jinja tag is incomplete'],
    ['{% if a %}b', '{% if a %}', '`{% if %}` without `{% endif %}`'],
    ['{% endif %}', 'endif', '`{% endif %}` without `{% if %}`'],
    ['{% if a %}{% endfor %}', 'endfor', '`{% endfor %}` inside `{% if %}`, which ends with `{% endif %}`'],
    [
      '{% if a %}{% else %}{% elif b %}{% endif %}',
      'elif',
      '`{% elif %}` inside `{% if %}`, which ends with `{% endif %}`',
    ],
    ['{% fi %}', 'fi', 'Unknown Jinja tag `fi`'],
    ['{{ a is defined if b else c }}', 'b', '`b` is not expected here in a Jinja tag'],
    ['{{ a is none is defined }}', 'is', '`is` is not expected here in a Jinja tag'],
    ['{% break %}', 'break', 'Unknown Jinja tag `break`'],
    ['{% for a of b %}{% endfor %}', 'of', '`of` is not expected here in a Jinja tag'],
    ['{% if a %}{% endif a %}', 'a', '`a` is not expected here in a Jinja tag'],
  ])('%j', (text, place, message) => {
    const { problem } = readJinja(text, 0);
    expect(problem && [text.slice(problem.start, problem.end), problem.message]).toEqual([place, message]);
  });
});

test('what another program fills in is not judged', () => {
  expect(readJinja(`{{ ${UNRESOLVED} }}{% if a %}`, 0).problem).toBeUndefined();
  expect(readJinja(`${UNRESOLVED}{% if a %}`, 0).problem).toBeUndefined();
  expect(parse('## template: jinja\n#cloud-config\n%{ if x }{% if ${a} %}\n', 'a.tftpl').problems).toEqual([]);
});

describe('references', () => {
  const names = (text: string, minded = false) =>
    readJinja(text, 0).references.flatMap(one => (one.minded === minded ? [one.path.join('.')] : []));

  test.each([
    ['{{ v1.a["b"].c[x].d }}', ['v1.a.b.c', 'x']],
    ['{{ a.b | upper ~ c(d) }}', ['a.b', 'c', 'd']],
    ['{{ a | default("x") }}{{ b or c }}{{ d if e else f }}', ['c', 'f']],
    ['{{ a.b }}{% if a.b is defined %}{% endif %}{{ a.c }}', ['a.c']],
    ['{% for x in y %}{{ x }}{% endfor %}', ['x']],
    ['{{ true, none, "s", 1 }}', []],
  ])('%s', (text, wanted) => expect(names(text)).toEqual(wanted));

  test('attributes of what may not be there are read even where the template asks for them', () => {
    expect(names('{% if a.b is defined %}{{ c.d | default(1) }}{% endif %}', true)).toEqual(['a.b', 'c.d']);
    expect(names('{% if a is defined and a.b %}{{ a.b.c }}{% endif %}{{ d[0] if d }}', true)).toEqual(['a', 'd']);
    expect(names('{% for x in e(1) %}{{ x }}{% endfor %}{% if f[0] %}{% endif %}', true)).toEqual(['e', 'f']);
  });

  test('what Jinja may not get to is conditional', () => {
    const conditional = (text: string) =>
      readJinja(text, 0).references.flatMap(one => (one.conditional ? [one.path.join('.')] : []));
    expect(conditional('{{ a }}{% if b %}{{ c }}{% else %}{{ d }}{% endif %}{{ e }}')).toEqual(['c', 'd']);
    expect(conditional('{% for x in a %}{{ b }}{% endfor %}{% macro m() %}{{ c }}{% endmacro %}')).toEqual(['b', 'c']);
    expect(conditional('{{ a.x if b.x else c.x }}{{ d.x and e.x }}')).toEqual(['a.x', 'b.x', 'c.x', 'e.x']);
  });

  test('hyphens count where they touch the name', () => {
    const hyphens = (text: string) => readJinja(text, 0).references.map(({ hyphen }) => hyphen);
    expect(hyphens('{{ v1.local-hostname }}')).toEqual([true, false]);
    expect(hyphens('{{ a - b }}{{ a-1 }}')).toEqual([false, false, false]);
  });

  test('names that the template gives a value', () => {
    const { assigned } = readJinja(
      '{% set a, b = c %}{% for d in e %}{% endfor %}{% macro f(g) %}{% endmacro %}{% with h = 1 %}{% endwith %}',
      0,
    );
    expect([...assigned]).toEqual(['a', 'b', 'd', 'f', 'g', 'h']);
  });
});

describe('marker', () => {
  test.each([
    ['## template: jinja\n#cloud-config\n', undefined],
    ['## Template: Jinja \r\n#cloud-config\n', undefined],
    ['\n## template: jinja\n#cloud-config\n', 'lower'],
    ['\uFEFF## template: jinja\n#cloud-config\n', 'lower'],
    ['#cloud-config\n## template: jinja\n', 'lower'],
    ['##template: jinja\n#cloud-config\n', 'spelling'],
    ['## template: jinja2\n#cloud-config\n', 'spelling'],
  ])('%j: %s', (text, fault) => expect(jinjaMarker(text)?.fault).toBe(fault));

  test.each([
    ['## template: jinja\n\n{# a #}\n#cloud-config\n', 'jinja cloud-config'],
    ['## template: jinja\n#!/bin/sh\n', 'script'],
    ['## template: jinja\n# Copyright\n#cloud-config\n', 'misplaced'],
    ['## template: jinja\nhostname: web\n', undefined],
  ])('%j is %s', (text, kind) => expect(headerOf(text)?.kind).toBe(kind));
});

test('only the tags of a template are unknown in its YAML', () => {
  const { root } = parse(
    '## template: jinja\n#cloud-config\nhostname: {{ {"a": {"b": "}"}} }}\nfqdn: {% raw %}{{ x }}{% endraw %}\n',
  );
  expect(textOf(at(root, 'hostname'))).toBeUndefined();
  expect(at(root, 'fqdn')?.written.text).toContain('{{ x }}');
});

test('nothing that is written throws or takes its time', () => {
  const pieces = [
    '{{',
    '}}',
    '{%',
    '%}',
    '{#',
    '#}',
    '(',
    ')',
    '[',
    '{',
    '}',
    ' if ',
    'else',
    ' a',
    '.b',
    '|',
    '"',
    "'",
    '-',
    '\n',
    'raw',
    '{% raw %}',
    'is not ',
    'for x in ',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), words => {
      readJinja(words.join(''), 0);
    }),
  );
  for (const piece of [...pieces, '{{ a }}', '{% if a %}', 'not ', '-', '[a', '.a', '|a']) {
    const start = performance.now();
    readJinja(`{{ a${piece.repeat(100_000)}`, 0);
    readJinja(piece.repeat(100_000), 0);
    expect(performance.now() - start).toBeLessThan(2_000);
  }
});
