/** Services that a build opens to everyone who reaches them. */
import type { ImageBuild, RunStep, Stage } from '../core/build.ts';
import { SourceText, type Span } from '../core/text.ts';
import { type Invocation, invocationsIn } from '../shell/invocations.ts';
import { runsOneOf } from '../shell/programs-run.ts';
import { blockAround } from './addresses-around.ts';
import { isOnCommentLine } from './comment-lines.ts';
import { readSections } from './config-files/sections.ts';
import { readYaml } from './config-files/yaml.ts';
import { configFiles, fileCommands, type Setting } from './config-files.ts';
import { fileWrites } from './file-writes.ts';
import {
  APPLICATION_OPTIONS,
  APPLICATION_SETTINGS,
  APPLICATION_VARIABLES,
  IIS,
  TOMCAT,
} from './open-services/applications.ts';
import { OPENING_LINES, type OpeningLine } from './open-services/lines.ts';
import type { Opening } from './open-services/openings.ts';
import {
  OPENING_OPTIONS,
  OPENING_SETTINGS,
  OPENING_VARIABLES,
  type OpeningOption,
  type OpeningSetting,
} from './open-services/table.ts';
import { REGISTRY_PROGRAMS, registrySettingOf } from './registry-settings.ts';
import { isSetup, setupCommands } from './setup-commands.ts';
import { assignmentsIn, type Given, type GivenVariable, startedContainers } from './started-containers.ts';

const VARIABLES = [...OPENING_VARIABLES, ...APPLICATION_VARIABLES];
const OPTIONS = [...OPENING_OPTIONS, ...APPLICATION_OPTIONS];
const SETTINGS = [...OPENING_SETTINGS, ...APPLICATION_SETTINGS];

/** Where a service is opened, and the name of what opens it. */
export interface OpenService {
  readonly opening: Opening;
  /** `MYSQL_ALLOW_EMPTY_PASSWORD=yes`, `--noauth`, `protected-mode no`. */
  readonly by: string;
  readonly span: Span;
}

/** In the image or the machine, and in containers that are started on it; of stages only those that are shipped. */
export function* openServices(build: ImageBuild, stages: ReadonlySet<Stage>): Iterable<OpenService> {
  const bases = [...stages].flatMap(({ bases }) =>
    bases.map(base => (base.kind === 'registry' ? base.reference.byDefault : '')),
  );
  yield* byVariables(imageVariables(stages), bases.join(' '));
  yield* byVariables(fileVariables(build), '');
  for (const { image = '', variables, words } of startedContainers(build)) {
    yield* byVariables(variables, image);
    yield* byWords(nameOfImage(image), words);
    // The command of an image may be written out.
    const program = programName(words[0]);
    if (program !== undefined) yield* byWords(program, words.slice(1));
  }
  for (const { program, args, script } of lastingCommands(build, stages))
    yield* byWords(
      program,
      args.map(word => ({ literal: word.literal, span: script.spanOf(word) })),
    );
  for (const { program, words } of startedWords(build, stages)) yield* byWords(program, words);
  for (const { path, text } of writtenFiles(build, stages)) yield* inFile(path, text, build.source.text);
  yield* byCommands(build, stages);
}

/** What commands take out of files, and set in the registry of Windows. */
function* byCommands(build: ImageBuild, stages: ReadonlySet<Stage>): Iterable<OpenService> {
  if (!runsOneOf(build, ['sed', ...REGISTRY_PROGRAMS])) return;
  for (const { invocation, stage } of setupCommands(build)) {
    if (!stages.has(stage)) continue;
    const { command, program, script } = invocation;
    const valve = program === 'sed' ? /Remote(?:Addr|CIDR)Valve/.exec(textOf(invocation)) : null;
    if (valve && /(?:\/|\+\d)[dD]\b|<!--/.test(textOf(invocation)))
      yield { opening: TOMCAT, by: `sed …${valve[0]}…`, span: script.spanOf(command) };
    const setting = registrySettingOf(invocation);
    if (setting?.name.toLowerCase() === 'enableremotemanagement' && /^(?:0x0*)?1$/.test(setting.value.text))
      yield { opening: IIS, by: `${setting.name}=1`, span: script.spanOf(command) };
  }
}

