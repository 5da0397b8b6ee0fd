import type { Value } from '../../../core/build.ts';
import type { OutlineItem, OutlineKind } from '../../../core/editor.ts';
import type { Span } from '../../../core/text.ts';
import type { DockerfileTree, DockerStage, Instruction } from '../tree.ts';

/** The instructions before the first FROM, and the stages with theirs. */
export function outlineOf({ preamble, source: { text }, stages }: DockerfileTree): readonly OutlineItem[] {
  return [...preamble.map(one => itemOf(one, text)), ...stages.map(stage => stageItem(stage, text))];
}

function stageItem({ name, nameSpan, from, instructions, span }: DockerStage, text: string): OutlineItem {
  return {
    name: name ?? 'FROM',
    ...detailOf(from, text),
    kind: 'class',
    span,
    nameSpan: nameSpan ?? from.keywordSpan,
    children: instructions.filter(instruction => instruction !== from).map(one => itemOf(one, text)),
  };
}

const KINDS: Readonly<Partial<Record<Instruction['kind'], OutlineKind>>> = {
  arg: 'variable',
  env: 'variable',
  label: 'property',
  run: 'method',
  cmd: 'method',
  entrypoint: 'method',
};

function itemOf(instruction: Instruction, text: string): OutlineItem {
  return {
    name: instruction.keyword,
    ...detailOf(instruction, text),
    kind: KINDS[instruction.kind] ?? 'object',
    span: instruction.span,
    nameSpan: instruction.keywordSpan,
    children: [],
  };
}

const LONGEST = 60;

/** Names and paths, but no values: those may be secrets. Variables are shown as they are written. */
function detailOf(instruction: Instruction, document: string): { readonly detail?: string } {
  const text = textOf(instruction, value => writtenOf(value, document));
  if (text === undefined || text === '') return {};
  return { detail: text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text };
}

function writtenOf(value: Value | undefined, document: string): string | undefined {
  if (!value) return undefined;
  const { end, file, start } = value.span;
  const written = file === undefined ? document.slice(start, end) : '';
  return /[\r\n]/.test(written) ? value.source.text : written;
}

function textOf(
  instruction: Instruction,
  written: (value: Value | undefined) => string | undefined,
): string | undefined {
  switch (instruction.kind) {
    case 'from':
      return written(instruction.image);
    case 'arg':
      return instruction.declarations.map(({ name }) => name).join(', ');
    case 'env':
    case 'label':
      return instruction.pairs.map(({ key }) => key).join(', ');
    case 'copy':
    case 'add':
      return written(instruction.destination);
    case 'workdir':
      return written(instruction.path);
    case 'user':
      return written(instruction.user);
    default:
      return undefined;
  }
}

/** What can be folded: stages, and instructions and comments of several lines. */
export function foldsOf({ comments, instructions, source, stages }: DockerfileTree): readonly Span[] {
  const spans = [...stages, ...instructions].map(({ span }) => span);
  const whole = comments.filter(({ inside }) => !inside).map(({ span }) => span);
  return [...spans, ...runs(whole, source.text)].filter(({ start, end }) =>
    source.text.slice(start, end).includes('\n'),
  );
}

/** Comments that follow each other line by line are one. */
function runs(comments: readonly Span[], text: string): readonly Span[] {
  const found: { start: number; end: number }[] = [];
  for (const { start, end } of comments) {
    const last = found.at(-1);
    if (last && /^\r?\n[\t ]*$/.test(text.slice(last.end, start))) last.end = end;
    else found.push({ start, end });
  }
  return found;
}
