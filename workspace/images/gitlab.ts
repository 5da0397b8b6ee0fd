/** The jobs of GitLab, with what they take from templates: https://docs.gitlab.com/ci/yaml/#extends */
import type { Setting } from '../../facts/config-files/setting.ts';
import { push } from './names.ts';
import { matrixOf, type Scopes, written } from './scopes.ts';
import { settingsOf } from './values.ts';

/** Jobs that a job takes over, one after the other; scripts of all jobs, and runs of one. */
const DEEPEST = 6;
const MOST_SCRIPTS = 2_000;
const MOST_RUNS = 60;
const MOST_JOBS = 500;

/** Whether a file is a pipeline of GitLab, by its name or its keys. */
export const isGitlab = (path: string, text: string): boolean =>
  /gitlab-ci[^/]{0,100}$|(?:^|\/)\.gitlab(?:-ci|\/ci)?\/[^/]+$/.test(path) ||
  (/\.ya?ml$/.test(path) && /^stages:/m.test(text) && /^[ \t]{1,8}script:/m.test(text));

/** Keys at the beginning of a line; those of settings that are no jobs. */
const KEY =
  /^([^\s#'"-][^\n:]{0,100}(?::[^\s:][^\n:]{0,100}){0,4}|'[^'\n]{1,100}'|"[^"\n]{1,100}"):(?=[ \t\r\n]|$)([^\n]*)/gm;
const NO_JOBS = new Set([
  'default',
  'image',
  'include',
  'services',
  'spec',
  'stages',
  'variables',
  'workflow',
  'cache',
]);
const SCRIPTS = ['before_script', 'script', 'after_script'] as const;

interface Place {
  readonly file: number;
  readonly start: number;
  readonly end: number;
}

/** A key of the first level and what is below it. */
interface Block {
  readonly name: string;
  readonly file: number;
  readonly text: string;
  /** Of a key with an anchor, the anchor. */
  readonly anchor: string | undefined;
  readonly settings: readonly Setting[];
}

/** A container that a job runs in, or one beside it. */
export interface JobContainer {
  readonly literal: string;
  /** Where the file has it, or what leads to it. */
  readonly span: Setting['span'];
  /** The variables of each run, as a shell sets them. */
  readonly runs: readonly string[];
}

interface Job {
  readonly containers: ReadonlyMap<string, readonly (Setting & { readonly file: number })[]>;
  readonly variables: ReadonlyMap<string, Setting>;
  readonly scripts: ReadonlyMap<string, readonly Place[]>;
  readonly matrix: readonly Setting[];
}

const NOTHING: Job = { containers: new Map(), variables: new Map(), scripts: new Map(), matrix: [] };

/** A pipeline with the files that it includes, which are given first to last. */
export class GitlabPipeline {
  private readonly blocks = new Map<string, Block[]>();
  private readonly anchors = new Map<string, { readonly block: Block; readonly key: string | undefined }>();
  private readonly known = new Map<string, Job>();
  /** By file, the runs of each script. */
  private readonly runs = new Map<number, { readonly place: Place; readonly runs: string[]; isJob: boolean }[]>();

  constructor(files: readonly { readonly text: string; readonly settings?: readonly Setting[] }[]) {
    for (const [file, { text, settings = settingsOf(text) }] of files.entries()) this.read(file, text, settings);
    for (const name of [...this.blocks.keys()].slice(0, MOST_JOBS)) this.run(name);
  }

  private read(file: number, text: string, settings: readonly Setting[]): void {
    const byName = new Map<string, Setting[]>();
    for (const one of settings) push(byName, one.path[0]!, one);
    const keys = [...text.matchAll(KEY)];
    for (const [i, { 1: key = '', 2: rest = '', index }] of keys.entries()) {
      const name = key.replace(/^(["'])(.*)\1$/, '$2');
      const inside = text.slice(index, keys[i + 1]?.index ?? text.length);
      const anchor = /^[ \t]*&([\w-]{1,60})/.exec(rest)?.[1];
      const block: Block = { name, file, text: inside, anchor, settings: byName.get(name) ?? [] };
      push(this.blocks, name, block);
      if (anchor !== undefined) this.anchors.set(anchor, { block, key: undefined });
      for (const [, key = '', anchor = ''] of inside.matchAll(/^[ \t]{1,12}([\w-]{1,60}):[ \t]{1,9}&([\w-]{1,60})/gm))
        this.anchors.set(anchor, { block, key });
    }
  }

  /** The variables of the runs of what is at a place, as a shell sets them. */
  scopesOf(file: number): Scopes {
    const all = this.runs.get(file) ?? [];
    return index => all.find(({ place: { start, end } }) => start <= index && index <= end)?.runs ?? [''];
  }

  /** The containers of the jobs of one file, also those that templates in other files have. */
  containersOf(file: number): readonly JobContainer[] {
    const found: JobContainer[] = [];
    for (const [name, blocks] of [...this.blocks].slice(0, MOST_JOBS)) {
      const own = blocks.filter(one => one.file === file).flatMap(one => one.settings);
      if (NO_JOBS.has(name) || name.startsWith('.') || own.length === 0) continue;
      const { containers } = this.job(name, 0);
      for (const { file: from, literal, value } of [...containers.values()].flat()) {
        if (literal === undefined || found.length >= MOST_JOBS) continue;
        const leads =
          own.find(({ path }) => path[1] === 'variables' && literal.includes(path[2]!)) ??
          own.find(({ path }) => path[1] === 'extends') ??
          own[0]!;
        found.push({ literal, span: from === file ? value.span : leads.value.span, runs: this.runsOf(name) });
      }
    }
    return found;
  }

  /** The variables of each run of a job. */
  private runsOf(name: string): readonly string[] {
    const { variables, matrix } = this.job(name, 0);
    const text = [...variables].map(([name, one]) => written([{ ...one, path: [name] }], 0)).join('');
    const rows = matrixOf(matrix);
    return (rows.length > 0 ? rows : ['']).map(row => `${row}${text}`);
  }

  private run(name: string): void {
    if (NO_JOBS.has(name)) return;
    const isJob = !name.startsWith('.');
    const { scripts } = this.job(name, 0);
    const runs = this.runsOf(name);
    for (const place of [...scripts.values()].flat()) {
      const all = this.runs.get(place.file) ?? [];
      this.runs.set(place.file, all);
      const known = all.find(one => one.place.start === place.start && one.place.end === place.end);
      // What jobs take from a template they run; it is not run by itself.
      if (known) {
        if (isJob && !known.isJob) known.runs.length = 0;
        if (isJob || !known.isJob) known.runs.push(...runs.slice(0, MOST_RUNS - known.runs.length));
        known.isJob ||= isJob;
      } else if (all.length < MOST_SCRIPTS) all.push({ place, runs: runs.slice(0, MOST_RUNS), isJob });
    }
  }

  private job(name: string, depth: number): Job {
    const known = this.known.get(name);
    if (known) return known;
    if (depth > DEEPEST) return NOTHING;
    // One that leads back to itself takes nothing.
    this.known.set(name, NOTHING);
    const variables = new Map<string, Setting>();
    const scripts = new Map<string, readonly Place[]>();
    const containers = new Map(NOTHING.containers);
    let matrix: readonly Setting[] = [];
    const take = (other: Job): void => {
      for (const [name, one] of other.variables) variables.set(name, one);
      for (const [kind, places] of other.scripts) scripts.set(kind, places);
      for (const [kind, all] of other.containers) containers.set(kind, all);
      if (other.matrix.length > 0) matrix = other.matrix;
    };
    for (const block of this.blocks.get(name) ?? []) {
      for (const other of parentsOf(block)) take(this.job(other, depth + 1));
      for (const [, list, one] of block.text.matchAll(
        /^[ \t]{1,12}<<:[ \t]{0,9}(?:\[([^\]\n]{1,300})\]|\*([\w-]{1,60}))/gm,
      ))
        for (const alias of (list ?? one ?? '').split(/[\s,*]+/).filter(Boolean)) {
          const other = this.anchors.get(alias);
          if (other) take(other.block === block ? NOTHING : this.merged(other.block, other.key, depth));
        }
      take({
        containers: containersIn(block),
        variables: variablesIn(block),
        scripts: this.scriptsIn(block, depth),
        matrix: matrixIn(block),
      });
    }
    const job = { containers, variables, scripts, matrix };
    this.known.set(name, job);
    return job;
  }

  /** What is merged from an anchor: a job, or variables. */
  private merged(block: Block, key: string | undefined, depth: number): Job {
    if (key === undefined && block.settings.some(({ path }) => path.length > 2)) return this.job(block.name, depth + 1);
    const own = block.settings.filter(({ path }) => (key === undefined ? path.length === 2 : path[1] === key));
    return { ...NOTHING, variables: new Map(own.map(one => [one.path.at(-1)!, one])) };
  }

  private scriptsIn(block: Block, depth: number): ReadonlyMap<string, readonly Place[]> {
    const found = new Map<string, readonly Place[]>();
    for (const kind of SCRIPTS) {
      const own = block.settings.filter(({ path }) => path[1] === kind);
      const places = own.flatMap(({ path, literal, value }, i) => {
        if (path.length === 4 && path[3] === '0' && own[i + 1]?.path[3] === '1' && literal !== undefined)
          return this.job(literal, depth + 1).scripts.get(own[i + 1]!.literal ?? '') ?? [];
        return path.length > 3 ? [] : [placeOf(value.span, block.file)];
      });
      const aliases = scriptOf(block.text, kind).matchAll(/(?::|-)[ \t]{1,9}\*([\w-]{1,60})/g);
      for (const [, alias = ''] of aliases) places.push(...this.placesOf(alias));
      if (places.length > 0) found.set(kind, places);
    }
    return found;
  }

  /** The lines of a script that has an anchor. */
  private placesOf(alias: string): readonly Place[] {
    const { block, key } = this.anchors.get(alias) ?? {};
    const own = block?.settings.filter(({ path }) => (key === undefined ? path.length === 2 : path[1] === key));
    return (own ?? []).map(({ value }) => placeOf(value.span, block!.file));
  }
}

const placeOf = ({ start, end }: Setting['span'], file: number): Place => ({ file, start, end });

const parentsOf = ({ settings }: Block): readonly string[] =>
  settings.flatMap(({ path, literal }) => (path[1] === 'extends' && path.length <= 3 ? (literal ?? []) : []));

const variablesIn = ({ settings }: Block): ReadonlyMap<string, Setting> =>
  new Map(
    settings.flatMap(one => {
      const { path } = one;
      const isOne = path[1] === 'variables' && (path.length === 3 || (path.length === 4 && path[3] === 'value'));
      return isOne ? [[path[2]!, one] as const] : [];
    }),
  );

/** https://docs.gitlab.com/ci/yaml/#image */
function containersIn({ settings, file }: Block): Job['containers'] {
  const found = new Map<string, (Setting & { readonly file: number })[]>();
  for (const one of settings) {
    const [, kind = ''] = one.path;
    const depth = kind === 'image' ? 2 : kind === 'services' ? 3 : undefined;
    const isName =
      depth !== undefined &&
      (one.path.length === depth || (one.path.length === depth + 1 && one.path[depth] === 'name'));
    if (isName) push(found, kind, { ...one, file });
  }
  return found;
}

const matrixIn = ({ settings }: Block): readonly Setting[] =>
  settings.filter(({ path }) => path[1] === 'parallel' && path[2] === 'matrix');

/** The lines of a key of a job. */
function scriptOf(text: string, kind: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex(line => line.trimStart().startsWith(`${kind}:`));
  if (at < 0) return '';
  const indent = lines[at]!.search(/\S/);
  const rest = lines.slice(at + 1);
  const end = rest.findIndex(line => line.trim() !== '' && line.search(/\S/) <= indent && !/^[ \t]*-/.test(line));
  return [lines[at], ...rest.slice(0, end < 0 ? rest.length : end)].join('\n');
}

/** The text without the variables of its jobs: each job has its own. */
export function withoutVariables(text: string, settings: readonly Setting[]): string {
  const own = settings.filter(({ path }) => isOfJob(path)).map(({ span }) => span);
  let rest = '';
  let from = 0;
  for (const { start, end } of own.sort((a, b) => a.start - b.start)) {
    if (start < from) continue;
    rest += text.slice(from, start);
    from = end;
  }
  return rest + text.slice(from);
}

/** Whether a setting holds for all jobs, or is of a template. */
export const isOfNoJob = ({ path: [key = ''] }: Setting): boolean => key.startsWith('.') || NO_JOBS.has(key);

const isOfJob = (path: readonly string[]): boolean =>
  path.length > 2 && path[0] !== 'variables' && (path[1] === 'variables' || path[1] === 'parallel');