const textOf = ({ args }: Invocation): string =>
  args
    .map(({ value }) => value.text)
    .join(' ')
    .slice(0, 2000);

/** The last value of each variable. */
function imageVariables(stages: ReadonlySet<Stage>): readonly GivenVariable[] {
  const last = new Map<string, GivenVariable>();
  for (const { steps } of stages)
    for (const step of steps)
      if (step.kind === 'env' && step.scope === 'image')
        last.set(step.name, { name: step.name, literal: step.value.literal ?? step.value.byDefault, span: step.span });
  return [...last.values()];
}

function fileVariables(build: ImageBuild): readonly GivenVariable[] {
  return configFiles(build).flatMap(({ kind, settings = [] }) => {
    if (kind === 'environment')
      return settings.map(({ path, literal, span }) => ({ name: path.at(-1) ?? '', literal, span }));
    if (kind !== 'unit') return [];
    return settings.flatMap(({ path, value }) => (path.at(-1) === 'Environment' ? assignmentsIn(value) : []));
  });
}

/** Those of one environment; `image` is the name of the image that they are for. */
function* byVariables(variables: readonly GivenVariable[], image: string): Iterable<OpenService> {
  for (const { name, literal, span } of variables)
    for (const opening of VARIABLES) {
      if (typeof opening.name === 'string' ? opening.name !== name : !opening.name.test(name)) continue;
      const match = literal === undefined ? null : opening.on.exec(literal);
      if (!match || opening.closedBy?.test(literal!) || opening.onlyWith?.test(literal!) === false) continue;
      if (opening.image?.test(image) === false) continue;
      if (variables.some(one => opening.closedByName?.test(one.name) && one.literal !== '')) continue;
      yield { opening, by: opening.part ? match[0] : `${name}=${literal}`, span };
    }
}

/** What an image runs is no setup; what its build runs is gone with the layer, and what a provisioner starts with the builder. */
function lastingCommands(build: ImageBuild, stages: ReadonlySet<Stage>): readonly Invocation[] {
  const own = invocationsIn(build, { written: true }).filter(({ step, stage }) => {
    if (!stages.has(stage)) return false;
    return build.language === 'cloud-init' ? isSetup(build, step) : step.kind === 'run' && step.phase === 'boot';
  });
  return [...own, ...fileCommands(build)].map(({ invocation }) => invocation);
}

/** ENTRYPOINT and CMD are one command line, and without the first that of the base comes before the second. */
function* startedWords(
  build: ImageBuild,
  stages: ReadonlySet<Stage>,
): Iterable<{ readonly program: string; readonly words: readonly Given[] }> {
  if (build.language !== 'dockerfile') return;
  for (const { bases, steps } of stages) {
    const last = (keyword: RegExp) =>
      steps.findLast(
        (step): step is RunStep =>
          step.kind === 'run' &&
          step.phase === 'boot' &&
          step.argv !== undefined &&
          keyword.test(build.source.text.slice(step.span.start, step.span.start + 12)),
      )?.argv ?? [];
    const entry = last(/^ENTRYPOINT/i);
    const command = last(/^CMD/i);
    if (command.length === 0) continue;
    const [base] = bases;
    const program =
      entry.length > 0
        ? programName(entry[0])
        : base?.kind === 'registry'
          ? nameOfImage(base.reference.byDefault ?? '')
          : undefined;
    if (program !== undefined) yield { program, words: [...entry.slice(1), ...command] };
  }
}

function programName(word: Given | undefined): string | undefined {
  return word?.literal?.slice(word.literal.lastIndexOf('/') + 1);
}

/** `registry.example.com/library/redis:8` is `redis`. */
function nameOfImage(image: string): string {
  const path = image.split('@')[0]!;
  return path.slice(path.lastIndexOf('/') + 1).split(':')[0]!;
}

