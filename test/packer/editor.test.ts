/** What editors can do with templates. `‸` marks the cursor. */
import { describe, expect, it } from 'vitest';
import type { ImageBuild } from '../../core/build.ts';
import type { Completion } from '../../core/editor.ts';
import type { Span } from '../../core/text.ts';
import { componentByName, contentsOf } from '../../languages/packer/components/table.ts';
import { packerEditor } from '../../languages/packer/editor/index.ts';
import { read } from './read.ts';

const CURSOR = '‸';

interface Opened {
  readonly model: ImageBuild;
  readonly offset: number;
  readonly text: string;
  /** The text of a span, with its file where it is another one. */
  shown(span: Span): string;
}

function opened(marked: string, others: Readonly<Record<string, string>> = {}, name = 'a.pkr.hcl'): Opened {
  const offset = marked.indexOf(CURSOR);
  const text = marked.replace(CURSOR, '');
  const files = Object.fromEntries(Object.entries(others).map(([path, content]) => [`/w/${path}`, content]));
  const shown = ({ start, end, file }: Span): string =>
    file === undefined ? text.slice(start, end) : `${file.slice(3)}: ${files[file]!.slice(start, end)}`;
  return { model: read(text, files, `/w/${name}`).build, offset, text, shown };
}

const completions = (marked: string, others?: Record<string, string>, name?: string): readonly Completion[] => {
  const { model, offset } = opened(marked, others, name);
  return packerEditor.completions!(model, offset);
};
const labels = (...args: Parameters<typeof completions>): string[] => completions(...args).map(({ label }) => label);
/** The text after a completion was taken. */
const taken = (marked: string, label: string, others?: Record<string, string>, name?: string): string => {
  const { text } = opened(marked);
  const { snippet, replaces } = completions(marked, others, name).find(one => one.label === label)!;
  return text.slice(0, replaces.start) + snippet + text.slice(replaces.end);
};

const MODULE = {
  'vars.pkr.hcl':
    'variable "region" {\n  type = string\n  description = "Where it is built"\n}\nlocals {\n  stamp = "x"\n}\nsource "amazon-ebs" "web" {\n  ami_name = "a"\n}\ndata "amazon-ami" "base" {\n  filters = {}\n}\n',
};

