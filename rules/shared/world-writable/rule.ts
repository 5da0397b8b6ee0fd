import type { Stage } from '../../../core/build.ts';
import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Word } from '../../../core/shell-tree.ts';
import type { SourceText, Span } from '../../../core/text.ts';
import { modeChangeOf } from '../../../facts/mode-changes.ts';
import { removedPaths } from '../../../facts/removals.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import type { Invocation, PlacedInvocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineBuildRule({
  id: 'world-writable',
  summary: 'Every user can write to a file',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: ['chmod', 'mkdir', 'install'], steps: ['copy', 'write-file'] },
  since: '2026.11',
  aliases: ['sonar:S2612', 'tally:world-writable-state-path-workaround'],
  *check(build, { project }) {
    // Modes in a stage that only provides files do not matter.
    const shipped = shippedStages(build, project.targets);
    const commands = setupCommands(build).filter(({ stage }) => shipped.has(stage));
    const last = lastMentions(commands);
    for (const [i, { invocation, stage }] of commands.entries()) {
      const mode = modeOf(invocation);
      if (!mode) continue;
      const { targets = [] } = mode;
      // A later command may restrict the mode again.
      const restricted = targets.length > 0 && targets.every(target => (last.get(stage)?.get(target) ?? -1) > i);
      if (!restricted) yield* findings(mode);
    }
    for (const { steps } of shipped)
      for (const step of steps) {
        const mode = step.kind === 'write-file' || step.kind === 'copy' ? step.mode : undefined;
        const path = step.kind === 'write-file' ? step.path?.literal : undefined;
        if (mode && !isVolatile(path)) yield* findings({ text: mode.literal, ...mode });
      }
  },
});

interface Mode {
  readonly text: string | undefined;
  readonly source: SourceText;
  readonly span: Span;
  /** What the mode is given to, as written; unknown when it is left out. */
  readonly targets?: readonly string[];
}

/** The position of the last command that restricts or deletes a file, stage by stage: files of different stages share names only. */
function lastMentions(commands: readonly PlacedInvocation[]): ReadonlyMap<Stage, ReadonlyMap<string, number>> {
  const last = new Map<Stage, Map<string, number>>();
  for (const [i, { invocation, stage }] of commands.entries()) {
    const inStage = last.get(stage) ?? new Map<string, number>();
    last.set(stage, inStage);
    for (const target of closedBy(invocation)) inStage.set(target, i);
  }
  return last;
}

/** The files that a command restricts or deletes. */
function closedBy(invocation: Invocation): readonly string[] {
  const removed = removedPaths(invocation);
  if (removed) return removed.flatMap(path => [path, `${path}/**`]);
  const change = modeChangeOf(invocation);
  if (change?.mode.literal === undefined || !keepsOthersOut(change.mode.literal)) return [];
  const { files, recursive } = change;
  return recursive ? files.flatMap(file => [writtenText(file), inside(file)]) : files.map(writtenText);
}

/** A recursive mode is only restricted by a recursive one. */
function inside(directory: Word): string {
  return `${writtenText(directory)}/**`;
}

function writtenText({ literal, raw }: Word): string {
  return literal ?? raw.replace(/"/g, '');
}

function* findings({ text, source, span, targets = [] }: Mode): Generator<Finding> {
  if (text === undefined || !letsOthersWrite(text)) return;
  const closed = /^[0-7]+$/.test(text) && source.text === text ? Number(text.at(-1)) - 2 : undefined;
  const at = text.length - 1;
  const [target] = targets;
  const what =
    target === undefined || targets.length > 1 || target.includes('$')
      ? `the ${targets.length > 1 || target?.endsWith('/**') ? 'files' : 'file'}`
      : quoted(target.replace(/\/\*\*$/, ''), 30);
  yield {
    message: `Mode ${quoted(text, 20)} lets every user write to ${what}`,
    help: `${closed === undefined ? 'Drop write access for others' : `Use \`${text.slice(0, at)}${closed}\``}, and \`chown\` it to the user that needs to write`,
    span,
    fixes: [
      closed === undefined
        ? undefined
        : fix('suggested', 'Remove write access for others', source.replace(at, at + 1, `${closed}`)),
    ],
  };
}

/** Devices and `/run` are created at each start. */
function isVolatile(path: string | undefined): boolean {
  return /^\/(?:dev|run)\//.test(path ?? '');
}

/** Octal or as chmod(1) has it; the sticky bit (`1777`) lets only owners delete files of a directory. */
function letsOthersWrite(mode: string): boolean {
  if (/^[0-7]{3,5}$/.test(mode)) {
    const bits = Number.parseInt(mode, 8);
    return (bits & 0o1002) === 0o0002;
  }
  const clauses = mode.split(',').slice(0, 20);
  if (clauses.some(clause => /[+=][rwxXs]*t/.test(clause))) return false;
  // Without a class of users the mask of the process decides.
  return clauses.some(clause => /^[ug]*[oa][ugoa]*[+=][rxXs]*w/.test(clause));
}

/** Whether only the owner and group can write after it, for any mode before. */
function keepsOthersOut(mode: string): boolean {
  if (/^[0-7]{3,5}$/.test(mode)) return !letsOthersWrite(mode);
  const clauses = mode.split(',').slice(0, 20);
  return !letsOthersWrite(mode) && clauses.some(clause => /^[ug]*[oa][ugoa]*(?:=|-[rxXs]*w)/.test(clause));
}

function modeOf(invocation: Invocation): Mode | undefined {
  const { program, script } = invocation;
  if (program === 'mkdir' || program === 'install') {
    const value = readArguments(invocation).value('--mode');
    return value && { text: value.literal, source: value.source, span: value.source.span };
  }
  const change = modeChangeOf(invocation);
  if (!change || change.files.length === 0 || change.files.every(({ literal }) => isVolatile(literal)))
    return undefined;
  const { mode, files, recursive } = change;
  return {
    text: mode.literal,
    source: mode.value,
    span: script.spanOf(mode),
    targets: files.map(recursive ? inside : writtenText),
  };
}
