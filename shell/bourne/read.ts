/** Bash and sh: the commands of one text, without those of the scripts inside it. */
import type { CommandContext } from '../tree/nodes.ts';
import type { SourceReading } from '../tree/reading.ts';
import type { Source } from '../tree/source.ts';
import { readList } from './lists.ts';
import { Reader } from './reader.ts';

export function readBourne(source: Source, context: CommandContext): SourceReading {
  const reader = new Reader(source, source.quoting.dialect === 'bash', context);
  readList(reader);
  return reader;
}
