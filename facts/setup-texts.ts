/** The strings in the commands and files of a set-up, wherever they go: what ends up in a configuration is among them. */
import type { ImageBuild } from '../core/build.ts';
import { memo, memoOfTwo } from '../core/memo.ts';
import type { Script } from '../core/script.ts';
import { SourceText } from '../core/text.ts';
import { invocationBy } from '../shell/invocations.ts';
import { isSetup } from './setup-commands.ts';

/** Programs whose arguments are patterns, not what is written. */
const READERS: ReadonlySet<string> = new Set(['grep', 'egrep', 'fgrep', 'awk', 'test', '[', '[[']);

/**
 * Those of the strings that hold one of the words, which are in lower case and found in any case: the words and heredocs
 * of the commands that set up what is built, and the content of files that the document holds. The same text may come
 * twice, as a heredoc and as a word of the script in it. Where the file matters, ask `file-writes`. The answer is kept for
 * the list of words, which is to be a constant.
 */
export const setupTexts = memoOfTwo((build: ImageBuild, words: readonly string[]): readonly SourceText[] => {
  const { holders, together } = searched(build);
  const holdsOne = (text: string): boolean => words.some(word => text.includes(word));
  if (!holdsOne(together)) return NONE;
  return holders.flatMap(holder =>
    holdsOne(searchable(holder).toLowerCase())
      ? textsIn(holder).filter(({ text }) => holdsOne(text.toLowerCase()))
      : NONE,
  );
});
const NONE: readonly SourceText[] = [];

/** A file, or a script with its strings. */
type Holder = SourceText | Script;

/** What may hold a word, and one string of all of it: most documents hold none of the words asked for. */
const searched = memo((build: ImageBuild) => {
  const holders: Holder[] = [];
  for (const stage of build.stages)
    for (const step of stage.steps)
      if (step.kind === 'write-file') holders.push(step.content);
      else if (step.kind === 'run' && step.script && isSetup(build, step)) holders.push(step.script);
  return { holders, together: holders.map(searchable).join('\n').toLowerCase() };
});

/** What makes the strings of a script something else than parts of its text, in any shell. */
const SPECIAL = /["'\\`$^]/;

/** A text that has in it whatever its strings have. */
function searchable(holder: Holder): string {
  if (holder instanceof SourceText) return holder.text;
  const { text } = holder.text;
  return SPECIAL.test(text)
    ? textsIn(holder)
        .map(one => one.text)
        .join('\n')
    : text;
}

function textsIn(holder: Holder): readonly SourceText[] {
  return holder instanceof SourceText ? [holder] : stringsOf(holder);
}

const stringsOf = memo((script: Script): readonly SourceText[] => {
  const found: SourceText[] = [];
  for (const command of script.commands) {
    const program = invocationBy(command, script)?.program;
    if (program !== undefined && READERS.has(program)) continue;
    for (const word of command.words) found.push(word.value);
    for (const { heredoc, target } of command.redirects) {
      if (heredoc) found.push(heredoc.body);
      else if (target) found.push(target.value);
    }
  }
  return found;
});
