import type { ImageBuild, RunStep, Step, WriteFileStep } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import { invocationsIn, type PlacedInvocation } from '../shell/invocations.ts';

/**
 * Whether a step sets up what is built or booted. A container's own command and health check do not, nor does what runs
 * on the builder's machine. Scripts that cloud-init writes are run by its other modules; those that an image gets are not
 * run while it is made.
 */
export function isSetup(build: ImageBuild, step: Step): step is RunStep | WriteFileStep {
  if (step.kind === 'run') return step.phase === 'build' || (step.phase === 'boot' && build.language === 'cloud-init');
  return step.kind === 'write-file' && build.language === 'cloud-init';
}

/** The commands that set up what is built or booted, see {@link isSetup}, in the order of the file. */
export const setupCommands: (build: ImageBuild) => readonly PlacedInvocation[] = memo(build =>
  invocationsIn(build, { written: true }).filter(({ step }) => isSetup(build, step)),
);
