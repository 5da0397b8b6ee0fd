/** The variables of the jobs and steps of pipelines: of one name, each job may have another value. */
import type { Setting } from '../../facts/config-files/setting.ts';
import { crossed, firstOf, grouped } from './values.ts';
import { putOutIn } from './workflow-values.ts';

/** Texts of variables of one place: the runs of a job with a matrix. */
const MOST_RUNS = 60;
const MOST_VARIABLES = 60;
const MOST_SCOPES = 500;

interface Scope {
  readonly start: number;
  readonly end: number;
  /** Of each run the variables, as a shell sets them. */
  readonly runs: readonly string[];
}

/** For a place, the variables that hold there: one text for each run of the job. */
export type Scopes = (index: number) => readonly string[];

const NONE: readonly string[] = [''];

/** Whether a text has variables of jobs at all. */
export const hasScopes = (text: string): boolean =>
  /^[ \t]{1,40}(?:- )?(?:env|variables|environment|matrix):/m.test(text);

export function scopesIn(settings: readonly Setting[]): Scopes {
  const scopes = [...ofJobs(settings), ...ofSteps(settings)].slice(0, MOST_SCOPES);
  return index => {
    const around = scopes.filter(({ start, end }) => start <= index && index <= end);
    if (around.length === 0) return NONE;
    // What is written first holds: a step before its job.
    const inner = around.sort((a, b) => b.start - a.start);
    return inner.reduce((runs, scope) => crossed(runs, scope.runs, MOST_RUNS, (one, other) => `${one}${other}`), NONE);
  };
}

const line = (name: string, { literal }: Setting): string =>
  !literal?.trim() || /[\n\r]/.test(literal.trim()) || !/^[A-Za-z_]\w{0,60}$/.test(name)
    ? ''
    : `${name}=${literal.trim()}\n`;

const around = (group: readonly Setting[], runs: readonly string[]): Scope => ({
  start: group[0]!.span.start,
  end: group.at(-1)!.span.end,
  runs,
});

export const written = (settings: readonly Setting[], nameAt: number): string =>
  settings
    .slice(0, MOST_VARIABLES)
    .map(one => line(one.path[nameAt] ?? '', one))
    .join('');

/** The environment of all jobs, as a shell sets it. */
export const envOf = (settings: readonly Setting[]): string =>
  written(
    settings.filter(({ path }) => path.length === 2 && path[0] === 'env'),
    1,
  );

/** `env` of GitHub, `environment` of CircleCI, `variables` of Azure. */
const OF_JOB = /^(?:env|environment|variables)$/;

function* ofJobs(settings: readonly Setting[]): Iterable<Scope> {
  // The steps of an action that is one of the repository are a job, too.
  const depthOf = ({ path }: Setting) =>
    path[0] === 'jobs' && path.length > 3 ? 2 : path[0] === 'runs' && path[1] === 'steps' ? 2 : undefined;
  for (const group of grouped(settings, depthOf)) {
    const own = written(
      group.filter(({ path }) => path.length === 4 && path[0] === 'jobs' && OF_JOB.test(path[2]!)),
      3,
    );
    const texts = putOutIn(group).map(text => `${text}${own}`);
    if (texts.some(text => text !== '')) yield around(group, texts);
  }
}

function* ofSteps(settings: readonly Setting[]): Iterable<Scope> {
  const isIn = ({ path }: Setting) => (path[0] === 'jobs' && path[2] === 'steps' ? 4 : undefined);
  for (const group of grouped(settings, isIn)) {
    const text = written(
      group.filter(({ path }) => path.length === 6 && path[4] === 'env'),
      5,
    );
    if (text !== '') yield around(group, [text]);
  }
}

/** https://docs.gitlab.com/ci/yaml/#parallelmatrix */
export function matrixOf(job: readonly Setting[]): readonly string[] {
  const rows = grouped(job, ({ path }) =>
    path[1] === 'parallel' && path[2] === 'matrix' && path.length > 4 ? 4 : undefined,
  );
  return firstOf(
    rows.flatMap(row => {
      const axes = grouped(row, () => 5);
      return axes.reduce<readonly string[]>(
        (runs, values) => crossed(runs, values, MOST_RUNS, (run, value) => `${run}${line(value.path[4] ?? '', value)}`),
        NONE,
      );
    }),
    MOST_RUNS,
  );
}
