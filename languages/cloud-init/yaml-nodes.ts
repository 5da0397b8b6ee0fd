/** The nodes of a document, made from what the library composed: with their places, their text and the types that PyYAML gives. */
import { type CST, isAlias, isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Comment } from '../../core/build.ts';
import type { Finding } from '../../core/finding.ts';
import type { SourceText, Span } from '../../core/text.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { readHeader } from './block-scalar.ts';
import { resolvePlain, resolveTagged } from './resolve.ts';
import { decodeScalar, type Writing } from './scalar.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar, YamlSeq } from './tree.ts';

/** Aliases after this many are not resolved. */
const MOST_ALIASES = 1_000;

/** A tag and the comments and blanks between it and its value. In UTF-16 code units. */
const LONGEST_TAG = 400;

type Target = Exclude<YamlNode, { kind: 'alias' }>;

export class NodeBuilder {
  readonly problems: Finding[] = [];
  private readonly anchors = new Map<string, Target>();
  /** Where entries and items start and end, in the order of the file. */
  private readonly places: { start: number; end: number }[] = [];
  private aliases = 0;

  constructor(private readonly source: SourceText) {}

  private base(start: number, end: number, node?: { anchor?: string; tag?: string }) {
    return {
      span: this.source.spanOf(start, end),
      written: this.source.slice(start, end),
      anchor: node?.anchor,
      ...this.tagOf(node?.tag, start),
    };
  }

  /** The tag in front of what is at `start`, as it is written. */
  private tagOf(given: string | undefined, start: number): { tag: string | undefined; tagSpan: Span | undefined } {
    if (given === undefined) return { tag: undefined, tagSpan: undefined };
    const tag = given.replace(/^tag:yaml\.org,2002:/, '!!');
    const from = Math.max(0, start - LONGEST_TAG);
    const at = this.source.text.slice(from, start).lastIndexOf(tag);
    return { tag, tagSpan: at < 0 ? undefined : this.source.spanOf(from + at, from + at + tag.length) };
  }

  /** Nodes are made outermost first, so that a place is noted before those inside it. */
  node(node: unknown, inFlow: boolean): YamlNode {
    const [made] = this.placed(node, inFlow, 0);
    return made;
  }

  private placed(node: unknown, inFlow: boolean, fallback: number): [YamlNode, number, number] {
    if (isAlias(node)) return this.alias(node);
    const made = isMap(node)
      ? this.map(node as YAMLMap.Parsed, inFlow)
      : isSeq(node)
        ? this.seq(node as YAMLSeq.Parsed, inFlow)
        : isScalar(node)
          ? this.scalar(node as Scalar.Parsed, inFlow)
          : this.nothing(fallback);
    if (made[0].anchor) this.anchors.set(made[0].anchor, made[0]);
    return made;
  }

  private nothing(at: number, node?: { anchor?: string; tag?: string }): [Target, number, number] {
    const written = this.base(at, at, node);
    return [{ kind: 'null', ...written, text: written.written }, at, at];
  }

  private alias(node: { source: string; range?: readonly number[] | null }): [YamlNode, number, number] {
    const [start, end] = [node.range![0]!, node.range![1]!];
    const target = ++this.aliases > MOST_ALIASES ? undefined : this.anchors.get(node.source);
    const base = this.base(start, end);
    if (node.source !== '' && !this.anchors.has(node.source))
      this.problems.push({
        // Its name is not quoted: it may be a password that starts with `*`.
        message: 'Alias without an anchor before it',
        help: 'Quote the value, or define the anchor before this line',
        span: base.span,
      });
    return [{ kind: 'alias', ...base, name: node.source, target }, start, end];
  }

  private map(node: YAMLMap.Parsed, inFlow: boolean): [YamlMap, number, number] {
    const flow = node.srcToken?.type === 'flow-collection';
    const entries: YamlEntry[] = [];
    const first = node.range![0];
    let last = flow ? node.range![1] : first;
    for (const pair of node.items) {
      const place = { start: 0, end: 0 };
      this.places.push(place);
      const [key, keyStart, keyEnd] = this.key(pair, flow || inFlow, last);
      const [value, , valueEnd] = this.placed(pair.value, flow || inFlow, behindIndicator(pair, keyEnd));
      place.start = keyStart;
      place.end = Math.max(keyEnd, valueEnd);
      if (!flow) last = place.end;
      const name = key.kind === 'scalar' && !key.text.text.includes(UNRESOLVED) ? key.text.text : undefined;
      entries.push({
        key: key.kind === 'scalar' ? key : this.unreadableKey(keyStart, keyEnd),
        name,
        value,
        span: this.source.spanOf(keyStart, place.end),
      });
    }
    const start = first;
    return [{ kind: 'map', ...this.base(start, last, node), entries, flow }, start, last];
  }

