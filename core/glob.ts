/**
 * Path patterns without regular expressions: `*` and `?` stay within a segment, `**` crosses any number of them,
 * `[a-z]` is a class, `\` takes the next character as it is. Time is the product of the two lengths at worst.
 */

/**
 * Whether a pattern matches a whole path. A pattern without a slash matches the last segment anywhere, as in .gitignore;
 * one that ends with a slash matches everything in such a directory.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  if (pattern.endsWith('/')) return coversPath(pattern, path, false);
  const given = segmentsOf(path);
  if (!pattern.includes('/')) return given.length > 0 && matchesSegment(pattern, given.at(-1)!);
  return matchesSegments(segmentsOf(pattern), given);
}

/**
 * Whether a pattern matches a path or a directory that the path is in. A slash at its end asks for a directory and does not
 * count as a slash otherwise.
 */
export function coversPath(pattern: string, path: string, isDirectory: boolean): boolean {
  const directoryOnly = pattern.endsWith('/');
  const written = directoryOnly ? pattern.slice(0, -1) : pattern;
  const given = segmentsOf(path);
  if (directoryOnly && !isDirectory) given.pop();
  if (!written.includes('/')) return written !== '' && given.some(name => matchesSegment(written, name));
  return matchesSegments([...segmentsOf(written), '**'], given);
}

/** Whether pattern segments match path segments one by one; `**` stands for any number of them. */
export function matchesSegments(pattern: readonly string[], path: readonly string[]): boolean {
  let p = 0;
  let s = 0;
  let star = -1;
  let resume = 0;
  // Greedy matching with one point of return is enough for `**`: an earlier one never helps where a later one fails.
  while (s < path.length) {
    if (p < pattern.length && pattern[p] === '**') {
      star = p++;
      resume = s;
    } else if (p < pattern.length && matchesSegment(pattern[p]!, path[s]!)) {
      p++;
      s++;
    } else if (star >= 0) {
      p = star + 1;
      s = ++resume;
    } else return false;
  }
  while (pattern[p] === '**') p++;
  return p === pattern.length;
}

const segmentsOf = (path: string): string[] => path.split('/').filter(segment => segment !== '' && segment !== '.');

/** Whether a pattern without slashes matches one path segment. */
export function matchesSegment(pattern: string, text: string): boolean {
  let p = 0;
  let s = 0;
  let star = -1;
  let resume = 0;
  while (s < text.length) {
    const step = p < pattern.length ? one(pattern, p, text[s]!) : 0;
    if (pattern[p] === '*') {
      star = p++;
      resume = s;
    } else if (step > 0) {
      p += step;
      s++;
    } else if (star >= 0) {
      p = star + 1;
      s = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** How many pattern characters match the one character; 0 when they do not. */
function one(pattern: string, at: number, character: string): number {
  const sign = pattern[at]!;
  if (sign === '?') return 1;
  if (sign === '\\' && at + 1 < pattern.length) return pattern[at + 1] === character ? 2 : 0;
  if (sign === '[') {
    const end = pattern.indexOf(']', at + 2);
    if (end > 0) {
      const negated = pattern[at + 1] === '!' || pattern[at + 1] === '^';
      let inside = false;
      for (let i = at + (negated ? 2 : 1); i < end; i++) {
        if (pattern[i + 1] === '-' && i + 2 < end) {
          if (pattern[i]! <= character && character <= pattern[i + 2]!) inside = true;
          i += 2;
        } else if (pattern[i] === character) inside = true;
      }
      return inside !== negated ? end - at + 1 : 0;
    }
  }
  return sign === character ? 1 : 0;
}
