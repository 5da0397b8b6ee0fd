/** `bakelint images` over what is large, circular, or changes under it. */
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { engine } from '../../cli/engine.ts';
import type { ReportedImage } from '../../cli/images/report.ts';
import { run } from '../../cli/run.ts';
import { folderWith, runIn } from './real.ts';

const imagesIn = ({ code, out, err }: { code: number; out: string; err: string }): readonly ReportedImage[] => {
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out).images;
};

test('a thousand stages lead to one base, and what follows them is left out', async () => {
  const stages = Array.from({ length: 1_500 }, (_, i) => `FROM ${i === 0 ? 'alpine:3.22' : `s${i - 1}`} AS s${i}\n`);
  const folder = folderWith({ 'a/Dockerfile': stages.slice(0, 1_000).join(''), 'b/Dockerfile': stages.join('') });
  const [first, ...others] = imagesIn(await runIn(folder, 'images', '--format', 'json'));
  expect(first!.bases.map(({ name }) => name)).toEqual(['alpine:3.22']);
  expect(others).toEqual([]);
});

test('stages that are made of each other end', async () => {
  const folder = folderWith({ Dockerfile: 'FROM b AS a\nFROM a AS b\nFROM b AS a\nCOPY --from=a / /\n' });
  const [image] = imagesIn(await runIn(folder, 'images', '--format', 'json'));
  expect(image!.bases.map(({ name, image }) => [name, image])).toEqual([['b', null]]);
});

test('a directory is met once, whatever links lead to it', async () => {
  const folder = folderWith({ 'a/Dockerfile': 'FROM alpine:3.22\n', 'build.sh': 'docker build -t x/a a\n' });
  symlinkSync('a', join(folder, 'b'));
  symlinkSync('../a/Dockerfile', join(folder, 'a/Dockerfile.link'));
  symlinkSync('missing', join(folder, 'Dockerfile'));
  const images = imagesIn(await runIn(folder, 'images', '--format', 'json'));
  expect(images.map(({ path, tags }) => [path, tags.length])).toEqual([['a/Dockerfile', 1]]);
});

test('a file that goes away meanwhile is no image, and no failure', async () => {
  const folder = folderWith({ 'a/Dockerfile': 'FROM alpine:3.22\n', 'b/Dockerfile': 'FROM alpine:3.22\n' });
  let [out, err] = ['', ''];
  const code = await run(['images', '--format', 'json'], {
    cwd: folder,
    env: {},
    stdout: { write: text => (out += text) },
    stderr: { write: text => (err += text) },
    stdin: async () => new Uint8Array(),
    today: '2026-11-21',
    now: () => 0,
    home: folder,
    engine: async () => ({
      ...engine,
      // Between the search for files and their reading.
      async load(wanted) {
        rmSync(join(folder, 'a'), { recursive: true });
        await engine.load(wanted);
      },
    }),
  });
  expect(imagesIn({ code, out, err }).map(({ path }) => path)).toEqual(['b/Dockerfile']);
});

test('Ctrl-C ends it with what is known, and a terminal sees how far it is', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`${i + 10}/Dockerfile`, 'FROM alpine:3.22\n']),
  );
  const folder = folderWith(files);
  let [out, err] = ['', ''];
  let time = 0;
  const code = await run(['images', '--format', 'json'], {
    cwd: folder,
    env: {},
    stdout: { write: text => (out += text) },
    stderr: {
      isTTY: true,
      write(text) {
        if (!err.includes('of 40 files')) process.emit('SIGINT');
        err += text;
      },
    },
    stdin: async () => new Uint8Array(),
    today: '2026-11-21',
    now: () => (time += 100),
    home: folder,
    engine: async () => engine,
  });
  expect(code).toBe(130);
  expect(err).toContain(' of 40 files');
  expect(err).toContain('bakelint: images: interrupted: not all files were read\n');
  const count = JSON.parse(out).images.length;
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(40);
});

test('Ctrl-C ends the search for files', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`${i + 10}/Dockerfile`, 'FROM alpine:3.22\n']),
  );
  const folder = folderWith(files);
  let [out, err] = ['', ''];
  let time = 0;
  const code = await run(['images', '--format', 'json'], {
    cwd: folder,
    env: {},
    stdout: { write: text => (out += text) },
    stderr: { write: text => (err += text) },
    stdin: async () => new Uint8Array(),
    today: '2026-11-21',
    now: () => {
      if (time === 2_000) process.emit('SIGINT');
      return (time += 100);
    },
    home: folder,
    engine: async () => engine,
  });
  expect([code, err]).toEqual([130, 'bakelint: images: interrupted: not all files were read\n']);
  expect(JSON.parse(out).images).toEqual([]);
});
