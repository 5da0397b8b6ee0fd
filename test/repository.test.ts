/** What surrounds the code holds together: the editor's tasks, the container for contributors, what GitHub runs and asks. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { parseArguments } from '../cli/args.ts';
import { engine } from '../cli/engine.ts';
import { run } from '../cli/run.ts';
import { preCommitMirror } from '../dev/pre-commit-mirror.ts';
import { KEEPERS } from '../dev/refresh.ts';
import { notesFor } from '../dev/release-notes.ts';
import { temporaryFolder } from './host.ts';

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
      ['cli.js', 'cli/cli.ts'],
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

const yamlIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter(name => /\.ya?ml$/.test(name))
    .map(name => `${folder}/${name}`);

describe('the workflows', () => {
  interface Step {
    readonly uses?: string;
    readonly with?: Readonly<Record<string, unknown>>;
    readonly run?: string;
  }
  interface Workflow {
    readonly on: unknown;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly jobs: Readonly<
      Record<
        string,
        { readonly permissions?: object; readonly 'timeout-minutes'?: number; readonly steps: readonly Step[] }
      >
    >;
  }
  const workflows = yamlIn('.github/workflows').map(path => ({
    path,
    text: read(path),
    workflow: parse(read(path)) as Workflow,
  }));
  const steps = workflows.flatMap(({ path, workflow }) =>
    Object.values(workflow.jobs).flatMap(job => job.steps.map(step => ({ path, ...step }))),
  );

  it('are there, each with jobs that end', () => {
    expect(workflows.map(({ path }) => path.split('/').pop())).toEqual(['ci.yml', 'refresh.yml', 'release.yml']);
    for (const { workflow } of workflows) {
      expect(workflow.on).toBeDefined();
      for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
    }
  });

  it('use actions by the digest of a commit, with the version beside it', () => {
    const uses = steps.flatMap(step => step.uses ?? []);
    expect(uses.length).toBeGreaterThan(5);
    expect(uses.filter(name => !/^[\w.-]+\/[\w.-]+@[0-9a-f]{40}$/.test(name))).toEqual([]);
    const versions = new Map<string, Set<string>>();
    for (const { text } of workflows)
      for (const [, name, version] of text.matchAll(/uses: (\S+)(?: # (v\d+\.\d+\.\d+))?$/gm))
        versions.set(name!, (versions.get(name!) ?? new Set()).add(version ?? 'none'));
    expect([...versions.keys()].toSorted()).toEqual([...new Set(uses)].toSorted());
    for (const [name, said] of versions) expect([name, [...said]]).toEqual([name, [expect.stringMatching(/^v/)]]);
  });

  it('may do nothing but read, unless a job says what for', () => {
    for (const { path, text, workflow } of workflows) {
      expect([path, workflow.permissions]).toEqual([path, path.endsWith('/ci.yml') ? { contents: 'read' } : {}]);
      for (const [, line] of text.matchAll(/^( +[\w-]+: write.*)$/gm)) expect(line).toMatch(/: write # \w/);
      for (const [name, job] of Object.entries(workflow.jobs))
        if (!path.endsWith('/ci.yml')) expect([name, job.permissions]).toEqual([name, expect.anything()]);
    }
    const checkouts = steps.filter(step => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts.filter(step => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });

  it('put nothing from outside into a script', () => {
    expect(steps.filter(({ run = '' }) => run.includes('${{')).map(({ path, run }) => `${path}: ${run}`)).toEqual([]);
  });

  it('run scripts and commands that exist', () => {
    const commands = steps.flatMap(({ run = '' }) => [
      ...run.matchAll(/\bnpm run (?:-s )?([\w:-]+)(?: -- ([\w-]+))?/g),
    ]);
    expect(commands.length).toBeGreaterThan(4);
    expect(commands.filter(([, script]) => !(script! in scripts)).map(([all]) => all)).toEqual([]);
    const known = [...read('dev/main.ts').matchAll(/case '([\w-]+)'/g)].map(match => match[1]);
    expect(commands.flatMap(([, script, command]) => (script === 'dev' ? [command] : []))).toEqual(
      expect.arrayContaining(['release-notes', 'refresh']),
    );
    for (const [, script, command] of commands) if (script === 'dev') expect(known).toContain(command!);
    expect(steps.some(({ run = '' }) => run.includes('bash .ci/run'))).toBe(true);
  });

  it('refresh every file of data/ that has a source to read', () => {
    const refreshed = steps.flatMap(({ run = '' }) => [...run.matchAll(/dev -- refresh ([\w-]+) (\S+)/g)]);
    const readable = Object.entries(KEEPERS).flatMap(([what, { input }]) => {
      const url = /^https:\/\/[^\s,]+/.exec(input ?? '')?.[0];
      return url === undefined ? [] : [[what, url]];
    });
    expect(refreshed.map(([, what, url]) => [what, url])).toEqual(readable);
    expect(readable.length).toBeGreaterThan(0);
  });
});

describe('the notes of a release', () => {
  const manifest = { version: '1.2.0', repository: { url: 'https://example.com/o/r.git' } };
  const changelog = '# Changelog\n\n## 1.2.0 (ruleset 2027.01)\n\n- [New](docs/x.md)\n\n## 1.1.0\n\n- Old\n';

  it('are the section of the version that the tag names', () => {
    expect(notesFor('v1.2.0', manifest, changelog)).toEqual({
      text: '- [New](https://example.com/o/r/blob/v1.2.0/docs/x.md)\n',
    });
  });

  it('exist for the version that is being worked on', () => {
    const own = JSON.parse(read('package.json'));
    expect(notesFor(`v${own.version}`, own, read('CHANGELOG.md'))).toHaveProperty('text');
  });

  it.each([
    ['v1.3.0', 'The tag v1.3.0 does not match version 1.2.0 in package.json'],
    ['1.2.0', 'The tag "1.2.0" is not a version such as v1.2.3'],
    ['v1.2.0; ls', 'The tag "v1.2.0; ls" is not a version such as v1.2.3'],
  ])('are refused for %s', (tag, problem) => {
    expect(notesFor(tag, manifest, changelog)).toEqual({ problem });
  });

  it('are refused where the change log says nothing', () => {
    const problem = 'CHANGELOG.md has no section for 1.2.0';
    expect(notesFor('v1.2.0', manifest, '## 1.2.0\n\n## 1.1.0\n\n- Old\n')).toEqual({ problem });
    expect(notesFor('v1.2.0', manifest, '## 1.2.00\n\n- x\n')).toEqual({ problem });
  });
});

describe('what GitHub asks people', () => {
  interface Field {
    readonly type: string;
    readonly id?: string;
    readonly attributes: { readonly label?: string; readonly value?: string; readonly options?: readonly unknown[] };
  }
  const forms = yamlIn('.github/ISSUE_TEMPLATE').filter(path => !path.endsWith('/config.yml'));

  it('has a form for each kind of issue, and sends vulnerabilities elsewhere', () => {
    expect(forms.map(path => path.split('/').pop())).toEqual([
      'bug.yml',
      'false-alarm.yml',
      'missing-finding.yml',
      'new-rule.yml',
    ]);
    const config = parse(read('.github/ISSUE_TEMPLATE/config.yml'));
    expect(config).toMatchObject({
      blank_issues_enabled: false,
      contact_links: [{ url: expect.stringContaining('/security/advisories/new') }],
    });
  });

  // GitHub shows no form at all for a file that is not as it wants it.
  it.each(forms)('%s is a form as GitHub reads them', path => {
    const form = parse(read(path)) as { name: string; description: string; body: readonly Field[] };
    for (const field of ['name', 'description']) expect(form).toHaveProperty(field, expect.stringMatching(/./));
    const ids = form.body.flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { type, id, attributes } of form.body) {
      expect(['markdown', 'input', 'textarea', 'dropdown', 'checkboxes']).toContain(type);
      if (type === 'markdown') expect(attributes.value).toMatch(/./);
      else expect([id, attributes.label]).toEqual([expect.stringMatching(/^[\w-]+$/), expect.stringMatching(/./)]);
      if (type === 'dropdown' || type === 'checkboxes') expect(attributes.options?.length).toBeGreaterThan(0);
    }
  });

  it('opens pull requests with a list of what is to be done', () => {
    const template = read('.github/pull_request_template.md');
    expect(template).toContain('- [ ] ');
    for (const [, script] of template.matchAll(/npm run ([\w:-]+)/g)) expect(Object.keys(scripts)).toContain(script);
  });

  it('keeps dependencies and actions fresh', () => {
    const { updates } = parse(read('.github/dependabot.yml')) as {
      updates: readonly { readonly directory?: string; readonly directories?: readonly string[] }[];
    };
    const folders = updates.flatMap(({ directory, directories = [] }) => [directory ?? [], directories].flat());
    for (const folder of folders.filter(folder => folder !== '/'))
      expect(existsSync(`.${folder}/package-lock.json`)).toBe(true);
  });
});

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