  private key(pair: Pair, inFlow: boolean, fallback: number): [YamlNode, number, number] {
    const made = this.placed(pair.key, inFlow, fallback);
    const seen = made[0].kind === 'alias' ? made[0].target : made[0];
    if (seen?.kind === 'scalar' && made[0].kind === 'alias')
      return [{ ...seen, span: made[0].span, written: made[0].written }, made[1], made[2]];
    return made;
  }

  private unreadableKey(start: number, end: number): YamlScalar {
    const base = this.base(start, end);
    return { kind: 'scalar', ...base, style: 'plain', text: base.written, type: 'unknown', value: undefined };
  }

  private seq(node: YAMLSeq.Parsed, inFlow: boolean): [YamlSeq, number, number] {
    const flow = node.srcToken?.type === 'flow-collection';
    const items: YamlNode[] = [];
    const itemSpans: YamlSeq['itemSpans'][number][] = [];
    const start = node.range![0];
    let last = flow ? node.range![1] : start;
    const dashes =
      node.srcToken?.type === 'block-seq' ? node.srcToken.items.map(dashOf).filter(at => at !== undefined) : [];
    node.items.forEach((item, i) => {
      const place = { start: 0, end: 0 };
      this.places.push(place);
      const dash = dashes[i];
      const [made, from, to] = this.placed(item, flow || inFlow, dash === undefined ? last : dash + 1);
      place.start = dash ?? from;
      place.end = Math.max(to, place.start);
      if (!flow) last = place.end;
      items.push(made);
      itemSpans.push(this.source.spanOf(place.start, place.end));
    });
    return [{ kind: 'seq', ...this.base(start, last, node), items, itemSpans, flow }, start, last];
  }

  private scalar(node: Scalar.Parsed, inFlow: boolean): [Target, number, number] {
    const token = node.srcToken;
    const [start, stop] = [node.range![0], node.range![1]];
    if (!token || (token.type === 'scalar' && token.source === '' && stop === start)) return this.nothing(start, node);
    const written = token.type === 'block-scalar' ? blockWriting(token) : flowWriting(token, inFlow);
    const body = token.type === 'block-scalar' ? stop - token.source.length : start;
    const text = decodeScalar(this.source, body, stop, written);
    // Line breaks after a block scalar belong to no node.
    let end = stop;
    if (token.type === 'block-scalar') while (end > start && /[ \n\r]/.test(this.source.text[end - 1]!)) end--;
    const base = this.base(start, end, node);
    const tagged = base.tag === undefined ? undefined : resolveTagged(text.text, base.tag);
    const resolved =
      tagged ?? (written.style === 'plain' ? resolvePlain(text.text) : { type: 'string' as const, value: text.text });
    if (resolved.type === 'null') return [{ kind: 'null', ...base, text }, start, end];
    const unresolved = text.text.includes(UNRESOLVED);
    const type = unresolved && written.style === 'plain' && !tagged ? 'unknown' : resolved.type;
    return [
      { kind: 'scalar', ...base, style: written.style, text, type, value: unresolved ? undefined : resolved.value },
      start,
      end,
    ];
  }

  /** Comments with what they are about: what starts on their line, or else what starts next. */
  comments(found: readonly { start: number; end: number }[]): Comment[] {
    const places = this.places.sort((a, b) => a.start - b.start || b.end - a.end);
    const { text } = this.source;
    let next = 0;
    const made: Comment[] = [];
    for (const { start, end } of found) {
      if (text[start + 1] === UNRESOLVED) continue;
      const lineStart = text.lastIndexOf('\n', start) + 1;
      while (next < places.length && places[next]!.start < lineStart) next++;
      const target = places[next];
      made.push({
        text: text.slice(start + 1, end).trimEnd(),
        span: this.source.spanOf(start, end),
        target: target && this.source.spanOf(target.start, target.end),
      });
    }
    return made;
  }
}

function dashOf(item: CST.CollectionItem): number | undefined {
  return item.start.find(token => token.type === 'seq-item-ind')?.offset;
}
/** After the `:` of an entry without a value. */
function behindIndicator(pair: Pair, fallback: number): number {
  const colon = pair.srcToken?.sep?.find(token => token.type === 'map-value-ind');
  return colon ? colon.offset + 1 : fallback;
}
function blockWriting(token: CST.BlockScalar): Writing {
  const header = token.props.find(prop => prop.type === 'block-scalar-header');
  const source = header && 'source' in header ? header.source : '|';
  return { style: source.startsWith('>') ? 'folded' : 'literal', header: readHeader(source, token.indent) };
}
function flowWriting(token: CST.FlowScalar, inFlow: boolean): Writing {
  const style =
    token.type === 'single-quoted-scalar' ? 'single' : token.type === 'double-quoted-scalar' ? 'double' : 'plain';
  return { style, inFlow };
}
