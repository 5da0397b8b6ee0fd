/** Machine images: one for each source of a template, found by the names that filters, families and Terraform ask for. */
import { expect, test } from 'vitest';
import type { Files } from '../../core/language.ts';
import { engineOf } from '../../dev/engine.ts';
import { packer } from '../../languages/packer/language.ts';
import { imagesOf } from '../../workspace/images/graph.ts';
import { indexOf } from '../../workspace/images/index.ts';
import { mayBuild, readFacts } from '../../workspace/images/read.ts';

const engine = engineOf([]);

function filesOf(texts: Readonly<Record<string, string>>): Files {
  const paths = Object.keys(texts).map(path => `/w/${path}`);
  return {
    answersAtOnce: true,
    read: path => texts[path.replace(/^\/w\//, '')] ?? null,
    list: directory => {
      const inside = paths.filter(path => path.startsWith(`${directory}/`));
      const names = inside.map(path => path.slice(directory.length + 1)).filter(name => !name.includes('/'));
      return inside.length === 0 ? null : names;
    },
  };
}

/** For each image its id, what it is built on in the workspace or elsewhere, and what boots it. */
function machines(files: Readonly<Record<string, string>>) {
  const input = { engine, files: filesOf(files) };
  const facts = Object.entries(files).flatMap(([path, text]) => {
    const language = packer.detect(path, text) ? packer : undefined;
    if (!language && !mayBuild(path)) return [];
    return readFacts(`/w/${path}`, text, language, input) ?? [];
  });
  return imagesOf(indexOf(facts)).map(({ id, bases, startedBy, tags, files }) => ({
    id: id.slice(3),
    tags: tags.map(({ name, certain }) => `${name}${certain ? '' : '?'}`),
    files: files.map(file => file.slice(3)),
    on: bases.map(({ image, name, certain }) => `${image?.slice(3) ?? name}${certain ? '' : '?'}`),
    by: startedBy.map(({ path, certain }) => `${path.slice(3)}${certain ? '' : '?'}`),
  }));
}

const aws = (name: string, filter: string, more = ''): string => `${more}source "amazon-ebs" "it" {
  ami_name = "${name}"
  source_ami_filter {
    filters     = { name = "${filter}" }
    most_recent = true
    owners      = ["self"]
  }
}
build {
  sources = ["source.amazon-ebs.it"]
}
`;
const ons = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(machines(files).map(({ id, on }) => [id.replace(/\.pkr\.hcl#0$/, ''), on.join()]));

test('the filter of one template is the name of another', () => {
  const base = aws('acme-base-{{timestamp}}', 'ubuntu/images/*ubuntu-noble-24.04-amd64-server-*');
  const on = (filter: string) => ons({ 'base.pkr.hcl': base, 'web.pkr.hcl': aws('acme-web', filter) }).web;
  expect(on('acme-base-*')).toBe('base.pkr.hcl#0');
  expect(on('acme-base*')).toBe('base.pkr.hcl#0');
  expect(on('acme-*')).toBe('base.pkr.hcl#0?');
  expect(on('acme-base-1764')).toBe('base.pkr.hcl#0?');
  expect(on('acme-database-*')).toBe('acme-database-*');
  expect(on('*')).toBe('*');
  expect(on('debian-12-amd64-*')).toBe('debian-12-amd64-*');
});

test('of several templates none is meant', () => {
  const files = {
    'a.pkr.hcl': aws('acme-base-a-{{timestamp}}', 'x-*'),
    'b.pkr.hcl': aws('acme-base-b-{{timestamp}}', 'x-*'),
    'web.pkr.hcl': aws('acme-web', 'acme-base-*'),
  };
  expect(ons(files).web).toBe('acme-base-*');
  expect(ons({ ...files, 'web.pkr.hcl': aws('acme-web', 'acme-base-b-*') }).web).toBe('b.pkr.hcl#0');
});

test('families, templates of hypervisors and legacy JSON', () => {
  const google = (own: string, base: string) => `source "googlecompute" "it" {
  image_name          = "web-{{timestamp}}"
  image_family        = "${own}"
  source_image_family = "${base}"
}
build {
  sources = ["source.googlecompute.it"]
}
`;
  expect(ons({ 'a.pkr.hcl': google('acme-base', 'debian-12'), 'b.pkr.hcl': google('acme-web', 'acme-base') })).toEqual({
    a: 'debian-12',
    b: 'a.pkr.hcl#0',
  });
  const legacy = (name: string, filter: string) =>
    JSON.stringify({
      builders: [{ type: 'amazon-ebs', ami_name: name, source_ami_filter: { filters: { name: filter } } }],
    });
  const [, web] = machines({
    'a.json': legacy('acme-base-{{isotime "2006-01-02" | clean_resource_name}}', 'x-*'),
    'b.json': legacy('acme-web', 'acme-base-*'),
  });
  expect(web!.on).toEqual(['a.json#0']);
});

test('Terraform and the command line of AWS boot them', () => {
  const template = aws('acme-web-${var.version}-{{timestamp}}', 'x-*', 'variable "version" {}\n');
  const by = (path: string, text: string) => machines({ 'web.pkr.hcl': template, [path]: text })[0]!.by;
  const data = (filter: string) => `data "aws_ami" "web" {
  most_recent = true
  filter {
    name   = "name"
    values = ["${filter}"]
  }
}
`;
  expect(by('main.tf', data('acme-web-*'))).toEqual(['main.tf']);
  expect(by('main.tf', data('acme-web-1.2-*'))).toEqual(['main.tf?']);
  expect(by('main.tf', data('acme-api-*'))).toEqual([]);
  expect(by('main.tf', 'data "aws_ami" "web" {\n  name_regex = "^acme-web-.*$"\n}\n')).toEqual(['main.tf']);
  expect(by('main.tf', 'x = { filter = { values = ["acme-web-*"], name = "name" } }\n')).toEqual(['main.tf']);
  const command = 'aws ec2 describe-images --filters "Name=name,Values=acme-web-*" --query "Images[0]"\n';
  expect(by('run.sh', command)).toEqual(['run.sh']);
});

test('Terraform with variables and locals, and modules that are given a name', () => {
  const by = (files: Readonly<Record<string, string>>) =>
    machines({ 'web.pkr.hcl': aws('acme-web-{{timestamp}}', 'x-*'), ...files })[0]!.by;
  const filter = (value: string) =>
    `data "aws_ami" "web" {\n  filter {\n    name = "name"\n    values = [${value}]\n  }\n}\n`;
  const variables = 'variable "image" {\n  default = "acme-web-*"\n}\nlocals {\n  role = "web"\n}\n';
  expect(by({ 'tf/main.tf': filter('var.image'), 'tf/variables.tf': variables })).toEqual(['tf/main.tf?']);
  expect(by({ 'tf/main.tf': filter('"acme-${local.role}-*"'), 'tf/locals.tf': variables })).toEqual(['tf/main.tf?']);
  expect(by({ 'tf/main.tf': filter('var.other') })).toEqual([]);
  const data = 'data "triton_image" "web" {\n  name = "${var.image}"\n  most_recent = true\n}\n';
  expect(by({ 'tf/main.tf': data, 'tf/variables.tf': variables })).toEqual(['tf/main.tf?']);
  expect(by({ 'tf/main.tf': 'module "web" {\n  web_ami_name = "acme-web-*"\n}\n' })).toEqual(['tf/main.tf']);
});

test('virtual machines of scripts, and Vagrant', () => {
  const qemu =
    'source "qemu" "base" {\n  iso_url = "https://example.com/d.iso"\n  vm_name = "acme-base"\n}\nbuild {\n  sources = ["source.qemu.base"]\n}\n';
  const by = (path: string, text: string) => machines({ 'base.pkr.hcl': qemu, [path]: text })[0]!.by;
  expect(
    by(
      'run.sh',
      'qemu-system-x86_64 -m 1G \\\n  -drive file=output-base/packer-base,if=virtio -hda output-base/a.qcow2\n',
    ),
  ).toEqual(['run.sh?']);
  expect(by('run.sh', 'virt-install --import --disk path=output-base/base.qcow2,size=5\n')).toEqual(['run.sh?']);
  expect(by('run.sh', '# virt-install --disk path=output-base/base.qcow2\n')).toEqual([]);
  expect(by('run.sh', 'openstack server create --flavor m1 --image acme-base web\n')).toEqual(['run.sh']);
  expect(by('Vagrantfile', 'Vagrant.configure("2") do |config|\n  config.vm.box = "acme-base"\nend\n')).toEqual([
    'Vagrantfile',
  ]);
  expect(by('main.tf', 'resource "libvirt_volume" "web" {\n  source = "../output-base/base.qcow2"\n}\n')).toEqual([
    'main.tf?',
  ]);
});

test('each source is one image, whatever mirrors it has and whether its base is known', () => {
  const text = `source "qemu" "a" {
  iso_urls = ["https://one.example.com/d.iso", "https://two.example.com/d.iso"]
}
source "amazon-ebssurrogate" "b" {
  ami_name = "acme-root"
}
source "null" "c" {}
build {
  sources = ["source.qemu.a", "source.amazon-ebssurrogate.b", "source.null.c"]
}
`;
  expect(machines({ 'x.pkr.hcl': text }).map(({ id, on }) => [id, on.length])).toEqual([
    ['x.pkr.hcl#0', 2],
    ['x.pkr.hcl#1', 0],
  ]);
});

const given = `variable "ami" {}
variable "release" {
  default = "12"
}
source "amazon-ebs" "web" {
  source_ami = var.ami
}
build {
  sources = ["source.amazon-ebs.web"]
}
`;
const onGiven = (files: Readonly<Record<string, string>>, template = given) =>
  machines({ ...files, 'packer/web.pkr.hcl': template }).find(({ id }) => id.startsWith('packer/'))?.on;

test('values of commands and of files of variables', () => {
  const file = (ami: string) => `ami = "${ami}"\nother = "x"\n`;
  expect(onGiven({})).toEqual([]);
  expect(onGiven({ 'build.sh': 'packer build -var ami=ami-0aa1 packer/web.pkr.hcl\n' })).toEqual(['ami-0aa1?']);
  expect(onGiven({ 'build.sh': 'packer build -var "ami=$AMI" packer/web.pkr.hcl\n' })).toEqual([]);
  expect(onGiven({ 'packer/a.pkrvars.hcl': file('ami-0aa1'), 'packer/vars/b.pkrvars.hcl': file('ami-0bb2') })).toEqual([
    'ami-0aa1?',
    'ami-0bb2?',
  ]);
  const command = 'packer build -var-file=envs/prod.pkrvars.hcl packer/web.pkr.hcl\n';
  const envs = { 'envs/prod.pkrvars.hcl': file('ami-0cc3'), 'envs/dev.pkrvars.hcl': file('ami-0dd4') };
  expect(onGiven({ Makefile: `all:\n\t${command}`, ...envs })).toEqual(['ami-0cc3?']);
  expect(onGiven(envs)).toEqual([]);
});

test('a value is a part of a name, or the environment gives it', () => {
  const part = given.replace('= var.ami', '= "debian-${var.release}-x"');
  expect(onGiven({ 'build.sh': 'packer build -var release=13 packer/web.pkr.hcl\n' }, part)).toEqual([
    'debian-12-x?',
    'debian-13-x?',
  ]);
  const environment = given.replace('variable "ami" {}', 'variable "ami" {\n  default = env("SOURCE_AMI")\n}');
  expect(onGiven({ Makefile: 'SOURCE_AMI ?= ami-0aa1\nOTHER = ami-0bb2\n' }, environment)).toEqual(['ami-0aa1?']);
  expect(onGiven({ 'build.sh': 'export PKR_VAR_ami=ami-0aa1\n' })).toEqual(['ami-0aa1?']);
});

const set = `variable "release" {
  type = string
}
variable "iso" {}
variable "store" {}
variable "files" {
  type    = list(string)
  default = []
}
locals {
  stamp = formatdate("YYYY", timestamp())
  name  = join("-", compact(["acme", var.release, "", local.stamp]))
}
source "vsphere-iso" "web" {
  vm_name      = local.name
  iso_paths    = ["[\${var.store}] iso/\${var.iso}", "[] /vmimages/tools-isoimages/linux.iso"]
  floppy_files = var.files
}
build {
  sources = ["source.vsphere-iso.web"]
}
`;
const values = (release: string) =>
  `release = "${release}"\niso     = "debian-${release}.iso"\nfiles   = ["scripts/${release}.sh"]\n`;
const onSet = (files: Readonly<Record<string, string>>) =>
  machines({ ...files, 'packer/web.pkr.hcl': set })
    .filter(({ id }) => id.startsWith('packer/'))
    .map(({ on, tags, files }) => ({ on, tags, files }))[0];

test('each file of variables gives its bases, names and files', () => {
  const files = {
    'packer/scripts/a.sh': 'true\n',
    'packer/a.pkrvar.hcl': values('a'),
    'packer/b.pkrvar.hcl': values('b'),
    'packer/x.tfvars': values('x'),
  };
  const nothing = { on: [], tags: ['acme-{var.release}-{}?'], files: [] };
  expect(onSet(files)).toEqual(nothing);
  const both = {
    on: ['[{var.store}] iso/debian-a.iso?', '[{var.store}] iso/debian-b.iso?'],
    tags: ['acme-a-{}?', 'acme-b-{}?'],
    files: ['packer/scripts/a.sh'],
  };
  for (const [name, text] of [
    ['packer/build.sh', 'for f in *.pkrvar.hcl; do\n  packer build -var-file="$f" .\ndone\n'],
    ['packer/build.ps1', '$all = Get-ChildItem -Filter *.pkrvar.hcl\npacker build -var-file="$PSScriptRoot\\$f" .\n'],
    ['packer/Makefile', '%:\n\t$(PACKER) build -var-file=$*.pkrvar.hcl .\n'],
    ['Makefile', 'PACKER = packer\n%:\n\t$(PACKER) build -var-file=packer/$(OS).pkrvar.hcl packer\n'],
    [
      '.github/workflows/a.yml',
      'on: push\njobs:\n  a:\n    steps:\n      - run: packer build -var-file="packer/${{ matrix.os }}.pkrvar.hcl" packer\n',
    ],
  ] as const)
    expect(onSet({ ...files, [name]: text }), name).toEqual(both);
  const one = 'packer build -var-file a.pkrvar.hcl -var iso=other.iso web.pkr.hcl\n';
  expect(onSet({ ...files, 'packer/build.sh': one })?.on).toEqual(['[{var.store}] iso/other.iso?']);
});

test('a file of variables belongs to one of several templates', () => {
  const files = {
    'packer/db.pkr.hcl': set,
    'packer/db.pkrvars.hcl': values('d'),
    'packer/web.pkrvars.hcl': values('w'),
    'packer/other.pkrvars.hcl': 'one = "x"\ntwo = "y"\nrelease = "3"\n',
  };
  const found = machines({ ...files, 'packer/web.pkr.hcl': set });
  expect(found.map(({ id, tags }) => [id, ...tags])).toEqual([
    ['packer/db.pkr.hcl#0', 'acme-d-{}?'],
    ['packer/web.pkr.hcl#0', 'acme-w-{}?'],
  ]);
  expect(onSet({ 'packer/x.pkrvars.hcl': files['packer/other.pkrvars.hcl'] })?.tags).toEqual([
    'acme-{var.release}-{}?',
  ]);
});

test('an address with credentials is left out', () => {
  const iso =
    'variable "iso" {}\nsource "qemu" "a" {\n  iso_url = var.iso\n}\nbuild {\n  sources = ["source.qemu.a"]\n}\n';
  const on = (url: string) => onGiven({ 'packer/a.pkrvars.hcl': `iso = "${url}"\n` }, iso);
  expect(on('https://example.com/d.iso')).toEqual(['https://example.com/d.iso?']);
  expect(on('https://joe:{{secret}}@example.com/d.iso')).toEqual([]);
  expect(on('https://example.com/d.iso?sig=abc')).toEqual([]);
});

test('a disk that another template writes', () => {
  const qemu = (name: string, rest: string) =>
    `source "qemu" "${name}" {\n${rest}}\nbuild {\n  sources = ["source.qemu.${name}"]\n}\n`;
  const base = qemu('base', '  iso_url = "https://example.com/d.iso"\n');
  const on = (url: string, first = base) =>
    ons({ 'base.pkr.hcl': first, 'web.pkr.hcl': qemu('web', `  iso_url = "${url}"\n  disk_image = true\n`) }).web;
  expect(on('output-base/packer-base.qcow2')).toBe('base.pkr.hcl#0?');
  expect(on('file://./output-base/base.img')).toBe('base.pkr.hcl#0?');
  expect(on('${path.root}/../output-base/base.img')).toBe('base.pkr.hcl#0?');
  expect(on('other/base.qcow2')).toBe('other/base.qcow2');
  expect(on('https://example.com/output-base/base.qcow2')).toBe('https://example.com/output-base/base.qcow2');
  const own = base.replace('iso_url', 'output_directory = "build/base"\n  iso_url');
  expect(on('../build/base/base.qcow2', own)).toBe('base.pkr.hcl#0?');
});

test('names of Windows on Amazon are no passwords', () => {
  for (const name of [
    'Windows_Server-2022-English-Full-ECS_Optimized-*',
    'Windows_Server-2019-English-Core-Base-2026.01.14',
  ])
    expect(ons({ 'web.pkr.hcl': aws('acme-web', name) }).web).toBe(name);
});