describe('completion', () => {
  it('knows `dynamic` blocks: what they may repeat, what is in them, and the name of an element', () => {
    const inSource = (text: string): string => `source "amazon-ebs" "a" {\n  ${text}`;
    expect(labels(inSource('dynamic "‸'))).toEqual(expect.arrayContaining(['tag', 'launch_block_device_mappings']));
    expect(labels(inSource('dynamic "tag" {\n    for_each = {}\n    ‸'))).toEqual(['content', 'iterator', 'labels']);
    expect(labels(inSource('dynamic "tag" {\n    for_each = var.‸\n  }\n}'), MODULE)).toEqual(['region']);
    const content = 'for_each = {}\n    content {\n      key = ';
    expect(labels(inSource(`dynamic "tag" {\n    ${content}tag.‸`))).toEqual(['key', 'value']);
    expect(labels(inSource(`dynamic "tag" {\n    iterator = one\n    ${content}one.‸\n }\n}\n}`))).toEqual([
      'key',
      'value',
    ]);
    expect(labels(inSource(`dynamic "tag" {\n    ${content}‸\n    }\n  }\n}`))[0]).toBe('tag');
    expect(labels(inSource('tags = { a = tag.‸ }\n}'))).toEqual([]);
  });

  it('completes strings and objects that are not closed yet', () => {
    const inSource = (text: string): string => `source "amazon-ebs" "a" {\n  ${text}`;
    expect(labels(inSource('ami_name = "a-{{ ‸'))).toEqual(
      expect.arrayContaining(['timestamp', 'clean_resource_name']),
    );
    expect(taken(inSource('ami_name = "a-{{ time‸ }}"\n}'), 'timestamp')).toContain('"a-{{ timestamp }}"');
    expect(labels('source "qemu" "a" {\n  boot_command = ["http://{{ .‸"]\n}')).toContain('.HTTPIP');
    expect(labels(inSource('ami_name = "a ‸'))).toEqual([]);
    expect(labels(inSource('tags = {\n    ‸'))).toEqual([]);
    expect(labels(inSource('tags = {\n    a = var.‸'), MODULE)).toEqual(['region']);
    for (const end of ['', '"\n    }\n  }\n}'])
      expect(labels(`packer {\n  required_plugins {\n    a = {\n      source = "‸${end}`)).toContain(
        'github.com/hashicorp/amazon',
      );
  });

  it('offers blocks at the top level and attributes in blocks, without those that are there', () => {
    expect(labels('‸')).toEqual(expect.arrayContaining(['source', 'build', 'variable', 'packer', 'locals', 'data']));
    expect(labels('variable "a" {\n  type = string\n  ‸\n}')).toEqual([
      'description',
      'default',
      'sensitive',
      'validation',
    ]);
    const offered = labels('source "amazon-ebs" "a" {\n  ami_name = "x"\n  reg‸\n}');
    expect(offered).toEqual(
      expect.arrayContaining(['region', 'instance_type', 'launch_block_device_mappings', 'source_ami_filter']),
    );
    expect(offered).not.toContain('ami_name');
    expect(offered).not.toContain('winrm_password_hash');
  });

  it('works in blocks that are half typed', () => {
    expect(labels('source "amazon-ebs" "a" {\n  ‸')).toContain('region');
    expect(labels('build {\n  sources = ["source.amazon-ebs.a"]\n  provisioner "shell" {\n    inl‸\n')).toContain(
      'inline',
    );
    expect(labels('build {\n  ‸\n}\nvariable "x" {')).toContain('provisioner');
    expect(labels('source "amazon-ebs" "a" {\n  region = ‸\n}')).toContain('var');
  });

  it('works in blocks on one line, which have one attribute', () => {
    expect(labels('source "docker" "x" { ‸ }')).toEqual(expect.arrayContaining(['image', 'commit']));
    expect(labels('source "docker" "x" { im‸ }')).toContain('image');
    expect(labels('source "docker" "x" { ‸')).toContain('image');
    expect(labels('variable "x" { ‸ }')).not.toContain('validation');
    expect(labels('variable "x" { type = ‸ }')).toContain('string');
    expect(labels('build {\n  provisioner "shell" { ‸ }\n}')).toContain('inline');
  });

  it('knows nested blocks of components, and attributes of every step', () => {
    expect(labels('source "amazon-ebs" "a" {\n  launch_block_device_mappings {\n    ‸\n  }\n}')).toEqual(
      expect.arrayContaining(['encrypted', 'volume_size']),
    );
    expect(labels('build {\n  provisioner "shell" {\n    ‸\n  }\n}')).toEqual(
      expect.arrayContaining(['pause_before', 'only']),
    );
  });

  it('does not call for credentials', () => {
    const detail = (name: string) =>
      completions('source "amazon-ebs" "a" {\n  ‸\n}').find(({ label }) => label === name)?.detail;
    expect(detail('region')).toBe('string, required');
    expect(detail('secret_key')).toBe('string');
    expect(detail('access_key')).toBe('string');
  });

  it('calls for one of several attributes until one is given', () => {
    const detail = (type: string, given: string, name: string) =>
      completions(`source "${type}" "a" {\n  ${given}\n  ‸\n}`).find(({ label }) => label === name)?.detail;
    expect(detail('amazon-ebs', '', 'source_ami')).toBe('string, required without `source_ami_filter`');
    expect(detail('amazon-ebs', 'source_ami_filter {}', 'source_ami')).toBe('string');
    expect(detail('amazon-ebs', 'spot_instance_types = ["t3.small"]', 'instance_type')).toBe('string');
    expect(detail('azure-arm', '', 'image_publisher')).toBe('string, required');
    expect(detail('azure-arm', 'shared_image_gallery {}', 'image_publisher')).toBe('string');
    expect(detail('openstack', 'source_image_name = "a"', 'source_image')).toBe('string');
    expect(detail('openstack', '', 'source_image')).toBe('string, required');
  });

  it('writes values by their type', () => {
    const block = (line: string): string => `source "amazon-ebs" "a" {\n  ${line}\n}`;
    expect(taken(block('reg‸'), 'region')).toBe(block('region = "$1"'));
    expect(taken(block('encrypt‸'), 'encrypt_boot')).toBe(block('encrypt_boot = ${1|true,false|}'));
    expect(taken(block('‸ = "x"'), 'region')).toBe(block('region = "x"'));
    expect(taken(block('source_ami_f‸'), 'source_ami_filter')).toBe(block('source_ami_filter {\n  $0\n}'));
    expect(taken('variable "a" {\n  sens‸\n}', 'sensitive')).toBe('variable "a" {\n  sensitive = ${1|true,false|}\n}');
  });

  it('offers the types of components in labels', () => {
    expect(labels('source "amazon-‸')).toContain('amazon-ebs');
    expect(taken('source "amaz‸" "web" {', 'amazon-ebs')).toBe('source "amazon-ebs" "web" {');
    expect(taken('build {\n  provisioner "sh‸', 'shell')).toBe('build {\n  provisioner "shell"');
    expect(labels('build {\n  post-processor "‸" {}\n}')).toContain('manifest');
    expect(labels('variable "‸" {}')).toEqual([]);
  });

  it('offers plugins with address and version', () => {
    const text = 'packer {\n  required_plugins {\n    ama‸\n  }\n}';
    expect(taken(text, 'amazon')).toMatch(
      /amazon = \{\n {2}version = "~> \d+\.\d+"\n {2}source {2}= "github.com\/hashicorp\/amazon"\n\}/,
    );
    expect(labels('packer {\n  required_plugins {\n    amazon = {\n      ‸\n    }\n  }\n}')).toEqual([
      'version',
      'source',
    ]);
  });

  it('offers names of the module behind their first name', () => {
    const value = (text: string): string => `source "null" "x" {\n  communicator = ${text}\n}`;
    expect(labels(value('var.‸'), MODULE)).toEqual(['region']);
    expect(labels(value('"a-${var.re‸}"'), MODULE)).toEqual(['region']);
    expect(labels(value('local.‸'), MODULE)).toEqual(['stamp']);
    expect(labels(value('data.amazon-ami.‸'), MODULE)).toEqual(['base']);
    expect(labels(value('data.amazon-ami.base.‸'), MODULE)).toContain('id');
    expect(labels(value('path.‸'))).toEqual(['cwd', 'root']);
    expect(completions(value('var.‸'), MODULE)[0]).toMatchObject({
      detail: 'string',
      documentation: 'Where it is built',
    });
    expect(taken(value('upper(var.re‸)'), 'region', MODULE)).toBe(value('upper(var.region)'));
  });

  it('offers sources for builds, values of attributes and nothing in plain text', () => {
    expect(taken('build {\n  sources = ["‸"]\n}', 'source.amazon-ebs.web', MODULE)).toBe(
      'build {\n  sources = ["source.amazon-ebs.web"]\n}',
    );
    expect(labels('build {\n  provisioner "shell" {\n    only = ["‸"]\n  }\n}', MODULE)).toEqual(['amazon-ebs.web']);
    expect(labels('source "amazon-ebs" "a" {\n  encrypt_boot = ‸\n}').slice(0, 2)).toEqual(['true', 'false']);
    expect(labels('source "amazon-ebs" "a" {\n  ami_name = "plain ‸"\n}')).toEqual([]);
    expect(labels('# a comment ‸\n')).toEqual([]);
  });

  it.each([
    'var.q == "" ? var.‸',
    '["", var.‸]',
    '["", "a", "", var.‸',
    '"" == var.‸',
    '"\\"" == var.‸',
    '"$${" == var.‸',
    '"${var.q == "" ? var.‸',
    '"${{ a = "" }.a}${upper("x${var.‸',
    '"a ${join("", [var.‸])} b"',
    '<<-EOT\n  it is "${var.‸}"\n  EOT',
    '<<-EOT\n  it is " and ${var.‸}\n  EOT',
  ])('is in an expression: %j', value => {
    expect(labels(`locals {\n  a = ${value}\n}\n`, MODULE)).toEqual(['region']);
  });

  it.each([
    '"", "var.‸"',
    '"a ${"b"} var.‸"',
    '"$${var.‸',
    '"\\" var.‸"',
    '"${var.region == "" ? "var.‸',
    '<<-EOT\n  "${var.region}" var.‸\n  EOT',
  ])('is in a text: %j', value => {
    expect(labels(`locals {\n  a = [${value}]\n}\n`, MODULE)).toEqual([]);
  });

  it('offers the variables without a value in a variables file', () => {
    expect(labels('‸', MODULE, 'x.auto.pkrvars.hcl')).toEqual(['region']);
    expect(labels('region = "a"\n‸', MODULE, 'x.auto.pkrvars.hcl')).toEqual([]);
    expect(labels('region = ‸', MODULE, 'x.auto.pkrvars.hcl')).toEqual([]);
  });
});

