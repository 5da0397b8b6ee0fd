/** Findings in scripts that templates run, with the real languages and rules. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, runIn, write } from './real.ts';

const SCRIPT = '#!/bin/sh\nset -e\napt-get install nginx\n';
const template = (name: string, script: string): string => `source "null" "${name}" {
  communicator = "none"
}
build {
  sources = ["source.null.${name}"]
  provisioner "shell" {
    script = "${script}"
  }
}
`;

interface Found {
  readonly language: string;
  readonly lines: readonly string[];
  readonly related: readonly string[];
}

async function prompts(root: string, ...args: string[]): Promise<Record<string, Found>> {
  const { out } = await runIn(root, '--rule', 'package-install-prompts', '--format', 'json', ...args);
  const { files } = JSON.parse(out) as {
    files: {
      path: string;
      language: string;
      diagnostics: { range: { start: { line: number } }; severity: string; related: { path: string }[] }[];
    }[];
  };
  return Object.fromEntries(
    files
      .filter(({ diagnostics }) => diagnostics.length > 0)
      .map(({ path, language, diagnostics }) => [
        path,
        {
          language,
          lines: diagnostics.map(({ range, severity }) => `${range.start.line} ${severity}`),
          related: diagnostics.flatMap(({ related }) => related.map(one => one.path)),
        },
      ]),
  );
}

describe('a finding in a script', () => {
  const files = {
    'a.pkr.hcl': template('a', 'scripts/web.sh'),
    'other/b.pkr.hcl': template('b', '../scripts/web.sh'),
    'scripts/web.sh': SCRIPT,
  };

  test('is reported in the script, once, with the templates that run it', async () => {
    expect(await prompts(folderWith(files))).toEqual({
      'scripts/web.sh': { language: 'script', lines: ['3 warning'], related: ['a.pkr.hcl', 'other/b.pkr.hcl'] },
    });
  });

  test('is shown with its line', async () => {
    const { out, code } = await runIn(folderWith(files), '--rule', 'package-install-prompts');
    expect(code).toBe(1);
    expect(out).toContain('scripts/web.sh:3:1 warning: ');
    expect(out).toContain('  3 | apt-get install nginx');
    expect(out).toContain('a.pkr.hcl:7:14, other/b.pkr.hcl:7:14: Script runs here');
    expect(out).toContain('1 warning in 1 of 3 files.');
  });

  test('shows no more than a few of the templates that run it', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`d${i}/a.pkr.hcl`, template('a', '../scripts/web.sh')]),
    );
    const found = await prompts(folderWith({ ...many, 'scripts/web.sh': SCRIPT }));
    expect(found['scripts/web.sh']!.lines).toEqual(['3 warning']);
    expect(found['scripts/web.sh']!.related).toHaveLength(6);
  });

  test('can be ignored there', async () => {
    const ignored = SCRIPT.replace('apt-get', '# bakelint ignore package-install-prompts: debconf\napt-get');
    expect(await prompts(folderWith({ ...files, 'scripts/web.sh': ignored }))).toEqual({});
    const behind = SCRIPT.replace('nginx', 'nginx # bakelint ignore package-install-prompts: debconf');
    expect(await prompts(folderWith({ ...files, 'scripts/web.sh': behind }))).toEqual({});
    const whole = `# bakelint ignore-file package-install-prompts: debconf\n${SCRIPT}`;
    expect(await prompts(folderWith({ ...files, 'scripts/web.sh': whole }))).toEqual({});
  });

  test('is left out where the configuration leaves out the script', async () => {
    const root = folderWith({ ...files, '.bakelint.yaml': 'ignore:\n  - scripts\n' });
    expect(await prompts(root)).toEqual({});
  });

  test('has the severity that the configuration gives it for the script', async () => {
    const overrides = 'overrides:\n  - files: [scripts/**]\n    rules:\n      package-install-prompts: info\n';
    const root = folderWith({ ...files, '.bakelint.yaml': overrides });
    expect((await prompts(root))['scripts/web.sh']!.lines).toEqual(['3 info']);
  });
});

test('`--changed` reports what a change brings to a script', async () => {
  const root = folderWith({ 'a.pkr.hcl': template('a', 'web.sh'), 'web.sh': SCRIPT });
  const git = (...args: string[]): void => {
    const settings = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...settings, ...args], { cwd: root });
  };
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'x');
  expect(await prompts(root, '--changed')).toEqual({});
  write(root, { 'web.sh': `${SCRIPT}apt-get install curl\n` });
  expect((await prompts(root, '--changed'))['web.sh']!.lines).toEqual(['4 warning']);
});

test('a seed that is linted on its own and served by a template has each finding once', async () => {
  const serving = `source "qemu" "a" {
  http_directory = "http"
  ssh_username   = "ops"
}
build {
  sources = ["source.qemu.a"]
}
`;
  const seed = '#cloud-config\nusers:\n  - name: ops\n    lock_passwd: false\n    plain_text_passwd: kestrel-41-barn\n';
  const root = folderWith({ 'a.pkr.hcl': serving, 'http/user-data': seed, 'http/meta-data': '' });
  const { out } = await runIn(root, '--rule', 'plain-password', '--format', 'json');
  const { files } = JSON.parse(out) as { files: { path: string; language: string; diagnostics: object[] }[] };
  const found = files.filter(({ diagnostics }) => diagnostics.length > 0);
  expect(found.map(({ path, language, diagnostics }) => [path, language, diagnostics.length])).toEqual([
    ['http/user-data', 'cloud-init', 1],
  ]);
});

describe('a script that a Dockerfile runs', () => {
  const COPYING = 'FROM debian:13\nCOPY scripts/ /opt/\nRUN sh /opt/web.sh\n';
  const files = {
    'scripts/web.sh': SCRIPT,
    Dockerfile: COPYING,
    'Dockerfile.dev': COPYING,
  };

  test('has each finding once, with the Dockerfiles that run it, walked or named alone', async () => {
    const root = folderWith(files);
    const expected = {
      'scripts/web.sh': { language: 'script', lines: ['3 warning'], related: ['Dockerfile', 'Dockerfile.dev'] },
    };
    expect(await prompts(root)).toEqual(expected);
    expect(await prompts(root, 'scripts/web.sh')).toEqual(expected);
  });

  test('can be ignored in the script, and at a RUN for that Dockerfile', async () => {
    const ignored = SCRIPT.replace('apt-get', '# bakelint ignore package-install-prompts: debconf\napt-get');
    expect(await prompts(folderWith({ ...files, 'scripts/web.sh': ignored }))).toEqual({});
    const at = COPYING.replace('RUN', '# bakelint ignore package-install-prompts: debconf\nRUN');
    expect(await prompts(folderWith({ ...files, Dockerfile: at, 'Dockerfile.dev': at }))).toEqual({});
  });

  test('is fixed where it is linted', async () => {
    const root = folderWith(files);
    await runIn(root, '--rule', 'package-install-prompts', '--fix', '--fail-on', 'never');
    expect(readFileSync(join(root, 'scripts/web.sh'), 'utf8')).toContain('apt-get install -y nginx');
  });
});
