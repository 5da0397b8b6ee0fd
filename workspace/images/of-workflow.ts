/** What the steps of a workflow build with Docker's action, https://github.com/docker/build-push-action, and others. */
import type { Setting } from '../../facts/config-files/setting.ts';
import { argumentsOf, contextsGiven, labelsOf, targetOf } from './arguments.ts';
import type { BakeFiles } from './bake/calls.ts';
import { filledBy, isVaried, type Row, rowsOf } from './matrix.ts';
import { namesOfMetadata, type WrittenName } from './metadata.ts';
import type { BuildCall, Retag } from './model.ts';
import { type Naming, withEach } from './naming.ts';
import { envOf, type Scopes } from './scopes.ts';
import { grouped, MOST, retagOf } from './values.ts';
import { type Variant, type Variants, variantsIn } from './variants.ts';

/** What steps build, and further names that they give. */
export interface Built {
  readonly builds: readonly BuildCall[];
  readonly retags: readonly Retag[];
}

/** Names of one file: each step may have many for each row. */
const MOST_NAMES = 5_000;

/** Steps that use an action to build, once for each row of the matrix of their job; `base` is what each row has beside. */
export function ofWorkflow(
  settings: readonly Setting[],
  naming: Naming,
  scopes: Scopes,
  base: Row,
  baked?: BakeFiles,
): Built {
  const steps = stepsOf(settings);
  const rows = new Map(jobsOf(settings).map(job => [job[0]!.path[1], rowsOf(job, base)]));
  const varied = new Set(steps.filter(one => one.some(({ literal }) => isVaried(literal ?? ''))).map(jobOf));
  const namingWith = namings();
  const ofAll = envOf(settings);
  const builds: BuildCall[] = [];
  const retags: Retag[] = [];
  let names = 0;
  for (const step of steps) {
    const uses = step.find(({ path }) => path.at(-1) === 'uses');
    // Copies of an action have the name of the original.
    const action = /([^/@]{1,80})(?:@|$)/.exec(uses?.literal?.toLowerCase() ?? '')?.[1];
    const build = action !== undefined && Object.hasOwn(BUILDERS, action) ? BUILDERS[action] : undefined;
    const retag = action !== undefined && Object.hasOwn(RETAGGERS, action) ? RETAGGERS[action] : undefined;
    const isBake = action === 'bake-action' && baked?.isEmpty === false;
    if (!build && !retag && !isBake) continue;
    const inMatrix = varied.has(jobOf(step));
    const seen = new Set<string>();
    const runs = scopes(uses!.span.start);
    for (const variables of runs) {
      const own = uses!.path[0] === 'jobs' && (inMatrix || isVaried(variables)) ? rows.get(uses!.path[1]) : undefined;
      for (const row of own && own.length > 0 ? own.map(one => new Map([...base, ...one])) : [base]) {
        if (builds.length >= MOST || retags.length >= MOST || names >= MOST_NAMES) return { builds, retags };
        const inside = namingWith(filledBy(row, variables), naming);
        const given: Step = { uses: uses!, step, steps, row };
        const more = isBake ? bakedBy(given, inside, baked, filledBy(row, `${ofAll}${variables}`)) : [];
        const found = [...more, ...(build ? [build(given, inside)] : [])];
        for (const call of found) {
          const key = JSON.stringify(call);
          if (seen.has(key) || builds.length >= MOST) continue;
          seen.add(key);
          builds.push(isDefaulted(step) || runs.length > 1 ? uncertain(call) : call);
          names += call.names.length + (call.parts?.length ?? 0);
        }
        for (const one of retag ? retag(given, inside).slice(0, MOST) : []) {
          const key = JSON.stringify(one);
          if (!seen.has(key)) retags.push(one);
          seen.add(key);
        }
      }
    }
  }
  return { builds, retags };
}

/** A caller may give other inputs. */
const isDefaulted = (step: readonly Setting[]): boolean =>
  step.some(({ literal }) => literal?.includes('${{') && /\binputs\./.test(literal));

const uncertain = (call: BuildCall): BuildCall => ({
  ...call,
  names: call.names.map(one => ({ ...one, certain: false })),
});

const stepsOf = (settings: readonly Setting[]): readonly (readonly Setting[])[] =>
  grouped(settings, ({ path }) => {
    const at = path.indexOf('steps');
    return at < 0 || path.length < at + 3 ? undefined : at + 2;
  });

/** Runs of one command. */
const MOST_RUNS = 100;

