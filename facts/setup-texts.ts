/** The strings in the commands and files of a set-up, wherever they go: what ends up in a configuration is among them. */
import type { ImageBuild } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Script } from '../core/script.ts';
import type { SourceText } from '../core/text.ts';
import { invocationByCommand } from '../shell/invocations.ts';
import { isSetup } from './setup-commands.ts';

/** Programs whose arguments are patterns, not what is written. */
const READERS: ReadonlySet<string> = new Set(['grep', 'egrep', 'fgrep', 'awk', 'test', '[', '[[']);

/**
 * Those of the strings that hold one of the words, which are in lower case and found in any case: the words and heredocs
 * of the commands that set up what is built, and the content of files that the document holds. The same text may come
 * twice, as a heredoc and as a word of the script in it. Where the file matters, ask `file-writes`.
 */
export function setupTexts(build: ImageBuild, words: readonly string[]): readonly SourceText[] {
  const { texts, together } = allTexts(build);
  const holdsOne = (text: string): boolean => words.some(word => text.includes(word));
  return holdsOne(together) ? texts.filter(({ text }) => holdsOne(text.toLowerCase())) : [];
}

/** All strings, and one string of them: most documents hold none of the words asked for, and are searched once. */
const allTexts = memo((build: ImageBuild) => {
  const texts = textsOf(build);
  return { texts, together: texts.map(({ text }) => text.toLowerCase()).join('\n') };
});

function textsOf(build: ImageBuild): readonly SourceText[] {
  const found: SourceText[] = [];
  for (const stage of build.stages)
    for (const step of stage.steps) {
      if (step.kind === 'write-file') found.push(step.content);
      else if (step.kind === 'run' && step.script && isSetup(build, step)) addTextsIn(step.script, found);
    }
  return found;
}

function addTextsIn(script: Script, found: SourceText[]): void {
  const invocations = invocationByCommand(script);
  for (const command of script.commands) {
    const program = invocations.get(command)?.program;
    if (program !== undefined && READERS.has(program)) continue;
    for (const word of command.words) found.push(word.value);
    for (const { heredoc, target } of command.redirects) {
      if (heredoc) found.push(heredoc.body);
      else if (target) found.push(target.value);
    }
  }
}
