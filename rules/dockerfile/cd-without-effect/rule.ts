import type { RunStep, Stage, Step } from '../../../core/build.ts';
import { type Finding, fix } from '../../../core/finding.ts';
import { memo } from '../../../core/memo.ts';
import { quoted } from '../../../core/quoted.ts';
import { isBourne } from '../../../core/script.ts';
import type { Word } from '../../../core/shell-tree.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveWorkdir } from '../../../languages/dockerfile/stages.ts';
import { instructionOf, runOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { DockerfileTree, Instruction } from '../../../languages/dockerfile/tree.ts';
import { invocationsOfStep } from '../../../shell/invocations.ts';

export default defineDockerfileRule({
  id: 'cd-without-effect',
  summary: 'A `cd` is the only or last command of a `RUN`, so it has no effect',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { programs: ['cd'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL3003',
    'tally:hadolint/DL3003',
    'trivy:DS-0013',
    'kics:run_command_cd_instead_of_workdir',
    'semgrep:use-workdir',
    'sonar:S6597',
  ],
  *check(file, _context, build) {
    for (const stage of build.stages)
      for (const step of stage.steps) {
        if (step.kind !== 'run' || step.phase !== 'build') continue;
        yield* trailing(step, stage);
        if (step.script?.commands.length !== 1) continue;
        const { words, assignments, operator, background } = step.script.commands[0]!;
        const instruction = instructionOf(step);
        if (instruction?.kind !== 'run' || words[0]?.literal !== 'cd' || words.length !== 2) continue;
        if (assignments.length > 0 || operator || background || step.script.tree.broken) continue;
        const folder = words[1]!;
        const plain =
          folder.literal !== undefined && !/^[-~]|\s/.test(folder.literal) && instruction.flags.length === 0;
        const there = isThere(folder, instruction, file);
        const isRepeated = !there && isSetNext(folder, instruction, file);
        yield {
          message: there
            ? '`cd` to the working directory has no effect'
            : '`cd` does not carry over to the next instruction',
          help:
            there || isRepeated ? 'Remove this `RUN`' : 'Use `WORKDIR`, or put `cd` and the commands into one `RUN`',
          span: step.script.spanOf(step.script.commands[0]!),
          // Most instructions start there anyway.
          ...((there || isRepeated || folder.literal === '/') && { severity: 'info' as const }),
          fixes: [
            plain && !there && !isRepeated
              ? fix(
                  'suggested',
                  `Change it to ${quoted(`WORKDIR ${folder.literal}`)}`,
                  rewritten(file, instruction.span, `WORKDIR ${folder.literal}`),
                )
              : undefined,
          ],
        };
      }
  },
});

/** Whether the `WORKDIR` that holds there is written with the same characters. */
function isThere(folder: Word, instruction: Instruction, { source }: DockerfileTree): boolean {
  const path = effectiveWorkdir(instruction).instruction?.path;
  return path !== undefined && source.text.slice(path.span.start, path.span.end) === folder.raw;
}

/** Whether the instruction after it is the `WORKDIR` that it was meant to be. */
function isSetNext(folder: Word, instruction: Instruction, { source }: DockerfileTree): boolean {
  const all = instruction.stage?.instructions ?? [];
  const next = all[all.indexOf(instruction) + 1];
  return (
    next?.kind === 'workdir' &&
    next.path !== undefined &&
    source.text.slice(next.path.span.start, next.path.span.end) === folder.raw
  );
}

/** `&& cd /x` at the end: the next instruction starts in the directory of WORKDIR again. Going back is a habit. */
function* trailing(step: RunStep, stage: Stage): Generator<Finding> {
  const { script } = step;
  const last = script?.commands.at(-1);
  if (!script || !last || script.commands.length < 2 || script.tree.broken || runOf(step) === undefined) return;
  const { background, operator, pipeline, redirects, within, words } = last;
  if (
    words[0]?.literal !== 'cd' ||
    words.length !== 2 ||
    /^(?:\/|-|\.\.[./]*)$/.test(words[1]!.raw) ||
    within.length > 0 ||
    !isBourne(script.dialect)
  )
    return;
  if (background || pipeline.length > 1 || redirects.length > 0 || (operator !== '&&' && operator !== ';')) return;
  yield {
    message: '`cd` at the end of a `RUN` has no effect',
    help: 'Remove it, or set the directory of the next instructions with `WORKDIR`',
    span: script.spanOf(last),
    // It may be what is left of commands that are no longer there.
    ...(!isMissed(step, stage) && { severity: 'info' as const }),
  };
}

/** Whether a later instruction, up to the next `WORKDIR`, works in the directory that it starts in. */
const isMissed = (step: RunStep, stage: Stage): boolean => missedSteps(stage).has(step);

/** The steps of a stage before one that works in the directory of both: in one pass, from the last. */
const missedSteps: (stage: Stage) => ReadonlySet<Step> = memo(({ steps }) => {
  const missed = new Set<Step>();
  let there: Instruction | undefined;
  let isFollowed = false;
  for (const step of steps.toReversed()) {
    const instruction = instructionOf(step);
    const own = instruction && effectiveWorkdir(instruction).instruction;
    if (instruction && own !== there) isFollowed = false;
    if (instruction) there = own;
    if (isFollowed) missed.add(step);
    isFollowed ||= worksHere(step);
  }
  return missed;
});

function worksHere(step: Step): boolean {
  if (step.kind === 'copy') return step.to?.literal !== undefined && !/^[/~$]/.test(step.to.literal);
  if (step.kind !== 'run' || step.calledBy) return false;
  for (const { program, programWord, args } of invocationsOfStep(step)) {
    if (program === 'cd' || program === 'pushd') return false;
    if (WORKS_HERE.test(program) || [programWord, ...args].some(({ literal }) => RELATIVE.test(literal ?? '')))
      return true;
  }
  return false;
}

/** Programs that read what is in the directory, without its name among their words. */
const WORKS_HERE =
  /^(?:[cg]?make|cmake|ninja|meson|npm|npx|yarn|pnpm|bun|bundle|rake|composer|mvn|gradle|cargo|go|dotnet|git|pip3?|poetry|uv|python[\d.]{0,4}|node|ruby|catkin_make|colcon|autoreconf|tar|unzip|wget|curl|ls|rm|mv|cp)$/;
const RELATIVE = /^\.{1,2}(?:\/|$)|^[A-Za-z\d_][\w.-]{0,80}\/[\w./-]{0,200}$/;
