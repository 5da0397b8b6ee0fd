import type { Candidate } from '../workspace/find.ts';
import { broughtBy } from './changes.ts';
import type { Run } from './lint-run.ts';
import type { Notes } from './notes.ts';
import { type FileReport, problemCount } from './report.ts';

/** What came of a file: plain data, to be sent to another thread. */
export interface Outcome {
  /** `undefined` when it is in none of the languages. */
  readonly reports: readonly FileReport[] | undefined;
  /** Findings that are left out because they are not new. */
  readonly known: number;
  readonly notes: Notes;
}

/** Lints a file of a run. */
export function lintCandidate({ linter, earlier, cache }: Run, candidate: Candidate): Outcome {
  // Where nothing has changed, nothing is new: a hook that has no part in a commit takes no time.
  const same = earlier?.comparison.isEmpty ? linter.withoutFindings(candidate) : undefined;
  if (same) return { reports: [same], known: 0, notes: linter.notes.take() };
  const { reports: all, questions } = linter.recorded(candidate);
  const reports =
    all && earlier
      ? broughtBy(earlier.comparison, earlier.linter, candidate, all, {
          questions,
          across: linter.acrossText(candidate),
        })
      : all;
  if (cache) linter.notes.warnings.push(...cache.warnings.splice(0));
  const known = all && reports ? problemCount(all) - problemCount(reports) : 0;
  return { reports, known, notes: linter.notes.take() };
}
