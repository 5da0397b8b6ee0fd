/** The script that RUN hands to the shell. */
import { SourceText } from '../../core/text.ts';
import type { RunInstruction } from './tree.ts';

/**
 * `undefined` for the exec form. `RUN <<EOF` alone: the body. `RUN cat <<EOF`: the line, the bodies and the delimiters,
 * for the shell to read (https://docs.docker.com/reference/dockerfile/#here-documents).
 */
export function runScript({ form, rest, heredocs }: RunInstruction): SourceText | undefined {
  if (form === 'exec') return undefined;
  if (form === 'heredoc') return heredocs[0]!.body;
  if (heredocs.length === 0) return rest;
  return SourceText.join([rest, ...heredocs.map(({ raw }) => raw)], '\n');
}
