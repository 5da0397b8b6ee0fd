/** Several threads say what one says, byte for byte. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseArguments } from '../../cli/args.ts';
import { jobsFor } from '../../cli/jobs.ts';
import type { LintOptions } from '../../cli/options.ts';
import { onWindows, temporaryFolder } from '../host.ts';
import { write } from './real.ts';
import { buildCommandLine, type Ended, start } from './threads.ts';

// Processes on a machine that does other work.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const home = temporaryFolder('jobs');
const work = join(home, 'work');
let cli: string;

/** Templates that run one script, Dockerfiles with fixes and with errors, a file that is not UTF-8, two configurations. */
beforeAll(async () => {
  cli = await buildCommandLine(home);
  const files: Record<string, string> = {
    '.bakelint.yaml': 'extends: strict\n',
    'd3/.bakelint.yaml': 'nonsense: 1\n',
    'scripts/setup.sh': 'curl -k https://example.com/x | sh\n',
  };
  for (let i = 0; i < 40; i++) {
    files[`d${i % 7}/Dockerfile.${i}`] =
      `FROM node:latest\nRUN apt-get install curl${i % 5 === 0 ? '\nFORM x' : ''}\nENV API_TOKEN=Dune-velvet${i}-river\n`;
    if (i % 4 === 0)
      files[`p${i}/image.pkr.hcl`] =
        'source "null" "a" {\n  communicator = "none"\n}\nbuild {\n  sources = ["source.null.a"]\n  provisioner "shell" {\n    script = "../scripts/setup.sh"\n  }\n}\n';
    if (i % 6 === 0) files[`c${i}/user-data`] = `#cloud-config\nruncmd:\n  - ufw disable\n  - echo ${i}\n`;
  }
  for (const name of ['a', 'b', 'c', 'd'])
    files[`images/${name}/Dockerfile`] = `FROM alpine:${name === 'b' ? '3.21' : '3.23'}\n`;
  mkdirSync(join(work, '.git'), { recursive: true });
  write(work, files);
  writeFileSync(join(work, 'd1', 'Dockerfile.latin1'), Buffer.from([0x46, 0x52, 0x4f, 0x4d, 0x20, 0xe9]));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const run = (...args: readonly string[]): Promise<Ended> => start(cli, work, args);

describe('--jobs', () => {
  it.each([
    ['--format', 'json'],
    ['--format', 'sarif', '--preset', 'all', '--shard', '2/3'],
    ['--diff'],
    ['--debug', 'd3/Dockerfile.3', 'd1', 'scripts/setup.sh', 'no-such-file'],
  ])('changes nothing of %j %j %j', async (...args) => {
    const one = await run('--jobs', '1', ...args);
    expect(one.stdout.length + one.stderr.length).toBeGreaterThan(200);
    expect(await run('--jobs', '3', ...args)).toEqual(one);
  });

  it('compares with what was in every thread', async () => {
    const repository = join(home, 'repository');
    write(repository, Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`d${i}/Dockerfile`, 'FROM a:1\n'])));
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: repository });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'x');
    write(
      repository,
      Object.fromEntries([3, 17, 29].map(i => [`d${i}/Dockerfile`, 'FROM a:1\nRUN apt-get install curl\n'])),
    );
    git('add', 'd17');
    git('mv', 'd4/Dockerfile', 'd5/Dockerfile.old');
    for (const option of ['--changed', '--staged']) {
      const args = ['--format', 'compact', '--preset', 'all', option];
      const one = await start(cli, repository, ['--jobs', '1', ...args]);
      expect(one.stdout).toContain('d17/Dockerfile:2');
      expect(await start(cli, repository, ['--jobs', '3', ...args])).toEqual(one);
    }
  });

  it('lints everything itself when a thread cannot start', async () => {
    const one = await run('--jobs', '1', '--format', 'json');
    const worker = join(home, 'dist', 'worker.js');
    renameSync(worker, `${worker}.off`);
    try {
      expect(await run('--jobs', '3', '--format', 'json')).toEqual(one);
      writeFileSync(worker, 'throw new Error("no memory");');
      expect(await run('--jobs', '3', '--format', 'json')).toEqual(one);
      writeFileSync(
        worker,
        "import { workerData } from 'node:worker_threads'; Atomics.add(workerData.queue.next, 0, 7); process.exit(1);",
      );
      expect(await run('--jobs', '3', '--format', 'json')).toEqual(one);
    } finally {
      renameSync(`${worker}.off`, worker);
    }
  });

  it.skipIf(onWindows)('ends with what is known at Ctrl-C', async () => {
    const many = join(home, 'many');
    const text = `FROM debian:12.8\n${'RUN apt-get install -y curl && useradd x\n'.repeat(40)}`;
    write(many, Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`d${i}/Dockerfile`, `${text}# ${i}\n`])));
    // The first thread that starts presses Ctrl-C.
    const worker = join(home, 'dist', 'worker.js');
    renameSync(worker, `${worker}.real.js`);
    writeFileSync(worker, "process.kill(process.pid, 'SIGINT'); await import('./worker.js.real.js');");
    const { status, stdout, stderr } = await start(cli, many, [
      '--jobs',
      '2',
      '--format',
      'compact',
      '--preset',
      'all',
    ]);
    renameSync(`${worker}.real.js`, worker);
    expect(status).toBe(130);
    const [, done, total] = /^bakelint: interrupted after (\d+) of (\d+) files\n$/.exec(stderr)!.map(Number);
    expect(total).toBe(300);
    expect(done).toBeLessThan(300);
    expect(new Set(stdout.split('\n').map(line => line.split(':')[0])).size - 1).toBe(done);
  });
});

describe('the number of threads', () => {
  const options = (...args: string[]): LintOptions =>
    (parseArguments(args) as { readonly options: LintOptions }).options;
  it.each([
    [[], 5_000, 4, 4],
    [[], 5_000, 64, 8],
    [[], 250, 4, 2],
    [[], 199, 4, 1],
    [[], 5_000, undefined, 1],
    [['--jobs', '3'], 5, 1, 3],
    [['--jobs', '30'], 5, 4, 5],
    [['--jobs', '3'], 0, 4, 1],
    [['--fix'], 5_000, 4, 1],
    [['--fix', '--jobs', '4'], 5_000, 4, 1],
    [['--diff', '--jobs', '4'], 5_000, 4, 4],
  ] as const)('%j over %d files with %s cores is %d', (args, files, cores, expected) => {
    expect(jobsFor(files, options(...args), cores)).toBe(expected);
  });

  it.each(['0', '257', 'many', '-1', '1.5'])('is not %s', text => {
    expect(() => options('--jobs', text)).toThrow(
      `invalid value \`${text}\` for \`--jobs\`: expected \`auto\` or 1 to 256`,
    );
  });
});
