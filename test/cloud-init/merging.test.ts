import { describe, expect, test } from 'vitest';
import {
  lossesOfParts,
  lossesOfVendorData,
  mergedParts,
  mergersIn,
  mergersOf,
} from '../../languages/cloud-init/merging.ts';
import { textOf } from '../../languages/cloud-init/nodes.ts';
import { parse } from './support.ts';

/** What is lost of an archive with these parts, as cloud-init's own mergers have it: `key: items`, in the order in which it is found. */
function lost(...parts: string[]): string[] {
  const items = parts.map(part => `- type: text/cloud-config\n  content: |\n${part.replace(/^/gm, '    ')}\n`);
  const documents = mergedParts(parse(`#cloud-config-archive\n${items.join('')}`)) ?? [];
  return lossesOfParts(documents).map(({ entry, items, which, to }) => {
    const some = items?.map(textOf).join(' ');
    return [entry.name, which, some, to].filter(word => word !== undefined).join(' ');
  });
}

test('a list that an earlier part could not add is not what a later one meets', () => {
  const parts = [
    'apt: {sources: {a: {x: [a, b]}}}',
    "merge_how: 'list()+dict()'\napt: {sources: {a: {x: [c]}}}",
    "merge_how: 'list()+dict(recurse_list)'\napt: {sources: {a: {x: [d, e]}}}",
  ];
  expect(lost(...parts)).toEqual(['x earlier', 'x later']);
});

describe('parts of one message', () => {
  test.each([
    ['runcmd: [a]', 'runcmd: [b]', ['runcmd later']],
    ['runcmd: [a]', 'runcmd: [b, a]', []],
    ['hostname: a', 'hostname: b', []],
    ['ntp: {enabled: true}', 'ntp: {servers: [a]}', ['ntp later']],
    ['runcmd: [a]', "merge_how: 'list(append)+dict(recurse_array)+str()'\nruncmd: [b]", []],
    ["merge_how: 'list(append)+dict(recurse_array)+str()'\nruncmd: [a]", 'runcmd: [b]', ['runcmd later']],
    ['runcmd: [a, c]', "merge_how: 'list(append)+dict()+str()'\nruncmd: [b]", ['runcmd earlier']],
    ['runcmd: [a, c]', "merge_how: 'list()+dict(recurse_array)'\nruncmd: [b]", ['runcmd first a later']],
    [
      'runcmd: [a]',
      "merge_how: 'list()+dict(recurse_list)'\nruncmd: [b, c]",
      ['runcmd later', 'runcmd last c earlier'],
    ],
    [
      'packages: [a, b]',
      "merge_how: 'list(recurse_str)+dict(recurse_list)+str()'\npackages: [c]",
      ['packages first a later'],
    ],
    ['packages: [a]', "merge_how: 'list(recurse_str)+dict(recurse_list)'\npackages: [b]", ['packages earlier']],
    ['packages: [a]', "merge_how: 'list(recurse_str)+dict(recurse_list)+str(append)'\npackages: [b]", []],
    [
      'write_files: [{path: /a}]',
      "merge_how: 'list(recurse_dict)+dict(recurse_list)'\nwrite_files: [{path: /b}]",
      ['write_files earlier'],
    ],
    [
      'write_files: [{path: /a}]',
      "merge_how: 'list(recurse_dict)+dict(recurse_list,recurse_str)+str()'\nwrite_files: [{path: /b}]",
      ['write_files later'],
    ],
    [
      'write_files: [{path: /a}]',
      "merge_how: 'list(recurse_dict)+dict(recurse_list,recurse_str)+str(append)'\nwrite_files: [{path: /b}]",
      [],
    ],
    ['runcmd: [a]', "merge_how: 'list(no_replace)+dict(recurse_array)'\nruncmd: [b]", ['runcmd earlier']],
    ['runcmd: [a]', "merge_how: 'dict(recurse_array)'\nruncmd: [b]", ['runcmd earlier']],
    ['runcmd: [a]', "merge_type: 'list(append)+dict(replace)'\nruncmd: [b]", ['runcmd later']],
    ['runcmd: [a]', "merge_how: 'list(append)'\nruncmd: [b]", []],
    ['apt: {sources: {a: [x]}}', "merge_how: 'dict()'\napt: {sources: {a: [y]}}", ['a earlier']],
    [
      'runcmd: [a]',
      'merge_how: [{name: list, settings: [append]}, {name: dict, settings: [recurse_list]}]\nruncmd: [b]',
      [],
    ],
    ['runcmd: [a]', 'merge_how: [[list, append], [dict, recurse_list]]\nruncmd: [b]', []],
  ])('%s and %s', (first, second, wanted) => expect(lost(first, second)).toEqual(wanted));

  test('a part that is not YAML is not merged', () => {
    expect(lost('runcmd: [a]', 'runcmd: [b', 'hostname: a')).toEqual([]);
  });
  test('nothing is known of parts for machines by number, and of templates', () => {
    expect(lost('launch-index: 1\nruncmd: [a]', 'runcmd: [b]')).toEqual([]);
    expect(lost('runcmd: [a]', '## template: jinja\n#cloud-config\n{% if a %}\nruncmd: [b]\n{% endif %}')).toEqual([]);
  });
});

test('user-data before vendor-data', () => {
  const roots = [
    '#cloud-config\nruncmd: [a]\nntp: {servers: [a]}\n',
    "#cloud-config\nmerge_how: 'list(append)+dict(recurse_array)'\nruncmd: [b]\nntp: {servers: [b], pools: [b]}\nhostname: b\n",
  ].map(text => parse(text).root!);
  const losses = lossesOfVendorData(roots[0]!, roots[1]!);
  expect(losses.map(({ entry, to }) => `${entry.name} ${to}`)).toEqual(['runcmd earlier', 'servers earlier']);
});

test.each([
  ['list(append)+dict(recurse_array)+str()', ['list append', 'dict recurse_array', 'str']],
  [' List(Append, x) + m_dict() ', ['list append x', 'dict']],
  ['', []],
  ['list', undefined],
  ['list(append', undefined],
])('%j', (text, wanted) =>
  expect(mergersIn(text)?.map(({ name, options }) => [name, ...options].join(' '))).toEqual(wanted),
);

test('`merge_how` comes before `merge_type`; what a template fills in is unknown', () => {
  const of = (text: string) => mergersOf(parse(text).root!);
  expect(of('#cloud-config\nmerge_type: a()\nmerge_how: b()\n')?.mergers.map(({ name }) => name)).toEqual(['b']);
  expect(of('#cloud-config\nmerge_how: "${how}"\nhostname: "${a}"\n')).toMatchObject({ unknown: true });
  expect(of('#cloud-config\nhostname: a\n')).toBeUndefined();
});