export const jobsOf = (settings: readonly Setting[]): readonly (readonly Setting[])[] =>
  grouped(settings, ({ path }) => (path[0] === 'jobs' && path.length > 2 ? 2 : undefined));

/** The runs of commands in the steps of jobs, with the variables and the matrix of the job, by where they are. */
export function runsOfJobs(settings: readonly Setting[], text: string, scopes: Scopes, base: Row): Variants {
  const jobs = jobsOf(settings).flatMap(job => {
    const rows = rowsOf(job, base).map(row => new Map([...base, ...row]));
    return rows.length > 0 ? [{ start: job[0]!.span.start, end: job.at(-1)!.span.end, rows }] : [];
  });
  const ofScript = variantsIn(text);
  const namingWith = namings();
  const directoryAt = directoriesOf(settings);
  return (index, written, naming) => {
    const own = written.includes('$') ? scopes(index) : [''];
    const directory = directoryAt(index);
    const job =
      isVaried(written) || own.some(isVaried)
        ? jobs.find(({ start, end }) => start <= index && index <= end)
        : undefined;
    const variants: Variant[] = [];
    for (const row of job?.rows ?? [base])
      for (const variables of own) {
        if (variants.length >= MOST_RUNS) return variants;
        const inside = namingWith(filledBy(row, variables), naming);
        for (const { fill, naming: own } of ofScript(index, filledBy(row, written), inside))
          variants.push({
            fill: one => fill(filledBy(row, one)),
            naming: own,
            ...(directory === undefined ? {} : { directory: filledBy(row, directory) }),
          });
      }
    return variants;
  };
}

/** For a place, the `working-directory` of its step, of its job or of all. */
function directoriesOf(settings: readonly Setting[]): (index: number) => string | undefined {
  const given = settings.filter(({ path, literal }) => path.at(-1) === 'working-directory' && literal !== undefined);
  if (given.length === 0) return () => undefined;
  const all = given.find(({ path }) => path.length === 3 && path[0] === 'defaults')?.literal;
  const placed = (groups: readonly (readonly Setting[])[], isOf: (one: Setting) => boolean) =>
    groups.flatMap(group => {
      const directory = group.find(isOf)?.literal;
      return directory === undefined ? [] : [{ start: group[0]!.span.start, end: group.at(-1)!.span.end, directory }];
    });
  const places = [
    ...placed(stepsOf(settings), one => given.includes(one)),
    ...placed(jobsOf(settings), one => one.path[2] === 'defaults' && given.includes(one)),
  ];
  return index => places.find(({ start, end }) => start <= index && index <= end)?.directory ?? all;
}

