import { describe, expect, it } from 'vitest';
import type { ImageBuild } from '../../core/build.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { distributionOf } from '../../facts/distribution.ts';
import { fileWrites } from '../../facts/file-writes.ts';
import { isLocalUrl } from '../../facts/local-url.ts';
import { serviceChangeOf } from '../../facts/service-changes.ts';
import { setupCommands } from '../../facts/setup-commands.ts';
import { sshdSettings } from '../../facts/sshd-settings.ts';
import { buildOf, run } from './builds.ts';

describe('what commands write', () => {
  const show = (script: string) => fileWrites(buildOf(script)).map(({ path, text }) => `${path}: ${text.text}`);
  const CASES: readonly [script: string, ...written: string[]][] = [
    ['echo a > /f', '/f: a'],
    ['echo a b >> "/f"', '/f: a', '/f: b'],
    ['echo a 2> /f'],
    ['echo a'],
    ['echo a | sudo tee -a /f', '/f: a'],
    ['echo a | tee /f > /dev/null', '/f: a'],
    ['echo a | grep b > /f', '/f: a'],
    ["sudo sh -c 'echo a > /f'", '/f: a'],
    ['echo a | EDITOR="tee -a" visudo', '/etc/sudoers: a'],
    ['cat <<EOF > /f\na\nEOF', '/f: a\n'],
    ['tee "$F" <<EOF\na\nEOF', '"$F": a\n'],
    ['cat /f > /g'],
    ['echo a | sudo tee -a -- /f /g', '/f: a'],
    ['echo a | visudo -f /etc/sudoers.d/x', '/etc/sudoers.d/x: a'],
    ['echo a | visudo -cf /f'],
    ['echo -n --x a > /f', '/f: --x', '/f: a'],
    ['sed -i -f /s /f'],
    ["sed -i 's/a/b/' /f", '/f: b'],
    ["sed -i.bak -e 's|a|b|g;s#c/#d#' -e 's/\\//e/' /f", '/f: b', '/f: d', '/f: e'],
    ["sed -i '/a/c\\b' /f", '/f: b'],
    ["sed -i '/a/ s/x/y/' /f", '/f: y'],
    ["sed -i 's/a/b' /f", '/f: b'],
    ["sed 's/a/b/' /f"],
    ['sed -i /f'],
  ];
  it.each(CASES)('%s', (script, ...written) => {
    expect(show(script)).toEqual(written);
  });

  it('sees the disk of a new machine as the machine will', () => {
    const paths = (language: ImageBuild['language']) =>
      fileWrites({ ...buildOf('echo a > /target/etc/f; echo a | tee "/target/$F" /target/release'), language }).map(
        ({ path }) => path,
      );
    expect(paths('cloud-init')).toEqual(['/etc/f', '"/target/$F"']);
    expect(paths('dockerfile')).toEqual(['/target/etc/f', '"/target/$F"']);
  });

  it('knows the place of each', () => {
    const [one] = fileWrites(buildOf("sed -i 's/a/PermitRootLogin yes/' /etc/ssh/sshd_config"));
    expect(one!.text.span).toEqual({ start: 12, end: 31 });
  });
});

describe('settings of the SSH server', () => {
  const show = (...scripts: string[]) =>
    sshdSettings(buildOf(...scripts)).map(({ keyword, value }) => `${keyword} ${value}`);
  it('keeps the last of each', () => {
    const set = (text: string) => `echo '${text}' >> /etc/ssh/sshd_config`;
    expect(show(set('PermitRootLogin yes'), set('PasswordAuthentication yes'), set('permitrootlogin NO'))).toEqual([
      'permitrootlogin no',
      'passwordauthentication yes',
    ]);
  });
  it('leaves other files and comments alone', () => {
    expect(show("echo 'PermitRootLogin yes' > /f", "echo '#PermitRootLogin yes' > /etc/ssh/sshd_config")).toEqual([]);
  });
});

it('says which services are switched', () => {
  const show = (script: string) =>
    setupCommands(buildOf(script)).map(({ invocation }) => {
      const change = serviceChangeOf(invocation);
      return change && `${change.on ? '+' : '-'}${change.names.join(',')}`;
    });
  expect(show('systemctl disable --now firewalld.service ufw')).toEqual(['-firewalld,ufw']);
  expect(show('systemctl status firewalld')).toEqual([undefined]);
  expect(show('service iptables stop; chkconfig iptables off; rc-update add nftables default')).toEqual([
    '-iptables',
    '-iptables',
    '+nftables',
  ]);
  expect(show('systemctl stop "$X"')).toEqual([undefined]);
});

it('takes only commands that set something up', () => {
  const programs = (language: 'dockerfile' | 'cloud-init') =>
    setupCommands({ ...buildOf(run('a'), run('b', 'boot'), run('c', 'host')), language }).map(
      ({ invocation }) => invocation.program,
    );
  expect(programs('dockerfile')).toEqual(['a']);
  expect(programs('cloud-init')).toEqual(['a', 'b']);
});

it.each([
  ['http://localhost:80/x', true],
  ['http://127.0.0.1', true],
  ['https://[::1]:8443/', true],
  ['http://10.1.2.3/x', true],
  ['http://172.20.0.1', true],
  ['http://172.32.0.1', false],
  ['http://registry:5000/v2', true],
  ['http://metadata.google.internal/x', true],
  ['http://user:pw@example.com/', false],
  ['example.com/x', false],
  ['https://example.com', false],
  [`https://${UNRESOLVED}/x`, undefined],
  ['', undefined],
] as const)('%s is local: %s', (url, local) => {
  expect(isLocalUrl(url)).toBe(local);
});

it.each([
  ['debian:12', 'debian'],
  ['node:22-alpine3.21', 'alpine'],
  ['node:22', 'debian'],
  ['example.com/node:22', undefined],
  ['python:3.13-slim-bookworm', 'debian'],
  ['docker.io/library/alpine', 'alpine'],
  ['ghcr.io/acme/alpine-base:1', 'alpine'],
  ['registry.access.redhat.com/ubi9/ubi-minimal:9.5', 'redhat'],
  ['amazonlinux:2023', 'redhat'],
  ['busybox:1.37', 'busybox'],
  ['acme/app:1', undefined],
  ['Not An Image', undefined],
] as const)('%s is of the family %s', (image, family) => {
  expect(distributionOf(image)).toBe(family);
});
