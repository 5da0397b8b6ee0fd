/** Fixes in scripts that templates run, with the real languages and rules. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, runIn } from './real.ts';

const template = (name: string, script: string, more = ''): string => `source "docker" "${name}" {
  image  = "debian:13"
  commit = true
}
build {
  sources = ["source.docker.${name}"]
  ${more}
  provisioner "shell" {
    script = "${script}"
  }
}
`;

const TEXT_BEFORE = '#!/bin/bash\nset -euo pipefail\nif [ -n "${1:-}" ]; then\n  ';
const TEXT_AFTER = '\nfi\ncat <<"EOF" >/etc/motd\nhello\nEOF\n';

/** A rule, a command that it reports, and what becomes of the command. */
const FIXES: readonly (readonly [rule: string, command: string, fixed: string])[] = [
  ['package-install-prompts', 'apt-get install nginx', 'apt-get install -y nginx'],
  ['package-install-prompts', 'sudo dnf install nginx', 'sudo dnf install -y nginx'],
  ['apt-recommends', 'apt-get install -y \\\n    nginx', 'apt-get install --no-install-recommends -y \\\n    nginx'],
  ['apt-instead-of-apt-get', 'apt install -y nginx', 'apt-get install -y nginx'],
  ['curl-without-fail', 'curl -L https://example.com/a -o /srv/a', 'curl --fail -L https://example.com/a -o /srv/a'],
  ['outdated-tls', 'curl -f1 https://example.com/a -o /srv/a', 'curl -f https://example.com/a -o /srv/a'],
  ['tls-verification-off', 'curl -fsSLk https://example.com/a -o /srv/a', 'curl -fsSL https://example.com/a -o /srv/a'],
  ['tls-verification-off', 'wget --no-check-certificate https://example.com/a', 'wget https://example.com/a'],
  ['unsigned-packages', 'apt-get install -y --allow-unauthenticated nginx', 'apt-get install -y nginx'],
  ['world-writable', 'chmod 777 /srv/app', 'chmod 775 /srv/app'],
];

const isValid = (script: string): boolean => {
  try {
    execFileSync('bash', ['-n'], { input: script, stdio: ['pipe', 'ignore', 'ignore'] });
    return true;
  } catch {
    return false;
  }
};

describe('a fix in a script', () => {
  test.each(FIXES)('%s: %s', async (rule, command, fixed) => {
    for (const [text, expected] of [
      [`${TEXT_BEFORE}${command}${TEXT_AFTER}`, `${TEXT_BEFORE}${fixed}${TEXT_AFTER}`],
      [`#!/bin/bash\n${command}`, `#!/bin/bash\n${fixed}`],
    ] as const) {
      const root = folderWith({ 'a.pkr.hcl': template('a', 'scripts/a.sh'), 'scripts/a.sh': text });
      const args = ['--rule', rule, '--preset', 'all', '--format', 'compact'];
      expect((await runIn(root, ...args)).out).toContain(`scripts/a.sh:`);
      const { out } = await runIn(root, ...args, '--fix-suggested');
      const after = readFileSync(join(root, 'scripts/a.sh'), 'utf8');
      expect(after).toBe(expected);
      expect(isValid(text) && isValid(after)).toBe(true);
      expect(out).not.toContain('scripts/a.sh:');
      expect((await runIn(root, ...args)).out).not.toContain('scripts/a.sh:');
    }
  });

  test('keeps Windows line breaks and a byte order mark', async () => {
    const text = '\uFEFFset -e\r\napt-get install nginx\r\n';
    const root = folderWith({ 'a.pkr.hcl': template('a', 'a.sh'), 'a.sh': text });
    await runIn(root, '--fix');
    expect(readFileSync(join(root, 'a.sh'), 'utf8')).toBe('\uFEFFset -e\r\napt-get install -y nginx\r\n');
  });
});

const SCRIPT = '#!/bin/sh\nset -e\napt-get install nginx\n';
const FIXED = '#!/bin/sh\nset -e\napt-get install -y nginx\n';

