/** Which credential files a later step deletes: too late for an image made of layers, in time within one. */
import type { ImageBuild, RunStep, Stage, Step } from '../../../core/build.ts';
import { memo } from '../../../core/memo.ts';
import { nameOf } from '../../../core/path.ts';
import type { Span } from '../../../core/text.ts';
import { invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { type CopiedCredential, copiedCredentials, withoutSlash } from './files.ts';

/** A deletion of a file. */
export interface Removal {
  readonly step: RunStep;
  /** The word that names the file or the directory around it. */
  readonly span: Span;
}

const REMOVERS = new Set(['rm', 'unlink', 'shred', 'srm']);

/** For each copied credential the step of the same stage that deletes it, when one does. */
export const removedCredentials: (build: ImageBuild) => ReadonlyMap<CopiedCredential, Removal> = memo(build => {
  const removed = new Map<CopiedCredential, Removal>();
  const credentials = copiedCredentials(build);
  if (credentials.length === 0) return removed;
  const byStage = new Map<Stage, CopiedCredential[]>();
  for (const credential of credentials) {
    const list = byStage.get(credential.stage);
    if (list) list.push(credential);
    else byStage.set(credential.stage, [credential]);
  }
  for (const [stage, list] of byStage) {
    const deletions = deletionsIn(stage);
    const positions = new Map(stage.steps.map((step, at) => [step, at]));
    for (const credential of list) {
      const found = firstFrom(deletions.get(nameInImage(credential)) ?? [], (positions.get(credential.step) ?? 0) + 1);
      if (found) removed.set(credential, found);
    }
  }
  return removed;
});

/** The first of a step's position or later; the list is in the order of steps. */
export function firstFrom(deletions: readonly Deletion[], at: number): Deletion | undefined {
  let low = 0;
  let high = deletions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (deletions[middle]!.at < at) low = middle + 1;
    else high = middle;
  }
  return deletions[low];
}

/** The name that the file has in the image: that of the destination unless it is a directory. */
function nameInImage({ included, source, step }: CopiedCredential): string {
  if (included !== undefined) return included;
  const own = nameOf(withoutSlash(source.literal ?? source.source.text));
  const to = step.to?.source.text ?? '';
  const last = nameOf(to);
  return to.endsWith('/') || last === '' || last === '.' || step.sources.length > 1
    ? own
    : last.includes('.') || /^id_/.test(last)
      ? last
      : own;
}

/** A deletion and the position of its step in the stage. */
export interface Deletion extends Removal {
  readonly at: number;
}

/** The deletions of a stage by the name of what is deleted; a directory such as `.ssh` goes by its own name and `.ssh/*`. */
export function deletionsIn(stage: Stage): ReadonlyMap<string, readonly Deletion[]> {
  const found = new Map<string, Deletion[]>();
  stage.steps.forEach((step: Step, at) => {
    if (step.kind !== 'run' || step.phase !== 'build') return;
    for (const invocation of invocationsOfStep(step)) {
      if (!REMOVERS.has(invocation.program)) continue;
      for (const word of readArguments(invocation).operands) {
        const name = nameOf(withoutSlash(word.value.text));
        const removal = { step, span: invocation.script.spanOf(word), at };
        const list = found.get(name);
        if (list) list.push(removal);
        else found.set(name, [removal]);
      }
    }
  });
  return found;
}
