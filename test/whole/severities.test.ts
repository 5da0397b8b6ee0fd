/** What a preset reports, and how severely: kinds of findings whose weight was decided on its own. */
import { describe, expect, test } from 'vitest';
import { type AcrossFiles, NOTHING_ACROSS } from '../../core/across-files.ts';
import type { LanguageId } from '../../core/build.ts';
import { NO_CONFIG, settingsFor } from '../../core/config/resolve.ts';
import type { Files } from '../../core/language.ts';
import { lint } from '../../core/linter.ts';
import { PRESETS, type Preset } from '../../core/presets.ts';
import { EXAMPLE_DAY, engineOf } from '../../dev/engine.ts';
import { rules } from '../../rules/index.ts';

const engine = engineOf(rules);
const PATHS: Readonly<Record<LanguageId, string>> = {
  dockerfile: 'Dockerfile',
  packer: 'web.pkr.hcl',
  'cloud-init': 'user-data',
};

const EMPTY_DIRECTORY: Files = { read: () => null, list: () => [] };

/** The severities in each preset, the same ones once: `-, warning, warning`. Of several rules, one speaks for a cause: `a|b`. */
function severities(
  rule: string,
  language: LanguageId,
  text: string,
  path = PATHS[language],
  acrossFiles?: AcrossFiles,
): string {
  const inPreset = (preset: Preset): string => {
    const settings = settingsFor(NO_CONFIG, path, rules, preset);
    const { diagnostics } = lint(
      { path, text, language },
      { engine, settings, files: EMPTY_DIRECTORY, today: EXAMPLE_DAY, acrossFiles },
    )!;
    return (
      [...new Set(diagnostics.filter(one => rule.split('|').includes(one.rule)).map(one => one.severity))].join('+') ||
      '-'
    );
  };
  return PRESETS.map(inPreset).join(', ');
}

const NEVER = '-, -, -';
const IN_STRICT = (severity: string): string => `-, ${severity}, ${severity}`;
const ALWAYS = (severity: string): string => `${severity}, ${severity}, ${severity}`;

test('the presets are compared in this order', () => {
  expect(PRESETS).toEqual(['recommended', 'strict', 'all']);
});

describe('what a tool skips is a warning, and an error only where a whole file is lost', () => {
  test.each([
    ['unknown-key', ALWAYS('warning'), '#cloud-config\nusers:\n  - name: ada\n    sudoo: ALL\n'],
    ['unknown-key', ALWAYS('error'), '#cloud-config\npackage: [curl]\n'],
    ['unknown-value', ALWAYS('warning'), '#cloud-config\npower_state: {mode: stop}\n'],
    ['mislabeled-part', ALWAYS('warning'), mime('text/cloud-config', '#!/bin/sh\nls\n')],
    ['unquoted-permissions', ALWAYS('info'), '#cloud-config\nwrite_files:\n  - path: /a\n    permissions: 0644\n'],
    ['unquoted-permissions', ALWAYS('error'), '#cloud-config\nwrite_files:\n  - path: /a\n    permissions: 644\n'],
    ['unquoted-text', ALWAYS('info'), '#cloud-config\nruncmd:\n  - [sleep, 30]\n'],
    ['wrong-type', ALWAYS('warning'), '#cloud-config\nssh_import_id: gh:ada\n'],
    ['wrong-type', ALWAYS('error'), '#cloud-config\nssh_authorized_keys: ssh-ed25519 AAAAexample ada\n'],
    ['missing-key', ALWAYS('warning'), '#cloud-config\nusers:\n  - default:\n'],
    ['reboot-in-commands', IN_STRICT('warning'), '#cloud-config\nruncmd: [reboot]\n'],
    ['reboot-in-commands', ALWAYS('error'), '#cloud-config\nbootcmd: [reboot]\n'],
  ])('%s: %s', (rule, expected, text) => {
    expect(severities(rule, 'cloud-init', text)).toBe(expected);
  });
  test('package-install-prompts', () => {
    const text = 'FROM debian:12\nRUN apt-get update && apt-get install curl\n';
    expect(severities('package-install-prompts', 'dockerfile', text)).toBe(ALWAYS('warning'));
  });
});