describe('navigation', () => {
  const uses =
    'build {\n  sources = ["source.amazon-ebs.web"]\n  provisioner "shell" {\n    inline = [var.reg‸ion, "${var.region} ${data.amazon-ami.base.id}", local.stamp]\n  }\n}\n';

  it('goes from a name to its declaration, in another file too', () => {
    const definition = (marked: string): string[] => {
      const { model, offset, shown } = opened(marked, MODULE);
      return packerEditor.definition!(model, offset).map(shown);
    };
    expect(definition(uses)).toEqual(['vars.pkr.hcl: region']);
    expect(definition(uses.replace('‸', '').replace('local.stamp', 'local.st‸amp'))).toEqual(['vars.pkr.hcl: stamp']);
    expect(definition(uses.replace('‸', '').replace('amazon-ebs.web', 'amazon-ebs.w‸eb'))).toEqual([
      'vars.pkr.hcl: web',
    ]);
    expect(definition(uses.replace('‸', '').replace('base.id', 'ba‸se.id'))).toEqual(['vars.pkr.hcl: base']);
    expect(definition(uses.replace('‸', '').replace('base.id', 'base.i‸d'))).toEqual([]);
    expect(definition('bu‸ild {}')).toEqual([]);
  });

  it('finds every use', () => {
    const { model, offset, shown } = opened('variable "a‸" {\n  default = 1\n}\nlocals {\n  b = var.a\n}\n', {
      'c.pkr.hcl': 'locals {\n  c = "${var.a}"\n}\n',
      'x.auto.pkrvars.hcl': 'a = 2\n',
    });
    expect(packerEditor.references!(model, offset, true).map(shown)).toEqual([
      'a',
      'a',
      'c.pkr.hcl: a',
      'x.auto.pkrvars.hcl: a',
    ]);
    expect(packerEditor.references!(model, offset, false)).toHaveLength(3);
  });
});

