import type { ImageBuild, Stage } from '../build.ts';

/**
 * The stages whose layers are part of what is shipped: the final ones and those named in `targets`, with the stages
 * they start from. A stage that only gives files away is none of them.
 */
export function shippedStages(build: ImageBuild, targets: readonly string[]): ReadonlySet<Stage> {
  const wanted = new Set(targets.map(target => target.toLowerCase()));
  const nameOf = (stage: Stage): string | undefined => stage.name?.literal?.toLowerCase();
  // Backwards, so that a stage is met after everything that starts from it; a name means the last stage before that has it.
  const shipped = new Set<Stage>();
  const needed = new Set<string>();
  for (const stage of build.stages.toReversed()) {
    const name = nameOf(stage);
    if (!stage.final && !(name !== undefined && (wanted.has(name) || needed.has(name)))) continue;
    shipped.add(stage);
    if (name !== undefined) needed.delete(name);
    for (const base of stage.bases) if (base.kind === 'stage') needed.add(base.name.toLowerCase());
  }
  return shipped;
}
