import type { ImageBuild } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import { invocationsOfStep } from './invocations.ts';

/** The names of all programs that scripts of a build run, wherever they run, the wrappers in front of them included. */
export const programsRun: (build: ImageBuild) => ReadonlySet<string> = memo(build => {
  const names = new Set<string>();
  for (const { steps } of build.stages)
    for (const step of steps)
      if (step.kind === 'run' || step.kind === 'write-file')
        for (const { program, via } of invocationsOfStep(step)) {
          names.add(program);
          for (const wrapper of via) names.add(wrapper);
        }
  return names;
});
