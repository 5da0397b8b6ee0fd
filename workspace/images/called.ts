/**
 * What workflows build by other files of the repository that they call with inputs: reusable workflows and composite
 * actions, https://docs.github.com/actions/how-tos/reuse-automations
 */
import { joinPath } from '../../core/path.ts';
import type { Setting } from '../../facts/config-files/setting.ts';
import { type BakeFiles, bakedInWorkflow } from './bake/calls.ts';
import { commandsIn } from './commands.ts';
import type { Included } from './includes.ts';
import { filledBy, type Row, rowsOf } from './matrix.ts';
import type { BuildCall, Retag } from './model.ts';
import type { Naming } from './naming.ts';
import { type Built, jobsOf, ofWorkflow, runsOfJobs } from './of-workflow.ts';
import { scopesIn } from './scopes.ts';
import { movedTo, retagMovedTo, settingsOf } from './values.ts';
import { valuesOf } from './workflow-values.ts';

/** Calls of one file, runs of one call, and calls in calls. */
const MOST_CALLS = 60;
const MOST_RUNS = 40;
const MOST_IN_ALL = 200;
const DEEPEST = 2;

/** The directory that paths of actions count from. */
export const rootOf = (path: string): string =>
  path.slice(0, Math.max(0, path.search(/\/\.(?:github|forgejo|gitea)\//)));

/** The files that an action or a workflow may be. */
export const filesOf = (root: string, uses: string): readonly string[] =>
  (/\.ya?ml$/.test(uses) ? [uses] : [`${uses}/action.yml`, `${uses}/action.yaml`]).map(path => joinPath(root, path));

export class CalledWorkflows {
  private readonly settings = new Map<string, readonly Setting[]>();
  private readonly said = new Map<string, ReadonlySet<string>>();
  private left = MOST_IN_ALL;

  constructor(
    private readonly root: string,
    private readonly included: readonly Included[],
    private readonly namingBy: (text: string) => Naming,
    private readonly baked: BakeFiles,
  ) {}

  /** `base` is what expressions of the caller stand for. */
  of(settings: readonly Setting[], naming: Naming, base: Row, depth = 0): Built {
    const builds: BuildCall[] = [];
    const retags: Retag[] = [];
    const scopes = scopesIn(settings);
    const rows = new Map(jobsOf(settings).map(job => [job[0]!.path[1], rowsOf(job, base)]));
    const calls = settings.filter(({ path, literal }) => path.at(-1) === 'uses' && literal?.startsWith('./'));
    for (const uses of calls.slice(0, MOST_CALLS)) {
      const paths = filesOf(this.root, uses.literal!);
      const called = this.included.find(({ path }) => paths.includes(path));
      if (!called) continue;
      const parent = uses.path.slice(0, -1);
      const given = settings.filter(
        ({ path }) =>
          path.length === parent.length + 2 &&
          path[parent.length] === 'with' &&
          parent.every((key, i) => key === path[i]),
      );
      const own = uses.path[0] === 'jobs' ? (rows.get(uses.path[1]) ?? []) : [];
      const [variables = ''] = scopes(uses.span.start);
      const seen = new Set<string>();
      for (const row of own.length > 0 ? own.slice(0, MOST_RUNS).map(one => new Map([...base, ...one])) : [base]) {
        const inside = variables === '' ? naming : naming.with(filledBy(row, variables));
        const inputs = given.flatMap(({ path, literal }) =>
          literal === undefined ? [] : [[`inputs.${path.at(-1)}`, filledIn(filledBy(row, literal), inside)] as const],
        );
        const key = JSON.stringify(inputs);
        if (seen.has(key) || this.left-- <= 0) continue;
        seen.add(key);
        const found = this.run(called, new Map(inputs), depth);
        builds.push(...found.builds.map(one => movedTo(one, uses.span)));
        retags.push(...found.retags.map(one => retagMovedTo(one, uses.span)));
      }
    }
    return { builds, retags };
  }

  /** What a called file builds with inputs, but for what it says alone. */
  private run(called: Included, inputs: Row, depth: number): Built {
    const settings = this.settings.get(called.path) ?? settingsOf(called.text);
    this.settings.set(called.path, settings);
    const defaults = valuesOf(settings);
    const naming = this.namingBy(called.text);
    const keys = (all: Built): ReadonlySet<string> =>
      new Set([...all.builds, ...all.retags].map(one => JSON.stringify(one)));
    const said = this.said.get(called.path) ?? keys(saidBy(called.text, settings, naming, defaults, this.baked));
    this.said.set(called.path, said);
    const base = new Map([...defaults, ...inputs]);
    const found = saidBy(called.text, settings, naming, base, this.baked);
    const others = depth < DEEPEST ? this.of(settings, naming, base, depth + 1) : { builds: [], retags: [] };
    const isNew = (one: BuildCall | Retag): boolean => !said.has(JSON.stringify(one));
    return {
      builds: [...found.builds.filter(isNew), ...others.builds],
      retags: [...found.retags.filter(isNew), ...others.retags],
    };
  }
}

function saidBy(text: string, settings: readonly Setting[], naming: Naming, base: Row, baked: BakeFiles): Built {
  const scopes = scopesIn(settings);
  const runs = runsOfJobs(settings, text, scopes, base);
  const { builds, retags } = commandsIn(text, naming, false, runs);
  const steps = ofWorkflow(settings, naming, scopes, base, baked);
  return {
    builds: [...builds, ...steps.builds, ...bakedInWorkflow(text, baked, runs, naming)],
    retags: [...retags, ...steps.retags],
  };
}

/** With the variables of the caller; lists keep their lines. */
const filledIn = (written: string, naming: Naming): string =>
  written.includes('$')
    ? written
        .split('\n', 60)
        .map(line => naming.filled(line))
        .join('\n')
    : written;
