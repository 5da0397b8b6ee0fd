/** What pipelines use holds together: the action, the images, the plugins. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { parseArguments } from '../../cli/args.ts';
import { engine } from '../../cli/engine.ts';
import { run } from '../../cli/run.ts';
import { preCommitMirror } from '../../dev/pre-commit-mirror.ts';
import { temporaryFolder } from '../host.ts';
import { read } from './files.ts';

describe('what pipelines use', () => {
  interface Input {
    readonly description: string;
    readonly default: string;
  }
  const action = parse(read('action.yml')) as {
    readonly inputs: Readonly<Record<string, Input>>;
    readonly runs: { readonly steps: readonly { readonly uses?: string; readonly env?: Record<string, string> }[] };
  };

  it('the action documents its inputs, and each of them reaches the script or a condition', () => {
    const guide = read('docs/ci.md');
    const written = read('action.yml').split('\nruns:')[1]!;
    expect(Object.keys(action.inputs).filter(name => !guide.includes(`| \`${name}\` |`))).toEqual([]);
    expect(Object.keys(action.inputs).filter(name => !written.includes(`inputs.${name}`))).toEqual([]);
    for (const { uses } of action.runs.steps) if (uses) expect(uses).toMatch(/@[0-9a-f]{40}$/);
  });

  it('the action gives its inputs to the command line as arguments, whatever is in them', () => {
    const folder = temporaryFolder('action');
    try {
      mkdirSync(join(folder, 'bin'));
      writeFileSync(
        join(folder, 'bin/npx'),
        '#!/bin/sh\nprintf "%s\\n" "$@" > "$RUNNER_TEMP/arguments"\ntouch "$RUNNER_TEMP/bakelint.sarif"\nexit 1\n',
        { mode: 0o755 },
      );
      const { status } = spawnSync('bash', ['ci/action.sh'], {
        env: {
          PATH: `${folder}/bin:${process.env.PATH}`,
          GITHUB_ACTION_PATH: process.cwd(),
          GITHUB_OUTPUT: `${folder}/output`,
          RUNNER_TEMP: folder,
          BAKELINT_PATHS: 'a b\n--fix\n$(touch x)\n',
          BAKELINT_CHANGED: 'true',
          BAKELINT_PRESET: 'strict',
          BAKELINT_FAIL_ON: '',
        },
      });
      const { version } = JSON.parse(read('package.json'));
      expect(status).toBe(1);
      expect(read(`${folder}/output`)).toBe(`sarif=${folder}/bakelint.sarif\n`);
      const given = read(`${folder}/arguments`).trimEnd().split('\n');
      expect(given.slice(0, 2)).toEqual(['--yes', `bakelint@${version}`]);
      const parsed = parseArguments(given.slice(2));
      expect(parsed).toMatchObject({
        kind: 'lint',
        options: {
          paths: ['a b', '--fix', '$(touch x)'],
          fix: [],
          select: [],
          ignore: [],
          shard: undefined,
          failOn: 'warning',
          preset: 'strict',
          compared: { kind: 'changed', since: undefined },
          outputs: [{ format: 'github' }, { format: 'sarif', file: `${folder}/bakelint.sarif` }],
        },
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('every command of the guide is one that the command line takes', () => {
    const commands = [
      ...read('docs/ci.md').matchAll(/(?:npx --yes bakelint@[\d.]+|\$ bakelint|`bakelint) ?([^`|\n']*)/g),
    ];
    expect(commands.length).toBeGreaterThan(6);
    // What the pipeline puts in for its variables.
    const given = (text: string): string =>
      text.replace('"$CI_NODE_INDEX/$CI_NODE_TOTAL"', '1/4').replace('$CI_NODE_INDEX/$CI_NODE_TOTAL', '1/4');
    for (const [, rest = ''] of commands)
      expect(
        parseArguments(
          given(rest)
            .split(' ')
            .filter(word => word !== ''),
        ).kind,
      ).toBe('lint');
  });

  it('the templates are YAML, and the versions in the guide are the one of the package', () => {
    const { version } = JSON.parse(read('package.json'));
    const guide = read('docs/ci.md');
    for (const [, block] of guide.matchAll(/```yaml\n([\s\S]*?)```/g)) expect(parse(block!)).toBeTypeOf('object');
    expect(parseAllDocuments(read('ci/gitlab/bakelint.yml')).flatMap(one => one.errors)).toEqual([]);
    for (const [, found] of guide.matchAll(/bakelint(?:-pre-commit)?(?:@v?|\n {4}rev: v)(\d+\.\d+\.\d+)/g))
      expect(found).toBe(version);
  });

  it('the plugin of MegaLinter has what its schema requires, and arguments that the program takes', () => {
    const file = 'ci/mega-linter-plugin-bakelint/bakelint.megalinter-descriptor.yml';
    const { version } = JSON.parse(read('package.json'));
    const descriptor = parse(read(file));
    expect(Object.keys(descriptor)).toEqual(
      expect.arrayContaining(['descriptor_id', 'descriptor_type', 'linters', 'lint_all_files']),
    );
    const [linter] = descriptor.linters;
    expect(linter).toMatchObject({ linter_name: 'bakelint', cli_lint_mode: 'project', examples: expect.any(Array) });
    expect(linter.install.dockerfile).toEqual([`RUN npm install --global bakelint@${version}`]);
    const given = [...linter.cli_sarif_args, linter.cli_config_arg_name, linter.config_file_name];
    expect(parseArguments(given.map((word: string) => word.replace('{{SARIF_OUTPUT_FILE}}', 'a.sarif'))).kind).toBe(
      'lint',
    );
    expect(read('docs/ci.md')).toContain(`/v${version}/${file}`);
  });

  it('the mirror for pre-commit depends on the package and starts its program', () => {
    const folder = temporaryFolder('mirror');
    try {
      expect(preCommitMirror([folder, '1.2.3'])).toBe(0);
      const manifest = JSON.parse(read(`${folder}/package.json`));
      expect([manifest.version, manifest.dependencies]).toEqual(['1.2.3', { bakelint: '1.2.3' }]);
      const [hook] = parse(read(`${folder}/.pre-commit-hooks.yaml`));
      expect(Object.keys(manifest.bin)).toEqual([hook.entry]);
      mkdirSync(join(folder, 'node_modules/bakelint/dist'), { recursive: true });
      writeFileSync(join(folder, 'node_modules/bakelint/package.json'), '{ "type": "module" }');
      writeFileSync(join(folder, 'node_modules/bakelint/dist/cli.js'), 'console.log(process.argv.slice(2));');
      const { stdout } = spawnSync(process.execPath, [join(folder, manifest.bin.bakelint), 'a', '-b'], {
        encoding: 'utf8',
      });
      expect(stdout).toBe("[ 'a', '-b' ]\n");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('the container is built from a Containerfile in which `strict` finds nothing but the missing digest', async () => {
    let out = '';
    const sink = { write: (text: string) => (out += text) };
    await run(['--preset', 'strict', '--format', 'compact', 'Containerfile'], {
      cwd: process.cwd(),
      env: {},
      stdout: sink,
      stderr: sink,
      stdin: () => Promise.reject(new Error('stdin is not read')),
      today: '2026-11-29',
      now: () => 0,
      home: process.cwd(),
      engine: async () => engine,
    });
    expect(
      out
        .trimEnd()
        .split('\n')
        .filter(line => !line.endsWith('[base-image-without-digest]')),
    ).toEqual([]);
  });
});
