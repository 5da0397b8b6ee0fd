/** Which tags fixes offer, by the data of the day. */
import { describe, expect, it } from 'vitest';
import { Day } from '../core/day.ts';
import dotnet from '../data/dotnet-images.json';
import table from '../data/official-images.json';
import { readTagTables } from '../dev/refresh/dotnet-images.ts';
import { packed, readGroups } from '../dev/refresh/official-images.ts';
import { endOfLifeOfImage } from '../facts/end-of-life/of-image.ts';
import { pinsOf } from '../facts/image-tags/pins.ts';
import { replacementsOf } from '../facts/image-tags/replacements.ts';
import { successorsOf } from '../facts/image-tags/successors.ts';

const today = '2026-11-21';
const day = new Day(today);
const asked = { platform: undefined, today: day };
const listed = (name: string): readonly string[] =>
  (table.images[name] ?? []).flatMap(group => group.split(' ').slice(1));
const groupWith = (name: string, tag: string) =>
  table.images[name]!.map(group => group.split(' ').slice(1)).find(tags => tags.includes(tag));

const endingsOf = (repository: string, tag: string) =>
  endOfLifeOfImage({ repository, tag }).filter(({ date }) => date < today);
const next = (reference: string, platform?: string) => {
  const [repository = '', tag = ''] = reference.split(':');
  return successorsOf(repository, tag, endingsOf(repository, tag), { platform, today: day });
};

describe('pins', () => {
  it.each(Object.keys(table.images))('of %s are listed and supported, and name what `latest` named', name => {
    for (const { kind, tag } of pinsOf(name, undefined, asked)) {
      expect(listed(name)).toContain(tag);
      expect(endOfLifeOfImage({ repository: name, tag }).filter(({ date }) => date < today)).toEqual([]);
      expect(tag).toMatch(/\d/);
      if (kind !== 'lts') expect(groupWith(name, 'latest')).toContain(tag);
    }
  });

  it('are the exact tag, the line, and long-term support', () => {
    const kinds = pinsOf('node', 'slim', asked).map(({ kind }) => kind);
    expect(kinds).toEqual(['exact', 'line', 'lts']);
    for (const { tag } of pinsOf('node', 'slim', asked)) expect(tag).toMatch(/^\d+(?:\.\d+){0,2}-\w+-slim$/);
  });

  it('are there wherever an official image is pulled from, and for no other', () => {
    expect(pinsOf('docker.io/library/node', undefined, asked)).toEqual(pinsOf('node', undefined, asked));
    expect(pinsOf('public.ecr.aws/docker/library/node', undefined, asked)).not.toEqual([]);
    expect(pinsOf('example/node', undefined, asked)).toEqual([]);
    expect(pinsOf('constructor', undefined, asked)).toEqual([]);
  });

  it('run on the platform', () => {
    expect(pinsOf('archlinux', undefined, { platform: 'linux/amd64', today: day })).not.toEqual([]);
    expect(pinsOf('archlinux', undefined, { platform: 'linux/s390x', today: day })).toEqual([]);
    expect(pinsOf('node', undefined, { platform: 'plan9/mips', today: day })).toEqual([]);
  });

  it('are not of a release that has ended by the day', () => {
    expect(pinsOf('alpine', undefined, { platform: undefined, today: new Day('2040-01-01') })).toEqual([]);
  });
});

