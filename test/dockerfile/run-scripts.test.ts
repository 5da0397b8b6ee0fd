/** Which scripts of the build context does a RUN run? */
import { describe, expect, test } from 'vitest';
import type { RunStep } from '../../core/build.ts';
import type { Files } from '../../core/language.ts';
import { lower } from '../../core/linter.ts';
import { parentDirectory } from '../../core/path.ts';
import { dockerfile } from '../../languages/dockerfile/language.ts';
import { shellParser } from '../../shell/parser.ts';

function filesOf(texts: Readonly<Record<string, string>>): Files {
  const paths = Object.keys(texts);
  return {
    read: path => texts[path] ?? null,
    list: directory => {
      const inside = paths.filter(path => parentDirectory(path) === directory);
      const isThere = paths.some(path => path.startsWith(`${directory}/`));
      return inside.length > 0 || isThere ? inside.map(path => path.slice(directory.length + 1)) : null;
    },
  };
}

/** The files of the scripts that are steps, in order. */
function scripts(
  text: string,
  texts: Readonly<Record<string, string>>,
  path = '/r/Dockerfile',
): (string | undefined)[] {
  const engine = { languages: [dockerfile], rules: [], shell: shellParser };
  const build = lower({ path, text }, dockerfile as never, { engine, files: filesOf(texts) });
  const steps = build.stages.flatMap(stage => stage.steps);
  return steps
    .filter((step): step is RunStep => step.kind === 'run' && step.calledBy !== undefined)
    .map(({ script }) => script!.text.span.file);
}

const SH = '#!/bin/sh\ntrue\n';
const FILES = { '/r/a.sh': SH, '/r/s/b.sh': SH, '/r/s/deep/c.sh': SH, '/r/s/tool': SH, '/r/s/data.txt': 'x\n' };

describe('a script of the build context is found', () => {
  test.each([
    ['by its own path', 'COPY a.sh /tmp/\nRUN /tmp/a.sh', '/r/a.sh'],
    ['under another name', 'COPY a.sh /usr/local/bin/setup\nRUN setup', '/r/a.sh'],
    ['as the operand of a shell', 'COPY a.sh /tmp/a.sh\nRUN bash -eux /tmp/a.sh --all', '/r/a.sh'],
    ['sourced', 'COPY a.sh /tmp/\nRUN . /tmp/a.sh && true', '/r/a.sh'],
    ['after sudo', 'COPY a.sh /tmp/\nRUN sudo -E /tmp/a.sh', '/r/a.sh'],
    ['in sh -c', 'COPY a.sh /tmp/\nRUN sh -c "/tmp/a.sh && true"', '/r/a.sh'],
    ['in the exec form', 'COPY a.sh /tmp/\nRUN ["/tmp/a.sh", "x"]', '/r/a.sh'],
    ['in a heredoc', 'COPY a.sh /tmp/\nRUN <<EOF\nset -e\nsh /tmp/a.sh\nEOF', '/r/a.sh'],
    ['in a directory', 'COPY s/ /opt/\nRUN /opt/deep/c.sh', '/r/s/deep/c.sh'],
    ['in the whole context', 'WORKDIR /app\nCOPY . .\nRUN ./s/b.sh', '/r/s/b.sh'],
    ['in an unknown working directory', 'COPY . .\nRUN ./s/b.sh', '/r/s/b.sh'],
    ['by a pattern', 'COPY s/*.sh /opt/\nRUN /opt/b.sh', '/r/s/b.sh'],
    ['after cd', 'COPY s /opt/s\nRUN cd /opt/s && ./deep/c.sh', '/r/s/deep/c.sh'],
    ['through variables', 'ENV DIR=/opt/s\nCOPY s $DIR/\nRUN $DIR/b.sh', '/r/s/b.sh'],
    ['mounted', 'RUN --mount=type=bind,source=s/b.sh,target=/x.sh sh /x.sh', '/r/s/b.sh'],
    ['in a mounted context', 'RUN --mount=target=/ctx /ctx/s/b.sh', '/r/s/b.sh'],
    ['through another stage', 'COPY s /s\nFROM debian:13\nCOPY --from=0 /s/b.sh /b.sh\nRUN /b.sh', '/r/s/b.sh'],
    [
      'mounted from another stage',
      'COPY s /s\nFROM debian:13\nRUN --mount=type=bind,from=0,source=/s,target=/c /c/b.sh',
      '/r/s/b.sh',
    ],
    ['copied by the stage that this one starts from', 'COPY a.sh /a.sh\nFROM base\nRUN /a.sh', '/r/a.sh'],
  ])('%s', (_, text, file) => {
    expect(scripts(`FROM debian:13 AS base\n${text}\n`, FILES)).toEqual([file]);
  });

  test('on Windows', () => {
    const files = { '/r/a.ps1': 'Write-Output 1\r\n', '/r/b.cmd': 'echo 1\r\n' };
    const from = 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCOPY . C:/build/\n';
    expect(scripts(`${from}RUN powershell -File C:\\build\\a.ps1\n`, files)).toEqual(['/r/a.ps1']);
    expect(scripts(`${from}RUN C:\\build\\b.cmd\n`, files)).toEqual(['/r/b.cmd']);
  });

  test('above the directory of the Dockerfile, where what is copied is', () => {
    const files = { '/r/a.sh': SH, '/r/go.mod': 'x\n', '/r/docker/Dockerfile': '' };
    const text = 'FROM debian:13\nCOPY go.mod .\nCOPY a.sh /a.sh\nRUN /a.sh\n';
    expect(scripts(text, files, '/r/docker/Dockerfile')).toEqual(['/r/a.sh']);
  });

  test('with the scripts that it runs, each once, however they call each other', () => {
    const files = { '/r/a.sh': '#!/bin/sh\n/s/b.sh\n', '/r/b.sh': '#!/bin/sh\n/s/a.sh\n' };
    expect(scripts('FROM debian:13\nCOPY *.sh /s/\nRUN /s/a.sh\n', files)).toEqual(['/r/a.sh', '/r/b.sh']);
  });
});