/** The naming with further variables; the same for those of all steps and rows that have the same. */
function namings(): (variables: string, naming: Naming) => Naming {
  const known = new Map<string, Naming>();
  return (variables, naming) => {
    const one = known.get(variables) ?? (variables === '' ? naming : naming.with(variables));
    known.set(variables, one);
    return one;
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
    const tags = wordsIn(given('tags') ?? 'latest');
    const file = (given('containerfiles') ?? given('dockerfiles'))?.trim().split(/\s+/)[0];
    const names = image === undefined ? [] : tags.map(tag => ({ written: `${image}:${tag}`, span: uses.span }));
    const paths = withEach({ context: given('context') ?? '.', file }, names, naming);
    const target = /--target[= ]([^\s"']{1,200})/.exec(given('extra-args') ?? '')?.[1];
    return { ...paths, by: 'workflow', target: targetOf(target, naming), span: uses.span };
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

/** Steps that give another name to an image, by the name of the action. */
const RETAGGERS: Readonly<Record<string, (step: Step, naming: Naming) => readonly Retag[]>> = {
  // https://github.com/redhat-actions/push-to-registry
  'push-to-registry': ({ uses, step, steps, row }, naming) => {
    const given = givenIn(step, row);
    const [image, registry] = [given('image'), given('registry')];
    const id = OF_BUILD.exec(image ?? '')?.[1];
    const built = id === undefined ? undefined : stepCalled(id, step, steps);
    const from = built ? givenIn(built, row)('image') : image;
    const own = given('tags') ?? 'latest';
    const tags = wordsIn(built && OF_BUILD.test(own) ? (givenIn(built, row)('tags') ?? 'latest') : own);
    const name = registry === undefined ? from : `${registry.replace(/\/$/, '')}/${from}`;
    return from === undefined
      ? []
      : retagged(
          [from],
          tags.map(tag => `${name}:${tag}`),
          uses.span,
          naming,
        );
  },
  // https://github.com/int128/docker-manifest-create-action
  'docker-manifest-create-action': ({ uses, step, row }, naming) => {
    const given = givenIn(step, row);
    return retagged(wordsIn(given('sources') ?? ''), wordsIn(given('tags') ?? ''), uses.span, naming);
  },
};

const OF_BUILD = /^[^{]{0,9}\$\{\{[ \t]{0,9}steps\.([\w-]{1,60})\.outputs\.(?:image|tags)[ \t]{0,9}\}\}$/;

function retagged(
  from: readonly string[],
  to: readonly string[],
  span: Setting['span'],
  naming: Naming,
): readonly Retag[] {
  const named = (all: readonly string[]) => all.flatMap(one => naming.started(one, span) ?? []);
  return named(from).flatMap(one => named(to).map(to => retagOf(one, to)));
}

/** Words of a list; `${{ … }}` is one. */
const wordsIn = (text: string): readonly string[] => text.match(/(?:\$\{\{[^}]{0,200}\}\}|[^\s,]){1,400}/g) ?? [];

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
    if (!made) return id === undefined ? [one] : [];
    const input = givenIn(made, row);
    return namesOfMetadata({
      images: wordsOf(givenTo(made, 'images'), row),
      tags: input('tags'),
      flavor: input('flavor'),
    });
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
    ...contextsGiven((given('build-contexts') ?? '').split('\n'), naming),
    ...labelsOf(labelsIn(givenTo(step, 'labels'), step, steps), naming),
    by: 'workflow',
    target: targetOf(target, naming),
    span: uses.span,
  };
}

/** https://github.com/docker/bake-action; `variables` are those of its environment. */
function bakedBy(
  { uses, step, steps, row }: Step,
  naming: Naming,
  files: BakeFiles,
  variables: string,
): readonly BuildCall[] {
  const given = givenIn(step, row);
  const names = new Set([...variables.matchAll(/^([A-Za-z_]\w{0,60})=/gm)].map(([, name]) => name!));
  const tags = new Map<string, readonly WrittenName[]>();
  const written = wordsIn(given('files') ?? '').filter(word => {
    const id = /steps\.([\w-]{1,60})\.outputs\.bake-file/.exec(word)?.[1];
    const made = id === undefined ? undefined : stepCalled(id, step, steps);
    if (!made) return id === undefined;
    if (/bake-file-(?:labels|annotations)/.test(word)) return false;
    const input = givenIn(made, row);
    const names = namesOfMetadata({
      images: wordsOf(givenTo(made, 'images'), row),
      tags: input('tags'),
      flavor: input('flavor'),
    });
    tags.set(input('bake-target') ?? 'docker-metadata-action', names);
    return false;
  });
  const source = given('workdir') ?? given('source');
  return files.run(
    {
      files: written,
      targets: wordsIn(given('targets') ?? ''),
      sets: (given('set') ?? '').split('\n').map(line => line.trim()),
      tags,
      directory: source !== undefined && /^[\w./-]{1,200}$/.test(source) ? source : undefined,
      value: name => (names.has(name) ? naming.filled(`\${${name}}`) : undefined),
      span: uses.span,
    },
    naming,
  );
}

const givenTo = (step: readonly Setting[], key: string): Setting | undefined =>
  step.find(({ path }) => path.at(-2) === 'with' && path.at(-1) === key);

/** The step of the same job with the id: https://github.com/docker/metadata-action makes tags and labels. */
function stepCalled(
  id: string,
  step: readonly Setting[],
  steps: readonly (readonly Setting[])[],
): readonly Setting[] | undefined {
  return steps.find(
    one => isOfJob(one, step) && one.some(({ path, literal }) => path.at(-1) === 'id' && literal === id),
  );
}

const isOfJob = (one: readonly Setting[], other: readonly Setting[]): boolean => jobOf(one) === jobOf(other);

/** The path of the job that a step is of. */
function jobOf(step: readonly Setting[]): string {
  const { path } = step[0]!;
  return path.slice(0, path.indexOf('steps')).join('\0');
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

/** The words of a list in a string. */
function wordsOf(one: Setting | undefined, row: Row): readonly WrittenName[] {
  const { span } = one?.value ?? {};
  if (!one || !span) return [];
  const words = wordsIn(filledBy(row, one.literal ?? ''));
  return words.filter(word => !/^(?:type|enable)=/.test(word)).map(written => ({ written, span }));
}