describe('renaming', () => {
  const rename = (
    marked: string,
    name: string,
    others: Record<string, string> = {},
  ): string | Record<string, string> => {
    const { model, offset, text } = opened(marked, others);
    const edits = packerEditor.renaming!(model, offset)?.to(name);
    if (!edits) return 'nothing to rename';
    if ('refusal' in edits) return edits.refusal;
    const result: Record<string, string> = { '': text, ...others };
    for (const { span, newText } of [...edits].sort((a, b) => b.span.start - a.span.start)) {
      const file = span.file?.slice(3) ?? '';
      result[file] = result[file]!.slice(0, span.start) + newText + result[file]!.slice(span.end);
    }
    return result;
  };

  it('changes a name wherever it is, and nothing else', () => {
    expect(
      rename('variable "a‸" {}\nvariable "ab" {}\nlocals {\n  a = "a ${var.a} ${var.ab}"\n}\n', 'z', {
        'b.pkr.hcl': 'locals {\n  c = [var.a]\n}\n',
        'x.auto.pkrvars.hcl': 'a = 1\nab = 2\n',
      }),
    ).toEqual({
      '': 'variable "z" {}\nvariable "ab" {}\nlocals {\n  a = "a ${var.z} ${var.ab}"\n}\n',
      'b.pkr.hcl': 'locals {\n  c = [var.z]\n}\n',
      'x.auto.pkrvars.hcl': 'z = 1\nab = 2\n',
    });
    expect(rename('source "null" "a‸" {}\nbuild {\n  sources = ["source.null.a", "null.a"]\n}\n', 'b')).toEqual({
      '': 'source "null" "b" {}\nbuild {\n  sources = ["source.null.b", "null.b"]\n}\n',
    });
  });

  it.each([
    ['variable "a‸" {}\nvariable "b" {}', 'b', 'There is a variable with this name already.'],
    ['variable "a‸" {}', '1 b', 'A name consists of letters, digits, `_` and `-`.'],
    ['variable "a" {}\nbu‸ild {}', 'b', 'nothing to rename'],
  ])('%j to %s: %s', (text, name, refusal) => expect(rename(text, name)).toBe(refusal));

  const sources = 'source "null" "ba‸" {}\nsource "null" "x" {}\nsource "docker" "ba" {}\n';
  const steps = (name: string): string =>
    [
      `  provisioner "shell" {\n    only = ["null.${name}", "docker.ba"]\n    override = {\n      "x" = {}\n    }\n  }`,
      `  post-processor "manifest" {\n    except = local.few\n  }`,
      `  post-processors {\n    post-processor "manifest" {\n      only = ["null.${name}"]\n    }\n  }`,
      `  error-cleanup-provisioner "shell" {\n    override = { ${name} = { inline = [] }, x = {} }\n  }`,
    ].join('\n');

  it('changes the names of sources in steps', () => {
    const build = (name: string): string =>
      `build {\n  sources = ["source.null.${name}", "null.x"]\n${steps(name)}\n}\nbuild {\n  sources = ["docker.ba"]\n}\nlocals {\n  few = ["null.${name}"]\n}\n`;
    expect(rename(sources + build('ba'), 'z')).toEqual({
      '': sources.replace('"ba‸"', '"z"') + build('z'),
    });
    const used = `build {\n  sources = ["null.ba"]\n  provisioner "shell" {\n    only = ["null.b‸a"]\n  }\n}\n`;
    expect(rename(used, 'z', { 'b.pkr.hcl': 'source "null" "ba" {}\n' })).toEqual({
      '': used.replace('b‸a', 'z').replace('"null.ba"', '"null.z"'),
      'b.pkr.hcl': 'source "null" "z" {}\n',
    });
  });

  it('changes names of sources and locals in JSON', () => {
    const json = (source: string, local: string): string =>
      JSON.stringify({
        build: [
          {
            sources: [`source.null.${source}`],
            provisioner: [
              { shell: { only: [`null.${source}`], override: { [source]: { inline: [`\${local.${local}}`] } } } },
            ],
          },
        ],
      });
    expect(rename('source "null" "ba‸" {}\n', 'z', { 'b.pkr.json': json('ba', 'l') })).toEqual({
      '': 'source "null" "z" {}\n',
      'b.pkr.json': json('z', 'l'),
    });
    expect(rename('locals {\n  l‸ = 1\n}\n', 'z', { 'b.pkr.json': json('ba', 'l') })).toEqual({
      '': 'locals {\n  z = 1\n}\n',
      'b.pkr.json': json('ba', 'z'),
    });
    const escaped = '{"locals": {"b": "${local[\\"l\\"]}"}}';
    expect(rename('locals {\n  l‸ = 1\n}\n', 'z', { 'b.pkr.json': escaped })).toBe(
      'The name is made of other values somewhere.',
    );
  });

  it('keeps the name that a build gives to a source', () => {
    const text = (name: string): string =>
      `build {\n  source "null.${name}" {\n    name = "ba"\n  }\n  provisioner "shell" {\n    only = ["null.ba"]\n  }\n}\n`;
    expect(rename(`source "null" "ba‸" {}\n${text('ba')}`, 'z')).toEqual({ '': `source "null" "z" {}\n${text('z')}` });
  });

  it.each([
    ['a‸', 'z', 'local.a, local["a"], local [ "a" ]', 'local.z, local["z"], local [ "z" ]'],
    ['a-b‸', 'z', 'local["a-b"], local.a-b.c, local["a-b"].c', 'local["z"], local.z.c, local["z"].c'],
  ])('changes names in brackets: %s', (name, to, before, after) =>
    expect(rename(`locals {\n  ${name} = 1\n  l = [${before}]\n}\n`, to)).toEqual({
      '': `locals {\n  ${to} = 1\n  l = [${after}]\n}\n`,
    }),
  );

  it('changes names of data sources in brackets', () =>
    expect(rename('data "x-y" "a‸" {}\nlocals {\n  l = [data.x-y["a"].id, data["x-y"]["a"]]\n}\n', 'z')).toEqual({
      '': 'data "x-y" "z" {}\nlocals {\n  l = [data.x-y["z"].id, data["x-y"]["z"]]\n}\n',
    }));

  const inBuild = (text: string, more = ''): string =>
    `source "null" "ba‸" {}\nsource "null" "x" {}\nsource "docker" "ba" {}\nvariable "v" {\n  default = ["null.ba"]\n}\nbuild {\n  sources = ["null.ba", "null.x", "docker.ba"]\n  provisioner "shell" {\n    ${text}\n  }\n}\n${more}`;
  const UNKNOWN = 'What `only`, `except` or `override` of a step names is not known.';
  const MADE = 'The name is made of other values somewhere.';
  it.each([
    [inBuild('only = var.v'), UNKNOWN],
    [inBuild('override = var.v'), UNKNOWN],
    [inBuild('only = ["null.${var.v[0]}"]'), UNKNOWN],
    [inBuild('only = ["null.${local.n}"]', 'locals {\n  n = "ba"\n}\n'), MADE],
    [inBuild('only = [for n in ["ba"] : "null.${n}"]'), MADE],
    [inBuild('override = { ba = {} }'), '`ba` in `override` is the name of several sources.'],
    [inBuild('only = ["null.z"]'), 'A step of the build names `z` already.'],
    [inBuild('override = { z = {} }'), 'A step of the build names `z` already.'],
    ['source "null" "ba‸" {}\nbuild {\n  sources = var.v\n}\n', 'Which sources a build has is not known.'],
    ['source "null" "ba‸" {}\nlocals {\n  n = "ba"\n}\nbuild {\n  sources = ["null.${local.n}"]\n}\n', MADE],
    [
      'source "null" "ba‸" {}\nsource "null" "c" {}\nlocals {\n  l = ["null.ba"]\n}\nbuild {\n  sources = ["null.ba"]\n  provisioner "shell" {\n    only = local.l\n  }\n}\nbuild {\n  source "null.c" {\n    name = "ba"\n  }\n  provisioner "shell" {\n    only = local.l\n  }\n}\n',
      '`ba` in a list is the name of several sources.',
    ],
    ['locals {\n  ba‸ = 1\n  x = local[var.k]\n}\n', '`local` is used as a whole, or with a name that is not known.'],
    [
      'locals {\n  ba‸ = 1\n}\nbuild {\n  name = join("", keys(local))\n}\n',
      '`local` is used as a whole, or with a name that is not known.',
    ],
    [
      'data "x" "ba‸" {}\nlocals {\n  x = data.x[var.k]\n}\n',
      '`data` is used as a whole, or with a name that is not known.',
    ],
  ])('is refused rather than wrong: %j', (text, refusal) => expect(rename(text, 'z')).toBe(refusal));

  it('finds the uses of a source in steps', () => {
    const { model, offset, shown } = opened(
      `${sources}build {\n  sources = ["null.ba", "null.x"]\n${steps('ba')}\n}\nlocals {\n  few = ["null.ba"]\n}\n`,
    );
    const found = packerEditor.references!(model, offset, false);
    expect(found.map(shown)).toEqual(['ba', 'ba', 'ba', 'ba', 'ba']);
    for (const { start } of found) expect(packerEditor.definition!(model, start).map(shown)).toEqual(['ba']);
  });

  it('is refused when a file of the template cannot be read as a whole, with the reason', () => {
    expect(rename('variable "a‸" {}', 'b', { 'c.pkr.hcl': 'locals {' })).toBe('`c.pkr.hcl` has syntax errors.');
    expect(rename('locals {\n  b = var.a‸\n}\n', 'b', { 'c.pkr.hcl': 'locals {' })).toBe(
      '`c.pkr.hcl` has syntax errors.',
    );
    expect(rename('variable "a‸" {}\nlocals {', 'b')).toBe('`a.pkr.hcl` has syntax errors.');
    expect(rename('variable "a‸" {}', 'b', { 'c.pkr.hcl': 'variable "a" {}' })).toBe(
      'Another template in the directory declares the same names.',
    );
  });
});