test('a token that a template writes into user-data is a warning in every preset', () => {
  const text = '#cloud-config\nwrite_files:\n  - path: /etc/app\n    content: token=${api_token}\n';
  expect(severities('secret-through-template', 'cloud-init', text, 'user-data.tftpl')).toBe(ALWAYS('warning'));
});

describe('a download without a checksum', () => {
  const run = (command: string) => `FROM debian:12\nRUN ${command}\n`;
  const EITHER = 'unverified-download|plain-http-download';
  const fetched = (url: string) => `curl -fsSL ${url}/setup.sh -o /tmp/setup.sh`;
  test.each([
    // What is run is a pipe into a shell with a file between; on a private network https is trusted more.
    ['unverified-download', ALWAYS('warning'), run(`${fetched('https://get.example.org')} && bash /tmp/setup.sh`)],
    [EITHER, ALWAYS('warning'), run(`${fetched('http://get.corp.internal')} && bash /tmp/setup.sh`)],
    ['unverified-download', IN_STRICT('warning'), run(`${fetched('https://get.corp.internal')} && bash /tmp/setup.sh`)],
    ['unverified-download', NEVER, run(`${fetched('http://localhost:8080')} && bash /tmp/setup.sh`)],
    ['unverified-download', IN_STRICT('warning'), run('curl -fsSL https://10.1.2.3/a.tgz -o a.tgz && tar -xzf a.tgz')],
    ['unverified-download', IN_STRICT('warning'), run('curl -fsSL https://files.lan/model.bin -o /srv/model.bin')],
    ['pipe-to-shell', ALWAYS('warning'), run('curl -fsSL https://get.example.org/x | sh')],
    ['pipe-to-shell', ALWAYS('warning'), run('curl -fsSL http://get.corp.internal/x | sh')],
    ['pipe-to-shell', ALWAYS('warning'), run('curl -fsSL http://192.168.1.5/x | sh')],
    ['pipe-to-shell', IN_STRICT('warning'), run('curl -fsSL https://get.corp.internal/x | sh')],
    ['pipe-to-shell', NEVER, run('curl -fsSL http://127.0.0.1/x | sh')],
    ['unverified-add', IN_STRICT('warning'), 'FROM debian:12\nADD https://files.corp.internal/a.tar.xz /tmp/\n'],
    ['unverified-add', IN_STRICT('warning'), 'FROM debian:12\nADD http://files.lan/tool.exe /tools/\n'],
    ['unverified-add', NEVER, 'FROM debian:12\nADD http://localhost/tool.exe /tools/\n'],
    ['plain-http-download', IN_STRICT('warning'), run('curl -o a.tgz http://files.lan/a.tgz && tar -xzf a.tgz')],
    ['plain-http-download', NEVER, run('curl -o a.tgz http://169.254.169.254/a.tgz && tar -xzf a.tgz')],
  ])('%s: %s: %j', (rule, expected, text) => {
    expect(severities(rule, 'dockerfile', text)).toBe(expected);
  });
});

describe('a branch is a moving reference on a private host too', () => {
  test.each([
    'ADD https://git.corp.internal/media/presets.git#main /presets',
    'RUN git clone https://git.corp.internal/media/presets.git',
    'RUN pip install git+https://git.corp.internal/media/core.git@develop',
    'RUN curl -fsSLO https://git.corp.internal/media/core/raw/main/x.tar.gz',
  ])('%s', instruction => {
    expect(severities('moving-reference', 'dockerfile', `FROM debian:12\n${instruction}\n`)).toBe(IN_STRICT('warning'));
  });
});

describe('TLS without verification', () => {
  test.each([
    ['https://example.org', ALWAYS('warning')],
    ['https://files.corp.internal', IN_STRICT('warning')],
    ['https://192.168.1.5', IN_STRICT('warning')],
    ['https://localhost:8443', NEVER],
  ])('%s: %s', (host, expected) => {
    const text = `FROM debian:12\nRUN curl -fsSLk ${host}/a.tgz -o /tmp/a.tgz\n`;
    expect(severities('tls-verification-off', 'dockerfile', text)).toBe(expected);
  });
});