describe('the scripts that are written', () => {
  const read = (root: string, name: string): string => readFileSync(join(root, name), 'utf8');
  const files = { 'packer/a.pkr.hcl': template('a', '../scripts/a.sh'), 'scripts/a.sh': SCRIPT };

  test('are those of the run: in a directory that is named', async () => {
    const root = folderWith(files);
    mkdirSync(join(root, '.git'));
    const { out } = await runIn(root, '--fix', 'packer');
    expect(read(root, 'scripts/a.sh')).toBe(SCRIPT);
    expect(out).toContain('scripts/a.sh:3:1 warning');
    await runIn(root, '--fix', 'packer/a.pkr.hcl');
    expect(read(root, 'scripts/a.sh')).toBe(SCRIPT);
    expect((await runIn(root, '--fix')).out).toContain('Fixed 1 problem.');
    expect(read(root, 'scripts/a.sh')).toBe(FIXED);
  });

  test('or named themselves, alone or with the template', async () => {
    for (const paths of [
      ['scripts/a.sh'],
      ['packer/a.pkr.hcl', 'scripts/a.sh'],
      ['scripts/a.sh', 'packer/a.pkr.hcl'],
    ]) {
      const root = folderWith(files);
      mkdirSync(join(root, '.git'));
      const { out, code } = await runIn(root, '--rule', 'package-install-prompts', '--fix', ...paths);
      expect(read(root, 'scripts/a.sh')).toBe(FIXED);
      expect([code, out.includes('package-install-prompts')]).toEqual([0, false]);
    }
  });

  test('and none that the configuration leaves out', async () => {
    const root = folderWith({ ...files, '.bakelint.yaml': 'ignore:\n  - scripts\n' });
    await runIn(root, '--fix');
    expect(read(root, 'scripts/a.sh')).toBe(SCRIPT);
  });

  test('and none with `--diff`, which shows what would change', async () => {
    const root = folderWith(files);
    const { out, err, code } = await runIn(root, '--fix', '--diff');
    expect(read(root, 'scripts/a.sh')).toBe(SCRIPT);
    expect(code).toBe(1);
    expect(out).toContain('--- a/scripts/a.sh');
    expect(out).toContain('-apt-get install nginx\n+apt-get install -y nginx\n');
    expect(err).toContain('1 problem would be fixed.');
  });

  test('are written once for all templates that run them, with their documents', async () => {
    const more = 'provisioner "shell" {\n    inline = ["apt-get install curl"]\n  }';
    const root = folderWith({
      'a.pkr.hcl': template('a', 'scripts/a.sh', more),
      'b/b.pkr.hcl': template('b', '../scripts/a.sh'),
      'scripts/a.sh': SCRIPT,
    });
    const { out } = await runIn(root, '--fix');
    expect(out).toContain('Fixed 2 problems.');
    expect(read(root, 'scripts/a.sh')).toBe(FIXED);
    expect(read(root, 'a.pkr.hcl')).toContain('apt-get install -y curl');
  });

  test('get no safe fix that another template does not ask for', async () => {
    const asks = '"DEBIAN_FRONTEND=noninteractive"';
    const other = template('b', '../scripts/a.sh').replace(
      '    script =',
      `    # bakelint ignore package-install-prompts: someone answers\n    environment_vars = [${asks}]\n    script =`,
    );
    const ignoring = other.replace('provisioner', '# bakelint ignore package-install-prompts: answered\n  provisioner');
    const root = folderWith({
      'a.pkr.hcl': template('a', 'scripts/a.sh'),
      'b/b.pkr.hcl': ignoring,
      'scripts/a.sh': SCRIPT,
    });
    await runIn(root, '--fix');
    expect(read(root, 'scripts/a.sh')).toBe(SCRIPT);
    await runIn(root, '--fix-suggested');
    expect(read(root, 'scripts/a.sh')).toBe(FIXED);
  });
});

