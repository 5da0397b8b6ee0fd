/** Legacy JSON templates are read as their translation to HCL. */
import { describe, expect, test } from 'vitest';
import { lintAll } from '../whole/documents.ts';

const LEGACY = {
  min_packer_version: '1.4.0',
  variables: { tag: 'latest', region: '{{env `AWS_REGION`}}', login: null, db_password: 'Thrift-Anchor-902' },
  'sensitive-variables': ['db_password'],
  builders: [
    {
      type: 'amazon-ebs',
      name: 'web',
      region: '{{user `region`}}',
      instance_type: 't3.micro',
      source_ami_filter: { filters: { name: 'debian-12-amd64-*' }, owners: ['136693071363'], most_recent: true },
      ssh_username: 'admin',
      ami_name: 'base-image',
      ami_groups: ['all'],
    },
    { type: 'docker', image: 'debian:{{user `tag`}}', commit: true },
  ],
  provisioners: [
    { type: 'shell', inline: ['curl -sSL https://get.example.org/x.sh | sudo bash', 'chmod -R 777 /opt'] },
    { type: 'shell', only: ['docker'], inline: 'apt-get install nginx' },
    { type: 'file', source: 'keys/id_rsa', destination: '/root/.ssh/id_rsa' },
  ],
  'post-processors': [['compress', { type: 'docker-tag', repository: 'shop', tags: 'latest' }], 'manifest'],
};

const HCL = `variable "tag" {
  default = "latest"
}
variable "region" {
  default = env("AWS_REGION")
}
variable "login" {}
variable "db_password" {
  default   = "Thrift-Anchor-902"
  sensitive = true
}
source "amazon-ebs" "web" {
  region        = var.region
  instance_type = "t3.micro"
  source_ami_filter {
    filters     = { name = "debian-12-amd64-*" }
    owners      = ["136693071363"]
    most_recent = true
  }
  ssh_username = "admin"
  ami_name     = "base-image"
  ami_groups   = ["all"]
}
source "docker" "docker" {
  image  = "debian:\${var.tag}"
  commit = true
}
build {
  sources = ["source.amazon-ebs.web", "source.docker.docker"]
  provisioner "shell" {
    inline = ["curl -sSL https://get.example.org/x.sh | sudo bash", "chmod -R 777 /opt"]
  }
  provisioner "shell" {
    only   = ["docker.docker"]
    inline = ["apt-get install nginx"]
  }
  provisioner "file" {
    source      = "keys/id_rsa"
    destination = "/root/.ssh/id_rsa"
  }
  post-processors {
    post-processor "compress" {}
    post-processor "docker-tag" {
      repository = "shop"
      tags       = ["latest"]
    }
  }
  post-processor "manifest" {}
}
`;

/** About what HCL has and legacy JSON has not, or the form of the file itself. */
const ABOUT_HCL = new Set([
  'legacy-json-template',
  'missing-required-plugins',
  'missing-required-version',
  'missing-script',
  'undescribed-build',
  'undescribed-variable',
  'unused-variable',
]);

const lint = (text: string, path: string) => lintAll(text, { language: 'packer', path });
const said = (text: string, path: string): string[] =>
  lint(text, path)
    .diagnostics.filter(({ rule }) => !ABOUT_HCL.has(rule))
    .map(({ rule, message }) => `${rule}: ${message}`)
    .sort();
const legacy = (template: object): string => JSON.stringify(template, undefined, 2);

describe('a legacy template', () => {
  test('has the findings of its translation to HCL', () => {
    const expected = said(HCL, 'web.pkr.hcl');
    const rules = new Set(expected.map(line => line.split(':')[0]));
    for (const rule of [
      'pipe-to-shell',
      'public-image',
      'output-name-fixed',
      'secret-file-copied',
      'docker-tag-latest',
      'latest-tag',
    ])
      expect(rules).toContain(rule);
    expect(said(legacy(LEGACY), 'web.json')).toEqual(expected);
  });

  test('has each finding at the text that it is about', () => {
    const text = legacy(LEGACY);
    const { diagnostics } = lint(text, 'web.json');
    const written = (rule: string): string[] =>
      diagnostics.filter(one => one.rule === rule).map(({ span }) => text.slice(span.start, span.end));
    expect(written('pipe-to-shell')).toEqual(['https://get.example.org/x.sh']);
    expect(written('output-name-fixed')).toEqual(['"base-image"']);
    expect(written('latest-tag')).toEqual(['"debian:{{user `tag`}}"']);
    expect(written('baked-secret')).toEqual(['Thrift-Anchor-902']);
  });

  test('is offered no fix that writes HCL', () => {
    const fixes = lint(legacy(LEGACY), 'web.json').diagnostics.flatMap(one => one.fixes);
    for (const { edits } of fixes) for (const { newText } of edits) expect(newText).not.toMatch(/\$\{|=\s*var\./);
  });

  test.each([
    '{ "builders": [ { "type": ',
    '{ "builders": [ { "type": "null" } ], "provisioners": { "type": 3 }, "post-processors": [[1], 2, null] }',
    '{ "builders": [ { "type": "a", "name": 1 }, 7 ], "variables": [], "sensitive-variables": {} }',
    `{ "builders": [ { "type": "x", "a": "{{user \`\`}} {{ user }} {{user \`a\` | upper}} {{" } ] }`,
  ])('that is broken or strange is read as far as it goes: %s', text => {
    expect(lint(text, 'web.json').failures).toEqual([]);
  });
});
