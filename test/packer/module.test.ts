import { describe, expect, test } from 'vitest';
import { NO_FILES } from '../../core/language.ts';
import { Script } from '../../core/script.ts';
import { SourceText } from '../../core/text.ts';
import { packer } from '../../languages/packer/language.ts';
import { namedFiles } from '../../languages/packer/named-files.ts';
import { shellParser } from '../../shell/parser.ts';
import { read } from './read.ts';

const at = (text: string, span: { start: number; end: number } | undefined): string =>
  span ? text.slice(span.start, span.end) : '';

describe('folders', () => {
  const main = 'build {\n  sources = ["source.amazon-ebs.web"]\n}\n';
  const sources = 'source "amazon-ebs" "web" {\n  ami_name = var.name\n}\n';
  const variables = 'variable "name" {\n  default = "web"\n}\n';

  test('are read as one module, siblings with their paths', () => {
    const { tree } = read(main, {
      '/p/sources.pkr.hcl': sources,
      '/p/variables.pkr.hcl': variables,
      '/p/x.tf': 'variable "name" {}',
    });
    const { module } = tree;
    expect(module.files.map(({ path, own }) => [path, own])).toEqual([
      ['/p/main.pkr.hcl', true],
      ['/p/sources.pkr.hcl', false],
      ['/p/variables.pkr.hcl', false],
    ]);
    expect([module.complete, module.alone]).toEqual([true, false]);
    const used = module.builds[0]!.sources[0]!;
    expect(used.source?.header).toEqual({ start: 0, end: 25, file: '/p/sources.pkr.hcl' });
    expect(used.attribute('ami_name')?.value.byDefault).toBe('web');
    expect(used.attribute('ami_name')?.span.file).toBe('/p/sources.pkr.hcl');
    expect(module.variable('name')?.uses.map(({ span }) => span.file)).toEqual(['/p/sources.pkr.hcl']);
    expect(module.references.filter(({ undeclared }) => undeclared)).toEqual([]);
  });

  test.each([
    ['variable', 'variable "name" {}\n'],
    ['source', sources],
    ['local', 'locals {\n  a = 1\n}\n'],
    ['required_plugin', 'packer {\n  required_plugins {\n    amazon = ">= 1"\n  }\n}\n'],
  ])('two files that declare the same %s stand alone', (_kind, text) => {
    const { module } = read(text, { '/p/other.pkr.hcl': text, '/p/third.pkr.hcl': variables }).tree;
    expect([module.alone, module.complete, module.files.length]).toEqual([true, false, 1]);
  });

  test('a sibling that cannot be read or has errors leaves the module incomplete, and nothing undeclared is certain', () => {
    const broken = read(main, { '/p/a.pkr.hcl': 'source "x" {\n' }).tree.module;
    expect([broken.complete, broken.alone]).toEqual([false, false]);
    expect(broken.references.some(({ undeclared }) => undeclared)).toBe(false);
    expect(read(main).tree.module.references.map(({ name, undeclared }) => [name, undeclared])).toEqual([
      ['source.amazon-ebs.web', true],
    ]);
  });

  test('text without a place is a module of one, incomplete', () => {
    const tree = packer.parse(SourceText.document(main), {
      path: undefined,
      files: NO_FILES,
      depth: 0,
      script: (text, settings) => new Script(text, settings, shellParser),
      nested: () => undefined,
    });
    expect([tree.kind, tree.module.complete, tree.module.files.length]).toEqual(['template', false, 1]);
  });
});

describe('declarations', () => {
  test('variables in both forms', () => {
    const text = `variable "a" {
  type        = list(string)
  description = "what"
  sensitive   = true
  default     = ["x"]
  validation {
    condition     = length(var.a) > 0
    error_message = "None."
  }
}
variables {
  b = 1
}
locals {
  c = var.a
}
`;
    const { module } = read(text).tree;
    const [a, b] = module.variables;
    expect([a?.name, a?.type, a?.sensitive, a?.description?.literal, a?.validations.length]).toEqual([
      'a',
      'list(string)',
      true,
      'what',
      1,
    ]);
    expect(at(text, a?.nameSpan)).toBe('"a"');
    expect([b?.name, b?.block, b?.sensitive, b?.default?.literal]).toEqual(['b', undefined, false, 1]);
    // What is in its own block is not an use of it.
    expect(a?.uses.map(({ span }) => at(text, span))).toEqual(['var.a']);
    expect(b?.uses).toEqual([]);
  });

  test('plugins, versions, data, duplicates', () => {
    const text = `packer {
  required_version = ">= 1.9"
  required_plugins {
    amazon = {
      source  = "github.com/hashicorp/amazon"
      version = "~> 1.3"
    }
    qemu = ">= 1.0"
  }
}
data "amazon-ami" "base" {}
data "amazon-ami" "base" {}
`;
    const { module } = read(text).tree;
    expect(module.requiredVersions[0]?.value.literal).toBe('>= 1.9');
    expect(
      module.requiredPlugins.map(({ name, source, version }) => [name, source?.literal, version?.literal]),
    ).toEqual([
      ['amazon', 'github.com/hashicorp/amazon', '~> 1.3'],
      ['qemu', undefined, '>= 1.0'],
    ]);
    expect(module.duplicates.map(({ kind, name }) => [kind, name])).toEqual([['data', 'amazon-ami.base']]);
  });
});

