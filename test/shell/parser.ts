import { fileURLToPath } from 'node:url';
import { Script, type ShellDialect } from '../../core/script.ts';
import type { Command, Word } from '../../core/shell-tree.ts';
import { SourceText } from '../../core/text.ts';
import { shellParser } from '../../shell/parser.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export function scriptOf(text: string | SourceText, dialect: ShellDialect = 'bash'): Script {
  const source = typeof text === 'string' ? SourceText.document(text) : text;
  return new Script(source, { dialect, errexit: false, pipefail: false }, shellParser);
}

const wordText = (word: Word) => word.literal ?? word.value.text.replaceAll('\uE000', '◊');

/** A command on a line, for comparison: `&& X=1 | a b | >f | {loop} 0/2 &`. */
export function lineOf(command: Command): string {
  const { assignments, words, redirects, within, pipeline, operator, background } = command;
  const parts = [
    ...assignments.map(({ name, value }) => `${name}=${value ? wordText(value) : ''}`),
    words.map(wordText).join('·'),
    ...redirects.map(
      ({ descriptor, operator, target, heredoc }) =>
        `${descriptor ?? ''}${operator}${target ? wordText(target) : JSON.stringify(heredoc?.body.text.replaceAll('\uE000', '◊'))}`,
    ),
  ].filter(part => part !== '');
  const place = within.length > 0 ? ` {${within.join(' ')}}` : '';
  const pipe = pipeline.length > 1 ? ` ${pipeline.indexOf(command) + 1}/${pipeline.length}` : '';
  return `${operator ? `${operator} ` : ''}${parts.join(' ')}${place}${pipe}${background ? ' &' : ''}`;
}

export function linesOf(text: string): string[] {
  return scriptOf(text).commands.map(lineOf);
}
