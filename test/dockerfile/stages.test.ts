import { describe, expect, test } from 'vitest';
import type { Step } from '../../core/build.ts';
import {
  effectiveShell,
  effectiveUser,
  effectiveWorkdir,
  finalStages,
  stageGraph,
  userAt,
} from '../../languages/dockerfile/stages.ts';
import { runOf } from '../../languages/dockerfile/step-instruction.ts';
import { contextOf, first, lower, parse } from './support.ts';

const steps = (text: string): readonly Step[] => lower(text).stages.at(-1)!.steps;

describe('stages', () => {
  const text = [
    'FROM golang:1 AS Build',
    'FROM build AS test',
    'FROM alpine AS unused',
    'FROM scratch',
    'COPY --from=BUILD /a /b',
    'COPY --from=nginx:1 /c /d',
    'RUN --mount=type=bind,from=1,target=/t x',
  ].join('\n');

  test('bases, origins and what the last stage is made of', () => {
    const { stages } = parse(text);
    expect(stages.map(stage => stage.base.kind)).toEqual(['image', 'stage', 'image', 'scratch']);
    expect(stages.map(stage => stage.reachable)).toEqual([true, true, false, true]);
    expect(stages.map(stage => stage.final)).toEqual([false, false, false, true]);
    const copy = first(parse(text), 'copy');
    expect(copy.origin).toMatchObject({ kind: 'stage', byNumber: false, stage: { index: 0 } });
    expect(first(parse(text), 'run').mounts[0]).toMatchObject({
      type: 'bind',
      origin: { kind: 'stage', byNumber: true },
    });
  });

  test.each(['\\\n  FROM a:1\n', ' \\\n\tfrom a:1', '\\\nFROM a:1'])('%j opens a stage', text => {
    const { stages, preamble } = parse(text);
    expect(stages.map(({ from }) => from.image?.literal)).toEqual(['a:1']);
    expect(preamble).toEqual([]);
  });

  test('images are those that are no stage', () => {
    expect(lower(text).images.map(({ use, reference }) => [use, reference.literal])).toEqual([
      ['base', 'golang:1'],
      ['base', 'alpine'],
      ['copy', 'nginx:1'],
    ]);
  });

  test('a name with an unknown part means the stages that fit', () => {
    const tree = parse('FROM a AS base-amd64\nFROM b AS base-arm64\nFROM c AS other\nFROM base-${TARGETARCH}');
    expect(tree.stages[3]!.base).toMatchObject({ kind: 'one-of', stages: [{ index: 0 }, { index: 1 }] });
    expect(tree.stages.map(stage => stage.reachable)).toEqual([true, true, false, true]);
    const byDefault = parse('ARG V=x\nFROM a AS base-x\nFROM b AS base-y\nFROM base-$V');
    expect(byDefault.stages[2]!.base).toMatchObject({ kind: 'stage', certain: false, stage: { index: 0 } });
    expect(byDefault.stages.map(stage => stage.reachable)).toEqual([true, true, true]);
  });

  test('targets of the configuration are final too', () => {
    expect(finalStages(parse(text), ['TEST', '2']).map(({ index }) => index)).toEqual([1, 2, 3]);
  });

  test('circles of stages', () => {
    const tree = parse('FROM a AS a1\nCOPY --from=b1 /x /\nFROM b AS b1\nCOPY --from=a1 /x /\nFROM a1');
    expect([...stageGraph(tree).circular].map(({ index }) => index)).toEqual([0, 1]);
    expect(stageGraph(parse(text)).circular.size).toBe(0);
  });

  test('a chain of many stages', () => {
    const many = Array.from({ length: 5000 }, (_, i) => `FROM s${i} AS s${i + 1}\nRUN x`);
    const tree = parse(`FROM scratch AS s0\nUSER u\nWORKDIR /w\n${many.join('\n')}\nWORKDIR v\nRUN y`);
    const last = tree.stages.at(-1)!;
    expect(effectiveUser(last)?.user?.literal).toBe('u');
    expect(effectiveWorkdir(last.instructions.at(-1)!).literal).toBe('/w/v');
    expect(tree.stages.every(stage => stage.reachable)).toBe(true);
  });
});

