/** What the steps of a workflow build with Docker's action, https://github.com/docker/build-push-action, and others. */
import type { Setting } from '../../facts/config-files/setting.ts';
import { argumentsOf, labelsOf, targetOf } from './arguments.ts';
import { filledBy, type Row, rowsOf } from './matrix.ts';
import type { BuildCall } from './model.ts';
import { type Naming, withEach } from './naming.ts';
import type { Scopes } from './scopes.ts';
import { grouped, MOST } from './values.ts';
import { type Variant, type Variants, variantsIn } from './variants.ts';

/** Steps that use an action to build, once for each row of the matrix of their job. */
export function ofWorkflow(settings: readonly Setting[], naming: Naming, scopes: Scopes): readonly BuildCall[] {
  const steps = grouped(settings, ({ path }) => {
    const at = path.indexOf('steps');
    return at < 0 || path.length < at + 3 ? undefined : at + 2;
  });
  const rows = new Map(jobsOf(settings).map(job => [job[0]!.path[1], rowsOf(job)]));
  const calls: BuildCall[] = [];
  for (const step of steps) {
    const uses = step.find(({ path }) => path.at(-1) === 'uses');
    // Copies of an action have the name of the original.
    const action = /([^/@]{1,80})(?:@|$)/.exec(uses?.literal?.toLowerCase() ?? '')?.[1];
    const build = action !== undefined && Object.hasOwn(BUILDERS, action) ? BUILDERS[action] : undefined;
    if (!build) continue;
    const isVaried =
      step.some(({ literal }) => literal?.includes('matrix.')) || scopes(uses!.span.start)[0]?.includes('matrix.');
    const own = uses!.path[0] === 'jobs' && isVaried ? rows.get(uses!.path[1]) : undefined;
    const variants = own && own.length > 0 ? own : [NO_ROW];
    const [variables = ''] = scopes(uses!.span.start);
    for (const row of variants) {
      if (calls.length >= MOST) return calls;
      const inside = variables === '' ? naming : naming.with(filledBy(row, variables));
      calls.push(build({ uses: uses!, step, steps, row }, inside));
    }
  }
  return calls;
}

const NO_ROW: Row = new Map();
/** Runs of one command. */
const MOST_RUNS = 100;

const jobsOf = (settings: readonly Setting[]): readonly (readonly Setting[])[] =>
  grouped(settings, ({ path }) => (path[0] === 'jobs' && path.length > 2 ? 2 : undefined));

/** The runs of commands in the steps of jobs, with the variables and the matrix of the job, by where they are. */
export function runsOfJobs(settings: readonly Setting[], text: string, scopes: Scopes): Variants {
  const jobs = jobsOf(settings).flatMap(job => {
    const rows = rowsOf(job);
    return rows.length > 0 ? [{ start: job[0]!.span.start, end: job.at(-1)!.span.end, rows }] : [];
  });
  const ofScript = variantsIn(text);
  const namings = new Map<string, Naming>();
  const namingWith = (variables: string, naming: Naming): Naming => {
    const known = namings.get(variables) ?? (variables === '' ? naming : naming.with(variables));
    namings.set(variables, known);
    return known;
  };
  return (index, written, naming) => {
    const own = written.includes('$') ? scopes(index) : [''];
    const isVaried = written.includes('matrix.') || own.some(one => one.includes('matrix.'));
    const job = isVaried ? jobs.find(({ start, end }) => start <= index && index <= end) : undefined;
    const variants: Variant[] = [];
    for (const row of job?.rows ?? [NO_ROW])
      for (const variables of own) {
        if (variants.length >= MOST_RUNS) return variants;
        const inside = namingWith(filledBy(row, variables), naming);
        for (const { fill, naming: own } of ofScript(index, filledBy(row, written), inside))
          variants.push({ fill: one => fill(filledBy(row, one)), naming: own });
      }
    return variants;
  };
}

interface Step {
  readonly uses: Setting;
  readonly step: readonly Setting[];
  readonly steps: readonly (readonly Setting[])[];
  readonly row: Row;
}

