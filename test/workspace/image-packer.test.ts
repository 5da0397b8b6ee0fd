/** The names that templates of Packer give their images, and what leads to them. */
import { expect, test } from 'vitest';
import { NO_FILES } from '../../core/language.ts';
import { packer } from '../../languages/packer/language.ts';
import { shellParser } from '../../shell/parser.ts';
import { imagesOf } from '../../workspace/images/graph.ts';
import { indexOf } from '../../workspace/images/index.ts';
import { readFacts } from '../../workspace/images/read.ts';

const engine = { languages: [packer], rules: [], shell: shellParser };

const images = (files: Readonly<Record<string, string>>) =>
  imagesOf(
    indexOf(
      Object.entries(files).flatMap(
        ([path, text]) => readFacts(`/w/${path}`, text, packer as never, { engine, files: NO_FILES }) ?? [],
      ),
    ),
  ).map(({ name, tags, bases }) => ({
    name,
    tags: tags.map(one => (one.certain ? one.name : `${one.name}?`)),
    on: bases.flatMap(({ image }) => image ?? []),
  }));

const source = (name: string, rest = '  source_ami = "ami-0123"\n') =>
  `source "amazon-ebs" "web" {\n  ami_name = "${name}"\n${rest}}\nbuild {\n  sources = ["source.amazon-ebs.web"]\n}\n`;

test.each<readonly [name: string, before: string, expected: string]>([
  ['web-1', '', 'web-1'],
  ['web-${var.v}', 'variable "v" {\n  default = "2"\n}\n', 'web-2?'],
  ['web-${var.v}-{{timestamp}}', 'variable "v" {\n  default = "2"\n}\n', 'web-2-{timestamp}?'],
  ['web-${var.v}', 'variable "v" {}\n', 'web-{var.v}?'],
  ['web-${formatdate("YYYY", timestamp())}-x', '', 'web-{}-x?'],
  ['${local.n}-x', 'locals {\n  n = "web-${local.t}"\n  t = timestamp()\n}\n', 'web-{local.t}-x?'],
])('the image of %j', (name, before, expected) => {
  expect(images({ 'a.pkr.hcl': `${before}${source(name)}` })[0]!.tags).toEqual([expected]);
});

test('one whose name says nothing has none', () => {
  expect(images({ 'a.pkr.hcl': `variable "n" {}\n${source('${var.n}')}` })[0]!.tags).toEqual([]);
});

test('a template of JSON has actions', () => {
  const builder = {
    type: 'amazon-ebs',
    source_ami: 'ami-0123',
    ami_name: 'web-{{user `v`}}-{{isotime "2006" | clean_resource_name}}',
  };
  const text = JSON.stringify({ variables: { v: '3' }, builders: [builder] });
  expect(images({ 'a.json': text })[0]).toMatchObject({ tags: ['web-3-{}?'], name: 'web-3-{}' });
});

test('post-processors tag container images', () => {
  const text = `source "docker" "a" {
  image  = "alpine:3"
  commit = true
}
build {
  sources = ["source.docker.a"]
  post-processors {
    post-processor "docker-tag" {
      repository = "x/a"
      tags       = ["1", var.v]
    }
    post-processor "docker-push" {}
  }
}
`;
  expect(images({ 'a.pkr.hcl': `variable "v" {}\n${text}` })[0]!.tags).toEqual(['x/a:1', 'x/a:{var.v}?']);
  expect(images({ 'a.pkr.hcl': text.replace(/ +tags.*\n/, '') })[0]!.tags).toEqual(['x/a']);
});

test('a template starts from the image of another by a pattern', () => {
  const from = (pattern: string) =>
    source(
      'app-{{timestamp}}',
      `  source_ami_filter {\n    filters     = { name = "${pattern}" }\n    owners      = ["self"]\n    most_recent = true\n  }\n`,
    );
  const on = (pattern: string) =>
    images({ 'a.pkr.hcl': source('base-web-{{timestamp}}'), 'b.pkr.hcl': from(pattern) })[1]!.on;
  expect(on('base-web-*')).toEqual(['/w/a.pkr.hcl#0']);
  expect(on('base-*')).toEqual(['/w/a.pkr.hcl#0']);
  expect(on('base-db-*')).toEqual([]);
  expect(on('*')).toEqual([]);
  expect(on('ubuntu/images/*')).toEqual([]);
});

test('a source of another plugin makes an image if it names one, and a null source none', () => {
  const json = (builder: object) =>
    JSON.stringify({
      variables: { name: 'base' },
      builders: [builder],
      provisioners: [{ type: 'shell', inline: ['true'] }],
    });
  const named = (builder: object) => images({ 'a.json': json(builder) }).map(({ tags }) => tags);
  expect(named({ type: 'triton', image_name: '{{user `name`}}' })).toEqual([['base?']]);
  expect(named({ type: 'acme-board', output_filename: 'images/board.img' })).toEqual([['images/board.img']]);
  expect(named({ type: 'acme-board' })).toEqual([]);
  expect(named({ type: 'null', communicator: 'none' })).toEqual([]);
});
