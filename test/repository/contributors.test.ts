/** What contributors get holds together: the editor's tasks, breakpoints, the container, the commands to type. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { engine } from '../../cli/engine.ts';
import { run } from '../../cli/run.ts';
import { temporaryFolder } from '../host.ts';
import { read, scripts } from './files.ts';

describe('the workspace of VS Code', () => {
  interface Launch {
    readonly name: string;
    readonly preLaunchTask?: string;
    readonly args?: readonly string[];
    readonly program?: string;
  }
  interface Task {
    readonly label: string;
    readonly script: string;
    readonly problemMatcher: { readonly background?: { readonly beginsPattern: string; readonly endsPattern: string } };
  }
  const launches = JSON.parse(read('.vscode/launch.json')).configurations as readonly Launch[];
  const tasks = JSON.parse(read('.vscode/tasks.json')).tasks as readonly Task[];

  it('starts tasks and programs that exist', () => {
    expect(launches.length).toBeGreaterThan(1);
    const labels = tasks.map(task => task.label);
    for (const { preLaunchTask } of launches) if (preLaunchTask !== undefined) expect(labels).toContain(preLaunchTask);
    for (const { script } of tasks) expect(Object.keys(scripts)).toContain(script);
    const paths = launches
      .flatMap(({ args = [], program = '' }) => [...args, program])
      .map(argument => /\$\{workspaceFolder\}\/(.+)$/.exec(argument)?.[1])
      .filter(path => path !== undefined);
    expect(paths).toContain('tour');
    expect(paths.filter(path => !path.startsWith('dist/') && !existsSync(path))).toEqual([]);
  });

  it('waits for the lines that the watching build prints', () => {
    const printed = [...read('build.mjs').matchAll(/console\.log\('(\[watch\][^']*)'\)/g)].map(([, line]) => line!);
    const { background } = tasks.find(task => task.label === 'watch')!.problemMatcher;
    expect(printed.some(line => new RegExp(background!.beginsPattern).test(line))).toBe(true);
    expect(printed.some(line => new RegExp(background!.endsPattern).test(line))).toBe(true);
  });
});

describe('a breakpoint', () => {
  const folder = temporaryFolder('watch');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // What F5 and the configurations of launch.json run is the watching build.
  it('is found in the sources: the maps of the watching build lead to them', async () => {
    const build = spawn(process.execPath, ['build.mjs', '--watch', `--out=${folder}`]);
    try {
      let printed = '';
      for await (const chunk of build.stdout) if ((printed += chunk).includes('[watch] build finished')) break;
    } finally {
      build.kill();
    }
    const sourcesOf = (name: string): string[] =>
      (JSON.parse(read(join(folder, `${name}.map`))).sources as string[]).map(source =>
        resolve(folder, dirname(name), source),
      );
    for (const [name, entry] of [
      ['extension.node.cjs', 'client/node.ts'],
      ['launch.node.cjs', 'client/launch-node.ts'],
      ['extension.browser.cjs', 'client/browser.ts'],
      ['vscode/server.js', 'server/extension.ts'],
      ['cli.js', 'npm/cli.ts'],
      ['bakelint.cjs', 'cli/main.ts'],
    ] as const)
      expect(sourcesOf(name)).toContain(resolve(entry));
    const maps = readdirSync(folder, { encoding: 'utf8', recursive: true }).filter(name => name.endsWith('.map'));
    // Packages name sources that they do not ship.
    const own = new Set(
      maps
        .flatMap(name => sourcesOf(name.slice(0, -'.map'.length)))
        .filter(path => !/[\\/]node_modules[\\/]|webpack:/.test(path)),
    );
    expect(own.size).toBeGreaterThan(500);
    expect([...own].filter(path => !existsSync(path))).toEqual([]);
  }, 120_000);
});

describe('the container for contributors', () => {
  it('is built from a Dockerfile in which Bakelint finds nothing', async () => {
    const config = JSON.parse(read('.devcontainer/devcontainer.json'));
    const path = `.devcontainer/${config.build.dockerfile}`;
    let out = '';
    const sink = { write: (text: string) => (out += text) };
    const host = {
      cwd: process.cwd(),
      env: {},
      stdout: sink,
      stderr: sink,
      stdin: () => Promise.reject(new Error('stdin is not read')),
      today: '2026-11-30',
      now: () => 0,
      home: process.cwd(),
      engine: async () => engine,
    };
    expect([await run(['--preset', 'strict', '--fail-on', 'warning', '--quiet', path], host), out]).toEqual([0, '']);
  });
});

describe('the commands that contributors are to type', () => {
  const fences = read('CONTRIBUTING.md').matchAll(/^```sh\n([\s\S]*?)^```/gm);
  const lines = [...fences].flatMap(([, code]) => code!.trim().split('\n'));

  it('exist, and so do the files that they name', () => {
    expect(lines.length).toBeGreaterThan(8);
    const linted = lines.flatMap(line => /^node dist\/cli\.js (?:--rule \S+ )?(\S+)$/.exec(line)?.[1] ?? []);
    expect(linted.length).toBeGreaterThan(1);
    expect(linted.filter(path => !existsSync(path))).toEqual([]);
    const known = [...read('dev/main.ts').matchAll(/case '([\w-]+)'/g)].map(match => match[1]!);
    for (const line of lines) {
      const [, script, command] = /^npm run ([\w:-]+)(?: -- ([\w-]+))?/.exec(line) ?? [];
      if (script !== undefined) expect(Object.keys(scripts)).toContain(script);
      if (script === 'dev') expect(known).toContain(command);
    }
  });
});
