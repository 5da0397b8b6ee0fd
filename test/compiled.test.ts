import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildCommandLine } from './cli/threads.ts';
import { onWindows, temporaryFolder } from './host.ts';

const home = temporaryFolder('compiled');
const own = join(home, 'dist', 'compiled');
const ofUser = join(home, 'cache', 'bakelint', 'compiled');
let cli = '';

beforeAll(async () => {
  cli = await buildCommandLine(home);
  writeFileSync(join(home, 'Dockerfile'), 'FORM x\n');
  writeFileSync(join(home, 'image.pkr.hcl'), 'source "docker" "x" {\n  image = "debian:12.8"\n}\n');
});
beforeEach(() => {
  for (const directory of [own, ofUser]) rmSync(directory, { recursive: true, force: true });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function lint(file = 'Dockerfile', env: Record<string, string> = {}): string {
  return run([file], env).stdout;
}

function run(files: readonly string[], env: Record<string, string> = {}): { stdout: string; stderr: string } {
  const args = [cli, '--fail-on', 'never', '--format', 'compact', ...files];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: home,
    encoding: 'utf8',
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '', XDG_CACHE_HOME: join(home, 'cache'), HOME: home, ...env },
  });
  expect(stderr).not.toMatch(/cannot start|Warning/);
  return { stdout, stderr };
}

/** The only file of a directory, with a date of its own from now on, so that writing it again shows. */
function kept(directory: string): string {
  const names = readdirSync(directory);
  expect(names).toHaveLength(1);
  const path = join(directory, names[0]!);
  utimesSync(path, 1_000_000, 1_000_000);
  return path;
}
const isWrittenAgain = (path: string): boolean => statSync(path).mtimeMs !== 1_000_000_000;

describe('what V8 compiled', () => {
  it('is kept beside the bundle, is taken by the next run, and changes nothing of its report', () => {
    const first = lint();
    expect(first).toContain('[syntax-error]');
    const path = kept(own);
    expect(lint()).toBe(first);
    // V8 would have compiled as much again if it had not taken the file.
    expect(isWrittenAgain(path)).toBe(false);
    expect(existsSync(ofUser)).toBe(false);
  });

  it('is written again when a run needs much that is not in it, and then serves both', () => {
    lint();
    const path = kept(own);
    lint('image.pkr.hcl');
    expect(isWrittenAgain(path)).toBe(true);
    kept(own);
    lint();
    lint('image.pkr.hcl');
    expect(isWrittenAgain(path)).toBe(false);
  });

  it('is not kept where the user says so', () => {
    lint('Dockerfile', { NODE_DISABLE_COMPILE_CACHE: '1' });
    expect([existsSync(own), existsSync(ofUser)]).toEqual([false, false]);
  });

  it('that is broken, or of another bundle, is compiled again', () => {
    const first = lint();
    const path = kept(own);
    for (const content of ['', 'x'.repeat(1000)]) {
      writeFileSync(path, content);
      expect(lint()).toBe(first);
      expect(statSync(path).size).toBeGreaterThan(100_000);
    }
    utimesSync(join(home, 'dist', 'bakelint.cjs'), 2_000_000, 2_000_000);
    lint();
    expect(readdirSync(own)).toHaveLength(2);
  });

  it.skipIf(onWindows)('is neither taken from nor written to a directory that others may write to', () => {
    mkdirSync(own, { recursive: true });
    chmodSync(own, 0o777);
    lint();
    expect(readdirSync(own)).toEqual([]);
    kept(ofUser);
  });

  it('is kept for the user where the package is of somebody else', () => {
    // A file in the place of the directory: nobody can write there, not even root.
    mkdirSync(join(home, 'dist'), { recursive: true });
    writeFileSync(own, '');
    lint();
    const path = kept(ofUser);
    lint();
    expect(isWrittenAgain(path)).toBe(false);
  });

  // The bundle has its own copy of what knows the flags, which has to know that they are set.
  it.runIf(Number.parseInt(process.versions.v8, 10) <= 13)('leaves the bundle its own flags for many files', () => {
    const script = join(home, 'tag.cjs');
    writeFileSync(
      script,
      "process.on('exit', () => require('fs').writeSync(2, `tag ${require('v8').cachedDataVersionTag()}`));",
    );
    const files = Array.from({ length: 25 }, (_, i) => `Dockerfile.${i}`);
    for (const name of files) writeFileSync(join(home, name), 'FORM x\n');
    const tagOf = (some: readonly string[]) =>
      /tag \d+/.exec(run(some, { NODE_OPTIONS: `--require "${script}"` }).stderr)?.[0];
    expect(tagOf(files.slice(0, 1))).toMatch(/^tag/);
    expect(tagOf(files)).not.toBe(tagOf(files.slice(0, 1)));
    run(files);
    const path = kept(own);
    run(files);
    expect(isWrittenAgain(path)).toBe(false);
  });
});
