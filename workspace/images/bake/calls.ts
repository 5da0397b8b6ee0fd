/**
 * What commands and steps build that run Bake: with the files that they name, the variables of their environment, what
 * they set, and the targets that they ask for. What a file says alone is said there.
 */
import { joinPath, nameOf } from '../../../core/path.ts';
import type { Span } from '../../../core/text.ts';
import { directoryAt } from '../commands.ts';
import type { WrittenName } from '../metadata.ts';
import type { BuildCall } from '../model.ts';
import type { Naming } from '../naming.ts';
import { firstOf, isShown, MOST, movedTo } from '../values.ts';
import type { Variants } from '../variants.ts';
import { unquoted, wordsFrom } from '../words.ts';
import { EMPTY, merged, type Target, type Text } from './target.ts';
import { type BakeFile, callOf, definitionsOf, isBake, ofBake, wholeTargets } from './targets.ts';

/** One run of Bake, with the variables of the caller filled in. */
export interface BakeRun {
  /** As they are written; none: those that Bake looks for. */
  readonly files: readonly string[];
  readonly targets: readonly string[];
  /** `web.tags=x`, `*.args.VERSION=1`. */
  readonly sets: readonly string[];
  /** Names that other files give to targets, of which the caller knows: of docker/metadata-action. */
  readonly tags: ReadonlyMap<string, readonly WrittenName[]>;
  /** Where paths count from. */
  readonly directory: string | undefined;
  /** What the environment has for a variable, with gaps where it is not known. */
  readonly value: (name: string) => string | undefined;
  readonly span: Span;
}

/** https://docs.docker.com/build/bake/reference/#file-format */
export const DEFAULT_FILES = [
  'docker-bake.json',
  'docker-bake.hcl',
  'docker-bake.override.json',
  'docker-bake.override.hcl',
];

/** Targets that groups lead to. */
const MOST_TARGETS = 300;
const MOST_SETS = 100;
/** Runs of one file. */
const MOST_RUNS = 200;

export const isBakePath = (path: string): boolean => /(?<!\.pkr)\.hcl$|bake[^/]{0,100}\.json$/i.test(path);

/** The files that a caller may name. */
export class BakeFiles {
  private readonly files: readonly BakeFile[];
  private readonly said = new Map<string, ReadonlySet<string>>();
  private left = MOST_RUNS;

  constructor(included: readonly BakeFile[]) {
    this.files = included.filter(({ path, text }) => isBakePath(path) && (path.endsWith('.json') || isBake(text)));
  }

  get isEmpty(): boolean {
    return this.files.length === 0;
  }

