import { fingerprintsOf } from './fingerprint.ts';
import type { FileReport, Problem } from './report.ts';

/** A finding of another time, as far as it takes to know it again. */
export interface KnownFinding {
  readonly rule: string;
  readonly message: string;
  /** `finding` of its fingerprint. */
  readonly fingerprint: string;
}

/** The findings of a file, to be compared with those of another time. The same `path` has to be used for both. */
export function knownFindings(file: FileReport, path = file.path): readonly KnownFinding[] {
  const prints = fingerprintsOf(file, path);
  return file.problems.map(problem => ({
    rule: problem.rule,
    message: problem.message,
    fingerprint: prints.get(problem)!.finding,
  }));
}

/**
 * The problems of a file that were not there before. One on a line that was not there before is new. With `lenient`, it
 * is not when a finding with the same message is gone: its line was edited and it is still the same matter.
 */
export function newProblems(
  file: FileReport,
  before: readonly KnownFinding[],
  { path = file.path, lenient = false }: { readonly path?: string; readonly lenient?: boolean } = {},
): readonly Problem[] {
  const prints = fingerprintsOf(file, path);
  const left = new Map(before.map(one => [one.fingerprint, one]));
  const unknown = file.problems.filter(problem => !left.delete(prints.get(problem)!.finding));
  if (!lenient) return unknown;
  const messages = new Map<string, number>();
  for (const one of left.values()) messages.set(saying(one), (messages.get(saying(one)) ?? 0) + 1);
  return unknown.filter(problem => {
    const count = messages.get(saying(problem)) ?? 0;
    messages.set(saying(problem), count - 1);
    return count <= 0;
  });
}

const saying = ({ rule, message }: Pick<KnownFinding, 'rule' | 'message'>): string => `${rule}\n${message}`;