describe('a script that is named on the command line', () => {
  const files = {
    'a.pkr.hcl': template('a', 'scripts/a.sh'),
    'other/b.pkr.hcl': template('b', '../scripts/a.sh'),
    'scripts/a.sh': SCRIPT,
    'scripts/alone.sh': SCRIPT,
  };
  const found = async (root: string, ...args: string[]): Promise<unknown> => {
    const { out } = await runIn(root, '--preset', 'all', '--format', 'json', ...args);
    const all = (JSON.parse(out) as { files: { path: string }[] }).files;
    return all.find(({ path }) => path.endsWith('scripts/a.sh'));
  };

  test('has the findings that it has with its templates', async () => {
    const root = folderWith(files);
    mkdirSync(join(root, '.git'));
    const named = await found(root, 'scripts/a.sh');
    expect(named).toMatchObject({ language: 'script' });
    expect(named).toEqual(await found(root));
  });

  test('is found by a template in legacy JSON, and by a path from another place', async () => {
    const json = {
      't.json': JSON.stringify({
        builders: [{ type: 'docker', image: 'debian:13', commit: true }],
        provisioners: [{ type: 'shell', script: 'scripts/a.sh' }],
      }),
      'scripts/a.sh': SCRIPT,
    };
    const rooted = {
      'p/a.pkr.hcl': template('a', '$' + '{path.root}/../scripts/a.sh'),
      'scripts/a.sh': SCRIPT,
    };
    for (const some of [json, rooted]) {
      const root = folderWith(some);
      mkdirSync(join(root, '.git'));
      expect(await found(root, '--rule', 'package-install-prompts', 'scripts/a.sh')).toMatchObject({
        diagnostics: [{ rule: 'package-install-prompts' }],
      });
    }
  });

  test('is told from scripts of the same name, however its path is written', async () => {
    const written = ['scripts/a.sh', './scripts/a.sh', '$' + '{path.root}/scripts/a.sh'];
    const root = folderWith({
      ...Object.fromEntries(written.map((path, i) => [`one/${i}.pkr.hcl`, template(`a${i}`, path)])),
      'one/scripts/a.sh': SCRIPT,
      'two/b.pkr.hcl': template('b', 'scripts/a.sh'),
      'two/scripts/a.sh': SCRIPT,
    });
    mkdirSync(join(root, '.git'));
    const named = async (path: string): Promise<string | undefined> =>
      /named by: (.*)/.exec((await runIn(root, '--explain-file', path)).out)?.[1];
    expect(await named('two/scripts/a.sh')).toBe('two/b.pkr.hcl');
    expect(await named('one/scripts/a.sh')).toBe('one/0.pkr.hcl, one/1.pkr.hcl, one/2.pkr.hcl');
  });

  test('is left alone without a template, and the explanation says so', async () => {
    const root = folderWith(files);
    mkdirSync(join(root, '.git'));
    const { code, out, err } = await runIn(root, 'scripts/alone.sh');
    expect(code).toBe(0);
    expect(out).not.toContain('alone.sh:');
    expect(err).toBe('bakelint: skipped: scripts/alone.sh: a script that no Packer template of its repository names\n');
    expect((await runIn(root, '--explain-file', 'scripts/alone.sh')).out).toContain(
      '  named by: no Packer template in ., so it is not linted\n',
    );
    expect((await runIn(root, '--explain-file', 'scripts/a.sh')).out).toContain(
      '  named by: a.pkr.hcl, other/b.pkr.hcl\n',
    );
  });

  test('is not looked for outside of its repository, nor in what is ignored', async () => {
    const root = folderWith({
      'outer.pkr.hcl': template('a', 'repository/scripts/a.sh'),
      'repository/scripts/a.sh': SCRIPT,
      'repository/build/b.pkr.hcl': template('b', '../scripts/a.sh'),
      'repository/.gitignore': 'build/\n',
    });
    mkdirSync(join(root, '.git'));
    mkdirSync(join(root, 'repository', '.git'));
    expect(await found(root, 'repository/scripts/a.sh')).toBeUndefined();
    renameSync(join(root, 'repository', 'build'), join(root, 'repository', 'templates'));
    expect(await found(root, 'repository/scripts/a.sh')).toMatchObject({ language: 'script' });
  });
});
