/** A document has one finding for each cause; an ignore comment takes its own place out and no other. */
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../core/finding.ts';
import { applyEdits } from '../../core/fixer.ts';
import { lintAll } from './documents.ts';

const DOCKERFILE = { language: 'dockerfile', path: 'Dockerfile' } as const;
const CLOUD_INIT = { language: 'cloud-init', path: 'user-data' } as const;
const PACKER = { language: 'packer', path: 'a.pkr.hcl' } as const;

function shown(text: string, place: typeof DOCKERFILE | typeof CLOUD_INIT | typeof PACKER, ...ids: string[]): string[] {
  const lineOf = (at: number) => text.slice(0, at).split('\n').length;
  const show = ({ related, rule, span }: Diagnostic) =>
    [`${rule} ${lineOf(span.start)}`, ...related.map(one => `${one.message} ${lineOf(one.span.start)}`)].join(', ');
  return lintAll(text, place)
    .diagnostics.filter(({ rule }) => ids.includes(rule))
    .map(show);
}

test('an old release in several stages is reported once, where it is delivered', () => {
  const text = 'FROM debian:10 AS a\nFROM debian:10 AS b\nFROM debian:10\nCOPY --from=a /x /\nCOPY --from=b /y /\n';
  const places = (shownText: string) =>
    shown(shownText, DOCKERFILE, 'end-of-life-base', 'base-image-without-digest').map(one =>
      one.replaceAll('`debian:10` has no digest', 'digest'),
    );
  expect(places(text)).toEqual(['end-of-life-base 3, Also here 1, Also here 2']);
  // The next place speaks, and only for this rule.
  const last = text.replace('FROM debian:10\n', '# bakelint ignore end-of-life-base\nFROM debian:10\n');
  expect(places(last)).toEqual(['end-of-life-base 1, Also here 2, digest 4']);
  expect(shown(last, DOCKERFILE, 'unused-ignore')).toEqual([]);
  const second = text.replace('FROM debian:10 AS b', '# bakelint ignore end-of-life-base\nFROM debian:10 AS b');
  expect(places(second)).toEqual(['end-of-life-base 4, Also here 1, digest 3']);
  expect(shown(second, DOCKERFILE, 'unused-ignore')).toEqual([]);
});

test('two old releases are two causes', () => {
  const text = 'FROM debian:10 AS a\nFROM node:14-alpine3.12\nCOPY --from=a /x /\n';
  expect(shown(text, DOCKERFILE, 'end-of-life-base').length).toBe(2);
});

test('a default is reported once, however often it is used', () => {
  const text = 'ARG IMAGE=debian:latest\nFROM $IMAGE AS a\nFROM ${IMAGE}\nCOPY --from=a /x /\n';
  expect(shown(text, DOCKERFILE, 'latest-tag')).toEqual(['latest-tag 2, Default is set here 1, Also here 3']);
});

test('several rules about one download are one finding, the weightiest', () => {
  const text =
    'FROM debian:12\nRUN curl -fsSL http://get.example.org/main/install.sh | sh\nADD https://raw.githubusercontent.com/o/r/main/a.tgz /\n';
  expect(shown(text, DOCKERFILE, 'pipe-to-shell', 'plain-http-download', 'unverified-add', 'moving-reference')).toEqual(
    ['pipe-to-shell 2, Executed here 2', 'unverified-add 3'],
  );
});

test('a throw-away login is reported where it is written, by one rule', () => {
  const source = (password: string) =>
    `variable "build_password" {\n  type    = string\n  default = "packer"\n}\nsource "qemu" "a" {\n  ssh_username = "x"\n  ssh_password = ${password}\n}\nbuild {\n  sources = ["qemu.a"]\n}\n`;
  expect(
    shown(source('var.build_password'), PACKER, 'secret-variable-not-sensitive', 'build-login-left', 'weak-credential')
      .length,
  ).toBe(1);
});

test('what an account may do without a password is one finding, the weightier', () => {
  const account = (lock: string) =>
    `#cloud-config\nssh_pwauth: true\nusers:\n  - name: ops\n    plain_text_passwd: example\n    lock_passwd: ${lock}\n    sudo: ALL=(ALL) NOPASSWD:ALL\n`;
  const found = (text: string) => shown(text, CLOUD_INIT, 'passwordless-sudo', 'sudo-without-password');
  expect(found(account('false')).map(one => one.split(' ')[0])).toEqual(['passwordless-sudo']);
  expect(found(account('true')).map(one => one.split(' ')[0])).toEqual(['sudo-without-password']);
});

test('one checksum of several sources is one finding', () => {
  const one = (name: string) =>
    `source "qemu" "${name}" {\n  iso_url      = "https://example.org/a.iso"\n  iso_checksum = "file:http://example.org/SHA256SUMS"\n}\n`;
  const found = shown(`${one('a')}${one('b')}`, PACKER, 'iso-checksum-unpinned', 'iso-over-http');
  expect(found.length).toBe(1);
});

test('a cache that stays in a layer is one finding', () => {
  const text = 'FROM python:3.13.1\nRUN pip install flask==3.0.0\n';
  expect(shown(text, DOCKERFILE, 'pip-cache-left', 'missing-cache-mount').length).toBe(1);
});

test('a fix is for all the places that the finding reports', () => {
  const fixed = (text: string, rule: string): readonly string[] => {
    const found = lintAll(text, DOCKERFILE).diagnostics.find(one => one.rule === rule);
    const [first] = found?.fixes ?? [];
    return first ? [first.title, applyEdits(text, first.edits)] : [];
  };
  const [title, text] = fixed('FROM debian:10 AS a\nFROM debian:10\nCOPY --from=a /x /\n', 'end-of-life-base');
  expect(title).toMatch(/^Move to `debian:\d\d` \(2 places\)$/);
  expect(text).toMatch(/^FROM debian:(\d\d) AS a\nFROM debian:\1\nCOPY --from=a \/x \/\n$/);
  // The default is one place, and images of two forms have two fixes.
  const [once] = fixed('ARG IMAGE=debian:latest\nFROM $IMAGE AS a\nFROM ${IMAGE}\nCOPY --from=a /x /\n', 'latest-tag');
  expect(once).toMatch(/^Pin to `debian:[\w.-]+` \(`latest` as of [\d-]+\)$/);
  const [apart] = fixed('FROM debian:10-slim AS a\nFROM debian:10\nCOPY --from=a /x /\n', 'end-of-life-base');
  expect(apart).toMatch(/^Move to `debian:\d\d(?:-slim)?`$/);
});
