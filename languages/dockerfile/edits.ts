/** Edits that several Dockerfile rules make. */
import type { ImageBuild, Value } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import type { Script } from '../../core/script.ts';
import type { Command } from '../../core/shell-tree.ts';
import type { Edit, Span } from '../../core/text.ts';
import type { Layer } from './layers.ts';
import type { DockerfileTree, Flag, Instruction } from './tree.ts';

const commented = memo((file: DockerfileTree) => new Set(file.comments.map(({ target }) => target)));

/**
 * Removes the instruction with its line break; `undefined` when anything else is on its lines, or when a comment
 * belongs to it, which would be lost or would then belong to the next instruction.
 */
export function withoutInstruction(file: DockerfileTree, { span }: Instruction): Edit | undefined {
  const { text } = file.source;
  if (commented(file).has(span)) return undefined;
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  if (span.start > 0 && text.slice(start, span.start).trim() !== '') return undefined;
  const lineEnd = text.indexOf('\n', span.end);
  const end = lineEnd < 0 ? text.length : lineEnd + 1;
  return text.slice(span.end, end).trim() === '' ? file.source.replace(start, end, '') : undefined;
}

/** Inserts a line before the instruction; `undefined` when anything else is on its line. */
export function lineBefore(file: DockerfileTree, { span }: Instruction, line: string): Edit | undefined {
  const { text } = file.source;
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const indent = span.start > 0 ? text.slice(start, span.start) : '';
  if (span.file !== undefined || indent.trim() !== '') return undefined;
  return file.source.insert(span.start, `${line}${text.includes('\r\n') ? '\r\n' : '\n'}${indent}`);
}

/** Removes the flag and the spaces after it; continuations remain. */
export function withoutFlag(file: DockerfileTree, { span }: Flag): Edit | undefined {
  const { text } = file.source;
  let end = span.end;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return file.source.replace(span.start, end, '');
}

/** Replaces a span of the document with text that is written as it is. */
export function rewritten(file: DockerfileTree, span: Span, newText: string): Edit | undefined {
  return span.file === undefined ? file.source.replace(span.start, span.end, newText) : undefined;
}

/** The edits that replace each reference with `name`; `undefined` for a reference made of variables. */
export function renamedUses(values: readonly Value[], name: string): (Edit | undefined)[] {
  return values.map(({ source, parts }) =>
    parts.every(part => typeof part === 'string') ? source.replace(0, source.text.length, name) : undefined,
  );
}

/**
 * Adds a command after another one, to run when that has succeeded; on a line of its own if the RUN is written that
 * way. `undefined` when it would not be the next command that runs.
 */
export function chainedAfter(
  build: ImageBuild,
  { run, step }: Layer,
  { command, script }: { readonly command: Command; readonly script: Script },
  text: string,
): Edit | undefined {
  if (step.script !== script || command.within.length > 0 || command.background || command.pipeline.length > 1)
    return undefined;
  if (command.redirects.some(({ heredoc }) => heredoc)) return undefined;
  const join = joinAfter(script.text.text, command.end);
  if (join === undefined) return undefined;
  const { source, syntax } = build;
  const whole = source.span;
  const isDocument = whole.file === undefined && whole.start === 0 && whole.end === source.text.length;
  const lines = source.text.slice(run.lineSpan.start, run.lineSpan.end).split('\n');
  if (!isDocument || run.form !== 'shell' || run.heredocs.length > 0 || lines.length === 1)
    return script.text.insert(command.end, join === ';' ? `; ${text}` : ` && ${text}`);
  const mark = (syntax as DockerfileTree).escape;
  const lineEnd = lines[0]!.endsWith('\r') ? '\r\n' : '\n';
  const leading = lines.findLast(line => /^\s*&&/.test(line));
  const trailing = lines.slice(1).find((_, i) => /(?:&&|;)\s*[\\`]\s*$/.test(lines[i]!));
  const indent = /^[ \t]*/.exec((join === ';' ? undefined : leading) ?? trailing ?? '    ')![0];
  const written =
    join === ';'
      ? `; ${mark}${lineEnd}${indent}${text}`
      : leading === undefined && trailing !== undefined
        ? ` && ${mark}${lineEnd}${indent}${text}`
        : ` ${mark}${lineEnd}${indent}&& ${text}`;
  return source.insert(script.spanOf(command).end, written);
}

/**
 * How to join a command to the one that ends there so that a failure of that one has the same effect as before: with
 * `;` before a `;` or a line break, because `set -e` ignores a failure before `&&`; with `&&` elsewhere. `undefined`
 * when the command ends in another way.
 */
function joinAfter(text: string, end: number): ';' | '&&' | undefined {
  let at = end;
  while (text[at] === ' ' || text[at] === '\t') at++;
  if (at === text.length || text.startsWith('&&', at) || text.startsWith('||', at)) return '&&';
  if (text[at] !== ';' && text[at] !== '\n') return undefined;
  while (at < text.length && /[;\s]/.test(text[at]!)) at++;
  return at === text.length ? '&&' : ';';
}
