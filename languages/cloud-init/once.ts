import type { Step } from '../../core/build.ts';
import type { Invocation } from '../../shell/invocations.ts';
import { wrappersOf } from '../../shell/wrappers.ts';

const PER = 'cloud-init-per';

/** Whether a command of `bootcmd` runs after `cloud-init-per`, as a command of it or of a shell that it starts. */
export function runsPer(invocation: Invocation, step: Step): boolean {
  if (wrappersOf(invocation).some(({ program }) => program === PER)) return true;
  if (step.kind !== 'run') return false;
  // What a shell runs has no wrappers.
  if (step.argv?.some(({ literal }) => literal === PER)) return true;
  return invocation.script !== step.script && step.script?.text.text.includes(PER) === true;
}
