/** The graph of a report: what images are built on, what is built on them, and what starts them. */
import type { ReportedImage } from './report.ts';

/** `base`: an image from elsewhere; `host`: a file that starts containers and builds no image itself. */
export type NodeKind = 'base' | 'machine' | 'application' | 'host';

export interface LineageNode {
  /** Safe in any notation: a letter and a number. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** The file. */
  readonly detail: string | undefined;
  /** Of an image of the report, its id. */
  readonly image: string | undefined;
}

export interface LineageEdge {
  readonly from: string;
  readonly to: string;
  readonly use: 'base' | 'copy' | 'start';
  readonly certain: boolean;
}

export interface Lineage {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}

/** What is between the images of a report; bases that are not among them come from elsewhere. */
export function lineageOf(images: readonly ReportedImage[]): Lineage {
  const nodes = new Map<string, LineageNode>();
  const edges = new Map<string, LineageEdge>();
  const node = (key: string, one: Omit<LineageNode, 'id'>): string => {
    const known = nodes.get(key);
    const made = known ?? { ...one, id: `n${nodes.size}` };
    if (!known) nodes.set(key, made);
    return made.id;
  };
  const edge = (one: LineageEdge): void => {
    const key = `${one.from} ${one.to} ${one.use}`;
    if (one.from !== one.to && !edges.has(key)) edges.set(key, one);
  };
  const own = new Map<string, string>();
  for (const { id, layer, name, path } of images)
    own.set(id, node(`image ${id}`, { kind: layer, name, detail: path, image: id }));
  const machines = new Map<string, string[]>();
  for (const { id, layer, path, files } of images)
    if (layer === 'machine') for (const file of new Set([path, ...files])) push(machines, file, own.get(id)!);
  for (const image of images) {
    const to = own.get(image.id)!;
    for (const { name, image: base, use, certain } of image.bases) {
      const from =
        (base === null ? undefined : own.get(base)) ??
        node(`base ${name}`, { kind: 'base', name, detail: undefined, image: undefined });
      edge({ from, to, use, certain });
    }
    for (const { path, certain } of image.startedBy) {
      const hosts = machines.get(path) ?? [
        node(`host ${path}`, { kind: 'host', name: path, detail: undefined, image: undefined }),
      ];
      for (const from of hosts) edge({ from, to, use: 'start', certain });
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

export function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const all = map.get(key);
  if (all) all.push(value);
  else map.set(key, [value]);
}

/** The parts of a graph that nothing joins, in the order of their first nodes. */
export function componentsOf({ nodes, edges }: Lineage): readonly Lineage[] {
  const parent = new Map(nodes.map(({ id }) => [id, id]));
  const root = (id: string): string => {
    let at = id;
    while (parent.get(at) !== at) {
      // Shortens the way for the next one who asks.
      parent.set(at, parent.get(parent.get(at)!)!);
      at = parent.get(at)!;
    }
    return at;
  };
  for (const { from, to } of edges) parent.set(root(from), root(to));
  const parts = new Map<string, { nodes: LineageNode[]; edges: LineageEdge[] }>();
  for (const one of nodes) {
    const key = root(one.id);
    const part = parts.get(key) ?? { nodes: [], edges: [] };
    parts.set(key, part);
    part.nodes.push(one);
  }
  for (const one of edges) parts.get(root(one.from))!.edges.push(one);
  return [...parts.values()];
}