describe('what holds at a place', () => {
  test('shell', () => {
    const run = (text: string) => effectiveShell(parse(text).instructions.findLast(({ kind }) => kind === 'run')!);
    expect(run('FROM a\nRUN x')).toMatchObject({ dialect: 'posix', errexit: false, pipefail: false, certain: false });
    expect(run('FROM a\nSHELL ["/bin/bash", "-euxo", "pipefail", "-c"]\nRUN x')).toMatchObject({
      dialect: 'bash',
      errexit: true,
      pipefail: true,
      certain: true,
    });
    expect(run('FROM a AS b\nSHELL ["pwsh", "-Command"]\nFROM b\nRUN x')).toMatchObject({ dialect: 'pwsh' });
    expect(run('FROM a\nRUN x\nSHELL ["bash", "-c"]')).toMatchObject({ dialect: 'posix' });
    expect(run('FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN x')).toMatchObject({ dialect: 'cmd' });
    expect(run('FROM a\nSHELL ["C:\\\\Program Files\\\\PowerShell\\\\pwsh.exe"]\nRUN x')).toMatchObject({
      dialect: 'pwsh',
    });
  });

  test('folder', () => {
    const folder = (text: string) => effectiveWorkdir(first(parse(text), 'run'));
    expect(folder('FROM a\nRUN x').literal).toBeUndefined();
    expect(folder('FROM scratch\nRUN x').literal).toBe('/');
    expect(folder('FROM a\nWORKDIR /a\nWORKDIR b/../c\nRUN x').literal).toBe('/a/c');
    expect(folder('FROM a\nARG D=/d\nWORKDIR $D\nWORKDIR e\nRUN x')).toMatchObject({
      literal: undefined,
      byDefault: '/d/e',
    });
    expect(folder('FROM a\nWORKDIR b\nRUN x').literal).toBeUndefined();
  });

  test('.dockerignore beside the file', () => {
    const read = (files: Record<string, string | null>, text = 'FROM a\nCOPY . .') =>
      parse(text, contextOf({ read: path => files[path], list: () => undefined }, '/p/app.Dockerfile')).ignore;
    expect(read({})).toBe('unknown');
    expect(read({ '/p/app.Dockerfile.dockerignore': 'x' })).toEqual({
      text: 'x',
      path: '/p/app.Dockerfile.dockerignore',
    });
    expect(read({ '/p/app.Dockerfile.dockerignore': null, '/p/.dockerignore': 'y' })).toEqual({
      text: 'y',
      path: '/p/.dockerignore',
    });
    expect(read({ '/p/app.Dockerfile.dockerignore': null, '/p/.dockerignore': null })).toBe('missing');
    expect(read({ '/p/app.Dockerfile.dockerignore': 'x' }, 'FROM a\nCOPY --from=b . .')).toBe('unknown');
  });
});

describe('steps', () => {
  test('RUN keeps its way back, its script and its words', () => {
    const [shell, exec, heredoc, python] = steps(
      'FROM a\nRUN --mount=type=cache,target=/c a && b\nRUN ["x", "y"]\nRUN <<EOF\n#!/bin/bash -e\nz\nEOF\nRUN <<EOF\n#!/usr/bin/env python3\nEOF',
    );
    expect(shell).toMatchObject({ kind: 'run', phase: 'build', argv: undefined, script: { dialect: 'posix' } });
    expect(shell?.kind === 'run' && shell.script?.text.text).toBe('a && b');
    expect(shell?.kind === 'run' && runOf(shell)?.mounts[0]).toMatchObject({
      type: 'cache',
      target: { literal: '/c' },
    });
    expect(exec).toMatchObject({ script: undefined, argv: [{ literal: 'x' }, { literal: 'y' }] });
    expect(heredoc).toMatchObject({ script: { dialect: 'bash', errexit: true } });
    expect(python).toMatchObject({ script: { dialect: 'other' } });
  });

  test('commands of the container run at boot', () => {
    expect(steps('FROM a\nCMD a b\nENTRYPOINT ["c"]\nHEALTHCHECK --retries=1 CMD d\nHEALTHCHECK NONE')).toMatchObject([
      { phase: 'boot', argv: undefined },
      { phase: 'boot', argv: [{ literal: 'c' }] },
      { phase: 'boot', argv: undefined },
    ]);
  });

  test('files, downloads, variables and labels', () => {
    const made = steps(
      'FROM a\nADD --checksum=sha256:0 https://h/x.tgz y /d/\nADD git@github.com:a/b.git /e\nCOPY <<EOF /f\n#!/bin/sh\n$X\nEOF\nENV A=1 B=2\nLABEL c=d',
    );
    expect(made.map(({ kind }) => kind)).toEqual(['fetch', 'copy', 'fetch', 'write-file', 'env', 'env', 'label']);
    expect(made[0]).toMatchObject({ url: { literal: 'https://h/x.tgz' }, checksum: { literal: 'sha256:0' } });
    expect(made[1]).toMatchObject({ origin: 'context', sources: [{ literal: 'y' }], to: { literal: '/d/' } });
    expect(made[3]).toMatchObject({ path: { literal: '/f' }, script: { dialect: 'posix' } });
    expect(made[4]).toMatchObject({ scope: 'image', name: 'A', value: { literal: '1' } });
  });

  test('triggers know their ONBUILD', () => {
    expect(first(parse('FROM a\nONBUILD RUN x'), 'onbuild').instruction).toMatchObject({
      kind: 'run',
      trigger: { kind: 'onbuild' },
    });
  });
});

describe('triggers', () => {
  const text = [
    'FROM debian:13',
    'ONBUILD RUN make',
    'ONBUILD USER app',
    'ONBUILD ENV A=1',
    'ONBUILD LABEL a=b',
    'ONBUILD RUN pwd | cat',
    'USER joe',
    'WORKDIR /srv',
    'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
  ].join('\n');

  test('are steps, but label nothing here', () => {
    const [stage] = lower(text).stages;
    expect(stage!.steps.map(({ kind, trigger }) => `${kind} ${trigger}`)).toEqual([
      'run true',
      'env true',
      'label true',
      'run true',
    ]);
    expect(stage!.outputs).toEqual([]);
  });

  test('run after the whole stage', () => {
    const instructions = parse(text).instructions.flatMap(one =>
      one.kind === 'onbuild' && one.instruction?.kind === 'run' ? [one.instruction] : [],
    );
    expect(instructions.map(one => userAt(one)?.user?.literal)).toEqual(['joe', 'app']);
    expect(instructions.map(one => effectiveWorkdir(one).literal)).toEqual(['/srv', '/srv']);
    expect(instructions.map(one => effectiveShell(one).pipefail)).toEqual([true, true]);
  });
});
