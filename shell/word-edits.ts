/** Edits that add words to a script and take them out. */
import { memo } from '../core/memo.ts';
import type { Script } from '../core/script.ts';
import type { Word } from '../core/shell-tree.ts';
import type { Edit } from '../core/text.ts';
import { isExecScript } from './exec-form.ts';
import type { Option } from './programs/index.ts';

/** Takes a word and one space beside it out of its script. */
export function removeWord(script: Script, word: Word): Edit | undefined {
  const { text } = script.text;
  const blank = (at: number) => text[at] === ' ' || text[at] === '\t';
  if (blank(word.start - 1)) return script.text.replace(word.start - 1, word.end, '');
  return script.text.replace(word.start, blank(word.end) ? word.end + 1 : word.end, '');
}

/**
 * Takes an option and its value out of its script: whole words, or its letter out of a bundle (`-skL`). `undefined` where they do
 * not be alone.
 */
export function removeOption(script: Script, { words, name, value }: Option): Edit | undefined {
  const [first, second] = words;
  if (!first || words.length > 2) return undefined;
  if (second) return removeWords(script, first, second);
  if (first.literal === name || (value && first.literal?.startsWith(name))) return removeWord(script, first);
  const letter = name.length === 2 && /^-[A-Za-z\d#]+$/.test(first.raw) ? first.raw.indexOf(name[1]!) : -1;
  return letter < 0 || value ? undefined : script.text.replace(first.start + letter, first.start + letter + 1, '');
}

function removeWords(script: Script, first: Word, last: Word): Edit | undefined {
  const { text } = script.text;
  return /^\s+$/.test(text.slice(first.end, last.start)) && text[first.start - 1] === ' '
    ? script.text.replace(first.start - 1, last.end, '')
    : undefined;
}

/**
 * Puts script text after a word; it brings its own spaces. `undefined` where the document cannot hold it, among the
 * strings of an exec form, and for text with quotes, `$` or `\` in a script inside the script, whose quoting it might end.
 */
export function insertAfter(script: Script, word: Word, text: string): Edit | undefined {
  if (isExecScript(script)) return undefined;
  if (/['"`$\\\n]/.test(text) && innerWords(script).has(word)) return undefined;
  return script.text.insert(word.end, text);
}

const innerWords: (script: Script) => ReadonlySet<Word> = memo(script => {
  const inner = new Set<Word>();
  for (const { within, words } of script.commands)
    if (within.includes('string-script') || within.includes('heredoc-script') || within.includes('substitution'))
      for (const word of words) inner.add(word);
  return inner;
});