describe('successors', () => {
  it.each([
    ['node:16', /^2\d$/],
    ['node:16-alpine', /^2\d-alpine$/],
    ['node:14.17.0-buster-slim', /^2\d\.\d+\.\d+-(?:trixie|bookworm)-slim$/],
    ['node:16-alpine3.14', /^2\d-alpine3\.2\d$/],
    ['python:2.7', /^3\.\d+$/],
    ['python:3.9.1-alpine3.12', /^3\.\d+\.\d+-alpine3\.\d+$/],
    ['debian:8', /^1\d$/],
    ['debian:buster-slim', /^(?:trixie|bookworm)-slim$/],
    ['debian:bullseye-20210902-slim', /^(?:trixie|bookworm)-20\d{6}-slim$/],
    ['ubuntu:bionic', /^[a-z]+$/],
    ['ubuntu:16.04', /^\d\d\.04$/],
    ['php:5-apache', /^8-apache$/],
    ['redis:5-alpine', /^\d-alpine$/],
    // Even numbers are the stable branch.
    ['nginx:1.20', /^1\.\d*[02468]$/],
    ['nginx:1.25-alpine', /^1\.\d*[13579]-alpine$/],
  ])('of %s are written like it', (reference, form) => {
    const found = next(reference);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(4);
    for (const tag of found) expect(tag).toMatch(form);
  });

  it('keep the version where only the distribution has ended', () => {
    expect(next('python:3.12-bullseye')[0]).toMatch(/^3\.12-(?:trixie|bookworm)$/);
    expect(next('eclipse-temurin:17-jre-focal').every(tag => tag.startsWith('17-jre-'))).toBe(true);
  });

  it.each([
    ['sdk:6.0', /^\d\d\.0$/],
    ['aspnet:6.0.36', /^\d\d\.0\.\d+$/],
    ['aspnet:7.0-alpine', /^\d\d\.0-alpine$/],
    ['runtime:6.0.12-focal', /^\d\d\.0\.\d+-[a-z]+$/],
    ['runtime-deps:6.0-jammy-chiseled', /^\d\d\.0-[a-z]+-chiseled$/],
    ['sdk:6.0-bullseye-slim', /^\d\d\.0$/],
  ])('of .NET %s are listed and written like it', (reference, form) => {
    const name = `mcr.microsoft.com/dotnet/${reference.split(':')[0]}`;
    const found = next(`mcr.microsoft.com/dotnet/${reference}`);
    expect(found.length).toBeGreaterThan(0);
    const tags = dotnet.images[name]!.flatMap(group => group.split(' ').slice(1));
    for (const tag of found) {
      expect(tag).toMatch(form);
      expect(tags).toContain(tag);
    }
  });

  it('of the repositories that .NET moved from are in the new ones', () => {
    const found = replacementsOf('mcr.microsoft.com/dotnet/core/aspnet', '3.1-alpine', asked);
    expect(found[0]).toMatch(/^mcr\.microsoft\.com\/dotnet\/aspnet:\d\d\.0-alpine$/);
    expect(replacementsOf('mcr.microsoft.com/dotnet/core/samples', '3.1', asked)).toEqual([]);
  });

  it('run on the platform', () => {
    expect(next('fedora:34', 'linux/riscv64').length).toBe(0);
    expect(next('fedora:34', 'linux/amd64').length).toBeGreaterThan(0);
  });

  it('are none where nothing is listed in that form', () => {
    expect(next('elixir:1.9-otp-22')).toEqual([]);
    expect(next('centos:7')).toEqual([]);
    expect(next('example/node:16')).toEqual([]);
  });

  it('are other images where the image has ended', () => {
    expect(replacementsOf('openjdk', '17-jdk-slim', asked)).toEqual(['eclipse-temurin:17-jdk']);
    expect(replacementsOf('docker.io/library/openjdk', '8u212-jre-alpine', asked)).toEqual([
      'docker.io/library/eclipse-temurin:8-jre-alpine',
    ]);
    expect(replacementsOf('centos', '7.9.2009', asked)[0]).toMatch(/^almalinux:\d+$/);
    expect(replacementsOf('openjdk', 'latest', asked)).toEqual([]);
    expect(replacementsOf('example/openjdk', '8', asked)).toEqual([]);
  });
});

describe('the data', () => {
  it('are read from the library', () => {
    const text = [
      'Maintainers: A <a@example.org> (@a)',
      'Architectures: amd64, arm64v8',
      '',
      'Tags: 2.1.0-trixie, 2.1-trixie',
      'SharedTags: 2.1.0, latest',
      '',
      '# old',
      'Tags: 1.0.0,',
      '  1.0',
      'Architectures: amd64',
      '',
      'Tags: 3.0-rc1',
      '',
      'Tags: 2.1.0-nanoserver',
      'Architectures: windows-amd64',
      '',
    ].join('\n');
    expect(packed({ kettle: readGroups(text), empty: [] })).toEqual({
      architectures: ['amd64 arm64v8', 'amd64'],
      images: { kettle: ['0 2.1.0-trixie 2.1-trixie 2.1.0 latest', '1 1.0.0 1.0'] },
    });
  });

  it('are read from the tables for Linux', () => {
    const page = [
      '### Linux amd64 Tags',
      '',
      'Tags | Dockerfile | OS Version',
      '---- | ---------- | ----------',
      '10.0.1-noble-amd64, 10.0.1-noble, 10.0, latest | [Dockerfile](src/sdk/10.0/noble/amd64/Dockerfile) | Ubuntu 24.04',
      '10.0.1-aot-amd64, 10.0.1-aot | [Dockerfile](src/sdk/10.0/noble-aot/amd64/Dockerfile) | Ubuntu 24.04',
      '',
      '#### .NET 11 Preview Tags',
      '',
      '11.0.100-preview.7-noble, 11.0-preview | [Dockerfile](src/sdk/11.0/noble/amd64/Dockerfile) | Ubuntu 24.04',
      '',
      '### Linux arm64 Tags',
      '',
      '10.0.1-noble-arm64v8, 10.0.1-noble, 10.0, latest | [Dockerfile](src/sdk/10.0/noble/arm64v8/Dockerfile) | Ubuntu 24.04',
      '',
      '### Nano Server 2022 amd64 Tags',
      '10.0.1-nanoserver-ltsc2022, 10.0 | [Dockerfile](src/sdk/10.0/nanoserver-ltsc2022/amd64/Dockerfile)',
    ].join('\n');
    expect(packed({ sdk: readTagTables(page) })).toEqual({
      architectures: ['amd64 arm64v8', 'amd64'],
      images: { sdk: ['0 10.0.1-noble 10.0 latest', '1 10.0.1-aot'] },
    });
  });
});
