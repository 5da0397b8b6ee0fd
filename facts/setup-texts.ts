/** The texts in the commands and files of a set-up, wherever they go: what ends up in a configuration is among them. */
import type { ImageBuild } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { SourceText } from '../core/text.ts';
import { invocationsOf } from '../shell/invocations.ts';
import { isSetup } from './setup-commands.ts';

/** Programs whose arguments are patterns, not what is written. */
const READERS: ReadonlySet<string> = new Set(['grep', 'egrep', 'fgrep', 'awk', 'test', '[', '[[']);

/**
 * The words and heredocs of the commands that set up what is built, and the content of files that the document holds.
 * The same text may come twice, as a heredoc and as a word of the script in it. Where the file matters, ask `file-writes`.
 */
export const setupTexts: (build: ImageBuild) => readonly SourceText[] = memo(build => {
  const found: SourceText[] = [];
  for (const stage of build.stages)
    for (const step of stage.steps) {
      if (step.kind === 'write-file') found.push(step.content);
      else if (step.kind === 'run' && step.script && isSetup(build, step)) {
        const readers = new Set(
          invocationsOf(step.script)
            .filter(({ program }) => READERS.has(program))
            .map(({ command }) => command),
        );
        for (const command of step.script.commands) {
          if (readers.has(command)) continue;
          for (const word of command.words) found.push(word.value);
          for (const { heredoc, target } of command.redirects) {
            if (heredoc) found.push(heredoc.body);
            else if (target) found.push(target.value);
          }
        }
      }
    }
  return found;
});
