/** What a build writes into files of the image: by `echo >`, heredocs, `tee`, `sed -i`, and as whole files. */
import type { ImageBuild, RunStep, Stage, Step, WriteFileStep } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { NamedNeeds } from '../core/needs.ts';
import { joinPath, nameOf } from '../core/path.ts';
import { Decoder, type SourceText } from '../core/text.ts';
import { type Invocation, invocationBy } from '../shell/invocations.ts';
import { printedWords } from '../shell/printed-words.ts';
import { type Arguments, readArguments } from '../shell/programs/index.ts';
import { putInBySed, sedCommandOf } from '../shell/sed-scripts.ts';
import { copyOf } from './copies.ts';
import { setupCommands } from './setup-commands.ts';

/** One text and the file that it goes into. */
export interface FileWrite {
  /**
   * The file, as far as one sees: `UNRESOLVED`s or the shell's own words for what cannot be known (`$CONFIG`). Where an
   * installer writes, as the machine has it: `/etc/fstab` for `/target/etc/fstab`.
   */
  readonly path: string;
  /** What is written; of a `sed` command what it puts in, not what it looks for. */
  readonly text: SourceText;
  readonly step: RunStep | WriteFileStep;
  readonly stage: Stage;
}

/** What a document must have for {@link fileWrites} to find one. */
export const FILE_WRITE_NEEDS: NamedNeeds = {
  steps: ['write-file'],
  programs: ['sed', 'echo', 'printf', 'cat', 'tee', 'crontab'],
};

/** Every write, stage by stage in the order of the document. */
export const fileWrites: (build: ImageBuild) => readonly FileWrite[] = memo(build => {
  const byStep = new Map<Step, FileWrite[]>();
  for (const { invocation, step, stage } of setupCommands(build)) {
    for (const { path: written, text } of writtenBy(invocation)) {
      const path = build.language === 'dockerfile' ? written : onTarget(written);
      const list = byStep.get(step);
      if (list) list.push({ path, text, step, stage });
      else byStep.set(step, [{ path, text, step, stage }]);
    }
  }
  const moves = movesIn(build);
  const all: FileWrite[] = [];
  for (const stage of build.stages)
    for (const step of stage.steps) {
      for (const one of byStep.get(step) ?? []) if (one.stage === stage) all.push(one);
      if (step.kind === 'write-file' && step.path) {
        const path = step.path.literal ?? step.path.source.text;
        all.push({ path: moves.get(stage)?.get(path) ?? path, text: step.content, step, stage });
      }
    }
  return all;
});

/**
 * Where the files of each stage are put by a later `cp`, `mv` or `install`, by their paths. A provisioner uploads them as a user
 * who may not write elsewhere, so that most go through `/tmp`.
 */
function movesIn(build: ImageBuild): ReadonlyMap<Stage, ReadonlyMap<string, string>> {
  const found = new Map<Stage, Map<string, string>>();
  if (build.language !== 'packer') return found;
  for (const { invocation, stage } of setupCommands(build)) {
    const copy = copyOf(invocation);
    const target = copy?.target?.literal;
    if (!copy || target === undefined || !target.startsWith('/') || invocation.program === 'ln') continue;
    for (const { literal: source } of copy.sources) {
      if (source === undefined || !/^[/~]/.test(source)) continue;
      const ofStage = found.get(stage) ?? new Map<string, string>();
      found.set(stage, ofStage);
      if (!ofStage.has(source))
        ofStage.set(source, copy.intoFolder || DIRECTORY.test(target) ? joinPath(target, nameOf(source)) : target);
    }
  }
  return found;
}

/** Directories that are there, written without a slash at the end. */
const DIRECTORY = /\/(?:etc|bin|sbin|system|docker|containerd|nginx|ssh|ssl|[\w.-]{1,40}\.d|containers\/systemd)$/;

/** Installers of Ubuntu and Debian have the disk of the new machine under `/target`. */
function onTarget(path: string): string {
  return path.replace(/^(["']?)\/target(?=\/(?:boot|etc|home|lib|opt|root|srv|usr|var)\b)/, '$1');
}

interface Written {
  readonly path: string;
  readonly text: SourceText;
}

function writtenBy(invocation: Invocation): Written[] {
  const { program, command } = invocation;
  if (program === 'sed') return bySed(invocation);
  if (program !== 'echo' && program !== 'printf' && program !== 'cat' && program !== 'tee' && program !== 'crontab')
    return [];
  const path = targetOf(invocation);
  if (path === undefined) return [];
  const bodies = command.redirects.flatMap(({ heredoc, operator, target }) =>
    heredoc ? [heredoc.body] : operator === '<<<' && target ? [target.value] : [],
  );
  return [...bodies, ...printedWords(invocation).map(({ value }) => withBreaks(value))].map(text => ({ path, text }));
}

/** Of `printf`, and of `echo` in most shells, `\\n` and `\\t` are a newline and a tab; nobody writes them into a file. */
function withBreaks(text: SourceText): SourceText {
  if (!/\\[nt]/.test(text.text)) return text;
  const decoder = new Decoder(text);
  let from = 0;
  for (const { 0: written, index } of text.text.matchAll(/\\[nt\\]/g)) {
    if (written === '\\\\') continue;
    decoder.verbatim(from, index).as(written === '\\n' ? '\n' : '\t', index, index + 2);
    from = index + 2;
  }
  return decoder.verbatim(from, text.text.length).done();
}

/** Where the output of a command ends up: its own redirect, or `tee` and `visudo` after it in a pipe. */
function targetOf({ command, script }: Invocation): string | undefined {
  for (const member of command.pipeline.slice(command.pipeline.indexOf(command))) {
    const invocation = invocationBy(member, script);
    const file = invocation && fileOf(invocation);
    if (file !== undefined) return file;
    const to = member.redirects.find(({ operator, descriptor }) => /^&?>/.test(operator) && (descriptor ?? 1) === 1);
    if (to?.target) return to.target.literal ?? to.target.raw;
  }
  return undefined;
}

/** The file that a program copies its input into. */
function fileOf(invocation: Invocation): string | undefined {
  const given = readArguments(invocation);
  if (given.program === 'visudo' && !given.has('--check')) return given.value('--file')?.literal ?? '/etc/sudoers';
  if (given.program === 'crontab') return isReplaced(given) ? '/var/spool/cron/crontabs/root' : undefined;
  const [file] = given.program === 'tee' ? given.operands : [];
  return file && (file.literal ?? file.raw);
}

/** crontab(1): a dash stands for the input, as nothing does in most implementations. */
function isReplaced({ operands, options }: Arguments): boolean {
  return operands.length === 0
    ? options.every(({ name }) => name === '-u' || name === '-')
    : operands.every(({ literal }) => literal === '-');
}

function bySed(invocation: Invocation): Written[] {
  const sed = sedCommandOf(invocation);
  const file = sed?.files.at(-1);
  if (!sed?.inPlace || !file) return [];
  const path = file.literal ?? file.raw;
  return sed.scripts.flatMap(script => putInBySed(script).map(text => ({ path, text })));
}
