/** What surrounds the code holds together: the editor's tasks, the container for contributors, the attributes of files. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { engine } from '../cli/engine.ts';
import { run } from '../cli/run.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

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
    expect(paths).toContain('examples');
    expect(paths.filter(path => !path.startsWith('dist/') && !existsSync(path))).toEqual([]);
  });

  it('waits for the lines that the watching build prints', () => {
    const printed = [...read('build.mjs').matchAll(/console\.log\('(\[watch\][^']*)'\)/g)].map(([, line]) => line!);
    const { background } = tasks.find(task => task.label === 'watch')!.problemMatcher;
    expect(printed.some(line => new RegExp(background!.beginsPattern).test(line))).toBe(true);
    expect(printed.some(line => new RegExp(background!.endsPattern).test(line))).toBe(true);
  });
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
