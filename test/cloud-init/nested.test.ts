/** What is inside user-data is linted where it is: scripts, Dockerfiles, Compose files, user-data in user-data. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { only } from '../../core/config/resolve.ts';
import { applyEdits } from '../../core/fixer.ts';
import { NO_FILES } from '../../core/language.ts';
import { lint } from '../../core/linter.ts';
import { EXAMPLE_DAY, engineOf } from '../../dev/engine.ts';
import { rules } from '../../rules/index.ts';

const engine = engineOf(rules);

/** The strings that a rule reports, and the document after its first fix. */
function found(id: string, text: string, path = 'user-data') {
  const rule = rules.filter(candidate => candidate.id === id);
  expect(rule).toHaveLength(1);
  const result = lint({ path, text }, { engine, settings: only(rule), files: NO_FILES, today: EXAMPLE_DAY })!;
  expect(result.failures).toEqual([]);
  const [fix] = result.diagnostics.flatMap(({ fixes }) => fixes);
  return {
    texts: result.diagnostics.map(({ span }) => text.slice(span.start, span.end)),
    fixed: fix && applyEdits(text, fix.edits),
  };
}

const URL = 'http://files.shop.net/tool.tgz';
const COMMAND = `curl -fsSLo /tmp/t ${URL}`;
const config = (text: string) => `#cloud-config\n${text}`;
const message = (type: string, body: string) =>
  `Content-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0\n\n--b\nContent-Type: ${type}\n\n${body}\n--b--\n`;

describe('a download over plain HTTP', () => {
  test.each([
    ['runcmd, as text', config(`runcmd:\n  - ${COMMAND}\n`)],
    ['runcmd, in quotes', config(`runcmd:\n  - "${COMMAND} && echo \\"done\\""\n`)],
    ['runcmd, as words', config(`runcmd:\n  - [curl, -fsSLo, /tmp/t, '${URL}']\n`)],
    ['runcmd, a shell with a script', config(`runcmd:\n  - [bash, -c, "set -e; ${COMMAND}"]\n`)],
    ['runcmd, a literal block', config(`runcmd:\n  - |\n    set -e\n    ${COMMAND}\n`)],
    ['runcmd, a folded block', config(`runcmd:\n  - >-\n    set -e;\n    ${COMMAND}\n`)],
    ['bootcmd', config(`bootcmd: ['${COMMAND}']\n`)],
    ['a mapping of commands', config(`bootcmd:\n  a: ${COMMAND}\n`)],
    ['snap commands', config(`snap:\n  commands:\n    - ${COMMAND}\n`)],
    ['a written script', config(`write_files:\n- path: /x\n  content: |\n    #!/bin/bash\n    ${COMMAND}\n`)],
    ['a written script by its name', config(`write_files:\n- path: /x.sh\n  content: "ls\\n${COMMAND}\\n"\n`)],
    ['a deferred script', config(`write_files:\n- {path: /x.sh, defer: true, content: '${COMMAND}'}\n`)],
    ['autoinstall', config(`autoinstall:\n  version: 1\n  late-commands:\n    - ${COMMAND}\n`)],
    ['autoinstall, its user-data', config(`autoinstall:\n  version: 1\n  user-data:\n    runcmd:\n    - ${COMMAND}\n`)],
    ['a script', `#!/bin/sh\n${COMMAND}\n`],
    ['a boothook', `#cloud-boothook\n${COMMAND}\n`],
    ['a script in a message', message('text/x-shellscript', `#!/bin/sh\n${COMMAND}`)],
    ['cloud-config in a message', message('text/cloud-config', `runcmd:\n- ${COMMAND}`)],
    ['an archive', `#cloud-config-archive\n- type: text/x-shellscript\n  content: |\n    #!/bin/sh\n    ${COMMAND}\n`],
    ['user-data in an archive', `#cloud-config-archive\n- |\n  #cloud-config\n  runcmd:\n  - ${COMMAND}\n`],
    [
      'user-data in a file',
      config(`write_files:\n- path: /u\n  content: |\n    #cloud-config\n    runcmd:\n    - ${COMMAND}\n`),
    ],
    ['a Jinja template', `## template: jinja\n${config(`runcmd:\n  - echo {{ v1.region }}\n  - ${COMMAND}\n`)}`],
    ['Windows line endings', config(`runcmd:\n  - |\n    ls\n    ${COMMAND}\n`).replaceAll('\n', '\r\n')],
  ])('in %s', (_, text) => {
    const { texts, fixed } = found('plain-http-download', text);
    expect(texts).toEqual([URL]);
    expect(fixed).toBe(text.replace(URL, URL.replace('http:', 'https:')));
  });

  test('twice is found twice, each where it stands', () => {
    const other = URL.replace('tool', 'other');
    const text = config(`runcmd:\n- ${COMMAND}\nbootcmd:\n- ${COMMAND.replace('tool', 'other')}\n`);
    expect(found('plain-http-download', text).texts).toEqual([URL, other]);
  });

  test.each([
    ['b64', (text: string) => Buffer.from(text).toString('base64')],
    ['gz+b64', (text: string) => gzipSync(text).toString('base64')],
  ])('%s: reported at the encoded text, and not rewritten', (encoding, encode) => {
    const content = encode(`#!/bin/sh\n${COMMAND}\n`);
    const text = config(`write_files:\n- path: /x\n  encoding: ${encoding}\n  content: ${content}\n`);
    const { texts, fixed } = found('plain-http-download', text);
    expect(texts).toHaveLength(1);
    expect(content).toContain(texts[0]);
    expect(fixed).toBeUndefined();
  });

  test.each([
    ['a comment', config(`runcmd:\n  # - ${COMMAND}\n  - ls\n`)],
    ['a message for the console', config(`final_message: ${COMMAND}\n`)],
    ['a file that is no script', config(`write_files:\n- path: /etc/motd\n  content: ${COMMAND}\n`)],
    ['another dialect', config(`coreos: {}\nruncmd:\n- ${COMMAND}\n`)],
    ['a Python script', `#!/usr/bin/env python3\n${COMMAND}\n`],
    ['text that a command prints', config(`runcmd:\n- echo "${COMMAND}"\n`)],
  ])('not in %s', (_, text) => expect(found('plain-http-download', text).texts).toEqual([]));
});

