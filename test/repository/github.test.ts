/** What GitHub runs and asks holds together: workflows, release notes, forms. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { KEEPERS } from '../../dev/refresh.ts';
import { notesFor } from '../../dev/release-notes.ts';
import { read, scripts, yamlIn } from './files.ts';

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