  run(run: BakeRun, naming: Naming): readonly BuildCall[] {
    const files = this.filesOf(run);
    if (files.length === 0 || this.left-- <= 0) return [];
    const hcl = files.filter(({ path }) => !path.endsWith('.json'));
    const joined = hcl.length > 0 ? [{ path: 'joined.hcl', text: hcl.map(({ text }) => text).join('\n') }] : [];
    const all = [...joined, ...files.filter(({ path }) => path.endsWith('.json'))];
    const names = new Set(all.flatMap(one => definitionsOf(one).variables));
    const environment = new Map(
      [...names].flatMap(name => {
        const value = run.value(name);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
    const found = all.map(one => definitionsOf(one, environment));
    const targets = merged(found.map(one => one.targets));
    const groups = new Map(found.flatMap(one => [...one.groups]));
    for (const [name, tags] of run.tags) {
      const before = targets.get(name) ?? { ...EMPTY, span: run.span };
      targets.set(name, { ...before, tags: tags.map(one => plain(one.written, run.span, one.isPerhaps)) });
    }
    const whole = wholeTargets(targets);
    const said = this.saidBy(files, naming);
    return asked(run.targets, whole, groups).flatMap(name => {
      const target = setTo(whole.get(name)!, name, run);
      if (target.isInline) return [];
      const call = moved(callOf(target, whole, naming), run);
      const parts = call.parts?.filter(one => !said.has(keyOf(call, one.shown)));
      const names = call.names.filter(one => !said.has(keyOf(call, one.shown ?? one.name)));
      if (names.length === 0 && !parts?.length) return [];
      return [{ ...call, names, ...(parts ? { parts } : {}) }];
    });
  }

  private filesOf({ files }: BakeRun): readonly BakeFile[] {
    if (files.length === 0)
      return DEFAULT_FILES.flatMap(name => this.files.find(({ path }) => nameOf(path) === name) ?? []);
    const found = files.flatMap(written => {
      const path = written.replace(/^(?:cwd:\/\/)?(?:\.{1,2}\/)*/, '');
      return this.files.find(one => one.path === path || one.path.endsWith(`/${path}`)) ?? [];
    });
    const isOpen = found.length === 0 && files.every(one => one.includes('$'));
    return isOpen && this.files.length === 1 ? this.files : [...new Set(found)];
  }

  /** The names that the files give themselves. */
  private saidBy(files: readonly BakeFile[], naming: Naming): ReadonlySet<string> {
    const key = files.map(({ path }) => path).join('\0');
    const known = this.said.get(key);
    if (known) return known;
    const said = new Set<string>();
    for (const file of files)
      for (const call of ofBake(
        file.path,
        file.text,
        naming,
        files.filter(one => one !== file),
      ))
        for (const one of [...call.names, ...(call.parts ?? [])])
          said.add(keyOf(call, 'name' in one ? (one.shown ?? one.name) : one.shown));
    this.said.set(key, said);
    return said;
  }
}

const keyOf = ({ context, file, target }: BuildCall, name: string): string =>
  JSON.stringify([joinPath(context ?? '.', file ?? 'Dockerfile'), target, name]);

const plain = (text: string, span: Span, isPerhaps = false): Text => ({
  text,
  span,
  certain: !isPerhaps && !text.includes('$'),
});

function moved(call: BuildCall, { directory, span }: BakeRun): BuildCall {
  const { context } = call;
  const isBelow = directory !== undefined && context !== undefined && !context.startsWith('/');
  return movedTo(isBelow ? { ...call, context: joinPath(directory, context) } : call, span);
}

/** The targets that a call asks for, by groups too; all where one is not known. */
function asked(
  names: readonly string[],
  targets: ReadonlyMap<string, Target>,
  groups: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const wanted = names.length > 0 ? names : ['default'];
  const found = new Set<string>();
  const seen = new Set<string>();
  const queue = [...wanted];
  for (const name of queue) {
    if (seen.has(name) || seen.size > MOST_TARGETS) continue;
    seen.add(name);
    if (targets.has(name)) found.add(name);
    else if (groups.has(name)) queue.push(...groups.get(name)!);
  }
  const isOpen = names.some(name => name.includes('$'));
  return isOpen && found.size === 0 ? [...targets.keys()].slice(0, MOST_TARGETS) : [...found];
}

/** With what the caller sets: https://docs.docker.com/reference/cli/docker/buildx/bake/#set */
function setTo(target: Target, name: string, { sets, span }: BakeRun): Target {
  let { tags, args, context, dockerfile, target: stage } = target;
  const given: Text[] = [];
  for (const one of sets.slice(0, MOST_SETS)) {
    const [, pattern = '', key = '', value = ''] =
      /^([^\s=]{1,100}?)\.([a-z-]{1,30}(?:\.\w{1,60})?)\+?=(.{0,500})$/s.exec(one) ?? [];
    if (pattern === '' || !fits(name, pattern)) continue;
    if (key === 'tags') given.push(plain(value, span));
    else if (key === 'output') {
      const output = /(?:^|[,"])name=([^,"]{1,300})/.exec(value)?.[1];
      if (output !== undefined) tags = [...tags, plain(output, span)];
    } else if (key === 'context') context = value;
    else if (key === 'dockerfile') dockerfile = value;
    else if (key === 'target') stage = value;
    else if (key.startsWith('args.')) args = [...args, `${key.slice('args.'.length)}=${value}`];
  }
  return { ...target, args, context, dockerfile, target: stage, tags: given.length > 0 ? given : tags };
}

/** One star, at most. */
function fits(name: string, pattern: string): boolean {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return name === pattern;
  return name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after);
}

const COMMAND =
  /(?:\bdocker|\$[({]{0,2}\w{1,80}[)}]{0,2}"?)[ \t]{1,20}(?:-\S{1,60}[ \t]{1,20}){0,3}(?:buildx[ \t]{1,20})?bake(?=[ \t\\\r\n;&|"')]|$)/g;
/** Options that have no value. */
const FLAGS = /^-(?:-(?:push|load|no-cache|pull|print|debug|help|check)|D)(?:=|$)/;
/** Characters before a command in which its variables are. */
const MOST_BEFORE = 2_000;
const SET = /(?<![\w-])([A-Za-z_]\w{0,60})=("[^"\n]{0,300}"|'[^'\n]{0,300}'|\$\([^()\n]{0,200}\)|[^\s"']{0,300})/g;

/** The variables that the same command is given, `TAG=1 docker buildx bake`. */
function prefixOf(
  text: string,
  index: number,
): { readonly written: string; readonly values: ReadonlyMap<string, string> } {
  const lines = text.slice(Math.max(0, index - MOST_BEFORE), index).replace(/\\\r?\n/g, ' ');
  const line = lines.slice(lines.lastIndexOf('\n') + 1);
  const written = line.slice(Math.max(...[';', '&&', '||', '|'].map(one => line.lastIndexOf(one) + 1)));
  return { written, values: new Map([...written.matchAll(SET)].map(([, name, value]) => [name!, unquoted(value!)])) };
}

/** `exported`: the variables that a call has from its file, or all. */
export function bakedBy(
  text: string,
  files: BakeFiles,
  runsOf: Variants,
  naming: Naming,
  exported: (name: string) => boolean,
  isMake = false,
): readonly BuildCall[] {
  if (files.isEmpty) return [];
  const builds: BuildCall[] = [];
  const seen = new Set<string>();
  for (const { 0: command, index } of text.matchAll(COMMAND)) {
    if (isShown(text, index)) continue;
    const words = wordsFrom(text, index + command.length).map(({ literal }) => literal);
    if (words.includes('--print') || words.includes('--list')) continue;
    const { written: before, values: prefix } = prefixOf(text, index);
    // Variables of the environment may be those of a loop or a matrix.
    const written = [before, ...words, '$'].join(' ');
    const span = { start: index, end: index + command.length };
    for (const { fill, naming: own } of runsOf(index, written, naming)) {
      const filled = (one: string): string => own.filled(fill(one));
      const value = (name: string): string | undefined => {
        const given = prefix.get(name);
        if (given !== undefined) return /\w/.test(given) ? whole(filled(given), name) : given;
        if (!exported(name)) return undefined;
        const made = fill(`$(${name})`);
        return whole(made === `$(${name})` ? filled(`\${${name}}`) : own.filled(made), name);
      };
      const given = optionsOf(words.map(filled));
      const directory = own.known(directoryAt(text, index, isMake, own) ?? '') || undefined;
      for (const call of files.run({ ...given, tags: new Map(), directory, value, span }, own)) {
        const key = JSON.stringify(call);
        if (seen.has(key)) continue;
        if (builds.length >= MOST) return builds;
        seen.add(key);
        builds.push(call);
      }
    }
  }
  return builds;
}

/** All variables that jobs and steps have are those of their commands. */
export function bakedInWorkflow(
  text: string,
  files: BakeFiles,
  runsOf: Variants,
  naming: Naming,
): readonly BuildCall[] {
  if (files.isEmpty) return [];
  const names = new Set(firstOf(text.matchAll(SET_IN_WORKFLOW), MOST_SET).map(([, name]) => name!));
  return bakedBy(text, files, runsOf, naming, name => names.has(name));
}
const SET_IN_WORKFLOW = /(?<![\w.-])([A-Z_][A-Z\d_]{0,60})(?=[ \t]{0,9}:[ \t]|=)/g;
const MOST_SET = 2_000;

/** What has a space in it is computed. */
const whole = (value: string, name: string): string =>
  /\s/.test(value.replace(EXPRESSION, '')) ? `\${${name}}` : value;
const EXPRESSION = /\$\{\{[^{}]{0,200}\}\}/g;

function optionsOf(words: readonly string[]): Pick<BakeRun, 'files' | 'targets' | 'sets'> {
  const files: string[] = [];
  const targets: string[] = [];
  const sets: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const [, name = '', , own] = /^(--?[a-z-]{1,30})(=(.{0,500}))?$/s.exec(word) ?? [];
    if (name === '') {
      if (word !== '' && !word.startsWith('-')) targets.push(word);
      continue;
    }
    if (FLAGS.test(word)) continue;
    const value = own ?? words[++i] ?? '';
    if (name === '-f' || name === '--file') files.push(value);
    else if (name === '--set') sets.push(value);
  }
  return { files, targets, sets };
}

/** The variables that a script or a Makefile sets and exports. */
export function exportedIn(text: string): (name: string) => boolean {
  const all = ALL.test(text);
  const exported = firstOf(text.matchAll(EXPORT), MOST_SET).flatMap(([, list = '']) => list.match(NAMES) ?? []);
  const names = new Set(all ? [] : exported);
  const set = new Set(firstOf(text.matchAll(ASSIGNED), MOST_SET).map(([, name]) => name!));
  return name => set.has(name) && (all || names.has(name));
}
const ALL = /^(?:export|\.EXPORT_ALL_VARIABLES:)[ \t\r]{0,9}$|^[ \t]{0,40}set -(?:a|o allexport)\b/m;
const EXPORT = /^[ \t]{0,80}(?:declare -x|export)[ \t]{1,9}([^\n]{1,300})/gm;
const NAMES = /[A-Za-z_]\w{0,60}(?=[ \t\r]|$|[?:]?=)/g;
const ASSIGNED =
  /^[ \t]{0,80}(?:(?:declare -x|export|local|readonly)[ \t]{1,9})?([A-Za-z_]\w{0,60})[ \t]{0,20}(?:[:+]{0,3}=|\?=[ \t]{0,9}[^\s"'])/gm;