function* byWords(program: string, words: readonly Given[]): Iterable<OpenService> {
  const options = OPTIONS.filter(one => one.program.test(program));
  // A word that is not known may close it.
  if (options.length === 0 || words.some(({ literal }) => literal === undefined)) return;
  const given = words.map(({ literal = '', span }, i) => {
    const at = literal.indexOf('=');
    const next = words[i + 1]?.literal;
    return at > 0
      ? { name: literal.slice(0, at), value: literal.slice(at + 1), written: literal, span }
      : { name: literal, value: next?.startsWith('-') ? undefined : next, written: `${literal} ${next}`, span };
  });
  for (const option of options) {
    if (
      given.some(
        ({ name, value = '' }) =>
          option.closedBy?.test(`${name} ${value}`.trim()) &&
          !(name.startsWith('--') && /^(?:''|"")$|^$/.test(value) && option.value),
      )
    )
      continue;
    if (option.onlyWith && !given.some(({ name, value = '' }) => option.onlyWith!.test(`${name} ${value}`))) continue;
    const found = given.find(one => opens(option, one.name, one.value, words));
    if (found) yield { opening: option, by: option.value ? found.written : found.name, span: found.span };
  }
}

function opens(option: OpeningOption, name: string, value: string | undefined, words: readonly Given[]): boolean {
  if (!option.option.test(name)) return false;
  if (option.value) return value !== undefined && option.value.test(value);
  // As a flag: the word alone.
  return words.some(({ literal }) => literal === name);
}

interface WrittenFile {
  readonly path: string;
  readonly text: SourceText;
}

/** The files whose services the table knows, the pieces of one file together. */
function writtenFiles(build: ImageBuild, stages: ReadonlySet<Stage>): readonly WrittenFile[] {
  const pieces = new Map<string, SourceText[]>();
  for (const { path, text, stage } of fileWrites(build)) {
    const plain = path.replace(/^["']|["']$/g, '');
    if (!stages.has(stage) || text.text.length > LONGEST || !isKnown(plain)) continue;
    const known = pieces.get(plain);
    if (known) known.push(text);
    else pieces.set(plain, [text]);
  }
  return [...pieces].map(([path, texts]) => ({
    path,
    text: texts.length === 1 ? texts[0]! : SourceText.join(texts, '\n'),
  }));
}
/** In UTF-16 code units. */
const LONGEST = 100_000;
function isKnown(path: string): boolean {
  return [...OPENING_LINES, ...SETTINGS].some(one => one.path.test(path));
}

function* inFile(path: string, text: SourceText, document: string): Iterable<OpenService> {
  yield* byLines(path, text, document);
  for (const opening of SETTINGS) {
    if (!opening.path.test(path) || opening.closedBy?.test(text.text)) continue;
    const last = settingOf(opening, text);
    if (last && opening.value.test(last.literal ?? '')) yield { opening, by: nameOf(opening, last), span: last.span };
  }
}

/** The setting as its format writes it, with the sections that it is in. */
function nameOf({ format }: OpeningSetting, { path, literal = '' }: Setting): string {
  // The rest of a key of two words: `guest` `ok = yes`.
  if (/^\w{1,20}[ \t]*=/.test(literal)) return `${path.at(-1)} ${literal}`;
  if (literal === '') return path.join('.');
  const between = format === 'yaml' ? ': ' : path.length > 1 ? ' = ' : ' ';
  return `${path.join('.')}${between}${literal}`;
}

/** The last one counts, where there is only one. */
function settingOf({ each, format, key, value }: OpeningSetting, text: SourceText): Setting | undefined {
  const settings = format === 'yaml' ? (readYaml(text) ?? []) : readSections(text);
  const own = settings.filter(({ path }) => key.test(path.join('.')));
  return each ? own.find(({ literal }) => value.test(literal ?? '')) : own.at(-1);
}

function* byLines(path: string, text: SourceText, document: string): Iterable<OpenService> {
  for (const opening of OPENING_LINES) {
    if (!opening.path.test(path) || opening.closedByDocument?.test(document)) continue;
    if (!opening.inBlock && !isOpenIn(text.text, opening)) continue;
    for (const match of text.text.matchAll(opening.line)) {
      const by = match.groups?.['by'] ?? match[0];
      const start = match.index + match[0].lastIndexOf(by);
      if (isOnCommentLine(text.text, start)) continue;
      if (opening.inBlock && !isOpenIn(blockAround(text.text, start), opening)) continue;
      yield { opening, by, span: text.spanOf(start, start + by.length) };
    }
  }
}

function isOpenIn(text: string, { closedBy, onlyWith }: OpeningLine): boolean {
  return closedBy?.test(text) !== true && onlyWith?.test(text) !== false;
}
