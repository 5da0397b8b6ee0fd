import { harmless } from '../format/terminal.ts';
import { type LineageNode, lineageOf } from './lineage.ts';
import type { ReportedImage } from './report.ts';

/** Mermaid refuses more text than this, and readers more nodes: https://mermaid.js.org/config/schema-docs/config.html */
const MOST_EDGES = 500;

const SHAPES: Readonly<Record<LineageNode['kind'], readonly [string, string]>> = {
  base: ['(["', '"])'],
  machine: ['[["', '"]]'],
  application: ['["', '"]'],
  host: ['{{"', '"}}'],
};
const ARROWS = { base: '-->', copy: '-. copy .->', start: '== starts ==>' } as const;

/** The graph as a flowchart: https://mermaid.js.org/syntax/flowchart.html */
export function imagesMermaid(images: readonly ReportedImage[]): string {
  const { nodes, edges } = lineageOf(images);
  const shown = edges.slice(0, MOST_EDGES);
  const ends = new Set(shown.flatMap(({ from, to }) => [from, to]));
  const kept = shown.length < edges.length ? nodes.filter(({ id }) => ends.has(id)) : nodes;
  const left = edges.length - shown.length;
  return [
    'flowchart LR',
    ...(left > 0 ? [`  %% ${left} more edges left out`] : []),
    ...kept.map(({ id, kind, name }) => `  ${id}${SHAPES[kind][0]}${escapeLabel(name)}${SHAPES[kind][1]}`),
    ...shown.map(({ from, to, use }) => `  ${from} ${ARROWS[use]} ${to}`),
    '',
  ].join('\n');
}

/** Everything that Mermaid, Markdown in its labels, or HTML could read as its own is written as a character code. */
function escapeLabel(text: string): string {
  return harmless(text).replace(/[^A-Za-z0-9 ./:@_-]/gu, character => `#${character.codePointAt(0)};`);
}