/** By the name of the action. */
const BUILDERS: Readonly<Record<string, (step: Step, naming: Naming) => BuildCall>> = {
  'build-push-action': ofBuildAction,
  // https://github.com/redhat-actions/buildah-build
  'buildah-build': ({ uses, step, row }, naming) => {
    const given = givenIn(step, row);
    const image = given('image');
    const tags = (given('tags') ?? 'latest').split(/\s+/).filter(Boolean);
    const file = (given('containerfiles') ?? given('dockerfiles'))?.trim().split(/\s+/)[0];
    const names = image === undefined ? [] : tags.map(tag => ({ written: `${image}:${tag}`, span: uses.span }));
    const paths = withEach({ context: given('context') ?? '.', file }, names, naming);
    return { ...paths, by: 'workflow', target: undefined, span: uses.span };
  },
  // https://github.com/elgohr/Publish-Docker-Github-Action
  'publish-docker-github-action': ({ uses, step, row }, naming) => {
    const given = givenIn(step, row);
    const directory = given('workdir') ?? '.';
    const file = given('dockerfile');
    const names = [{ written: given('name'), span: uses.span }];
    const paths = { context: directory, file: file === undefined ? undefined : `${directory}/${file}` };
    return { ...withEach(paths, names, naming), by: 'workflow', target: undefined, span: uses.span };
  },
};

const givenIn =
  (step: readonly Setting[], row: Row) =>
  (key: string): string | undefined => {
    const written = givenTo(step, key)?.literal;
    return written === undefined ? undefined : filledBy(row, written);
  };

function ofBuildAction({ uses, step, steps, row }: Step, naming: Naming): BuildCall {
  const given = givenIn(step, row);
  // https://github.com/docker/build-push-action/tree/v1
  const repository = given('repository');
  if (repository !== undefined) {
    const registry = given('registry');
    const whole = registry === undefined ? repository : `${registry}/${repository}`;
    const own = (given('tags') ?? 'latest').split(',').map(tag => `${whole}:${tag.trim()}`);
    const paths = { context: given('path') ?? '.', file: given('dockerfile') };
    const names = own.map(written => ({ written, span: uses.span }));
    return {
      ...withEach(paths, names, naming),
      by: 'workflow',
      target: targetOf(given('target'), naming),
      span: uses.span,
    };
  }
  const tags = wordsOf(givenTo(step, 'tags'), row).flatMap(one => {
    const id = /steps\.([\w-]{1,60})\.outputs\.tags/.exec(one.written)?.[1];
    const made = id === undefined ? undefined : stepCalled(id, step, steps);
    return id === undefined ? [one] : wordsOf(made && givenTo(made, 'images'), row);
  });
  const target = given('target');
  const paths = withEach({ context: given('context') ?? '.', file: given('file') }, tags, naming);
  const lines =
    given('build-args')
      ?.split('\n')
      .map(line => line.trim()) ?? [];
  return {
    ...paths,
    ...argumentsOf(lines, naming),
    ...labelsOf(labelsIn(givenTo(step, 'labels'), step, steps), naming),
    by: 'workflow',
    target: targetOf(target, naming),
    span: uses.span,
  };
}

const givenTo = (step: readonly Setting[], key: string): Setting | undefined =>
  step.find(({ path }) => path.at(-2) === 'with' && path.at(-1) === key);

/** The step of the same job with the id: https://github.com/docker/metadata-action makes tags and labels. */
function stepCalled(
  id: string,
  step: readonly Setting[],
  steps: readonly (readonly Setting[])[],
): readonly Setting[] | undefined {
  const job = (one: readonly Setting[]) => one[0]?.path.slice(0, one[0].path.indexOf('steps')).join('\0');
  return steps.find(
    one => job(one) === job(step) && one.some(({ path, literal }) => path.at(-1) === 'id' && literal === id),
  );
}

/** The labels that the action sets by itself, from the repository. */
const OF_METADATA = ['created', 'description', 'licenses', 'revision', 'source', 'title', 'url', 'version'].map(
  name => `org.opencontainers.image.${name}=`,
);

/** The lines `KEY=x`, and those that a step makes of the repository. */
function labelsIn(
  given: Setting | undefined,
  step: readonly Setting[],
  steps: readonly (readonly Setting[])[],
): readonly string[] {
  const lines = given?.literal?.split('\n').map(line => line.trim()) ?? [];
  return lines.flatMap(line => {
    const id = /steps\.([\w-]{1,60})\.outputs\.labels/.exec(line)?.[1];
    if (id === undefined) return line.includes('=') ? [line] : [];
    const made = stepCalled(id, step, steps);
    const own = made && givenTo(made, 'labels')?.literal?.split('\n');
    return [...(own ?? []).filter(line => line.includes('=')), ...OF_METADATA];
  });
}

/** The words of a list in a string; `${{ … }}` is one. */
function wordsOf(
  one: Setting | undefined,
  row: Row,
): readonly { readonly written: string; readonly span: Setting['span'] }[] {
  const { span } = one?.value ?? {};
  if (!one || !span) return [];
  const words = filledBy(row, one.literal ?? '').match(/(?:\$\{\{[^}]{0,200}\}\}|[^\s,]){1,400}/g) ?? [];
  return words.filter(word => !/^(?:type|enable|name)=/.test(word)).map(written => ({ written, span }));
}
