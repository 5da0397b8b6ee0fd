import { type Fix, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { isBourne, type Script } from '../../../core/script.ts';
import type { Command } from '../../../core/shell-tree.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveWorkdir } from '../../../languages/dockerfile/stages.ts';
import { runOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { DockerfileTree, RunInstruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'cd-instead-of-workdir',
  summary: 'A `RUN` starts with `cd` where `WORKDIR` would do',
  policies: [],
  category: 'style',
  severity: 'info',
  preset: 'strict',
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
        const run = step.kind === 'run' && step.phase === 'build' ? runOf(step) : undefined;
        if (step.kind !== 'run' || run?.form !== 'shell' || run.heredocs.length > 0 || !step.script) continue;
        const [first, second] = step.script.commands;
        if (!first || !second || !isPlainCd(first) || second.operator !== '&&') continue;
        // A script that changes the directory again visits several of them.
        if (step.script.commands.some(command => command !== first && movesAbout(command))) continue;
        yield {
          message:
            effectiveWorkdir(run).literal === textOf(first)
              ? `${quoted(`cd ${textOf(first)}`)} repeats \`WORKDIR\``
              : `${quoted(`cd ${textOf(first)}`)} in \`RUN\` instead of \`WORKDIR\``,
          help: helpFor(textOf(first), run),
          span: step.script.spanOf(first),
          fixes: [isBourne(step.script.dialect) ? toWorkdir(file, run, step.script, first, second) : undefined],
        };
      }
  },
});

/** Longer paths are not repeated in the help. */
const LONGEST_PATH = 20;

/** What follows is in the directory before, so that the help takes it back there. */
function helpFor(folder: string, run: RunInstruction): string {
  const before = effectiveWorkdir(run).literal;
  if (before === folder) return 'Remove it: the working directory is the same';
  const to = folder.length > LONGEST_PATH || folder.includes('$') ? 'that directory' : quoted(folder);
  if (before === undefined) return `Set \`WORKDIR\` to ${to} first, and adjust relative paths that follow`;
  const back = before.length > LONGEST_PATH ? 'the previous one' : quoted(before);
  return `Set \`WORKDIR\` to ${to} before this \`RUN\`, and to ${back} after it`;
}

function isPlainCd({ words, within, redirects, assignments, pipeline, background }: Command): boolean {
  return (
    words[0]?.literal === 'cd' &&
    words.length === 2 &&
    !/^[-~]/.test(words[1]!.raw) &&
    // WORKDIR expands neither patterns nor commands.
    !/[*?[`]|\$\(/.test(words[1]!.raw) &&
    within.length === 0 &&
    redirects.length === 0 &&
    assignments.length === 0 &&
    pipeline.length === 1 &&
    !background
  );
}

function textOf({ words }: Command): string {
  return words[1]!.literal ?? words[1]!.raw;
}

function movesAbout({ words, within }: Command): boolean {
  const program = words[0]?.literal;
  return (program === 'cd' || program === 'pushd' || program === 'popd') && !within.includes('subshell');
}

/** WORKDIR before the step and the previous directory after it, where that is known. WORKDIR creates a missing directory. */
function toWorkdir(
  file: DockerfileTree,
  run: RunInstruction,
  script: Script,
  cd: Command,
  next: Command,
): Fix | undefined {
  const folder = cd.words[1]!.literal;
  const before = effectiveWorkdir(run).literal;
  if (folder === undefined || /[\s"'$\\#]/.test(folder) || before === undefined || /[\s"'$\\#]/.test(before))
    return undefined;
  const { span } = run;
  const { text } = file.source;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const indent = text.slice(lineStart, span.start);
  if (indent.trim() !== '') return undefined;
  if (folder === before)
    return fix('suggested', `Remove ${quoted(`cd ${folder}`)}`, script.text.replace(cd.start, next.start, ''));
  return fix(
    'suggested',
    `Add ${quoted(`WORKDIR ${folder}`)} before and ${quoted(`WORKDIR ${before}`)} after`,
    rewritten(file, { start: span.start, end: span.start }, `WORKDIR ${folder}${eol}${indent}`),
    script.text.replace(cd.start, next.start, ''),
    rewritten(file, { start: span.end, end: span.end }, `${eol}${indent}WORKDIR ${before}`),
  );
}
