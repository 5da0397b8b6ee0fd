/** The keys and values of a YAML or HCL document with their places, to compare what lies outside of edits. */
import type { ImageBuild } from '../../core/build.ts';
import type { Edit, Span } from '../../core/text.ts';
import type { CloudInitTree, YamlNode } from '../../languages/cloud-init/tree.ts';
import type { Body } from '../../languages/packer/hcl/ast.ts';
import type { PackerTree } from '../../languages/packer/tree.ts';

interface Token {
  /** With its depth: what moves into another map or block says something else. */
  readonly text: string;
  readonly span: Span;
}

/** What stands outside of the edits that were made (`before`) or of the text that they wrote (`after`). */
export function untouched(build: ImageBuild, spans: readonly Span[]): readonly string[] {
  return tokensOf(build)
    .filter(({ span }) => !spans.some(({ start, end }) => span.start <= end && start <= span.end))
    .map(({ text }) => text);
}

/** Where the new texts of edits stand once they are applied. */
export function writtenBy(edits: readonly Edit[]): readonly Span[] {
  let shift = 0;
  return [...edits]
    .sort((a, b) => a.span.start - b.span.start)
    .map(({ span, newText }) => {
      const start = span.start + shift;
      shift += newText.length - (span.end - span.start);
      return { start, end: start + newText.length };
    });
}

function tokensOf({ language, syntax }: ImageBuild): readonly Token[] {
  if (language === 'packer') {
    const { file } = syntax as PackerTree;
    return hclTokens(file.hcl.body, file.source.text, 0);
  }
  const { document } = syntax as CloudInitTree;
  return document ? yamlTokens(document, 0) : [];
}

function hclTokens(body: Body, text: string, depth: number): Token[] {
  return body.items.flatMap((item): Token[] => {
    if (item.kind === 'attribute') {
      const { name, value } = item;
      const written = text.slice(value.start, value.end).replaceAll('\r\n', '\n');
      return [
        { text: `${depth} ${name.text} =`, span: name },
        { text: `${depth} ${written}`, span: value },
      ];
    }
    const header = text.slice(item.header.start, item.header.end);
    return [{ text: `${depth} ${header}`, span: item.header }, ...hclTokens(item.body, text, depth + 1)];
  });
}

function yamlTokens(node: YamlNode, depth: number): Token[] {
  switch (node.kind) {
    case 'map':
      return node.entries.flatMap(({ key, value }) => [
        { text: `${depth} ${key.text.text}:`, span: key.span },
        ...yamlTokens(value, depth + 1),
      ]);
    case 'seq':
      return node.items.flatMap(item => [
        { text: `${depth} -`, span: { start: item.span.start, end: item.span.start } },
        ...yamlTokens(item, depth + 1),
      ]);
    case 'scalar':
      return [{ text: `${depth} ${node.type} ${String(node.value ?? node.text.text)}`, span: node.span }];
    case 'alias':
      return [{ text: `${depth} *${node.name}`, span: node.span }];
    case 'null':
      return [{ text: `${depth} null`, span: node.span }];
  }
}
