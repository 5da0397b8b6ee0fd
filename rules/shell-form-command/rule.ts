import type { RunStep } from '../../core/build.ts';
import { type Fix, fix } from '../../core/finding.ts';
import { rewritten } from '../../languages/dockerfile/edits.ts';
import { instructionOf } from '../../languages/dockerfile/lower.ts';
import { defineDockerfileRule } from '../../languages/dockerfile/rule.ts';
import { effectiveShell } from '../../languages/dockerfile/stages.ts';
import type { CommandInstruction, DockerfileTree } from '../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'shell-form-command',
  summary: '`CMD` or `ENTRYPOINT` runs through a shell',
  policy: 'G4',
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  aliases: [
    'hadolint:DL3025',
    'buildkit:JSONArgsRecommended',
    'tally:buildkit/JSONArgsRecommended',
    'kics:not_using_json_in_cmd_and_entrypoint_arguments',
    'semgrep:prefer-json-notation',
    'sonar:S7019',
  ],
  *check(file, _context, build) {
    for (const stage of build.stages)
      for (const step of stage.steps) {
        const instruction = step.kind === 'run' ? instructionOf(step) : undefined;
        if (step.kind !== 'run' || (instruction?.kind !== 'cmd' && instruction?.kind !== 'entrypoint')) continue;
        if (instruction.command?.form !== 'shell') continue;
        // Whoever names a shell wants one; `exec` hands the signals on.
        if (
          effectiveShell(instruction).instruction ||
          step.script?.commands.some(({ words }) => words[0]?.literal === 'exec')
        )
          continue;
        const lost =
          instruction.kind === 'entrypoint'
            ? 'and the arguments of `docker run` are lost'
            : 'and the container is killed after a wait';
        yield {
          message: `Through a shell the application is not the first process: it gets no signal to stop, ${lost}.`,
          span: instruction.command.span,
          fixes: [toExecForm(file, instruction, step)],
        };
      }
  },
});

/** The same words as a JSON array, when the shell has nothing else to do with them. */
function toExecForm(file: DockerfileTree, { command }: CommandInstruction, { script }: RunStep): Fix | undefined {
  const [only, ...others] = script?.commands ?? [];
  if (!command || !script || !only || others.length > 0 || script.tree.broken || only.words.length === 0)
    return undefined;
  if (only.assignments.length > 0 || only.redirects.length > 0 || only.background || only.within.length > 0)
    return undefined;
  const words = only.words.map(({ literal, raw }) =>
    literal === undefined || /[*?[\]{}~!#`\\]/.test(raw) ? undefined : literal,
  );
  if (words.some(word => word === undefined) || BUILTINS.has(words[0]!)) return undefined;
  if (script.text.text.trim() !== script.text.text.slice(only.start, only.end)) return undefined;
  const json = `[${words.map(word => JSON.stringify(word)).join(', ')}]`;
  return fix('safe', 'Write it in exec form', rewritten(file, command.span, json));
}

/** Words that only a shell understands. */
const BUILTINS: ReadonlySet<string> = new Set([
  '.',
  ':',
  'cd',
  'eval',
  'export',
  'set',
  'source',
  'trap',
  'ulimit',
  'umask',
  'wait',
]);
