import type { Stage } from '../../../core/build.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { deletionsIn } from '../../../facts/secrets/exposures/removal.ts';
import { sourceUses } from '../../../languages/packer/images.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default definePackerRule({
  id: 'swap-file-left',
  summary: 'A build leaves a swap file in its image',
  policies: ['G14', 'G9'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  needs: { programs: ['mkswap'] },
  since: '2026.11',
  *check(file, _context, build) {
    if (sourceUses(file).every(({ source }) => source.facts?.produces === 'container')) return;
    for (const stage of build.stages)
      for (const { made, name, span } of swapFiles(stage))
        yield {
          message: `Swap file ${quoted(name)} remains in the image`,
          help: 'Create it at boot with `swap:` in cloud-init, or use a swap partition',
          span: made ?? span,
          related: made ? [{ message: 'Formatted as swap here', span }] : [],
        };
  },
});

interface SwapFile {
  readonly name: string;
  /** The `mkswap` command. */
  readonly span: Span;
  /** The command that makes the file. */
  readonly made: Span | undefined;
}

/** The swap files of a stage that no later step deletes. */
function swapFiles(stage: Stage): SwapFile[] {
  const found: SwapFile[] = [];
  const made = new Map<string, Span>();
  const deletions = deletionsIn(stage);
  stage.steps.forEach((step, at) => {
    if (step.kind !== 'run' || step.phase !== 'build') return;
    for (const invocation of invocationsOfStep(step)) {
      const { command, program, script } = invocation;
      const span = script.spanOf(command);
      const file = madeBy(invocation);
      if (file !== undefined) made.set(file, span);
      const path = program === 'mkswap' ? readArguments(invocation).operands[0]?.literal : undefined;
      if (!path?.startsWith('/') || path.startsWith('/dev/')) continue;
      const name = nameOf(path);
      const isDeleted = deletions.of([name]).some(one => one.at >= at && one.how === 'deleted');
      if (!isDeleted) found.push({ name: path, span, made: made.get(path) });
    }
  });
  return found;
}

/** The file that `fallocate`, `truncate` or `dd` makes. */
function madeBy(invocation: Invocation): string | undefined {
  const { args, program } = invocation;
  if (program === 'dd') return args.find(({ literal }) => literal?.startsWith('of='))?.literal?.slice('of='.length);
  if (program !== 'fallocate' && program !== 'truncate') return undefined;
  return readArguments(invocation).operands.at(-1)?.literal;
}
