/** PowerShell: the commands of one text, without those of the scripts inside it. Never throws. */
import type { CommandContext, CommandNode } from '../tree/nodes.ts';
import type { SourceReading } from '../tree/reading.ts';
import type { Source } from '../tree/source.ts';
import { Reader } from './reader.ts';
import { readStatements } from './statements.ts';

export function readPowerShell(source: Source, context: CommandContext): SourceReading {
  const reader = new Reader(source, context);
  readStatements(reader, '');
  if (reader.unordered) sortByStart(reader.commands);
  return reader;
}

function sortByStart(commands: CommandNode[]): void {
  commands.sort((a, b) => a.start - b.start || b.end - a.end);
}
