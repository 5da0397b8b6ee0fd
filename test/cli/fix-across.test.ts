/** Fixes that change several files of a run, with the real languages and rules. */
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, type Ran, runIn, write } from './real.ts';

const source = (name: string, image: string): string =>
  `source "docker" "${name}" {\n  image  = ${image}\n  commit = true\n}\nbuild {\n  sources = ["source.docker.${name}"]\n}\n`;
const variable = (name: string, value: string): string =>
  `variable "${name}" {\n  type    = string\n  default = "${value}"\n}\n`;
const PLUGINS = `packer {\n  required_plugins {\n    docker = {\n      source  = "github.com/hashicorp/docker"\n      version = "~> 1"\n    }\n  }\n}\n`;

const read = (root: string, name: string): string => readFileSync(join(root, name), 'utf8');
const fix = (root: string, ...args: readonly string[]): Promise<Ran> => runIn(root, '--preset', 'recommended', ...args);

/** A template whose image is in another file. */
const MODULE = {
  'build.pkr.hcl': `${PLUGINS}${source('web', 'var.image')}`,
  'variables.pkr.hcl': variable('image', 'node:16'),
};

describe('a fix in another file of the module', () => {
  test('moves the default of a variable to a supported release', async () => {
    const root = folderWith(MODULE);
    const { code, out } = await fix(root, '--fix-suggested');
    expect(read(root, 'variables.pkr.hcl')).toBe(variable('image', 'node:22'));
    expect(read(root, 'build.pkr.hcl')).toBe(MODULE['build.pkr.hcl']);
    expect(out).toContain('Fixed 1 problem.');
    expect(code).toBe(0);
    expect((await fix(root, '--fix-suggested')).out).not.toContain('Fixed');
  });

  test('is never safe', async () => {
    const root = folderWith(MODULE);
    expect((await fix(root, '--fix')).out).toContain('end-of-life-base');
    expect(read(root, 'variables.pkr.hcl')).toBe(MODULE['variables.pkr.hcl']);
  });

  test('changes the value that counts, and a part of it that is in a local', async () => {
    const root = folderWith({
      'build.pkr.hcl': `${PLUGINS}${source('web', '"node:${local.version}"')}`,
      'locals.pkr.hcl': 'locals {\n  version = var.version\n}\n',
      'variables.pkr.hcl': variable('version', '26'),
      'ci.auto.pkrvars.hcl': 'version = "16"\n',
    });
    await fix(root, '--fix-suggested');
    expect(read(root, 'ci.auto.pkrvars.hcl')).toBe('version = "22"\n');
    expect(read(root, 'variables.pkr.hcl')).toBe(variable('version', '26'));
  });

  test('writes a new variable where the module has its variables, and all files of it or none', async () => {
    const files = {
      'build.pkr.hcl': `source "null" "web" {\n  communicator = "ssh"\n  ssh_host     = "build.example.com"\n  ssh_username = "build"\n  ssh_password = "Tr0ub4dor-3xyzzy-77"\n}\nbuild {\n  sources = ["source.null.web"]\n}\n`,
      'variables.pkr.hcl': variable('region', 'eu-central-1'),
    };
    const root = folderWith(files);
    const { out } = await fix(root, '--fix-suggested', '--rule', 'baked-secret');
    expect(out).toContain('Fixed 1 problem.');
    expect(read(root, 'build.pkr.hcl')).toContain('ssh_password = var.ssh_password\n');
    expect(read(root, 'variables.pkr.hcl')).toBe(
      `${files['variables.pkr.hcl']}\nvariable "ssh_password" {\n  type      = string\n  sensitive = true\n  default   = env("SSH_PASSWORD")\n}\n`,
    );
  });

  test('takes a secret out of the values of a variable, and its default from the environment', async () => {
    const root = folderWith({
      'build.pkr.hcl': `source "null" "web" {\n  communicator = "ssh"\n  ssh_host     = "build.example.com"\n  ssh_username = "build"\n  ssh_password = var.ssh_password\n}\nbuild {\n  sources = ["source.null.web"]\n}\n`,
      'variables.pkr.hcl': variable('ssh_password', ''),
      'ci.auto.pkrvars.hcl': 'ssh_password = "Tr0ub4dor-3xyzzy-77"\n',
    });
    await fix(root, '--fix-suggested', '--rule', 'baked-secret');
    expect(read(root, 'ci.auto.pkrvars.hcl')).toBe('');
    expect(read(root, 'variables.pkr.hcl')).toBe(
      'variable "ssh_password" {\n  type      = string\n  sensitive = true\n  default   = env("SSH_PASSWORD")\n}\n',
    );
  });

  test('adds a plugin to the block that the module has', async () => {
    const root = folderWith({
      'build.pkr.hcl': source('web', '"node:22.1.0"'),
      'versions.pkr.hcl': PLUGINS.replaceAll('docker', 'amazon'),
    });
    await fix(root, '--fix-suggested', '--rule', 'missing-required-plugins');
    expect(read(root, 'versions.pkr.hcl')).toContain('source  = "github.com/hashicorp/docker"');
    expect(read(root, 'build.pkr.hcl')).toBe(source('web', '"node:22.1.0"'));
  });

  test('renames a source where builds refer to it, and not where that is in doubt', async () => {
    const build = (only: string): string =>
      `build {\n  sources = ["source.proxmox.web", "source.proxmox.web2"]\n  provisioner "shell" {\n    inline = ["true"]\n    only   = ["${only}"]\n  }\n}\n`;
    const files = {
      'web.pkr.hcl': 'source "proxmox" "web" {\n  node = "a"\n}\nsource "proxmox" "web2" {\n  node = "a"\n}\n',
      'build.pkr.hcl': build('other.web'),
    };
    const root = folderWith(files);
    await fix(root, '--fix-suggested', '--rule', 'deprecated-syntax');
    expect(read(root, 'web.pkr.hcl')).toBe(files['web.pkr.hcl'].replaceAll('proxmox', 'proxmox-iso'));
    expect(read(root, 'build.pkr.hcl')).toBe(build('other.web').replaceAll('proxmox', 'proxmox-iso'));
    write(root, { ...files, 'build.pkr.hcl': build('proxmox.web2') });
    await fix(root, '--fix-suggested', '--rule', 'deprecated-syntax');
    expect(read(root, 'web.pkr.hcl')).toBe(files['web.pkr.hcl'].replace('"proxmox" "web"', '"proxmox-iso" "web"'));
  });

  test('keeps the line breaks and the byte order mark of that file', async () => {
    const text = `\uFEFF${variable('image', 'node:16').replaceAll('\n', '\r\n')}`;
    const root = folderWith({ ...MODULE, 'variables.pkr.hcl': text });
    await fix(root, '--fix-suggested');
    expect(read(root, 'variables.pkr.hcl')).toBe(text.replace('16', '22'));
  });

  test('is made once where several templates would change the same place', async () => {
    const root = folderWith({
      ...MODULE,
      'other.pkr.hcl': source('other', '"${var.image}-slim"'),
      'third.pkr.hcl': source('third', 'var.image'),
    });
    const { out } = await fix(root, '--fix-suggested');
    expect(read(root, 'variables.pkr.hcl')).toBe(variable('image', 'node:22'));
    expect(out).not.toContain('end-of-life-base');
  });

  test('comes after the fixes of the file alone, and makes room for them', async () => {
    const root = folderWith({
      ...MODULE,
      'build.pkr.hcl': `${source('web', 'var.image')}source "amazon-ebs" "x" {\n  ami_name = "x-{{timestamp}}"\n}\n`,
    });
    const { out } = await fix(root, '--fix-suggested');
    expect(read(root, 'build.pkr.hcl')).toContain('required_plugins');
    expect(read(root, 'variables.pkr.hcl')).toContain('node:22');
    expect(out).not.toContain('end-of-life-base');
    expect((await fix(root, '--fix-suggested', '--diff')).out).toBe('');
  });
});