describe('a script is not certain, or not run,', () => {
  test.each([
    ['from an image', 'COPY --from=alpine:3 a.sh /tmp/\nRUN /tmp/a.sh'],
    ['that a later COPY takes the place of', 'COPY a.sh /a.sh\nCOPY --from=alpine:3 x /a.sh\nRUN /a.sh'],
    ['that a command writes', 'COPY a.sh /a.sh\nRUN curl -o /a.sh https://x.test/a.sh\nRUN /a.sh'],
    ['that is copied later', 'RUN /tmp/a.sh\nCOPY a.sh /tmp/'],
    ['in another directory', 'COPY a.sh /tmp/\nRUN /opt/a.sh'],
    ['in a directory that is not known', 'COPY a.sh /tmp/\nRUN cd "$(mktemp -d)" && ./a.sh'],
    ['after a WORKDIR that is not known', 'COPY a.sh .\nWORKDIR app\nRUN ./a.sh'],
    ['that is not a script', 'COPY s/data.txt /d\nRUN /d'],
    ['that only starts', 'COPY a.sh /a.sh\nENTRYPOINT ["/a.sh"]'],
    ['of a trigger', 'COPY a.sh /a.sh\nONBUILD RUN /a.sh'],
    ['in a function that nothing calls', 'COPY a.sh /a.sh\nRUN f() { /a.sh; }; true'],
    ['under a cache', 'COPY s /opt/\nRUN --mount=type=cache,target=/opt /opt/b.sh'],
    ['in a named context', 'RUN --mount=type=bind,from=tools,target=/t /t/a.sh'],
  ])('%s', (_, text) => {
    expect(scripts(`FROM debian:13\n${text}\n`, FILES)).toEqual([]);
  });

  test('where two directories have one and may both be the context', () => {
    const files = { '/r/a.sh': SH, '/r/docker/a.sh': '#!/bin/sh\nfalse\n' };
    expect(scripts('FROM debian:13\nCOPY . /x\nRUN /x/a.sh\n', files, '/r/docker/Dockerfile')).toEqual([]);
  });

  test('that every project has', () => {
    expect(scripts('FROM debian:13\nCOPY . /x\nRUN cd /x && ./gradlew build\n', { '/r/gradlew': SH })).toEqual([]);
  });
});
