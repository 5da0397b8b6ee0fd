/** Which credential files a later step deletes: too late for an image made of layers, in time within one. */
import type { ImageBuild, RunStep, Stage, Step } from '../../../core/build.ts';
import { matchesSegment } from '../../../core/glob.ts';
import { memo } from '../../../core/memo.ts';
import { nameOf } from '../../../core/path.ts';
import type { Span } from '../../../core/text.ts';
import { execScript } from '../../../shell/exec-form.ts';
import { type ClearedFile, clearedFiles } from '../../cleared-files.ts';
import { type CopiedCredential, copiedCredentials, withoutSlash } from './files.ts';

/** A deletion of a file. */
export interface Removal {
  readonly step: RunStep;
  /** The word that names the file or the directory around it. */
  readonly span: Span;
}

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
      // What changes a copy in a later layer leaves the first one as it is, but may not mean to delete it.
      const found = deletions
        .of([nameInImage(credential)])
        .find(({ at, how }) => at > (positions.get(credential.step) ?? 0) && how !== 'changed');
      if (found) removed.set(credential, found);
    }
  }
  return removed;
});

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
  /** Whether it is written where it runs, and not in a function or in a script for later: `trap 'rm x' EXIT`. */
  readonly inOrder: boolean;
  /** Where its command starts in the document. */
  readonly start: number;
  readonly how: ClearedFile['how'];
}

/** The deletions of a stage, in the order of its steps. */
export interface Deletions {
  /** Those of files with one of these names; a directory such as `.ssh` goes by its own name and `.ssh/*`. */
  of(names: readonly string[]): readonly Deletion[];
}

/** The deletions of a stage by the name of what is deleted. */
export function deletionsIn(stage: Stage): Deletions {
  const byName = new Map<string, Deletion[]>();
  const byGlob: { readonly pattern: string; readonly deletion: Deletion }[] = [];
  stage.steps.forEach((step: Step, at) => {
    const script =
      step.kind === 'run' && step.phase === 'build' && (step.script ?? (step.argv && execScript(step.argv)));
    if (!script || step.kind !== 'run') return;
    for (const { command, file } of clearedFiles(script)) {
      const name = nameOf(withoutSlash(file.word.value.text));
      const inOrder = !command.within.some(within => within === 'function' || within === 'string-script');
      const { start } = script.text.spanOf(command.start, command.end);
      const deletion = { step, span: script.spanOf(file.word), start, at, inOrder, how: file.how };
      // A pattern that fits every name says nothing of this one.
      if (/[*?[]/.test(name)) {
        if (/\w/.test(name) && byGlob.length < MOST_GLOBS) byGlob.push({ pattern: name, deletion });
        continue;
      }
      const list = byName.get(name);
      if (list) list.push(deletion);
      else byName.set(name, [deletion]);
    }
  });
  return {
    of: names =>
      [
        ...names.flatMap(name => byName.get(name) ?? []),
        ...byGlob.flatMap(({ deletion, pattern }) =>
          names.some(name => matchesSegment(pattern, name)) ? [deletion] : [],
        ),
      ].sort((a, b) => a.at - b.at),
  };
}

/** Globs of one stage that are compared with names. */
const MOST_GLOBS = 200;
