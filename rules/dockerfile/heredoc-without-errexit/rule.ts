import { fix } from '../../../core/finding.ts';
import { isBourne, type Script } from '../../../core/script.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { runOf } from '../../../languages/dockerfile/step-instruction.ts';
import { invocationBy } from '../../../shell/invocations.ts';

/** Commands whose failure is of no interest, or that do not fail. */
const HARMLESS: ReadonlySet<string> = new Set([
  'echo',
  'printf',
  'set',
  'export',
  'true',
  ':',
  'exit',
  'trap',
  'shopt',
]);

export default defineDockerfileRule({
  id: 'heredoc-without-errexit',
  summary: 'A failing command in a heredoc does not fail the build',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['RUN'] },
  since: '2026.11',
  *check(_file, _context, build) {
    for (const stage of build.stages)
      for (const step of stage.steps) {
        const run = step.kind === 'run' ? runOf(step) : undefined;
        const script = step.kind === 'run' ? step.script : undefined;
        if (run?.form !== 'heredoc' || !script || script.errexit || !isBourne(script.dialect) || script.tree.broken)
          continue;
        const unchecked = ignoredFailure(script);
        if (!unchecked) continue;
        const marker = run.heredocs[0]!.marker;
        yield {
          message: 'Only the last command of this heredoc can fail the build',
          help: 'Start it with `set -e`, or join the commands with `&&`',
          span: marker,
          related: [{ message: 'Exit status of this command is ignored', span: script.spanOf(unchecked) }],
          fixes: [
            script.text.text.startsWith('#!')
              ? undefined
              : fix('suggested', 'Add `set -e`', script.text.insert(0, 'set -e\n')),
          ],
        };
      }
  },
});

/** The first command after which the script goes on whatever becomes of it; `undefined` when there is none. */
function ignoredFailure(script: Script) {
  if (
    script.commands.some(
      ({ words }) => words[0]?.literal === 'set' && words.some(({ raw }) => /^-[a-z]*e|^errexit$/.test(raw)),
    )
  )
    return undefined;
  const top = script.commands.filter(({ within }) => within.every(one => one === 'group'));
  return top.find((command, i) => {
    const next = top[i + 1];
    if (next?.operator !== ';' || command.pipeline.at(-1) !== command || command.background) return false;
    // Of `a && b || exit 1` every failure is looked at.
    if (command.operator === '||' || HARMLESS.has(invocationBy(command, script)?.program ?? ':')) return false;
    return command.words.length > 0;
  });
}
