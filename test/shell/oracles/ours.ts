/** The commands of our own parser in the form that the others are compared in. */
import { parse } from '../../../shell/parse.ts';
import type { CommandNode, RedirectNode } from '../../../shell/tree/nodes.ts';
import { type PlainCommand, redirectOf } from './lines.ts';

export interface OwnReading {
  readonly commands: readonly PlainCommand[];
  readonly broken: boolean;
  /** The strings from first to last word of each command. */
  readonly words: readonly string[];
}

/** Without those of scripts in strings and here-documents, which other parsers take for text. */
export function ours(text: string, dialect: 'posix' | 'bash'): OwnReading {
  const tree = parse(text, dialect);
  const slice = (command: CommandNode, start: number, end: number) => {
    const place = command.source.outside(start, end);
    return text.slice(place.start, place.end);
  };
  const plain = new Map<CommandNode, PlainCommand>();
  for (const command of tree.commands) {
    if (command.within.some(nesting => nesting.endsWith('-script'))) continue;
    const { words, redirects } = command;
    const whole = words[0]?.raw === '[[' || words[0]?.raw === 'let';
    const end = words.at(-1)?.end ?? 0;
    plain.set(command, {
      start: command.source.outside(command.start, command.end).start,
      assignments: command.assignments.map(one => slice(command, one.start, one.end)),
      words: whole ? [slice(command, words[0]!.start, end)] : words.map(one => slice(command, one.start, one.end)),
      redirects: redirects.map(one => redirectText(text, command, one)),
      operator: command.operator,
      within: command.within,
      pipeline: [],
      background: command.background,
    });
  }
  for (const [command, one] of plain) one.pipeline = command.pipeline?.map(member => plain.get(member)!) ?? [one];
  const words = [...plain.keys()].flatMap(command => {
    const [first] = command.words;
    if (!first) return [];
    const { start, end } = command.source.outside(first.start, command.words.at(-1)!.end);
    return [`${start} ${text.slice(start, end)}`];
  });
  return { commands: [...plain.values()], broken: tree.broken, words };
}

function redirectText(text: string, { source }: CommandNode, { start, end, heredoc }: RedirectNode): string {
  const place = source.outside(start, end);
  const written = text.slice(place.start, place.end);
  const operator =
    /^(?:\d+|\{\w+\})?(?:<<<|<<-|<<|<>|<&|<|>>|>&|>\||>|&>>|&>)(?:[ \t]|\\\r?\n)*/.exec(written)?.[0] ?? '';
  return redirectOf(operator, written.slice(operator.length), heredoc && source.text.slice(heredoc.start, heredoc.end));
}
