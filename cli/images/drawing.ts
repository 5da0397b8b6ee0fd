/** The graph as SVG inside a page; its colors are those of the page's style. */
import { escapeMarkup } from '../format/xml.ts';
import { layoutOf, type PlacedEdge, type PlacedNode, type Spot } from './layout.ts';
import { componentsOf, type Lineage, type NodeKind } from './lineage.ts';

/** More nodes than these are not drawn: nobody reads them, and the tables have them all. */
const MOST_DRAWN = 600;

const [WIDTH, HEIGHT, GAP, ROW] = [250, 46, 90, 60] as const;
const LONGEST_NAME = 32;

export const KINDS: Readonly<Record<NodeKind, string>> = {
  base: 'base from elsewhere',
  machine: 'machine image',
  application: 'application image',
  host: 'starts containers',
};

/** A figure for each part that has an edge, the largest first. `anchors`: the ids of the places that nodes lead to. */
export function drawingsOf(lineage: Lineage, anchors: ReadonlyMap<string, string>): string {
  const parts = componentsOf(lineage)
    .filter(({ edges }) => edges.length > 0)
    .sort((a, b) => b.nodes.length - a.nodes.length);
  let drawn = 0;
  const shown = parts.filter(({ nodes }) => {
    if (drawn + nodes.length > MOST_DRAWN) return false;
    drawn += nodes.length;
    return true;
  });
  const left = parts.length - shown.length;
  return [
    ...shown.map(part => figure(part, anchors)),
    ...(left > 0 ? [`<p>${left} more ${left === 1 ? 'graph is' : 'graphs are'} too large to draw.</p>`] : []),
  ].join('\n');
}

function figure(part: Lineage, anchors: ReadonlyMap<string, string>): string {
  const { nodes, edges, columns, rows } = layoutOf(part);
  const width = columns * WIDTH + (columns - 1) * GAP + 8;
  const height = rows * ROW - (ROW - HEIGHT) + 8;
  const places = new Map(nodes.map(node => [node.id, node]));
  const label = `Lineage of ${nodes.length} images, from bases on the left to what is built on them on the right`;
  return [
    '<figure>',
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-label="${label}">`,
    ...edges.map(edge => arrow(edge, places)),
    ...nodes.map(node => box(node, anchors)),
    '</svg>',
    '</figure>',
  ].join('\n');
}

function arrow({ from, to, use, certain, via }: PlacedEdge, places: ReadonlyMap<string, PlacedNode>): string {
  const [a, b] = [places.get(from)!, places.get(to)!];
  const title = `${a.name} → ${b.name}: ${USES[use]}${certain ? '' : ' (uncertain)'}`;
  let line = `M${xOf(a) + WIDTH} ${middle(a)}`;
  let last: Spot = a;
  for (const spot of [...via, b]) {
    const [x, y, u, v] = [xOf(last) + WIDTH, middle(last), xOf(spot), middle(spot)];
    const bend = Math.max(40, (u - x) / 2);
    line += `C${x + bend} ${y} ${u - bend} ${v} ${u} ${v}${spot === b ? '' : `H${u + WIDTH}`}`;
    last = spot;
  }
  const classes = `edge ${use}${certain ? '' : ' uncertain'}`;
  return `<path class="${classes}" d="${line}"><title>${escapeMarkup(title)}</title></path>`;
}

const USES = { base: 'is the base of', copy: 'gives files to', start: 'starts' } as const;

const xOf = ({ column }: Spot): number => 4 + column * (WIDTH + GAP);
const yOf = ({ row }: Spot): number => 4 + row * ROW;
const middle = (spot: Spot): number => yOf(spot) + HEIGHT / 2;

function box(node: PlacedNode, anchors: ReadonlyMap<string, string>): string {
  const { kind, name, detail, image } = node;
  const [x, y] = [xOf(node), yOf(node)];
  const title = `${name}, ${KINDS[kind]}${detail === undefined ? '' : `, ${detail}`}`;
  const inside = [
    `<g class="node ${kind}"><title>${escapeMarkup(title)}</title>`,
    `<rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="6"/><rect class="mark" x="${x}" y="${y}" width="6" height="${HEIGHT}" rx="3"/>`,
    `<text x="${x + 16}" y="${y + 20}">${escapeMarkup(shortened(name))}</text>`,
    `<text class="kind" x="${x + 16}" y="${y + 37}">${KINDS[kind]}</text></g>`,
  ].join('');
  const anchor = image === undefined ? undefined : anchors.get(image);
  return anchor === undefined ? inside : `<a href="#${anchor}">${inside}</a>`;
}

/** The end of a name says more than its middle. */
function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= LONGEST_NAME) return name;
  return `${characters.slice(0, 12).join('')}…${characters.slice(-(LONGEST_NAME - 13)).join('')}`;
}
