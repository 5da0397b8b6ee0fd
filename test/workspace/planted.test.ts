/** Files that are made to stop, slow down or silence the linter. */
import { expect, test } from 'vitest';
import { isEncrypted } from '../../core/encrypted.ts';
import { statesPassword } from '../../facts/documented-passwords.ts';
import { detectCloudInit } from '../../languages/cloud-init/detect.ts';
import { factsOfBuildFile } from '../../workspace/images/of-build-file.ts';

function commandsOf(path: string, text: string) {
  const before = process.cpuUsage();
  const facts = factsOfBuildFile(path, text, one => one);
  expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
  return facts;
}

test.each([
  ['__proto__', '.github/workflows/a.yml'],
  ['constructor', '.github/workflows/a.yml'],
])('a step that uses an action named %s is no build', (action, path) => {
  const step = `      - uses: evil/${action}@v1\n      - uses: docker/build-push-action@v6\n        with:\n          tags: shop/web\n`;
  const facts = commandsOf(path, `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n${step}`);
  expect(JSON.stringify(facts)).toContain('shop/web');
});

test('variables that name one another many times', () => {
  const names = ['A', 'B', 'C', 'D', 'E'];
  const lines = names.map((name, i) => `${name}=${`$${names[i + 1] ?? 'F'}`.repeat(130)}`);
  const facts = commandsOf('build.sh', `${lines.join('\n')}\ndocker build -t $A/x .\ndocker build -t shop/web .\n`);
  expect(JSON.stringify(facts)).toContain('shop/web');
});

test('a job of GitLab that extends itself many times', () => {
  const extended = Array.from({ length: 60 }, () => 'a').join(', ');
  const text = `a:\n  variables: {X: "1"}\n  extends: [${extended}]\n  script:\n    - docker build -t shop/web .\n`;
  expect(JSON.stringify(commandsOf('.gitlab-ci.yml', text))).toContain('shop/web');
});

test('functions of Make over long texts', () => {
  const lines = [
    `A=${'a'.repeat(3900)}`,
    'S=$(subst a,$(A),$(A))',
    `V=${'$(word 9,$(S)) '.repeat(250)}`,
    `W=$(filter ${'x% '.repeat(1000)},${'y '.repeat(1000)})`,
    'all:\n\tdocker build $(V) $(W) .\n\tdocker build -t shop/web .',
  ];
  expect(JSON.stringify(commandsOf('Makefile', `${lines.join('\n')}\n`))).toContain('shop/web');
});

test.each([
  ['FROM debian:12.8\nCOPY <<EOF /x\n# ENC[AES256_GCM,\nsops:\n  mac: ENC[AES256_GCM,x]\nEOF\n'],
  [
    '#cloud-config\nwrite_files:\n  - path: /x\n    content: |\n      {\n        "sops": {"mac": "ENC[AES256_GCM,x]"}\n      }\n',
  ],
  ['{"builders": [], "note": "ENC[AES256_GCM,"}'],
])('a file with a part that SOPS made is not encrypted', text => {
  expect(isEncrypted(text)).toBe(false);
});

test('a file that SOPS encrypted', () => {
  const yaml =
    'password: ENC[AES256_GCM,data:x,type:str]\nsops:\n    lastmodified: x\n    mac: ENC[AES256_GCM,data:y]\n';
  expect(isEncrypted(yaml)).toBe(true);
  expect(isEncrypted('{\n\t"a": "ENC[AES256_GCM,x]",\n\t"sops": {\n\t\t"mac": "ENC[AES256_GCM,y]"\n\t}\n}\n')).toBe(
    true,
  );
});

test('user-data for an agent of a pipeline is no pipeline', () => {
  expect(detectCloudInit('gitlab-ci-runner.yaml', '#cloud-config\nhostname: a\n')).toBe(true);
  expect(detectCloudInit('.github/workflows/cloud-init.yml', 'on: push\njobs: {}\n')).toBe(false);
});

test.each([
  ['You can pass root as the user to the script', 'root'],
  ['Login as `admin`, then open the page', 'admin'],
  ['Set `DEBUG=1` and pass `test` to it', 'test'],
  ['password: a', 'a'],
])('%s states no password', (line, word) => {
  expect(statesPassword([line], word)).toBe(false);
});

test.each([
  ['Credentials are `user:password`', 'password'],
  ['The password is `lab1234`.', 'lab1234'],
  ['| Password | admin |', 'admin'],
  ['SSH login: root/toor1', 'toor1'],
  ['ssh lab@host   # 비밀번호: lab1234', 'lab1234'],
])('%s states one', (line, word) => {
  expect(statesPassword([line], word)).toBe(true);
});
