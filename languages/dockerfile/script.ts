/** The script that RUN passes to the shell. */
import { SourceText } from '../../core/text.ts';
import type { RunInstruction } from './tree.ts';

/**
 * `undefined` for the exec form. For `RUN <<EOF` alone, the body. For `RUN cat <<EOF`, the line, the bodies and the
 * delimiters, which the shell reads (https://docs.docker.com/reference/dockerfile/#here-documents).
 */
export function runScript({ form, rest, heredocs }: RunInstruction): SourceText | undefined {
  if (form === 'exec') return undefined;
  if (form === 'heredoc') return heredocs[0]!.body;
  if (heredocs.length === 0) return rest;
  return SourceText.join([rest, ...heredocs.map(({ raw }) => raw)], '\n');
}
