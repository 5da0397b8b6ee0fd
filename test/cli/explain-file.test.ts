/** `--explain-file` with the real languages and rules. */
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/on-demand.ts';
import { folderWith, runIn } from './real.ts';

const explain = (files: Record<string, string>, ...args: string[]) => runIn(folderWith(files), ...args);

/** What the answer says under a name. */
const line = (out: string, name: string): string | undefined =>
  out
    .split('\n')
    .find(one => one.startsWith(`  ${name}: `))
    ?.slice(name.length + 4);

describe('what a file is taken for', () => {
  test.each([
    ['Dockerfile', 'FROM a\n', 'Dockerfile, Dockerfile', 'the name `Dockerfile`'],
    ['dev.Containerfile', 'FROM a\n', 'Dockerfile, Containerfile', 'the name `dev.Containerfile`'],
    [
      'Dockerfile-dev',
      '# x\nfrom a\n',
      'Dockerfile, Dockerfile',
      'the name `Dockerfile-dev` and the first instruction, `FROM`',
    ],
    ['a.pkr.hcl', '', 'Packer, HCL template', 'the ending `.pkr.hcl`'],
    ['a.auto.pkrvars.hcl', '', 'Packer, variables file', 'the ending `.pkrvars.hcl`'],
    [
      't.json',
      '{"builders": [{"type": "qemu"}]}',
      'Packer, JSON template of Packer 1.6 and older',
      'the keys `builders` and `type`',
    ],
    ['x.yaml', '#cloud-config\n', 'cloud-init, cloud-config', 'the line `#cloud-config`'],
    [
      'user-data',
      'Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/cloud-config\n',
      'cloud-init, MIME message',
      'the mail headers of a multipart message',
    ],
    ['user-data', 'packages: [a]\n', 'cloud-init, cloud-config', 'the name `user-data` and a mapping in it'],
    ['cloud.cfg', 'users: []\n', 'cloud-init, configuration of cloud-init', 'the path of `cloud.cfg`'],
  ])('%s', async (name, text, language, evidence) => {
    const { code, out, err } = await explain({ [name]: text }, '--explain-file', name);
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')[0]).toBe(name);
    expect([line(out, 'language'), line(out, 'recognized by')]).toEqual([language, evidence]);
    expect(line(out, 'rules')).toMatch(new RegExp(`^[1-9]\\d* of ${rules.length}$`));
  });

  test.each([
    ['README.md', '# x\n', 'none: not a Dockerfile, Packer template or cloud-init file by its name or beginning'],
    ['user-data.yaml', 'version: v1alpha1\nmachine: {}\n', 'none: a file for Talos, by `version: v1alpha1`'],
    ['x', '\0\0', 'none: not a text file that can be read'],
    ['.bakelint.yaml', 'extends: all\n', 'configuration of Bakelint; other files are linted with it'],
  ])('%s is none of ours', async (name, text, language) => {
    const { code, out } = await explain({ [name]: text }, '--explain-file', name);
    expect([code, out]).toEqual([0, `${name}\n  language: ${language}\n`]);
  });

  test('a dialect is named, here and by --debug', async () => {
    const files = { 'a.yaml': '#cloud-config\nk3os: {}\n', 'user-data': 'apiVersion: v1\n' };
    expect(line((await explain(files, '--explain-file', 'a.yaml')).out, 'dialect')).toBe(
      'k3OS; its files are left alone',
    );
    expect((await explain(files, '--debug')).err).toBe(
      'bakelint: debug: a.yaml: left alone, in the dialect of k3OS\nbakelint: debug: user-data: left alone, for Kubernetes (`apiVersion`)\n',
    );
    expect((await explain(files)).err).toBe('');
  });
});

describe('what holds for it', () => {
  const files = {
    '.git/HEAD': '',
    '.gitignore': '# x\n/build/\n',
    '.bakelint.yaml': 'extends: strict\nignore: [vendor]\nrules: { latest-tag: "off" }\n',
    'build/Dockerfile': 'FROM a\n',
    'vendor/x/Dockerfile': 'FROM a\n',
    'app/Dockerfile': 'FROM a\nCOPY . /\n',
    'app/.dockerignore': '.git\n',
    'node_modules/Dockerfile': 'FROM a\n',
  };
  const about = async (path: string, name: string, ...args: string[]) =>
    line((await explain(files, '--explain-file', path, ...args)).out, name);

  test('what ignores it', async () => {
    expect(await about('app/Dockerfile', 'ignored')).toBe('no');
    const only = '; it is linted only when it is named';
    expect(await about('build/Dockerfile', 'ignored')).toBe(`yes, \`/build/\` in .gitignore${only}`);
    expect(await about('vendor/x/Dockerfile', 'ignored')).toBe(`yes, \`vendor\` in .bakelint.yaml${only}`);
    expect(await about('node_modules/Dockerfile', 'ignored')).toBe(`yes, it is in \`node_modules\`${only}`);
  });

  test('the configuration, and the rules that it turns on', async () => {
    expect(await about('app/Dockerfile', 'configuration')).toBe('.bakelint.yaml, preset `strict`');
    expect((await explain({ Dockerfile: '' }, '--explain-file', 'Dockerfile')).out).toContain(
      'configuration: none; the preset is `recommended`\n',
    );
    const count = async (...args: string[]) => Number((await about('app/Dockerfile', 'rules', ...args))!.split(' ')[0]);
    const [recommended, strict, all] = [
      await count('--preset', 'recommended'),
      await count(),
      await count('--preset', 'all'),
    ];
    expect(recommended).toBeLessThan(strict);
    expect(strict).toBeLessThan(all);
    expect(await count('--rule', 'latest-tag')).toBe(1);
    const { out } = await explain(files, '--explain-file', 'app/Dockerfile', '--debug');
    const listed = out.split('\n').filter(one => one.startsWith('  rule: '));
    expect(listed.length).toBe(strict);
    expect(listed).toContain('  rule: root-user warning');
    expect(listed.some(one => one.includes('latest-tag'))).toBe(false);
    for (const name of ['by severity', 'by preset']) {
      const counts = [...line(out, name)!.matchAll(/\d+/g)].map(Number);
      expect(counts.reduce((sum, one) => sum + one, 0)).toBe(strict);
    }
  });

  test('the files that are read with it', async () => {
    expect(await about('app/Dockerfile', 'related files')).toBe(
      'app/Dockerfile.dockerignore (not there), app/.dockerignore',
    );
    expect(await about('build/Dockerfile', 'related files')).toBe('none');
  });
});

test.each([
  [['--explain-file', 'none'], 'none: no such file or directory'],
  [['--explain-file', '.'], '.: is a directory; name a file'],
  [['--explain-file', 'a', 'b'], 'unexpected argument `b` for `--explain-file`'],
  [['--explain-file', 'a', '--fix'], '`--explain-file` does not accept `--fix`'],
])('%j is an error', async (args, error) => {
  expect(await explain({}, ...args)).toEqual({ code: 2, out: '', err: `bakelint: ${error}\n` });
});
