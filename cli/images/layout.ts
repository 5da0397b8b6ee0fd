/** Where the nodes of one part of the graph are drawn: columns from left to right along the edges. */
import { type Lineage, type LineageEdge, type LineageNode, push } from './lineage.ts';

export interface Spot {
  readonly column: number;
  /** From the top. */
  readonly row: number;
}

export interface PlacedNode extends LineageNode, Spot {}

export interface PlacedEdge extends LineageEdge {
  /** What it passes in the columns between its ends, so that it does not run below other nodes. */
  readonly via: readonly Spot[];
}

export interface Layout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly columns: number;
  readonly rows: number;
}

/** Passes that straighten the edges. */
const PASSES = 4;

export function layoutOf({ nodes, edges }: Lineage): Layout {
  const column = columnsOf({ nodes, edges });
  const columns: string[][] = [];
  for (const { id } of nodes) (columns[column.get(id)!] ??= []).push(id);
  const before = new Map<string, string[]>();
  const after = new Map<string, string[]>();
  const ways = edges.map(edge => {
    const way = [edge.from];
    for (let at = column.get(edge.from)! + 1; at < column.get(edge.to)!; at++) {
      const id = `${edge.from} ${edge.to} ${edge.use} ${at}`;
      columns[at]!.push(id);
      way.push(id);
    }
    way.push(edge.to);
    for (const [i, id] of way.slice(1).entries()) {
      push(before, id, way[i]!);
      push(after, way[i]!, id);
    }
    return { edge, way };
  });
  const row = rowsOf(columns, before, after);
  const spot = (id: string, at: number): Spot => ({ column: at, row: row.get(id)! });
  return {
    nodes: nodes.map(node => ({ ...node, ...spot(node.id, column.get(node.id)!) })),
    edges: ways.map(({ edge, way }) => ({
      ...edge,
      via: way.slice(1, -1).map((id, i) => spot(id, column.get(edge.from)! + 1 + i)),
    })),
    columns: columns.length,
    rows: Math.max(...row.values()) + 1,
  };
}

type Neighbors = ReadonlyMap<string, readonly string[]>;

function rowsOf(columns: readonly string[][], before: Neighbors, after: Neighbors): ReadonlyMap<string, number> {
  const row = new Map<string, number>();
  for (const list of columns) for (const [i, id] of list.entries()) row.set(id, i);
  for (let pass = 0; pass < PASSES; pass++) {
    const neighbors = pass % 2 === 0 ? before : after;
    for (const list of pass % 2 === 0 ? columns : [...columns].reverse()) {
      const wanted = new Map(list.map(id => [id, middleOf(neighbors.get(id), row) ?? row.get(id)!]));
      list.sort((a, b) => wanted.get(a)! - wanted.get(b)! || row.get(a)! - row.get(b)!);
      let next = 0;
      for (const id of list) {
        const at = Math.max(next, Math.floor(wanted.get(id)!));
        row.set(id, at);
        next = at + 1;
      }
    }
  }
  const top = Math.min(...row.values());
  for (const [id, at] of row) row.set(id, at - top);
  return row;
}

function middleOf(neighbors: readonly string[] | undefined, row: ReadonlyMap<string, number>): number | undefined {
  return neighbors && neighbors.reduce((sum, id) => sum + row.get(id)!, 0) / neighbors.length;
}

/** As far to the right as the longest way to a node asks; what has nothing on its left is beside what is made of it. */
function columnsOf({ nodes, edges }: Lineage): ReadonlyMap<string, number> {
  const next = new Map<string, string[]>();
  const open = new Map(nodes.map(({ id }) => [id, 0]));
  for (const { from, to } of edges) {
    push(next, from, to);
    open.set(to, open.get(to)! + 1);
  }
  const roots = nodes.filter(({ id }) => open.get(id) === 0).map(({ id }) => id);
  const column = new Map(nodes.map(({ id }) => [id, 0]));
  const queue = [...roots];
  const done = new Set(queue);
  let waiting = 0;
  for (let at = 0; at < nodes.length; at++) {
    // Only circles are left: one of them begins somewhere.
    while (queue.length === at) {
      const { id } = nodes[waiting++]!;
      if (done.has(id)) continue;
      done.add(id);
      queue.push(id);
    }
    const id = queue[at]!;
    for (const to of next.get(id) ?? []) {
      if (done.has(to)) continue;
      column.set(to, Math.max(column.get(to)!, column.get(id)! + 1));
      open.set(to, open.get(to)! - 1);
      if (open.get(to) === 0) {
        queue.push(to);
        done.add(to);
      }
    }
  }
  for (const id of roots) {
    const nearest = Math.min(...(next.get(id) ?? []).map(to => column.get(to)!));
    if (Number.isFinite(nearest)) column.set(id, Math.max(0, nearest - 1));
  }
  return column;
}