describe('builds', () => {
  const text = `source "amazon-ebs" "web" {
  ami_name = "a"
  region   = "r"
}
build {
  name    = "web"
  sources = [source.amazon-ebs.web, "source.docker.none"]
  source "amazon-ebs.web" {
    name     = "second"
    ami_name = "b"
  }
  provisioner "shell" {
    only   = ["amazon-ebs.web"]
    inline = ["true"]
  }
  dynamic "provisioner" {
    for_each = var.list
    labels   = ["shell"]
    content {
      inline = [provisioner.value]
    }
  }
  error-cleanup-provisioner "shell-local" {
    command = "false"
  }
  post-processor "manifest" {}
  post-processors {
    post-processor "docker-tag" {}
    post-processor "docker-push" {}
  }
}
`;
  const build = read(text).tree.module.builds[0]!;

  test('sources with overrides', () => {
    expect(build.sources.map(({ type, name, source }) => [type, name, source !== undefined])).toEqual([
      ['amazon-ebs', 'web', true],
      ['docker', 'none', false],
      ['amazon-ebs', 'web', true],
    ]);
    expect(build.sourcesKnown).toBe(true);
    expect(build.sources[2]!.attribute('ami_name')?.value.literal).toBe('b');
    expect(build.sources[2]!.attribute('region')?.value.literal).toBe('r');
  });

  test('provisioners, for which sources they run, and dynamic ones', () => {
    expect(build.provisioners.map(({ type, dynamic }) => [type, dynamic])).toEqual([
      ['shell', false],
      ['shell', true],
    ]);
    expect(build.sources.map(source => build.provisioners[0]!.runsFor(source))).toEqual([true, false, false]);
    expect(at(text, build.provisioners[1]!.header)).toBe('dynamic "provisioner"');
    expect(build.cleanups.map(({ type }) => type)).toEqual(['shell-local']);
    expect(build.postProcessors.map(sequence => sequence.map(({ type }) => type))).toEqual([
      ['manifest'],
      ['docker-tag', 'docker-push'],
    ]);
  });

  test('sources that depend on a variable are not known', () => {
    const one = read('build {\n  sources = var.sources\n}\nvariable "sources" {\n  default = ["docker.a"]\n}\n').tree
      .module.builds[0]!;
    expect([one.sources.length, one.sourcesKnown]).toEqual([0, false]);
  });
});

describe('which files', () => {
  test.each([
    ['/a/x.pkr.hcl', '', true],
    ['/a/x.pkrvars.hcl', '', true],
    ['/a/x.auto.pkrvars.hcl', '', true],
    ['/a/x.pkr.json', '{}', true],
    ['/a/x.json', '{"variables": {}, "builders": [{"type": "docker"}]}', true],
    ['/a/x.json', '{"builders": {"a": {"type": "x"}}}', false],
    // The builders come after what is read of the file at first.
    ['/a/x.json', `{"description": "Base", "variables": {"a": "{{env \`A\`}}",${' "b": "1",'.repeat(500)}`, true],
    ['/a/x.json', `{"variables": {"a": "{{env \`A\`}}"}}`, false],
    ['/a/x.json', `{"variables": {"a": "{{ name }}",${' "b": "1",'.repeat(500)}`, false],
    ['/a/x.pkr.hcl.tmpl', '', false],
    ['/a/x.pkrtpl.hcl', '', false],
    ['/a/x.auto.tpl.pkrvars.hcl', '', false],
    ['/a/x.tmpl.pkrvars.json', '', false],
    ['/a/x.hcl', 'source "a" "b" {}', false],
  ])('%s', (path, beginning, expected) => {
    expect(packer.detect(path, beginning)).toBe(expected);
  });

  test('kinds', () => {
    const kind = (path: string, text: string): string => read(text, {}, path).tree.kind;
    expect(kind('/a/x.json', '{"builders": [{"type": "docker"}]}')).toBe('legacy-json');
    expect(kind('/a/x.pkr.json', '{"source": {}}')).toBe('template');
    expect(kind('/a/x.pkrvars.hcl', 'a = 1')).toBe('variables');
  });
});

test('a file without a text is there, and only another name is one in other case', () => {
  const use = (names: readonly string[]) => {
    const provisioner = 'provisioner "file" {\n  source      = "pictures/logo.bmp"\n  destination = "/tmp/"\n}\n';
    const others = Object.fromEntries(names.map(name => [`/p/pictures/${name}`, null]));
    const { tree } = read(`build {\n${provisioner}}\n`, others, '/p/vm/main.pkr.hcl');
    const { missing, otherCase } = namedFiles(tree)[0]!;
    return { missing, otherCase };
  };
  expect(use(['logo.bmp'])).toEqual({ missing: false });
  expect(use(['logo.bmp', 'Logo.bmp'])).toEqual({ missing: false });
  expect(use(['Logo.bmp'])).toEqual({ missing: true, otherCase: 'Logo.bmp' });
});
