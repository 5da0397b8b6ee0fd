/** Which stages end up in what is shipped. */
import type { ImageBuild, Stage } from '../core/build.ts';
import { memoOfTwo } from '../core/memo.ts';

/**
 * The stages whose layers are part of what is shipped: the final ones and those named in `targets` (by name in any case,
 * or by number), with the stages they start from. A stage that only gives files away is none of them.
 */
export function shippedStages(build: ImageBuild, targets: readonly string[]): ReadonlySet<Stage> {
  return shipped(build, targets);
}

const shipped = memoOfTwo((build: ImageBuild, targets: readonly string[]) => stagesFor(build.stages, targets));

function stagesFor(stages: readonly Stage[], targets: readonly string[]): ReadonlySet<Stage> {
  const wanted = new Set(targets.map(target => target.toLowerCase()));
  const found = new Set<Stage>();
  /** The names that a stage in front of this one is needed by. */
  const needed = new Set<string>();
  // Backwards, so that a stage is met after everything that starts from it; a name means the last stage before that has it.
  for (let i = stages.length - 1; i >= 0; i--) {
    const stage = stages[i]!;
    const name = stage.name?.literal?.toLowerCase();
    const isNamed = name !== undefined && (wanted.has(name) || needed.has(name));
    if (!stage.final && !isNamed && !wanted.has(`${i}`)) continue;
    found.add(stage);
    if (name !== undefined) needed.delete(name);
    for (const base of stage.bases) if (base.kind === 'stage') needed.add(base.name.toLowerCase());
  }
  return found;
}
