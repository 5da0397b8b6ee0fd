import type { OutlineItem, OutlineKind } from '../../../core/editor.ts';
import type { Span } from '../../../core/text.ts';
import type { DockerfileTree, DockerStage, Instruction } from '../tree.ts';

/** The instructions before the first FROM, and the stages with theirs. */
export function outlineOf({ preamble, stages }: DockerfileTree): readonly OutlineItem[] {
  return [...preamble.map(itemOf), ...stages.map(stageItem)];
}

function stageItem({ name, nameSpan, from, instructions, span }: DockerStage): OutlineItem {
  return {
    name: name ?? 'FROM',
    ...detailOf(from),
    kind: 'class',
    span,
    nameSpan: nameSpan ?? from.keywordSpan,
    children: instructions.filter(instruction => instruction !== from).map(itemOf),
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

function itemOf(instruction: Instruction): OutlineItem {
  return {
    name: instruction.keyword,
    ...detailOf(instruction),
    kind: KINDS[instruction.kind] ?? 'object',
    span: instruction.span,
    nameSpan: instruction.keywordSpan,
    children: [],
  };
}

const LONGEST = 60;

/** Names and paths, but no values: those may be secrets. */
function detailOf(instruction: Instruction): { readonly detail?: string } {
  const text = textOf(instruction);
  if (text === undefined || text === '') return {};
  return { detail: text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text };
}

function textOf(instruction: Instruction): string | undefined {
  switch (instruction.kind) {
    case 'from':
      return instruction.image?.source.text;
    case 'arg':
      return instruction.declarations.map(({ name }) => name).join(', ');
    case 'env':
    case 'label':
      return instruction.pairs.map(({ key }) => key).join(', ');
    case 'copy':
    case 'add':
      return instruction.destination?.source.text;
    case 'workdir':
      return instruction.path?.source.text;
    case 'user':
      return instruction.user?.source.text;
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
