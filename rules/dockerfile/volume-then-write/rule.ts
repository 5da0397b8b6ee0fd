import { joinPath } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { copyOf } from '../../../facts/copies.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { instructionOf, runOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { Instruction } from '../../../languages/dockerfile/tree.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineDockerfileRule({
  id: 'volume-then-write',
  summary: 'A `RUN` writes to a path that is already a `VOLUME`',
  policies: ['G11'],
  category: 'correctness',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['VOLUME'] },
  since: '2026.11',
  *check(file, _context, build) {
    const atEnd = file.stages.map(() => new Map<string, Span>());
    for (const [i, stage] of build.stages.entries()) {
      const { base } = file.stages[i]!;
      const volumes = atEnd[i]!;
      if (base.kind === 'stage') for (const [path, span] of atEnd[base.stage.index] ?? []) volumes.set(path, span);
      // Triggers run after everything else of the stage.
      const orderOf = ({ index, trigger }: Instruction) => (trigger ? file.instructions.length + index : index);
      const declared = instructionsOf(file.stages[i]!)
        .flatMap(one => (one.kind === 'volume' ? one.paths.map(path => ({ index: orderOf(one), path })) : []))
        .sort((a, b) => a.index - b.index);
      let next = 0;
      const upTo = (index: number) => {
        for (; next < declared.length && declared[next]!.index < index; next++) {
          const { literal, span } = declared[next]!.path;
          if (literal?.startsWith('/') && volumes.size < 200) volumes.set(joinPath('/', literal), span);
        }
      };
      for (const step of [...stage.steps.filter(one => !one.trigger), ...stage.steps.filter(one => one.trigger)]) {
        const run = step.kind === 'run' ? runOf(step) : undefined;
        if (step.kind !== 'run' || !run || !instructionOf(step)) continue;
        upTo(orderOf(run));
        if (volumes.size === 0) continue;
        const reported = new Set<string>();
        for (const invocation of invocationsOfStep(step))
          for (const written of writtenPaths(invocation)) {
            const volume = [...volumes.keys()].find(path => written === path || written.startsWith(`${path}/`));
            if (volume === undefined || reported.has(volume)) continue;
            reported.add(volume);
            yield {
              message: `Write to ${quoted(volume)} after its \`VOLUME\` may be lost`,
              help: step.trigger ? 'Move the volume after it, as `ONBUILD VOLUME`' : 'Move `VOLUME` after this `RUN`',
              span: invocation.script.spanOf(invocation.command),
              related: [{ message: 'Volume is declared here', span: volumes.get(volume)! }],
            };
          }
      }
      upTo(Number.POSITIVE_INFINITY);
    }
  },
});

const WRITERS: ReadonlySet<string> = new Set(['chown', 'chmod', 'chgrp', 'mkdir', 'touch', 'rm', 'tee', 'install']);

/** Absolute paths that a command changes, as far as it names them. */
function writtenPaths(invocation: Invocation): string[] {
  const { program, command } = invocation;
  const copy = copyOf(invocation);
  const named = copy ? [copy.target] : WRITERS.has(program) ? readArguments(invocation).operands : [];
  const targets = command.redirects.flatMap(({ operator, target }) =>
    /^&?>/.test(operator) && target ? [target] : [],
  );
  return [...named, ...targets].flatMap(word => (word?.literal?.startsWith('/') ? [joinPath('/', word.literal)] : []));
}
