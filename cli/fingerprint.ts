import { createHash } from 'node:crypto';
import type { FileReport, Problem } from './report.ts';

/** What tells a finding from the others and stays when its line moves. */
export interface Fingerprint {
  /** Made of the rule, the path and the line, counted where these are the same: 32 letters. */
  readonly finding: string;
  /** Of the line alone: 16 letters, and the how-manieth finding of all lines that are the same. */
  readonly line: string;
}

/** The fingerprints of a file's findings. Secrets are masked in what they are made of. */
export function fingerprintsOf(file: FileReport, path = file.path): ReadonlyMap<Problem, Fingerprint> {
  const lines = new Map<number, string>();
  const met = new Map<string, number>();
  const count = (key: string): number => {
    const nth = (met.get(key) ?? 0) + 1;
    met.set(key, nth);
    return nth;
  };
  const lineOf = (line: number): string => {
    let found = lines.get(line);
    if (found === undefined) {
      found = hash(shownLine(file, line)).slice(0, 16);
      lines.set(line, found);
    }
    return found;
  };
  return new Map(
    file.problems.map(problem => {
      const line = lineOf(problem.range.start.line);
      // Nothing of an unreadable file is known but what is said of it.
      const key = `${problem.rule}\n${path}\n${file.lines.text === '' ? problem.message : line}`;
      return [problem, { finding: hash(`${key}\n${count(key)}`), line: `${line}:${count(line)}` }];
    }),
  );
}

/** The line as it may be shown. Spaces say nothing about which finding it is. */
function shownLine({ lines, masks }: FileReport, line: number): string {
  const { start, end } = lines.bounds(line);
  return masks.shown(start, end).replace(/\s+/g, ' ').trim();
}

/** A hash in the letters from `g` to `v`: no part of it can be mistaken for a part of a hexadecimal secret. */
function hash(text: string): string {
  const digits = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return digits.replace(/./g, digit => (Number.parseInt(digit, 16) + 16).toString(36));
}
