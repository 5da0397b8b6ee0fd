/** Where a set-up names package repositories that it uses: not in comments, and not in what commands look for or take away. */
import type { ImageBuild } from '../core/build.ts';
import type { SourceText } from '../core/text.ts';
import { setupTexts } from './setup-texts.ts';
import { isSought } from './sought-texts.ts';

/** A match of a pattern, and where it is. */
export interface RepositoryMatch {
  readonly found: RegExpExecArray;
  readonly text: SourceText;
}

/** The matches of a global pattern in the strings that have one of the words, which are in lower case. */
export function* repositoryMatches(
  build: ImageBuild,
  words: readonly string[],
  pattern: RegExp,
): Iterable<RepositoryMatch> {
  for (const text of textsOf(build, words))
    for (const found of text.text.matchAll(pattern)) {
      if (isInComment(text.text, found.index)) continue;
      if (!isSought(text.spanOf(found.index, found.index + found[0].length), build)) yield { found, text };
    }
}

/** What a machine is set up with at its boot is in the file itself, in keys and commands. */
function textsOf(build: ImageBuild, words: readonly string[]): readonly SourceText[] {
  return build.language === 'cloud-init' ? [build.source] : setupTexts(build, words);
}

/** A `#` at the beginning of a line or after a space. `printf` has its line breaks as `\\n`. */
export function isInComment(text: string, at: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf('\n', at - 1) + 1, at - LONGEST_LINE), at);
  const start = line.lastIndexOf('\\n');
  let quote = '';
  for (let i = start < 0 ? 0 : start + 2, before = ' '; i < line.length; before = line[i++]!) {
    const char = line[i]!;
    if (char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'") && /[\s=([]/.test(before)) quote = char;
    else if (char === '#' && quote === '' && /[\s-]/.test(before)) return true;
    // The text of `echo '# …'` as it is written in YAML.
    else if (char === '#' && before === quote) return true;
  }
  return false;
}
const LONGEST_LINE = 1_000;
