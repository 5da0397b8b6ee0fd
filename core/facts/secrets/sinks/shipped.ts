/** Which stages end up in what is shipped. */
import type { ImageBuild, Stage } from '../../../build.ts';
import { memo } from '../../../memo.ts';

/** The final stages and those that they start from: their layers and history are part of the image. */
export const shippedStages: (build: ImageBuild) => ReadonlySet<Stage> = memo(build => {
  const byName = new Map<string, Stage>();
  for (const stage of build.stages) {
    const name = stage.name?.literal?.toLowerCase();
    if (name !== undefined) byName.set(name, stage);
  }
  const shipped = new Set<Stage>();
  const waiting = build.stages.filter(({ final }) => final);
  for (let stage = waiting.pop(); stage; stage = waiting.pop()) {
    if (shipped.has(stage)) continue;
    shipped.add(stage);
    for (const base of stage.bases) {
      const from = base.kind === 'stage' ? byName.get(base.name.toLowerCase()) : undefined;
      if (from) waiting.push(from);
    }
  }
  return shipped;
});
