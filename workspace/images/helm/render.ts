/** A template of a chart as it comes out with the values of the chart. Both arms of a condition that an installation decides. */
import { below, type Datum, FUNCTIONS, Gap, isMap, isTrue, itemsOf, written } from './data.ts';
import { type Branch, type Node, type Operand, type Parsed, type Pipeline, parse } from './parse.ts';

/** Steps of one template, characters of what comes out, templates in templates, and rounds of one loop. */
const MOST_STEPS = 20_000;
const LONGEST = 300_000;
const DEEPEST = 24;
const MOST_ROUNDS = 50;

/** Of texts that functions make longer ones of. */
const LONGEST_NAME = 300;
const MULTIPLIES: ReadonlySet<string> = new Set(['printf', 'print', 'join', 'replace']);

/** A part of what comes out, and where the template has it. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  /** What an expression gives, as a whole. */
  readonly isWhole: boolean;
}

type Variables = ReadonlyMap<string, { value: Datum }>;

/** `top` is what `.` and `$` are; `defined` are the templates of the chart by their names. */
export function rendered(
  { nodes, defined: own }: Parsed,
  top: Datum,
  defined: ReadonlyMap<string, readonly Node[]>,
): readonly Piece[] {
  const pieces: Piece[] = [];
  const renderer = new Renderer(new Map([...defined, ...own]));
  renderer.nodes(nodes, top, new Map([['$', { value: top }]]), pieces, 0);
  return pieces;
}

class Renderer {
  private steps = 0;
  private length = 0;

  constructor(private readonly defined: ReadonlyMap<string, readonly Node[]>) {}

  nodes(nodes: readonly Node[], dot: Datum, outer: Variables, out: Piece[], depth: number): void {
    const variables = new Map(outer);
    for (const node of nodes) {
      if (++this.steps > MOST_STEPS || this.length > LONGEST) return;
      if (node.kind === 'text') this.put(node.text, node.start, false, out);
      else if (node.kind === 'value') {
        const value = this.pipeline(node.pipeline, dot, variables, depth);
        const known = node.variable === undefined ? undefined : variables.get(`$${node.variable}`);
        if (node.variable === undefined) this.put(written(value ?? missing(node.pipeline)), node.start, true, out);
        // A variable of a block around it gets another value there.
        else if (known && outer.has(`$${node.variable}`)) known.value = value;
        else variables.set(`$${node.variable}`, { value });
      } else if (node.kind === 'range') this.range(node.branches[0]!, node.other, dot, variables, out, depth);
      else this.choose(node, dot, variables, out, depth);
    }
  }

  private put(text: string, start: number, isWhole: boolean, out: Piece[]): void {
    this.length += text.length;
    if (this.length <= LONGEST) out.push({ text, start, isWhole });
  }

  private choose(
    { branches, kind, other }: Extract<Node, { readonly branches: unknown }>,
    dot: Datum,
    variables: Variables,
    out: Piece[],
    depth: number,
  ): void {
    for (const { body, pipeline, variables: names } of branches) {
      const value = this.pipeline(pipeline, dot, variables, depth);
      const holds = isTrue(value);
      if (holds === false) continue;
      const inside = new Map(variables);
      for (const name of names) inside.set(`$${name}`, { value });
      this.nodes(body, kind === 'with' ? value : dot, inside, out, depth);
      if (holds) return;
    }
    this.nodes(other, dot, variables, out, depth);
  }

  private range(
    { body, pipeline, variables: names }: Branch,
    other: readonly Node[],
    dot: Datum,
    variables: Variables,
    out: Piece[],
    depth: number,
  ): void {
    const all = this.pipeline(pipeline, dot, variables, depth);
    const isOpen = all instanceof Gap;
    const items = isOpen ? [['key', new Gap('item')] as const] : itemsOf(asList(all)).slice(0, MOST_ROUNDS);
    this.steps += isMap(all) ? all.size >> 4 : 0;
    if (items.length === 0) this.nodes(other, dot, variables, out, depth);
    for (const [key, value] of items) {
      const inside = new Map(variables);
      const [one, second] = names;
      if (one !== undefined)
        inside.set(`$${one}`, { value: second === undefined ? value : isOpen ? new Gap(key) : key });
      if (second !== undefined) inside.set(`$${second}`, { value });
      this.nodes(body, value, inside, out, depth);
    }
  }

  private pipeline(pipeline: Pipeline, dot: Datum, variables: Variables, depth: number): Datum {
    let value: Datum;
    for (const [i, [first, ...rest]] of pipeline.entries()) {
      if (++this.steps > MOST_STEPS || !first) return new Gap('value');
      const of = (one: Operand): Datum => this.operand(one, dot, variables, depth);
      if (first.kind !== 'name') value = of(first);
      else value = this.call(first.name, [...rest.map(of), ...(i > 0 ? [value] : [])], depth, dot);
    }
    return value;
  }

  private operand(one: Operand, dot: Datum, variables: Variables, depth: number): Datum {
    if (one.kind === 'text') return one.text;
    if (one.kind === 'name') return this.call(one.name, [], depth, dot);
    if (one.kind === 'group') return below(this.pipeline(one.pipeline, dot, variables, depth + 1), one.keys);
    return below(one.root === '.' ? dot : variables.get(one.root)?.value, one.keys);
  }

  private call(name: string, values: readonly Datum[], depth: number, dot: Datum): Datum {
    if (name === 'true' || name === 'false') return name === 'true';
    if (name === 'nil') return undefined;
    if (depth >= DEEPEST) return new Gap(name);
    const [first, given = dot] = values;
    if (name === 'include') {
      const body = typeof first === 'string' ? this.defined.get(first) : undefined;
      return body ? this.inside(body, given, depth) : new Gap(lastWord(first));
    }
    if (name === 'tpl') {
      const isTemplate = typeof first === 'string' && first.includes('{{') && first.length <= LONGEST_NAME;
      return isTemplate ? this.inside(parse(first).nodes, given, depth) : first;
    }
    const compute = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!compute || values.length === 0) return name === 'dict' ? new Map() : new Gap(name);
    if (MULTIPLIES.has(name) && values.some(one => typeof one === 'string' && one.length > LONGEST_NAME))
      return new Gap(name);
    const computed = compute(...values);
    this.steps += typeof computed === 'string' ? computed.length >> 6 : name.startsWith('merge') ? 100 : 1;
    return computed;
  }

  private inside(nodes: readonly Node[], dot: Datum, depth: number): string {
    const out: Piece[] = [];
    this.nodes(nodes, dot, new Map([['$', { value: dot }]]), out, depth + 1);
    return out.map(({ text }) => text).join('');
  }
}

/** A list of YAML is a map of numbers. */
function asList(value: Datum): Datum {
  if (!isMap(value)) return value;
  const isList = [...value.keys()].every((key, i) => key === `${i}`);
  return isList ? [...value.values()] : value;
}

/** What has no value here gets one by an installation. */
function missing(pipeline: Pipeline): Datum {
  const [operand] = pipeline[0] ?? [];
  const name = operand?.kind === 'path' ? operand.keys.at(-1) : undefined;
  return name === undefined ? undefined : new Gap(name);
}

const lastWord = (one: Datum): string =>
  /([A-Za-z_]\w{0,60})$/.exec(typeof one === 'string' ? one : '')?.[1] ?? 'value';
