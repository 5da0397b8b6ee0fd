import { describe, expect, test } from 'vitest';
import type { Files } from '../../core/language.ts';
import { nameOf, parentDirectory } from '../../core/path.ts';
import { isPackerSeed } from '../../languages/cloud-init/seed.ts';

function filesOf(all: Readonly<Record<string, string>>): Files {
  return {
    read: path => all[path] ?? null,
    list: folder =>
      Object.keys(all)
        .filter(path => parentDirectory(path) === folder)
        .map(nameOf),
  };
}
const TEMPLATE = '/r/packer/base.pkr.hcl';
const isSeed = (path: string, template: string, at = TEMPLATE) =>
  isPackerSeed(path, filesOf({ [at]: template, [path]: '' }));

describe('a seed is what a template names or serves', () => {
  test.each([
    ['/r/packer/http/user-data', 'http_directory = "http"'],
    ['/r/packer/http/22.04/user-data', 'http_directory = "${path.root}/http"'],
    ['/r/packer/http/user-data', 'http_directory = var.http_directory'],
    ['/r/packer/seed/user-data', 'cd_files = ["./seed/meta-data", "./seed/user-data"]'],
    ['/r/packer/seed/user-data', 'cd_files = ["${path.root}/seed/*"]'],
    ['/r/packer/seed/user-data', 'floppy_files = [\n  "seed/",\n]'],
    ['/r/packer/aws/boot.yaml', 'user_data_file = "aws/boot.yaml"'],
    ['/r/packer/seed/u.pkrtpl', 'http_content = {\n  "/user-data" = templatefile("${path.root}/seed/u.pkrtpl", {})\n}'],
    ['/r/packer/http/user-data', 'http_directory = "${var.http_directory}"'],
    ['/r/packer/user-data', 'http_directory = "${path.root}"'],
    ['/r/packer/user-data', 'http_directory = path.root\nhttp_directory = "."'],
  ])('%s in %s', (path, template) => expect(isSeed(path, template)).toBe(true));

  test('of a template of JSON', () => {
    const text = '{"builders": [{"type": "qemu", "http_directory": "seed"}]}';
    expect(isSeed('/r/packer/seed/user-data', text, '/r/packer/base.json')).toBe(true);
  });
  test('of a file of variables', () => {
    const text = '{"http_directory": "./packer/maas/linux/http/22.04"}';
    expect(isSeed('/r/packer/maas/linux/http/22.04/user-data.tmpl', text, '/r/packer/maas/maas.json')).toBe(true);
  });
  test('of a template that another program fills in', () => {
    expect(isSeed('/r/packer/http/user-data', 'http_directory = "http"', '/r/packer/base.pkr.hcl.j2')).toBe(true);
  });
  test('of a template that packs it', () => {
    const step = 'build {\n  provisioner "shell-local" {\n    inline = ["cloud-localds seed.iso user-data"]\n  }\n}';
    expect(isSeed('/r/packer/user-data', step)).toBe(true);
    const json = { provisioners: [{ command: 'genisoimage -o s.iso user-data', type: 'shell-local' }] };
    expect(isSeed('/r/packer/user-data', JSON.stringify(json), '/r/packer/base.json')).toBe(true);
  });
  test.each([
    ['/r/package.json', '{"scripts": {"seed": "cloud-localds seed.iso user-data"}}'],
    [
      '/r/package.json',
      '{"scripts": {"a": "shell-local", "seed": "cloud-localds seed.iso user-data"}, "provisioners": 1}',
    ],
    ['/r/a.pkr.hcl', '# cloud-localds seed.iso user-data\n'],
    ['/r/a.pkr.hcl', 'provisioner "shell-local" {\n  inline = [\n    # "cloud-localds seed.iso user-data",\n  ]\n}'],
    ['/r/a.pkr.hcl', 'provisioner "shell" {\n  inline = ["cloud-localds seed.iso user-data"]\n}'],
    [
      '/r/a.pkr.hcl',
      'provisioner "shell-local" {\n  inline = ["true"]\n}\nprovisioner "shell" {\n  inline = ["cloud-localds s.iso user-data"]\n}',
    ],
    ['/r/a.pkr.hcl', '# http_directory = "."\n'],
  ])('nothing else in %s packs or serves it: %s', (at, text) => {
    expect(isSeed('/r/user-data', text, at)).toBe(false);
  });

  test('inside of a template', () => expect(isPackerSeed(TEMPLATE, filesOf({}))).toBe(true));

  test.each([
    ['/r/packer/cloud/web.yaml', 'http_directory = "http"'],
    ['/r/packer/web.yaml', 'source "amazon-ebs" "a" {}'],
    ['/r/packer/user-data', 'http_content = { "/user-data" = file("seed/a.yaml") }'],
    ['/r/packer/cloud/user-data', 'cd_files = ["seed/user-data"]'],
    ['/r/packer/cloud/web.yaml', 'http_directory = "${var.http_directory}"'],
    ['/r/packer/cloud/web.yaml', 'cd_files = ["${var.seed}"]'],
    ['/r/packer/web.yaml', 'provisioner "file" {\n  source = "web.yaml"\n}'],
    ['/r/http/user-data', ''],
  ])('%s is not, in %s', (path, template) => expect(isSeed(path, template)).toBe(false));

  test('far below a template, and without a path, nothing is', () => {
    expect(isSeed('/r/packer/http/a/b/c/d/e/user-data', 'http_directory = "http"')).toBe(false);
    expect(isPackerSeed(undefined, filesOf({}))).toBe(false);
  });
});
