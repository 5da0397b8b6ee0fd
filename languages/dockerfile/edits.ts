/** Edits that rules of Dockerfiles make on more than one occasion. */
import type { Value } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import type { Edit, Span } from '../../core/text.ts';
import { withTriggers } from './resolve.ts';
import type { CopyOrigin, DockerfileTree, DockerStage, Flag, Instruction } from './tree.ts';

/** Every instruction of the file; what ONBUILD holds comes behind it. */
export const everyInstruction: (file: DockerfileTree) => readonly Instruction[] = memo(file =>
  withTriggers(file.instructions),
);

/** Every instruction of the stage; what ONBUILD holds comes behind it. */
export const instructionsOf: (stage: DockerStage) => readonly Instruction[] = memo(stage =>
  withTriggers(stage.instructions),
);

const commented = memo((file: DockerfileTree) => new Set(file.comments.map(({ target }) => target)));

/**
 * Takes the instruction out with its line breaks; `undefined` when something else is on its lines, or when a comment
 * belongs to it, which would be lost or would speak of the next instruction.
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

/** Puts a line in front of the instruction; `undefined` when something else is on its line. */
export function lineInFrontOf(file: DockerfileTree, { span }: Instruction, line: string): Edit | undefined {
  const { text } = file.source;
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const indent = span.start > 0 ? text.slice(start, span.start) : '';
  if (span.file !== undefined || indent.trim() !== '') return undefined;
  return file.source.insert(span.start, `${line}${text.includes('\r\n') ? '\r\n' : '\n'}${indent}`);
}

/** Takes the flag out with the blanks behind it; continuations stay. */
export function withoutFlag(file: DockerfileTree, { span }: Flag): Edit | undefined {
  const { text } = file.source;
  let end = span.end;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return file.source.replace(span.start, end, '');
}

/** Replaces the text of a span as it stands in the document. */
export function rewritten(file: DockerfileTree, span: Span, newText: string): Edit | undefined {
  return span.file === undefined ? file.source.replace(span.start, span.end, newText) : undefined;
}

/** Where the instruction takes files from: the `--from` of COPY and ADD, each mount of RUN. */
export function takingsOf(
  instruction: Instruction,
): readonly { readonly origin: CopyOrigin; readonly from: Value | undefined }[] {
  if (instruction.kind === 'run') return instruction.mounts;
  return instruction.kind === 'copy' || instruction.kind === 'add' ? [instruction] : [];
}

/** Where each stage is named: by FROM, COPY --from and RUN --mount=from, and by number apart from that. */
export interface StageUses {
  readonly byName: readonly Value[];
  readonly byNumber: readonly Value[];
}

const uses = memo((file: DockerfileTree) => {
  const found = new Map<DockerStage, { byName: Value[]; byNumber: Value[] }>();
  const add = (stage: DockerStage, value: Value | undefined, how: 'byName' | 'byNumber') => {
    const entry = found.get(stage) ?? { byName: [], byNumber: [] };
    found.set(stage, entry);
    if (value) entry[how].push(value);
  };
  for (const stage of file.stages) {
    if (stage.base.kind === 'stage') add(stage.base.stage, stage.from.image, 'byName');
    for (const instruction of instructionsOf(stage)) {
      for (const { origin, from } of takingsOf(instruction))
        if (origin.kind === 'stage') add(origin.stage, from, origin.byNumber ? 'byNumber' : 'byName');
    }
  }
  return found;
});

const NONE: StageUses = { byName: [], byNumber: [] };

/** Where the file takes from the stage. */
export function usesOf(file: DockerfileTree, stage: DockerStage): StageUses {
  return uses(file).get(stage) ?? NONE;
}

/** The edits that put `name` in the place of each use; `undefined` among them where a use is made of variables. */
export function renamedUses(values: readonly Value[], name: string): (Edit | undefined)[] {
  return values.map(({ source, parts }) =>
    parts.every(part => typeof part === 'string') ? source.replace(0, source.text.length, name) : undefined,
  );
}
