import { crypto } from '../node/builtins.ts';
import { type Excerpt, shownText } from './excerpt.ts';
import type { FileReport, Problem } from './report.ts';

/** What tells a finding from the others and stays when its line moves. */
export interface Fingerprint {
  /** Made of the rule, the path and the line, counted where these are the same: 32 letters. */
  readonly finding: string;
  /** Of the line alone: 16 letters, and which of the findings on identical lines it is. */
  readonly line: string;
}

/** The fingerprints of a file's findings. Secrets are masked in what they are made of. */
export function fingerprintsOf(file: FileReport, path = file.path): ReadonlyMap<Problem, Fingerprint> {
  const lines = new Map<Excerpt | undefined, string>();
  const met = new Map<string, number>();
  const count = (key: string): number => {
    const nth = (met.get(key) ?? 0) + 1;
    met.set(key, nth);
    return nth;
  };
  const lineOf = (excerpt: Excerpt | undefined): string => {
    let found = lines.get(excerpt);
    if (found === undefined) {
      // Spaces say nothing about which finding it is.
      found = hash(excerpt ? shownText(excerpt).replace(/\s+/g, ' ').trim() : '').slice(0, 16);
      lines.set(excerpt, found);
    }
    return found;
  };
  return new Map(
    file.problems.map(problem => {
      const line = lineOf(problem.excerpt);
      // Nothing of an unreadable file is known but what is said of it.
      const key = `${problem.rule}\n${path}\n${problem.excerpt ? line : problem.message}`;
      return [problem, { finding: hash(`${key}\n${count(key)}`), line: `${line}:${count(line)}` }];
    }),
  );
}

/** A hash in the letters from `g` to `v`: no part of it can be mistaken for a part of a hexadecimal secret. */
function hash(text: string): string {
  const digits = crypto().createHash('sha256').update(text).digest('hex').slice(0, 32);
  return digits.replace(/./g, digit => (Number.parseInt(digit, 16) + 16).toString(36));
}