describe('the other files that are written', () => {
  test('are those of the run, and not those that are left out', async () => {
    const root = folderWith(MODULE);
    await fix(root, '--fix-suggested', 'build.pkr.hcl');
    expect(read(root, 'variables.pkr.hcl')).toBe(MODULE['variables.pkr.hcl']);
    write(root, { '.bakelint.yaml': 'ignore: [variables.pkr.hcl]\n' });
    await fix(root, '--fix-suggested');
    expect(read(root, 'variables.pkr.hcl')).toBe(MODULE['variables.pkr.hcl']);
    write(root, { '.bakelint.yaml': '' });
    await fix(root, '--fix-suggested', 'build.pkr.hcl', 'variables.pkr.hcl');
    expect(read(root, 'variables.pkr.hcl')).toContain('node:22');
  });

  test.skipIf(process.getuid?.() === 0)('are all written or none', async () => {
    const root = folderWith(MODULE);
    chmodSync(join(root, 'variables.pkr.hcl'), 0o444);
    const { code, err } = await fix(root, '--fix-suggested');
    expect([code, err]).toEqual([2, expect.stringContaining('variables.pkr.hcl: not fixed: ')]);
    expect(read(root, 'build.pkr.hcl')).toBe(MODULE['build.pkr.hcl']);
  });

  test('are in the diff, with what the fixes of single files would do to them', async () => {
    const root = folderWith({
      ...MODULE,
      'variables.pkr.hcl': MODULE['variables.pkr.hcl'].replace('= string', '= "string"'),
    });
    const { code, out } = await fix(root, '--diff', '--fix-suggested');
    expect(code).toBe(1);
    expect(out.match(/^--- .*/gm)).toEqual(['--- a/variables.pkr.hcl']);
    expect(out).toContain(
      '-  type    = "string"\n-  default = "node:16"\n+  type    = string\n+  default = "node:22"\n',
    );
    expect(read(root, 'variables.pkr.hcl')).toContain('node:16');
  });
});

describe('in reports', () => {
  const edit = async (format: string): Promise<unknown> =>
    JSON.parse((await fix(folderWith(MODULE), '--format', format)).out);

  test('JSON has the path of the other file with each edit', async () => {
    const { files } = (await edit('json')) as { files: { diagnostics: { fixes: { edits: object[] }[] }[] }[] };
    const [found] = files.flatMap(({ diagnostics }) => diagnostics);
    expect(found!.fixes[0]!.edits).toEqual([
      {
        path: 'variables.pkr.hcl',
        range: { start: { line: 3, column: 19 }, end: { line: 3, column: 21 } },
        newText: '22',
      },
    ]);
  });

  test('SARIF has the changes of each file', async () => {
    const { runs } = (await edit('sarif')) as { runs: { results: { fixes: { artifactChanges: object[] }[] }[] }[] };
    expect(runs[0]!.results[0]!.fixes[0]!.artifactChanges).toMatchObject([
      { artifactLocation: { uri: 'variables.pkr.hcl' }, replacements: [{ insertedContent: { text: '22' } }] },
    ]);
  });

  test('rdjson has no suggestion for another file', async () => {
    const { diagnostics } = (await edit('rdjson')) as { diagnostics: { suggestions: object[] }[] };
    expect(diagnostics.map(({ suggestions }) => suggestions)).toEqual([[]]);
  });
});