describe('hover and signatures', () => {
  const hover = (marked: string, others?: Record<string, string>): string | undefined => {
    const { model, offset } = opened(marked, others);
    return packerEditor.hover!(model, offset)?.markdown;
  };

  it('says what an attribute, a component, a function and a variable are', () => {
    expect(hover('source "amazon-ebs" "a" {\n  reg‸ion = "x"\n}')).toMatch(
      /^`region`: string, required\n\n.*amazon-ebs.*integrations\/hashicorp\/amazon/,
    );
    expect(hover('source "amaz‸on-ebs" "a" {\n}')).toContain(
      '**source** `amazon-ebs`, plugin `hashicorp/packer-plugin-amazon`',
    );
    expect(hover('build {\n  provisioner "sh‸ell" {\n  }\n}')).toContain('built into Packer');
    for (const [block, page] of [
      ['source "amazon-ebs‸" "a"', 'hashicorp/amazon/latest/components/builder/ebs'],
      ['data "amazon-ami‸" "a"', 'hashicorp/amazon/latest/components/data-source/ami'],
      ['source "docker‸" "a"', 'hashicorp/docker/latest/components/builder/docker'],
      ['data "googlecompute-image‸" "a"', 'hashicorp/googlecompute/latest/components/data-source/image'],
      ['source "proxmox‸" "a"', 'hashicorp/proxmox'],
      ['source "openstack‸" "a"', 'hashicorp/openstack'],
    ])
      expect(hover(`${block} {\n}`), block).toContain(`integrations/${page})`);
    expect(hover('locals {\n  a = up‸per("x")\n}')).toContain('upper(str string) string');
    expect(hover('locals {\n  a = var.reg‸ion\n}', MODULE)).toBe(
      '**variable** `region`\n\nstring, no default: a value must be given\n\nWhere it is built\n\nIn `vars.pkr.hcl`',
    );
    expect(hover('locals {\n  a = "${path.ro‸ot}/x"\n}')).toMatch(/^`path\.root`: The directory of the template\./);
    expect(hover('locals {\n  a = path.nothing‸\n}')).toBeUndefined();
    expect(hover('locals {\n  a = "pl‸ain"\n}')).toBeUndefined();
  });

  const value = (marked: string, others?: Record<string, string>): string | undefined => {
    const { model, offset } = opened(marked, others);
    return packerEditor.hover!(model, offset)!.value?.markdown;
  };

  it('shows what variables and locals of the document are', () => {
    expect(value('variable "re‸gion" {\n  default = "eu-west-1"\n}\n')).toContain('\nregion = "eu-west-1"\n');
    expect(value('variable "cp‸us" {\n  default = 8\n}\n')).toContain('\ncpus = 8\n');
    expect(value('locals {\n  fl‸ag = true\n}\n')).toContain('\nflag = true\n');
    const made =
      'variable "v" {\n  default = 2\n}\nlocals {\n  name = "web-${var.v}"\n}\nlocal "b" {\n  expression = local.na‸me\n}\n';
    expect(value(made)).toContain('name = "web-2"');
  });

  it('shows what other files set, with the places to judge, and which one sets it', () => {
    const others = {
      'v.pkr.hcl': 'variable "region" {\n  default = "eu-west-1"\n}\nlocals {\n  cmd = "x"\n}\n',
      'x.auto.pkrvars.hcl': 'region = "us-east-1"\n',
    };
    expect(hover('locals {\n  a = var.reg‸ion\n}\n', others)).toContain(
      'Set in `x.auto.pkrvars.hcl`\n\nIn `v.pkr.hcl`',
    );
    expect(hover('locals {\n  a = local.cm‸d\n}\n', others)).toContain('In `v.pkr.hcl`');
    for (const [text, shown, places] of [
      ['a = var.reg‸ion', 'region = "us-east-1"', ['x.auto.pkrvars.hcl: "us-east-1"']],
      ['a = local.cm‸d', 'cmd = "x"', ['v.pkr.hcl: "x"']],
      ['a‸b = "${local.cmd}"', 'ab = "x"', ['"${local.cmd}"', 'v.pkr.hcl: "x"']],
      ['a‸b = "x-${var.region}"', 'ab = "x-us-east-1"', ['"x-${var.region}"', 'x.auto.pkrvars.hcl: "us-east-1"']],
    ] as const) {
      const { model, offset, shown: spanText } = opened(`locals {\n  ${text}\n}\n`, others);
      const found = packerEditor.hover!(model, offset)!.value!;
      expect(found.markdown).toContain(`\n${shown}\n`);
      expect(found.places.map(({ span }) => spanText(span))).toEqual(places);
      for (const { span, text: whole } of found.places)
        expect(spanText(span).endsWith(whole.slice(span.start, span.end))).toBe(true);
    }
  });

  it.each([
    // However a reference is written.
    'winrm_password = var["x"]',
    'ssh_password = (var).x',
    'ssh_password = var . x',
    // Each key on the way to it counts.
    'content = jsonencode({ db_password = var.x })',
    'content = jsonencode({ users = [{ name = "a", password = var.x }] })',
    'vars = merge({}, { "password" : var.x })',
    'both = { admin_password = var.x }',
    'tags = { a = 1, password = var.x }',
    'tags = {\n  a = 1\n  password = var.x\n}',
    'tags = { (local.key) = var.x }',
    'tags = { name = "DB_PASSWORD", value = var.x }',
    'name = "DB_PASSWORD"\n  value = var.x',
    'tags = zipmap(["password"], [var.x])',
    'secret {\n value = var.x\n}',
    // What a file makes of it is not known.
    'content = templatefile("u", { password = var.x })',
    'content = templatefile("u", { y = var.x })',
    'content = var.x',
    'hash = bcrypt(var.x)',
    // Words of commands, on any number of lines.
    'inline = [var.x]',
    'boot_command = ["<enter>",\n var.x]',
    'run = ["login",\n  "ada",\n  var.x\n]',
    'run = format("--password=%s", var.x)',
    'note = <<EOF\n"${var.x}"\nEOF',
    // In any number of steps.
    'ssh_password = local.y["z"]',
    'tags = { for p in [var.x] : "a" => { password = p } }',
    'tags = [for p in [var.x] : [for q in [p] : { password = q }]]',
    'dynamic "env" {\n for_each = [var.x]\n content {\n password = env.value\n }\n }',
    'ssh_password = lookup(var, "x")',
    'ssh_password = var[local.key]',
  ])('shows no value that is used so: %s', use => {
    const others = {
      'b.pkr.hcl': `locals {\n  y = { z = var.x }\n  key = "k"\n}\nbuild {\n  provisioner "shell" {\n  ${use}\n}\n}\n`,
    };
    expect(value('variable "‸x" {\n  default = "hush"\n}\n', others)).toBeUndefined();
  });

  it.each([
    'ami_name = "web-${var.x}"',
    'tags = { Name = var.x, Password = "none" }',
    'tags = { Name = var.x, Note = "a b" }',
    'note = jsonencode({ region = var.x, note = "a b" })',
    'regions = [\n  var.x,\n]',
    'tags = { for r in [var.x] : r => { region = r } }',
    'ami_name = "web-${var.x}-arm64"',
  ])('shows a value that is used so: %s', use => {
    const others = { 'b.pkr.hcl': `build {\n  provisioner "shell" {\n  ${use}\n}\n}\n` };
    expect(value('variable "‸x" {\n  default = "hush"\n}\n', others)).toContain('hush');
  });

  it('follows thousands of locals and sources', () => {
    const count = 3_000;
    const chain = Array.from({ length: count }, (_, i) => `  c${i} = local.c${i + 1}\n`).join('');
    const sources = Array.from(
      { length: count },
      (_, i) => `source "amazon-ebs" "s${i}" {\n  ami_name = "a-\${local.c${i}}-\${var.v}"\n}\n`,
    ).join('');
    const text = (end: string): string =>
      `variable "v" {\n  default = "1"\n}\nlocals {\n${chain}  c${count} = "z"\n}\n${sources}${end}`;
    const { model } = opened(text('build {\n  ssh_password = local.c0\n}\n'));
    expect(packerEditor.hints!(model)).toEqual([]);
    const started = performance.now();
    packerEditor.hints!(opened(text('')).model);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('shows no value of other files that is sensitive, or used as a credential in one of them', () => {
    for (const [name, declared, use] of [
      ['pass', 'default = "hush"\n  sensitive = true', ''],
      ['api_token', 'default = "hush"', ''],
      ['x', 'default = "hush"', 'inline = ["mysql -p ${var.x}"]'],
      ['x', 'default = "hush"', 'password = var.x'],
    ]) {
      const others = {
        'v.pkr.hcl': `variable "${name}" {\n  ${declared}\n}\n`,
        'b.pkr.hcl': `build {\n  provisioner "shell" {\n    ${use}\n  }\n}\n`,
      };
      for (const text of [`a = var.${name}‸`, `a‸b = var.${name}`, `a‸b = "x-\${var.${name}}"`])
        expect(value(`locals {\n  ${text}\n}\n`, others), `${name} ${use} ${text}`).toBeUndefined();
    }
  });

  it('shows no value of a secret, of what is made of one, and none that is not known', () => {
    const object = 'locals {\n  db = {\n    password = "hush"\n  }\n}\n';
    for (const text of [
      'variable "to‸ken" {\n  default = "k7Q9wErTy2uIoPaSd"\n}\n',
      'variable "a‸b" {\n  default = "hush"\n  sensitive = true\n}\n',
      'variable "p" {\n  default = "hush"\n  sensitive = true\n}\nlocals {\n  a‸b = "x-${var.p}"\n}\n',
      'local "a‸b" {\n  expression = "hush"\n  sensitive = true\n}\n',
      'variable "p" {}\nlocals {\n  a‸b = var.p\n}\n',
      `${object}locals {\n  a‸b = local.db.password\n}\n`,
      `${object}locals {\n  a‸b = local.db["password"]\n}\n`,
      `${object}locals {\n  a‸b = local.db[var.key]\n}\nvariable "key" {\n  default = "password"\n}\n`,
      `${object}locals {\n  a‸b = join("", values(local.db))\n}\n`,
      `locals {\n  dbs = [{ password = "hush" }]\n  a‸b = "x-\${local.dbs[0].password}"\n}\n`,
      `${object}locals {\n  c = local.db.password\n  a‸b = "x-\${local.c}"\n}\n`,
    ])
      expect(value(text), text).toBeUndefined();
  });

  it('names the parameter that the cursor is in', () => {
    const active = (marked: string): unknown => {
      const { model, offset } = opened(`locals {\n  a = ${marked}\n}\n`);
      const found = packerEditor.signature!(model, offset);
      return found && [found.label, found.label.slice(...found.parameters[found.active]!)];
    };
    expect(active('replace(‸)')).toEqual(['replace(str string, substr string, replace string) string', 'str string']);
    expect(active('replace("a", ‸)')).toEqual([
      'replace(str string, substr string, replace string) string',
      'substr string',
    ]);
    expect(active('upper(lower(‸))')).toEqual(['lower(str string) string', 'str string']);
    for (const unclosed of ['replace("a",‸', 'replace("a", ‸', 'replace("a", upper("b"), ‸'])
      expect(active(unclosed), unclosed).toEqual([
        'replace(str string, substr string, replace string) string',
        unclosed.includes('upper') ? 'replace string' : 'substr string',
      ]);
    expect(active('replace("a",\n‸')).toBeUndefined();
    expect(active('unknown(‸)')).toBeUndefined();
    expect(active('‸1')).toBeUndefined();
  });
});

describe('the outline', () => {
  it('has the blocks, with steps in their build and locals one by one', () => {
    const { model } = opened(
      'packer {\n  required_plugins {\n    amazon = {}\n  }\n}\nlocals {\n  a = 1\n}\nbuild {\n  provisioner "shell" {\n    inline = []\n  }\n}\n',
    );
    const flat = (items: NonNullable<ReturnType<NonNullable<typeof packerEditor.outline>>>): unknown[] =>
      items.map(({ name, children }) => (children.length > 0 ? [name, flat(children)] : name));
    expect(flat(packerEditor.outline!(model))).toEqual([
      ['packer', [['required_plugins', ['amazon']]]],
      ['locals', ['a']],
      ['build', ['provisioner shell']],
    ]);
  });

  it('folds blocks, long values and comments', () => {
    const { model, shown } = opened('# a\n# b\n\nlocals {\n  a = [\n    1,\n  ]\n  b = 2\n}\n');
    expect(packerEditor.folds!(model).map(shown)).toEqual([
      'locals {\n  a = [\n    1,\n  ]\n  b = 2\n}',
      'a = [\n    1,\n  ]',
      '# a\n# b',
    ]);
  });

  it('links to files that are there', () => {
    const { model, shown } = opened(
      'build {\n  provisioner "shell" {\n    scripts = ["${path.root}/a.sh", "b.sh"]\n  }\n}\n',
      { 'a.sh': '' },
    );
    expect(packerEditor.links!(model).map(({ path, span }) => [path, shown(span)])).toEqual([
      ['/w/a.sh', '"${path.root}/a.sh"'],
    ]);
  });
});

describe('annotations', () => {
  it('color what is known, and nothing else', () => {
    const { model, shown } = opened(
      [
        'variable "a" {',
        '  type = list(string)',
        '  unknown = 1',
        '}',
        'source "amazon-ebs" "web" {',
        '  ami_name = "x-${upper(var.a)}-${var.b}-${nothing(local.c)}"',
        '}',
        'build {',
        '  sources = ["source.amazon-ebs.web"]',
        '  provisioner "shell" {',
        '    inline = [for v in var.a : v]',
        '  }',
        '}',
      ].join('\n'),
    );
    const colors = packerEditor.coloredNames!(model).map(({ kind, span, isDeclaration }) => [
      `${kind}${isDeclaration ? ' (declaration)' : ''}`,
      shown(span),
    ]);
    expect(colors).toEqual([
      ['variable (declaration)', 'a'],
      ['property', 'type'],
      ['type', 'list'],
      ['type', 'string'],
      ['type', 'amazon-ebs'],
      ['class (declaration)', 'web'],
      ['property', 'ami_name'],
      ['function', 'upper'],
      ['variable', 'a'],
      ['property', 'sources'],
      ['class', 'web'],
      ['type', 'shell'],
      ['property', 'inline'],
      ['variable', 'a'],
    ]);
  });

  it('mark deprecated attributes', () => {
    const { model, shown } = opened(
      'source "amazon-ebs" "a" {\n  DEPRECATED = 1\n}\n'.replace('DEPRECATED', deprecated()),
    );
    const colors = packerEditor.coloredNames!(model);
    expect(colors.filter(({ isDeprecated }) => isDeprecated).map(({ span }) => shown(span))).toEqual([deprecated()]);
  });

  it('say what names are that are made of variables, but nothing of secrets', () => {
    const hints = (name: string, more = ''): string[] => {
      const { model } = opened(
        `variable "v" {\n  default = "1.2"\n}\nvariable "s" {\n  default = "hush"\n  sensitive = true\n}\nvariable "password" {\n  default = "hush"\n}\nvariable "w" {}\nlocals {\n  v = "x${'${var.v}'}"\n  s = "x${'${var.s}'}"\n  o = { password = "hush" }\n}\nsource "amazon-ebs" "a" {\n  ami_name = ${name}\n${more}}\n`,
      );
      return packerEditor.hints!(model).map(({ text }) => text);
    };
    expect(hints('"web-${var.v}-{{timestamp}}"')).toEqual(['= web-1.2-{{timestamp}}']);
    expect(hints('upper(local.v)')).toEqual(['= X1.2']);
    for (const name of [
      '"plain"',
      '"${var.w}"',
      '"${var.s}"',
      'local.s',
      '"a-${var.password}"',
      'var.nowhere',
      'local.o.password',
    ])
      expect(hints(name), name).toEqual([]);
    expect(hints('"plain"', '  region = "${var.v}"\n')).toEqual([]);
  });

  it('count uses in all files of the template', () => {
    const { model, shown } = opened('variable "a" {}\nvariable "b" {}\nlocals {\n  c = var.a\n}\n', {
      'd.pkr.hcl': 'locals {\n  d = [var.a, local.c]\n}\nvariable "e" {}\n',
      'e.pkr.hcl': 'build {\n  name = "web"\n  sources = ["null.a", "null.b"]\n}\nbuild {}\n',
    });
    expect(packerEditor.usedNames!(model).map(({ nameSpan, uses }) => [shown(nameSpan), uses.map(shown)])).toEqual([
      ['a', ['a', 'd.pkr.hcl: a']],
      ['b', []],
      ['c', ['d.pkr.hcl: c']],
    ]);
    expect(packerEditor.foundNames!(model).map(({ name, detail }) => [name, detail])).toEqual([
      ['a', 'variable'],
      ['b', 'variable'],
      ['e', 'variable'],
      ['c', 'local'],
      ['d', 'local'],
      ['web', 'build of null.a, …'],
      ['build', 'build'],
    ]);
  });
});

/** An attribute of `amazon-ebs` that is deprecated. */
const deprecated = (): string =>
  [...contentsOf(componentByName('source', 'amazon-ebs')!.component).deprecated.keys()][0]!;

describe('any text', () => {
  it('is answered wherever the cursor is', () => {
    const text = `${MODULE['vars.pkr.hcl']}build {\n  sources = ["source.amazon-ebs.web"\n  provisioner "shell" {\n    inline = ["\${var.`;
    for (let offset = 0; offset <= text.length; offset += 3) {
      const { model } = opened(text);
      for (const feature of ['completions', 'hover', 'definition', 'renaming', 'signature'] as const)
        expect(() => packerEditor[feature]!(model, offset), `${feature} at ${offset}`).not.toThrow();
      for (const feature of ['coloredNames', 'hints', 'usedNames', 'foundNames', 'format'] as const)
        expect(() => packerEditor[feature]!(model), feature).not.toThrow();
    }
  });
});
