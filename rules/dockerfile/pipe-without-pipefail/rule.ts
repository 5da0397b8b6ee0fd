import type { RunStep } from '../../../core/build.ts';
import { type Fix, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { isBourne, type Script } from '../../../core/script.ts';
import type { Command } from '../../../core/shell-tree.ts';
import { distributionOf } from '../../../facts/distribution.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveShell, rootOf } from '../../../languages/dockerfile/stages.ts';
import { runOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { DockerfileTree, RunInstruction } from '../../../languages/dockerfile/tree.ts';
import { type Invocation, invocationBy } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { withLostStatus } from './substitutions.ts';

/** Programs that print what is in the script, or that a closed pipe ends in normal use: their status says nothing. */
const HARMLESS: ReadonlySet<string> = new Set([
  'echo',
  'printf',
  'yes',
  'true',
  ':',
  'set',
  'env',
  'date',
  'uname',
  'nproc',
  'seq',
  'hostname',
]);

export default defineDockerfileRule({
  id: 'pipe-without-pipefail',
  summary: 'A pipeline succeeds even if one of its commands fails',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['RUN'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL4006',
    'tally:hadolint/DL4006',
    'kics:shell_running_a_pipe_without_pipefail_flag',
    'semgrep:set-pipefail',
  ],
  *check(file, _context, build) {
    for (const stage of build.stages)
      for (const step of stage.steps) {
        if (step.kind !== 'run' || step.phase !== 'build' || !step.script || step.script.pipefail) continue;
        const { script } = step;
        const found = ignoredFailure(script);
        const run = runOf(step);
        if (!found || !run || run.form === 'exec') continue;
        yield {
          message: `Exit status of ${quoted(found.name)} is ignored in this pipeline`,
          help: 'Set `pipefail` in bash, or write the output to a file first',
          span: script.spanOf(found.command),
          fixes: [remedy(file, run, step)],
        };
      }
  },
});

/** The first command of the script whose failure a pipe hides. */
function ignoredFailure(script: Script): { readonly command: Command; readonly name: string } | undefined {
  const { commands } = script;
  if (commands.some(({ words }) => words.some(({ literal }) => literal === 'pipefail'))) return undefined;
  const tolerated = toleratedPipes(commands);
  const lost = withLostStatus(commands);
  for (const command of commands) {
    const { dialect, pipeline, within } = command;
    if (!isBourne(dialect) || pipeline.length < 2 || pipeline.at(-1) === command || within.includes('condition'))
      continue;
    const name = invocationBy(command, script)?.program;
    if (name === undefined || HARMLESS.has(name) || readsOnlyScript(command, name)) continue;
    // `… || true` after the pipe says that a failure does not matter.
    if (tolerated.has(pipeline) || lost.has(command) || failsOnNothing(invocationBy(pipeline.at(-1)!, script)))
      continue;
    return { command, name };
  }
  return undefined;
}

/** Whether the last command of a pipe fails without input: `grep word`, `sha256sum -c`. */
function failsOnNothing(invocation: Invocation | undefined): boolean {
  if (!invocation) return false;
  const given = readArguments(invocation);
  if (given.program === 'grep' || given.program === 'rg') return !given.has('--invert-match');
  return /^(?:sha\d+|md5|b2)sum$|^shasum$/.test(given.program) && given.has('--check');
}

/** `cat <<EOF | …` */
function readsOnlyScript({ redirects }: Command, name: string): boolean {
  return name === 'cat' && redirects.some(({ heredoc }) => heredoc !== undefined);
}

/** The pipes that a `||` follows. */
function toleratedPipes(commands: readonly Command[]): ReadonlySet<readonly Command[]> {
  const found = new Set<readonly Command[]>();
  let before: Command | undefined;
  for (const command of commands) {
    if (command.pipeline[0] !== command) continue;
    if (before && command.operator === '||' && command.start >= before.pipeline.at(-1)!.end) found.add(before.pipeline);
    before = command;
  }
  return found;
}

/** In Bash the option is set in the script; elsewhere by a SHELL that the base image is known to have. */
function remedy(file: DockerfileTree, run: RunInstruction, { script }: RunStep): Fix | undefined {
  const shell = effectiveShell(run);
  const program = shell.words[0]?.split('/').pop();
  if (!script || run.trigger) return undefined;
  if (run.form === 'heredoc') {
    if (script.dialect !== 'bash') return undefined;
    const { text } = script.text;
    const at = text.startsWith('#!') ? text.indexOf('\n') + 1 : 0;
    return at === 0 && text.startsWith('#!')
      ? undefined
      : fix('suggested', 'Add `set -o pipefail`', script.text.insert(at, 'set -o pipefail\n'));
  }
  if (script.dialect === 'bash' || program === 'ash')
    return fix('suggested', 'Add `set -o pipefail`', script.text.insert(0, 'set -o pipefail && '));
  if (shell.instruction) return undefined;
  const base = run.stage && rootOf(run.stage)?.stage.base;
  const image = base?.kind === 'image' ? (base.image.literal ?? base.image.byDefault) : undefined;
  const family = image && distributionOf(image);
  const known = family === 'alpine' ? '/bin/ash' : family === 'debian' || family === 'redhat' ? '/bin/bash' : undefined;
  const { start } = run.span;
  return known && file.source.text.slice(file.source.text.lastIndexOf('\n', start - 1) + 1, start).trim() === ''
    ? fix(
        'suggested',
        'Add `SHELL` with `pipefail`',
        rewritten(
          file,
          { start, end: start },
          `SHELL ["${known}", "-o", "pipefail", "-c"]${file.source.text.includes('\r\n') ? '\r\n' : '\n'}`,
        ),
      )
    : undefined;
}
