/** What the files of a workspace say of one another's images, for rules that ask: read before anything is linted. */
import { type AcrossFiles, NOTHING_ACROSS } from '../core/across-files.ts';
import type { Rule } from '../core/rule.ts';
import type { Candidate } from '../workspace/find.ts';

/** By root, and then by path. Plain data, to be sent to another thread. */
export type AcrossAnswers = ReadonlyMap<string, ReadonlyMap<string, AcrossFiles>>;

/** `undefined` for a file in a root that was not read. */
export function answerFrom(answers: AcrossAnswers | undefined, path: string, root: string): AcrossFiles | undefined {
  const ofRoot = answers?.get(root);
  return ofRoot && (ofRoot.get(path) ?? NOTHING_ACROSS);
}

/**
 * The directories whose files have to be read: those of files for which a rule is on that asks. A file that is named and in no
 * repository may be anywhere, so nothing is read around it.
 */
export function rootsAsked(
  candidates: readonly Candidate[],
  rules: readonly Rule[],
  isOn: (rule: string, candidate: Candidate) => boolean,
): ReadonlySet<string> {
  const asking = rules.filter(rule => rule.asksAcrossFiles).map(({ id }) => id);
  const roots = new Set<string>();
  for (const candidate of candidates) {
    const { directory, named } = candidate;
    if (roots.has(directory.root) || (named && directory.repository === undefined)) continue;
    if (asking.some(id => isOn(id, candidate))) roots.add(directory.root);
  }
  return roots;
}
