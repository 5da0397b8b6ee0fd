/** `.gitignore` files. https://git-scm.com/docs/gitignore */
import { matchesSegment, matchesSegments } from '../core/glob.ts';

/** One line of such a file. */
export interface GitPattern {
  readonly segments: readonly string[];
  /** Whether it is about paths from the file's own directory; others are about names anywhere below. */
  readonly anchored: boolean;
  /** Whether it is about directories alone. */
  readonly directories: boolean;
  /** `!name` takes back what an earlier line ignores. */
  readonly negated: boolean;
  /** The line as written. */
  readonly line: string;
}

/** What is after so many characters or patterns is not read: each entry of a walk is compared with each pattern. */
const LONGEST = 200_000;
const MOST_PATTERNS = 2_000;

export function readGitignore(text: string): readonly GitPattern[] {
  return text
    .slice(0, LONGEST)
    .replace(/^\uFEFF/, '')
    .split('\n', 2 * MOST_PATTERNS)
    .flatMap(line => patternOf(line) ?? [])
    .slice(0, MOST_PATTERNS);
}

/**
 * The last pattern that matches a path, which decides; `undefined` when none does. `path` holds the segments from the
 * directory of the file down to the entry.
 */
export function decisivePattern(
  patterns: readonly GitPattern[],
  path: readonly string[],
  isDirectory: boolean,
): GitPattern | undefined {
  const name = path.at(-1)!;
  return patterns.findLast(
    ({ anchored, directories, segments }) =>
      (isDirectory || !directories) &&
      (anchored ? matchesSegments(segments, path) : matchesSegment(segments[0]!, name)),
  );
}

function patternOf(line: string): GitPattern | undefined {
  if (line.startsWith('#')) return undefined;
  const written = withoutEnd(line);
  const negated = written.startsWith('!');
  const said = negated ? written.slice(1) : written;
  const directories = said.endsWith('/');
  const path = directories ? said.slice(0, -1) : said;
  const segments = path.split('/').filter(segment => segment !== '');
  if (segments.length === 0) return undefined;
  const anchored = path.includes('/');
  // `a/**` is what is in `a`, not `a` itself.
  return {
    segments: anchored && segments.at(-1) === '**' ? [...segments, '*'] : segments,
    anchored,
    directories,
    negated,
    line: written,
  };
}

/** The line without its line break and the spaces at its end that no backslash keeps. */
function withoutEnd(line: string): string {
  let end = line.endsWith('\r') ? line.length - 1 : line.length;
  while (end > 0 && line[end - 1] === ' ' && line[end - 2] !== '\\') end--;
  return line.slice(0, end);
}