describe('a Dockerfile in write_files', () => {
  const file = (name: string, content: string) =>
    config(`write_files:\n  - path: ${name}\n    content: |\n${content.replaceAll(/^/gm, '      ')}\n`);
  test.each(['/srv/web/Dockerfile', '/srv/Dockerfile.prod', '/srv/web.dockerfile', '/srv/Containerfile'])(
    '%s',
    name => {
      const text = file(name, 'FROM debian\nMAINTAINER ada@shop.net\nRUN apt-get update');
      expect(found('unpinned-base-image', text).texts).toEqual(['debian']);
      expect(found('maintainer', text).texts.join()).toContain('MAINTAINER');
    },
  );
  test('its shell is read too', () => {
    const text = file('/srv/Dockerfile', `FROM debian:12.8\nRUN set -e; \\\n    ${COMMAND}`);
    expect(found('plain-http-download', text).texts).toEqual([URL]);
  });
  test('what only looks like one is left alone', () => {
    expect(found('unpinned-base-image', file('/srv/Dockerfile_notes', 'FROM debian')).texts).toEqual([]);
  });
});

describe('a Compose file in write_files', () => {
  const compose = (name: string) =>
    config(
      `write_files:\n  - path: ${name}\n    content: |\n      services:\n        web:\n          image: "nginx:latest" # for now\n        db:\n          image: postgres:17.2\n        app: {image: "shop:\${TAG}", command: latest}\n`,
    );
  test.each(['/srv/compose.yaml', '/srv/docker-compose.prod.yml', '/srv/stack.yml'])('%s: its images', name => {
    expect(found('latest-tag', compose(name)).texts).toEqual(['nginx:latest']);
  });
  test('other files name no images', () => {
    expect(found('latest-tag', compose('/srv/notes.txt')).texts).toEqual([]);
  });
});

describe('settings in write_files', () => {
  test.each([
    ['ssh-password-login-left', '/etc/ssh/sshd_config.d/10-team.conf', 'PasswordAuthentication yes'],
    ['root-login-left', '/etc/ssh/sshd_config', 'PermitRootLogin yes'],
    ['passwordless-sudo-left', '/etc/sudoers.d/ada', 'ada ALL=(ALL) NOPASSWD:ALL'],
  ])('%s in %s', (rule, path, line) => {
    const text = config(`write_files:\n  - path: ${path}\n    content: |\n      # ${line}\n      ${line}\n`);
    expect(found(rule, text).texts).toEqual([line]);
    expect(found(rule, text.replace(path, '/srv/notes.txt')).texts).toEqual([]);
  });
});

describe('seeds of Packer builds', () => {
  const text = config('ssh_pwauth: true\n');
  const at = (path: string, template?: string) => {
    const templates: Readonly<Record<string, string>> = template === undefined ? {} : { '/r/ubuntu.pkr.hcl': template };
    const files = {
      read: (file: string) => templates[file] ?? null,
      list: (folder: string) => (folder === '/r' && template !== undefined ? ['ubuntu.pkr.hcl'] : null),
    };
    const settings = only(rules.filter(({ id }) => id === 'ssh-password-login'));
    return lint({ path, text }, { engine, settings, files, today: EXAMPLE_DAY })!.diagnostics.length;
  };
  test.each([
    ['/r/http/user-data', 'http_directory = "http"'],
    ['/r/seed/a/user-data', 'cd_files = ["seed/a/user-data"]'],
  ])('%s is one with %s', (path, template) => expect(at(path, template)).toBe(0));
  // The name of a directory, or a template in it, says nothing.
  test.each([
    ['/r/user-data', undefined],
    ['/r/http/user-data', undefined],
    ['/r/packer/ubuntu/user-data', undefined],
    ['/r/seed/user-data', 'http_directory = "http"'],
    ['user-data', undefined],
  ])('%s is none with %s', (path, template) => expect(at(path, template)).toBe(1));
});
