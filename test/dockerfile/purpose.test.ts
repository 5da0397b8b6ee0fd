import { expect, test } from 'vitest';
import { NO_FILES } from '../../core/language.ts';
import { nameOf, parentDirectory } from '../../core/path.ts';
import { contextOf, parse } from './support.ts';

const BASE = 'FROM debian:13\nCMD ["app"]\n';

function purpose(path: string, files: Readonly<Record<string, string>> = {}, text = BASE): string | undefined {
  const under = (directory: string) => directory.replace(/^\/work\/?/, '');
  const host = {
    ...NO_FILES,
    read: (one: string) => files[under(one)] ?? null,
    list: (directory: string) =>
      Object.keys(files)
        .filter(one => parentDirectory(`/work/${one}`) === directory)
        .map(nameOf),
  };
  return parse(text, contextOf(host, `/work/${path}`)).purpose;
}

test('a description of Home Assistant beside a Dockerfile says that it is an add-on', () => {
  const yaml = 'name: Sync\nversion: "1.0"\nslug: sync\ndescription: Syncs\narch:\n  - amd64\n';
  expect(purpose('sync/Dockerfile', { 'sync/config.yaml': yaml })).toBe('add-on');
  const json = JSON.stringify({ name: 'Sync', slug: 'sync', arch: ['amd64'] });
  expect(purpose('sync/Dockerfile', { 'sync/config.json': json })).toBe('add-on');
  expect(purpose('sync/Dockerfile', { 'config.yaml': yaml })).toBe(undefined);
  expect(purpose('sync/Dockerfile', { 'sync/config.yaml': 'server:\n  slug: sync\narch: amd64\n' })).toBe(undefined);
});

test.each([
  ['# Crossbow\n\nCross compiling toolchains in Docker images.', 'workplace'],
  ['# Jump\n\nAn assorted collection of jump boxes.', 'machine'],
  ['# Images\n\nDocker images to solve pwn tasks.', 'lab'],
  ['# Building\n\nThis repository has scripts. These images are build environments for the compiler.', 'workplace'],
  ['**Full** is a full PHP [development environment](https://example.org) for Docker.', 'workplace'],
  ['# The CTF of the club', 'lab'],
  ['# Box\n\nA VM for local development.', 'workplace'],
  ['# Devcontainer\n\nHas Go.', 'workplace'],
])('a README says what its images are for: %s', (readme, expected) => {
  expect(purpose('app/Dockerfile', { 'README.md': readme })).toBe(expected);
});

test.each([
  '# Shop\n\nA web shop. It needs a Rust toolchain.',
  '# Shop\n\nA web shop that needs a Rust toolchain.',
  '# Shop\n\nA web shop. The bastion host in front of it is built elsewhere.',
  '# Shop\n\nThe bastion host in front of it is built elsewhere.',
  '# Shop\n\nA web shop behind a bastion host.',
  '# Guard\n\nMonitoring for bastion hosts.',
  '# Forge\n\nA tool to manage development environments.',
  '# Forge\n\nDevelopment environment manager.',
  '# Shop\n\nA web shop, not an all-in-one appliance.',
  '# Shop\n\nA web shop. Open it in a dev container.',
  '# Shop\n\nA vagrant box mounts it.',
])('what a README says of other things does not count: %s', readme => {
  expect(purpose('app/Dockerfile', { 'README.md': readme })).toBeUndefined();
});

test('only the nearest README counts', () => {
  const files = { 'README.md': '# Our CTF', 'app/README.md': '# Score board\n\nShows the scores.' };
  expect(purpose('app/Dockerfile', files)).toBeUndefined();
  expect(purpose('task/Dockerfile', files)).toBe('lab');
});

test.each([
  ['acme-labs/web/Dockerfile', undefined],
  ['desktop/Dockerfile', undefined],
  ['non-vulnerable/Dockerfile', undefined],
  ['scan-vulnerable/Dockerfile', undefined],
  ['labs/03/Dockerfile', 'lab'],
  ['lab-2-network/Dockerfile', 'lab'],
  ['vulnerable-web/Dockerfile', 'lab'],
  ['xfce-desktop/Dockerfile', 'machine'],
  ['images/jumpbox.Dockerfile', 'machine'],
])('names: %s', (path, expected) => {
  expect(purpose(path)).toBe(expected);
});

test.each([
  ['# A Vagrant box mounts it\n', undefined],
  ['# This is run behind an appliance\n', undefined],
  ['# Development environment for the firmware\n', 'workplace'],
  ['# A jump host with SSH\n', 'machine'],
])('the first comment: %s', (comment, expected) => {
  expect(purpose('app/Dockerfile', {}, comment + BASE)).toBe(expected);
});

test.each([
  ['Sits behind the bastion host', undefined],
  ['The shop and its database, all in one', 'appliance'],
])('labels: %s', (label, expected) => {
  expect(purpose('app/Dockerfile', {}, `${BASE}LABEL org.opencontainers.image.description="${label}"\n`)).toBe(
    expected,
  );
});
