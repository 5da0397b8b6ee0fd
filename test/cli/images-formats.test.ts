/** What `bakelint images` writes for wikis, browsers, calendars and Mermaid; hostile names stay text in each of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { layoutOf } from '../../cli/images/layout.ts';
import { componentsOf, type Lineage, lineageOf } from '../../cli/images/lineage.ts';
import type { ReportedImage } from '../../cli/images/report.ts';
import { folderWith, runIn } from './real.ts';

const HOSTILE = '"]; click n0 "javascript:x" | <img src=x>`@team#1 ${x} ü,;\\';
const WORKSPACE = {
  'package.json': '{"version":"1.2.3"}',
  'base/Dockerfile': 'FROM node:16-bookworm\nLABEL team=platform rebuild="30 days"\n',
  'app/Dockerfile': `FROM registry.example.com/base:1\nLABEL owner='${HOSTILE}' purpose='a|b' retire_on=2027-06-30\n`,
  Makefile:
    'all:\n\tdocker build -t registry.example.com/base:1 base\n\tdocker build -t registry.example.com/app:2 app\n',
  'host/user-data': '#cloud-config\nruncmd:\n  - docker run -d registry.example.com/app:2\n',
  'machine/vm.pkr.hcl':
    'source "amazon-ebs" "vm" {\n  ami_name = "host-1"\n  source_ami = "ami-0123456789abcdef0"\n}\nbuild {\n  sources = ["source.amazon-ebs.vm"]\n}\n',
  '.bakelint.yaml':
    'images: { owner: everyone, purpose: "", refresh: monthly }\noverrides:\n  - files: [machine/**]\n    images: { owner: hosting, purpose: Hosts, retirement: 2027-12-31 }\n',
};
const folder = folderWith(WORKSPACE);

async function written(...args: string[]): Promise<string> {
  const { code, out, err } = await runIn(folder, 'images', ...args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}

test('what is declared in the configuration holds where labels say nothing', async () => {
  const { images } = JSON.parse(await written('--format', 'json')) as { images: readonly ReportedImage[] };
  const said = images.map(({ path, owner, purpose, refresh, retirement }) => [
    path,
    owner,
    purpose,
    refresh,
    retirement,
  ]);
  expect(said).toEqual([
    ['app/Dockerfile', HOSTILE, 'a|b', 'monthly', '2027-06-30'],
    ['base/Dockerfile', 'platform', null, '30 days', null],
    ['machine/vm.pkr.hcl', 'hosting', 'Hosts', 'monthly', '2027-12-31'],
  ]);
});

test('Markdown has a row for each image, and a name ends no cell', async () => {
  const out = await written('--format', 'markdown');
  const rows = out.split('\n').filter(line => line.startsWith('| ') && !line.startsWith('| Image'));
  expect(rows.map(row => row.replace(/\\\|/g, '').split('|').length)).toEqual([11, 11, 11, 11, 11]);
  expect(out).toContain('&lt;img src=x&gt;');
  expect(out).not.toMatch(/@team|<img/);
  expect(out).toContain('```mermaid\nflowchart LR\n');
});

test('Mermaid has what joins the images', async () => {
  expect(await written('--format', 'mermaid')).toBe(
    [
      'flowchart LR',
      '  n0["registry.example.com/app:2"]',
      '  n1["registry.example.com/base:1"]',
      '  n2[["host-1"]]',
      '  n3{{"host/user-data"}}',
      '  n4(["node:16-bookworm"])',
      '  n5(["ami-0123456789abcdef0"])',
      '  n1 --> n0',
      '  n3 == starts ==> n0',
      '  n4 --> n1',
      '  n5 --> n2',
      '',
    ].join('\n'),
  );
  const odd = folderWith({ 'a];click/Dockerfile': 'FROM x\n' });
  const { out } = await runIn(odd, 'images', '--format', 'mermaid');
  expect(out).toMatch(/ {2}n0\["\S*a#93;#59;click\/Dockerfile"\]\n/);
});

test('a page needs nothing else and holds names as text', async () => {
  expect(await written('--format', 'html=page.html')).toBe('');
  const page = readFileSync(join(folder, 'page.html'), 'utf8');
  expect(page).not.toMatch(/<script|<img|<link|https?:|@import|url\(/);
  expect(page).toContain('&quot;]; click n0 &quot;javascript:x&quot; | &lt;img src=x&gt;');
  expect(page).toContain('<small class="ended">support ended 2023-09-11</small>');
  expect(page.match(/<g class="node/g)).toHaveLength(6);
  expect(page).toContain(
    '1 machine image · 2 application images · 1 on a base whose support has ended · 0 without an owner',
  );
});

test('a calendar has the dates, folded lines, and the same events on another day', async () => {
  const out = await written('--ics');
  const lines = out.split('\r\n');
  expect(out.endsWith('END:VCALENDAR\r\n')).toBe(true);
  expect(Math.max(...lines.map(line => Buffer.byteLength(line)))).toBe(75);
  const unfolded = out.replaceAll('\r\n ', '').split('\r\n');
  const of = (key: string) => unfolded.filter(line => line.startsWith(`${key}`)).map(line => line.slice(key.length));
  expect(of('SUMMARY:')).toEqual([
    'Rebuild registry.example.com/app:2',
    'registry.example.com/app:2 is retired',
    'Rebuild host-1',
    'host-1 is retired',
    'Support of node:16-bookworm ends (registry.example.com/base:1)',
    'Rebuild registry.example.com/base:1',
  ]);
  expect(of('DTSTART;VALUE=DATE:')).toEqual(['20261121', '20270630', '20261121', '20271231', '20230911', '20261121']);
  expect(of('RRULE:')).toEqual(['FREQ=MONTHLY;INTERVAL=1', 'FREQ=MONTHLY;INTERVAL=1', 'FREQ=DAILY;INTERVAL=30']);
  expect(of('CATEGORIES:')[0]).toBe('"]\\; click n0 "javascript:x" | <img src=x>`@team#1 ${x} ü\\,\\;\\\\');
  expect(new Set(of('UID:')).size).toBe(6);
  expect(await written('--ics', '--owner', 'hosting')).not.toContain('platform');
});

test('the options exclude one another, and a file that cannot be written is an error', async () => {
  expect(await runIn(folder, 'images', '--ics', '--format', 'json')).toMatchObject({ code: 2 });
  expect(await runIn(folder, '--ics')).toMatchObject({ code: 2, err: expect.stringContaining('needs `images`') });
  expect(await runIn(folder, '--format', 'mermaid')).toMatchObject({ code: 2 });
  expect(await runIn(folder, 'images', '--format', 'text', '--format', 'json=a')).toMatchObject({ code: 2 });
  expect(await runIn(folder, 'images', '--format', 'html=missing/a.html')).toMatchObject({
    code: 2,
    err: expect.stringContaining('missing/a.html: not written'),
  });
});

const graph = (count: number, ...edges: readonly (readonly [number, number])[]): Lineage => ({
  nodes: Array.from({ length: count }, (_, i) => ({
    id: `n${i}`,
    kind: 'application',
    name: `${i}`,
    detail: undefined,
    image: undefined,
  })),
  edges: edges.map(([from, to]) => ({ from: `n${from}`, to: `n${to}`, use: 'base', certain: true })),
});

test('a drawing goes from left to right, past what is between, and circles end', () => {
  const { nodes, edges } = layoutOf(graph(4, [0, 1], [1, 2], [0, 2], [3, 2]));
  expect(nodes.map(({ column }) => column)).toEqual([0, 1, 2, 1]);
  const long = edges[2]!.via;
  expect(long.map(({ column }) => column)).toEqual([1]);
  const spots = [...nodes, ...long].map(({ column, row }) => `${column} ${row}`);
  expect(new Set(spots).size).toBe(5);
  expect(layoutOf(graph(3, [0, 1], [1, 2], [2, 0])).nodes.map(({ column }) => column)).toEqual([0, 1, 2]);
  expect(layoutOf(graph(2, [0, 1], [1, 0])).columns).toBe(2);
});

test('a thousand images on one base are one part, and are laid out in time', () => {
  const edges = Array.from({ length: 999 }, (_, i): [number, number] => [0, i + 1]);
  const [only, ...others] = componentsOf(graph(1_000, ...edges));
  expect(others).toEqual([]);
  expect(layoutOf(only!).rows).toBe(999);
  expect(componentsOf(graph(3, [0, 1])).map(({ nodes }) => nodes.length)).toEqual([2, 1]);
  expect(lineageOf([])).toEqual({ nodes: [], edges: [] });
});
