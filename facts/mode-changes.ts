/** Which modes commands give to files. */
import type { ImageBuild, Stage } from '../core/build.ts';
import { nameOf } from '../core/path.ts';
import type { Word } from '../core/shell-tree.ts';
import type { SourceText, Span } from '../core/text.ts';
import type { Invocation, PlacedInvocation } from '../shell/invocations.ts';
import { type Arguments, readArguments } from '../shell/programs/index.ts';
import { removedPaths } from './removals.ts';
import { setupCommands } from './setup-commands.ts';

/** A `chmod`. */
export interface ModeChange {
  /** The word that says it: `0755`, `u+x`, `-w`. */
  readonly mode: Word;
  readonly files: readonly Word[];
  /** Into directories as well. */
  readonly recursive: boolean;
  /** False when there may be more options than one sees. */
  readonly certain: boolean;
}

/** The mode that a command gives to files, and to which; `undefined` for other programs and where another file has the mode. */
export function modeChangeOf(invocation: Invocation): ModeChange | undefined {
  const given = readArguments(invocation);
  if (given.program !== 'chmod' || given.has('--reference')) return undefined;
  // `chmod -w FILE` is a mode.
  const signed = given.options.find(({ name }) => /^-[rwxXstugo]$/.test(name))?.words[0];
  const [mode = signed, ...files] = signed ? [signed, ...given.operands] : given.operands;
  return mode && { mode, files, recursive: given.has('--recursive'), certain: given.certain };
}

/** A mode that a command gives to files, by `chmod`, `mkdir` or `install`. */
export interface GivenMode {
  /** `undefined`: cannot be known. */
  readonly text: string | undefined;
  /** For edits. */
  readonly source: SourceText;
  readonly span: Span;
  /** The files as they are written, a directory with `/**` for all that is in it; empty where `mkdir` and `install` make several. */
  readonly targets: readonly string[];
}

function givenBy(invocation: Invocation): GivenMode | undefined {
  const { program, script } = invocation;
  if (program === 'mkdir' || program === 'install') {
    const given = readArguments(invocation);
    const value = given.value('--mode');
    const targets = program === 'install' ? installed(given) : [];
    return value && { text: value.literal, source: value.source, span: value.source.span, targets };
  }
  const found = program === 'find' ? foundMode(invocation) : undefined;
  if (found) return found;
  const change = modeChangeOf(invocation);
  if (!change || change.files.length === 0) return undefined;
  const { mode, files, recursive } = change;
  const targets = files.map(recursive ? inside : writtenText);
  return { text: mode.literal, source: mode.value, span: script.spanOf(mode), targets };
}

/** The one file that `install FILE PATH` makes; empty where PATH may be a directory that the file goes into. */
function installed(given: Arguments): readonly string[] {
  const [from, to, ...more] = given.operands.map(writtenText);
  if (from === undefined || to === undefined || more.length > 0 || !given.certain) return [];
  if (given.has('--directory') || given.has('--target-directory')) return [];
  const name = nameOf(from);
  if (to.endsWith('/')) return [`${to}${name}`];
  return nameOf(to) === name ? [to] : [];
}

/** `find DIRECTORY … -exec chmod MODE {} +` */
function foundMode({ args, script }: Invocation): GivenMode | undefined {
  const at = args.findIndex(({ literal }) => /^-(?:exec|execdir|ok)$/.test(literal ?? ''));
  if (at < 0 || args[at + 1]?.literal !== 'chmod') return undefined;
  const mode = args.slice(at + 2).find(({ literal }) => literal === undefined || !/^-[Rcfv]+$/.test(literal));
  if (!mode || mode.literal === '{}') return undefined;
  const directories = startsOf(args.slice(0, at));
  const targets = directories.length > 0 ? directories.map(inside) : ['./**'];
  return { text: mode.literal, source: mode.value, span: script.spanOf(mode), targets };
}

/** Where `find` starts: the words after the options for links, up to the expression. */
function startsOf(words: readonly Word[]): readonly Word[] {
  let from = 0;
  while (/^-(?:[HLP]|D|O\d?)$/.test(words[from]?.literal ?? '')) from += words[from]!.literal === '-D' ? 2 : 1;
  const to = words.findIndex(({ literal }, i) => i >= from && /^(?:-.|[(!),]$)/.test(literal ?? ''));
  return words.slice(from, to < 0 ? words.length : to);
}

/**
 * The modes that the set-up commands of these stages give, in the order of the file, without those that a later command
 * takes back from every file: one that deletes it, or whose mode `takesBack`.
 */
export function* lastingModes(
  build: ImageBuild,
  stages: ReadonlySet<Stage>,
  takesBack: (mode: string) => boolean,
): Generator<GivenMode> {
  const commands = setupCommands(build).filter(({ stage }) => stages.has(stage));
  const last = lastTaken(commands, takesBack);
  for (const [i, { invocation, stage }] of commands.entries()) {
    const mode = givenBy(invocation);
    if (!mode) continue;
    const { targets } = mode;
    if (targets.length === 0 || targets.some(target => (last.get(stage)?.get(target) ?? -1) <= i)) yield mode;
  }
}

/** The position of the last command that takes a mode back, stage by stage: files of different stages share names only. */
function lastTaken(
  commands: readonly PlacedInvocation[],
  takesBack: (mode: string) => boolean,
): ReadonlyMap<Stage, ReadonlyMap<string, number>> {
  const last = new Map<Stage, Map<string, number>>();
  for (const [i, { invocation, stage }] of commands.entries()) {
    const inStage = last.get(stage) ?? new Map<string, number>();
    last.set(stage, inStage);
    for (const target of takenBy(invocation, takesBack)) inStage.set(target, i);
  }
  return last;
}

function takenBy(invocation: Invocation, takesBack: (mode: string) => boolean): readonly string[] {
  const removed = removedPaths(invocation);
  if (removed) return removed.flatMap(path => [path, `${path}/**`]);
  const change = modeChangeOf(invocation);
  if (change?.mode.literal === undefined || !takesBack(change.mode.literal)) return [];
  const { files, recursive } = change;
  return recursive ? files.flatMap(file => [writtenText(file), inside(file)]) : files.map(writtenText);
}

/** A recursive mode is only taken back by a recursive one. */
function inside(directory: Word): string {
  return `${writtenText(directory)}/**`;
}

function writtenText({ literal, raw }: Word): string {
  return literal ?? raw.replace(/"/g, '');
}
