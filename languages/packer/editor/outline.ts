import type { FileLink, OutlineItem, OutlineKind } from '../../../core/editor.ts';
import type { Span } from '../../../core/text.ts';
import type { Block, Body } from '../hcl/ast.ts';
import { namedFiles } from '../named-files.ts';
import type { PackerBlock, PackerTree } from '../tree.ts';

const KINDS: Readonly<Record<string, OutlineKind>> = {
  packer: 'module',
  build: 'module',
  source: 'class',
  data: 'class',
  variable: 'variable',
  variables: 'object',
  locals: 'object',
  local: 'constant',
  provisioner: 'method',
  'error-cleanup-provisioner': 'method',
  'post-processor': 'method',
  'post-processors': 'object',
};

/** The blocks of a template, those of builds and the entries of `locals` inside of them; the values of a variables file. */
export function outlineOf(tree: PackerTree): readonly OutlineItem[] {
  const { top } = tree.file;
  return [...entries(top), ...top.blocks().map(itemOf)].sort((a, b) => a.span.start - b.span.start);
}

function itemOf(block: PackerBlock): OutlineItem {
  const { type, labels, span, header } = block;
  const inner = type === 'build' || type === 'post-processors' || type === 'packer' ? block.blocks().map(itemOf) : [];
  const own = type === 'locals' || type === 'variables' || type === 'required_plugins' ? entries(block) : [];
  return {
    name: [type, ...labels.map(({ text }) => text)].join(' '),
    kind: KINDS[type] ?? 'object',
    span,
    nameSpan: header,
    children: [...own, ...inner],
  };
}

function entries(block: PackerBlock): readonly OutlineItem[] {
  return block.attributes.map(({ name, nameSpan, span }) => ({
    name,
    kind: 'constant' as const,
    span,
    nameSpan,
    children: [],
  }));
}

/** What can be folded: blocks, and values and comments of several lines. */
export function foldsOf({ file }: PackerTree): readonly Span[] {
  const folds: Span[] = [];
  const add = ({ start, end }: Span): unknown => folds.push({ start, end });
  const visit = ({ items }: Body): void => {
    for (const item of items) {
      if (item.kind === 'attribute') add({ start: item.name.start, end: item.value.end });
      else {
        add(item satisfies Block);
        visit(item.body);
      }
    }
  };
  visit(file.hcl.body);
  for (const comment of runsOfComments(file.hcl.comments, file.source.text)) add(comment);
  return folds.filter(({ start, end }) => file.source.text.slice(start, end).includes('\n'));
}

/** Comments that follow each other line by line are one. */
function runsOfComments(comments: readonly Span[], text: string): readonly Span[] {
  const runs: { start: number; end: number }[] = [];
  for (const { start, end } of comments) {
    const last = runs.at(-1);
    if (last && /^\r?\n[\t ]*$/.test(text.slice(last.end, start))) last.end = end;
    else runs.push({ start, end });
  }
  return runs;
}

/** The scripts and other files that the template names and that are there. */
export function linksOf(tree: PackerTree): readonly FileLink[] {
  const scripts = tree.module.builds.flatMap(({ provisioners }) => provisioners.flatMap(({ scripts }) => scripts));
  const links = new Map<number, FileLink>();
  for (const { path, span, missing } of [...namedFiles(tree), ...scripts])
    if (path !== undefined && !missing && span.file === undefined && !/[*?]/.test(path))
      links.set(span.start, { span, path });
  return [...links.values()];
}
