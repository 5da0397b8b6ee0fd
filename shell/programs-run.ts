import type { ImageBuild } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import { invocationsOfStep } from './invocations.ts';
import { programOf, readArguments } from './programs/index.ts';

/**
 * The names of all programs that scripts of a build run, wherever they run, the wrappers in front of them included. A
 * program with a grammar also counts by the grammar's name: `pip` for `pip3.12` and for `python3 -m pip`.
 */
export const programsRun: (build: ImageBuild) => ReadonlySet<string> = memo(build => {
  const names = new Set<string>();
  for (const { steps } of build.stages)
    for (const step of steps)
      if (step.kind === 'run' || step.kind === 'write-file')
        for (const invocation of invocationsOfStep(step)) {
          const { program, via } = invocation;
          names.add(program);
          if (programOf(program)) names.add(readArguments(invocation).program);
          for (const wrapper of via) names.add(wrapper);
        }
  return names;
});

/** Whether one of these programs runs, by the names of {@link programsRun}: facts ask before they look at every command. */
export function runsOneOf(build: ImageBuild, programs: readonly string[]): boolean {
  const run = programsRun(build);
  return programs.some(program => run.has(program));
}