describe('an installer image over http', () => {
  const template = (url: string) =>
    `source "qemu" "a" {\n  iso_url      = "${url}/debian.iso"\n  iso_checksum = "none"\n}\n`;
  test.each([
    ['http://mirror.example.org', ALWAYS('warning')],
    ['http://files.corp.internal', IN_STRICT('warning')],
    ['http://10.0.0.5', IN_STRICT('warning')],
    ['http://127.0.0.1:8000', NEVER],
  ])('%s: %s', (host, expected) => {
    expect(severities('iso-over-http', 'packer', template(host))).toBe(expected);
  });
});

describe('user-data over http', () => {
  test.each([
    ['http://example.org/x', ALWAYS('warning')],
    ['http://config.corp.internal/x', ALWAYS('warning')],
    ['http://169.254.169.254/x', NEVER],
  ])('#include %s: %s', (url, expected) => {
    expect(severities('include-over-http', 'cloud-init', `#include\n${url}\n`)).toBe(expected);
  });
  test.each([
    ['http://example.org/x', IN_STRICT('info')],
    ['http://config.corp.internal/x', IN_STRICT('info')],
    ['http://localhost/x', NEVER],
  ])('phone_home %s: %s', (url, expected) => {
    const text = `#cloud-config\nphone_home:\n  url: ${url}\n`;
    expect(severities('phone-home-over-http', 'cloud-init', text)).toBe(expected);
  });
});

describe('advice is information in strict', () => {
  const build = 'source "amazon-ebs" "web" {\n  ami_name = "web-1"\n}\nbuild {\n  sources = ["amazon-ebs.web"]\n}\n';
  test.each([
    ['empty-default-base', 'dockerfile', 'ARG BASE\nFROM $BASE\n'],
    ['desktop-in-container', 'dockerfile', 'FROM debian:12\nRUN apt-get update && apt-get install -y xfce4\n'],
    ['missing-label', 'dockerfile', 'FROM debian:12\n'],
    ['missing-required-version', 'packer', build],
    ['image-without-manifest', 'packer', build],
  ] as const)('%s', (rule, language, text) => {
    expect(severities(rule, language, text)).toBe(IN_STRICT('info'));
  });
});

describe('what shows only across files is said in strict, by severity of what comes of it', () => {
  const place = { start: 0, end: 1, file: 'other' };
  const base = { name: 'alpine:3.21', built: [], unbuilt: false, versions: [] };
  const versions = [{ tag: '3.23', files: 2, places: [place] }];
  const own = { ...base, name: 'x/base:1.1', built: [{ name: 'x/base:1.2', place }] };
  test.each([
    ['base-version-drift', 'info', 'FROM alpine:3.21\n', { bases: [{ ...base, versions }] }],
    ['image-version-drift', 'warning', 'FROM x/base:1.1\n', { bases: [own] }],
    ['unbuilt-base', 'warning', 'FROM base:1\n', { bases: [{ ...base, name: 'base:1', unbuilt: true }] }],
    ['dockerfile-per-environment', 'info', 'FROM alpine:3.21\n', { twin: '../../prod/web/Dockerfile' }],
  ] as const)('%s: %s', (rule, severity, text, across) => {
    expect(severities(rule, 'dockerfile', text, 'Dockerfile', { ...NOTHING_ACROSS, ...across })).toBe(
      IN_STRICT(severity),
    );
    expect(severities(rule, 'dockerfile', text)).toBe(NEVER);
  });
});

describe('the user of a container', () => {
  test('no USER is information in recommended, and a warning in strict', () => {
    const text = 'FROM debian:12\nCMD ["app"]\n';
    expect(severities('missing-user', 'dockerfile', text)).toBe('info, warning, warning');
  });
  test('root by a USER is a warning, but not in a development container', () => {
    const text = 'FROM debian:12\nUSER root\nCMD ["app"]\n';
    expect(severities('root-user', 'dockerfile', text)).toBe(ALWAYS('warning'));
    expect(severities('root-user', 'dockerfile', text, '.devcontainer/Dockerfile')).toBe(NEVER);
    expect(severities('missing-user', 'dockerfile', 'FROM debian:12\n', '.devcontainer/Dockerfile')).toBe(NEVER);
  });
});

function mime(type: string, body: string): string {
  return `Content-Type: multipart/mixed; boundary="x"\nMIME-Version: 1.0\n\n--x\nContent-Type: ${type}\n\n${body}\n--x--\n`;
}
