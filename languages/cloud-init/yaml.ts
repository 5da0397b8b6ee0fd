/**
 * From YAML text to the tree. The text is lexed first, which is flat, so that nesting and size are bounded before
 * anything recurses: the library's composer can bring the process down on deep input.
 */
import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  Parser,
  type Scalar,
  type YAMLError,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Comment } from '../../core/build.ts';
import type { Finding } from '../../core/finding.ts';
import type { SourceText } from '../../core/text.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { readHeader } from './block-scalar.ts';
import { type BrokenLines, brokenLines, nextLineEnd, withoutLines } from './broken-yaml.ts';
import { type Lexed, lex, TOO_LONG, withRepairedScalars } from './lexer.ts';
import { resolvePlain, resolveTagged } from './resolve.ts';
import { decodeScalar, type Writing } from './scalar.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar, YamlSeq } from './tree.ts';
import { type Explanation, explainYamlError, HEREDOC, misalignedItem, outsideBlock, TAB } from './yaml-errors.ts';
import { indentedHeredoc, withoutTabs } from './yaml-repairs.ts';

/** Longer documents are not read, in UTF-16 code units. Clouds take 16 to 256 KB of user-data. */
export const LONGEST_DOCUMENT = 512 * 1024;
/** Longer documents are not repaired: each repaired scalar costs a pass over the whole text. */
const LONGEST_MENDED = 32 * 1024;
/** Aliases after this many are not resolved. */
const MOST_ALIASES = 1_000;
/** Errors that are shown; those after the first ones mostly follow from them. */
const MOST_ERRORS = 5;
/** How often a broken document is read, each time without one more of its broken regions. */
const MOST_PASSES = 8;

export interface YamlText {
  readonly document: YamlNode | undefined;
  readonly comments: readonly Comment[];
  readonly problems: readonly Finding[];
}

function* cst(tokens: readonly string[]): Generator<CST.Token> {
  const parser = new Parser();
  for (const token of tokens) yield* parser.next(token);
  yield* parser.end();
}

/** Reads the text as PyYAML's `safe_load` does: one document, YAML 1.1. Never throws. */
export function parseYaml(source: SourceText): YamlText {
  if (source.text.length > LONGEST_DOCUMENT) return refuse(source, 0, Math.min(source.text.length, 80), TOO_LONG);
  const lexed = lex(source.text);
  if (lexed.unclosed.length > 0 && source.text.length <= LONGEST_MENDED) {
    const whole = withRepairedScalars(source);
    const read = whole === source ? undefined : compose(whole, lex(whole.text));
    // Where quotes or brackets are really missing, the unchanged text gives the better place.
    if (read?.problems.length === 0) return read;
  }
  return compose(source, lexed);
}

function refuse(source: SourceText, start: number, end: number, words: Explanation): YamlText {
  return { document: undefined, comments: [], problems: [{ ...words, span: source.spanOf(start, end) }] };
}

/** Reads the document; where a region is broken, what stands around it. */
function compose(source: SourceText, lexed: Lexed): YamlText {
  const first = read(source, lexed);
  if (first.errors.length === 0) {
    const { document, comments } = first;
    return { document, comments, problems: [...first.problems, ...beyondYaml(source, first)] };
  }
  const regions: BrokenLines[] = [];
  const problems: { readonly problem: Finding; readonly at: number }[] = [];
  let last = first;
  const passes = source.text.length > LONGEST_MENDED ? 2 : MOST_PASSES;
  for (let i = 0; i < passes && last.errors.length > 0; i++) {
    const isMasked = ({ pos }: YAMLError) =>
      regions.some(({ start, end, standIn }) => !standIn && within(pos[0], start, end));
    const error = last.errors.find(error => !isMasked(error));
    const { problem, lines } = explain(source, last, error ?? last.errors[0]!);
    const end = i + 1 < passes ? (error ? lines.end : nextLineEnd(last.text, lines.end)) : source.text.length;
    const known = addLines(regions, { ...lines, end });
    if (problem && !known && problems.length < MOST_ERRORS) problems.push({ problem, at: lines.start });
    const seen = withoutLines(source, regions);
    last = read(seen, lex(seen.text));
  }
  const { document, comments } = last;
  const reported = problems.map(({ problem, at }): Finding => {
    const lines = regions.find(({ start, end }) => within(at, start, end));
    return lines ? { ...problem, region: source.spanOf(lines.block, lines.end) } : problem;
  });
  return { document, comments, problems: [...tabsAtOnce(reported), ...last.problems] };
}

function within(at: number, start: number, end: number): boolean {
  return start <= at && at < end;
}

interface Reading extends YamlText {
  /** Its problems, those of the text itself aside. */
  readonly problems: readonly Finding[];
  readonly errors: readonly YAMLError[];
  readonly text: string;
  readonly lexed: Lexed;
  /** Where a second document starts. */
  readonly further: number | undefined;
}

function read(source: SourceText, lexed: Lexed): Reading {
  const { text } = source;
  const { refused, tokens, comments } = lexed;
  if (refused) {
    const none = refuse(source, refused.at, refused.at + 1, refused.words);
    return { ...none, errors: [], text, lexed, further: undefined };
  }
  // Types are given by `resolve.ts`, as PyYAML gives them.
  const composer = new Composer({
    version: '1.1',
    schema: 'failsafe',
    resolveKnownTags: false,
    uniqueKeys: false,
    strict: false,
    keepSourceTokens: true,
    logLevel: 'silent',
  });
  let document: Document.Parsed | undefined;
  let further: number | undefined;
  for (const next of composer.compose(cst(tokens), true, text.length)) {
    if (document) {
      further = next.range[0];
      break;
    }
    document = next as unknown as Document.Parsed;
  }
  const errors = [...(document?.errors ?? [])].sort((a, b) => a.pos[0] - b.pos[0]);
  const builder = new Builder(source);
  const tree = document?.contents ? builder.node(document.contents, false) : undefined;
  return {
    document: tree,
    comments: builder.comments(comments),
    problems: builder.problems,
    errors,
    text,
    lexed,
    further,
  };
}

/** What PyYAML and cloud-init reject although it is YAML. */
function beyondYaml(source: SourceText, { text, lexed: { tab }, further }: Reading): Finding[] {
  const found: Finding[] = [];
  if (tab !== undefined) found.push({ ...TAB, span: source.spanOf(tab, tab + 1) });
  if (further !== undefined)
    found.push({
      message: 'A second YAML document starts here',
      help: 'Merge both documents; cloud-init rejects a file with more than one',
      span: source.spanOf(further, Math.min(text.length, further + 3)),
    });
  return found;
}

/** An error in words, and the lines that it breaks. */
function explain(source: SourceText, { text, lexed }: Reading, error: YAMLError) {
  const open = lexed.unclosed.findLast(at => at <= error.pos[0]);
  const { words, start, end } = explainYamlError(text, error, open);
  const lines = brokenLines({ text, blocks: lexed.blocks }, start, start === open ? open : undefined);
  const repaired =
    words === TAB ? withoutTabs(source, start) : words === HEREDOC ? indentedHeredoc(source, start) : undefined;
  if (!lines.stray) {
    // What a line of nothing but placeholders becomes is not known, nor how far in.
    const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, lineEnd(text, start)).trim();
    if (line !== '' && line.replaceAll(UNRESOLVED, '') === '') return { lines, problem: undefined };
    return { lines, problem: { ...words, span: source.spanOf(start, end), fixes: [repaired] } };
  }
  const from = lines.start + /^[ \t]*/.exec(text.slice(lines.start, lines.start + 200))![0].length;
  // What a template inserts on a line of its own may be lines that are indented as the block.
  if (text[from] === UNRESOLVED) return { lines, problem: undefined };
  const stop = lineEnd(text, from);
  const isKnown = words === TAB || words === HEREDOC;
  const { block, sibling } = lines;
  const own = sibling ? misalignedItem(from - lines.start, sibling.column) : outsideBlock(source.lineOf(block));
  const place = isKnown || !sibling ? block : sibling.start;
  const problem: Finding = {
    ...(isKnown ? words : own),
    span: source.spanOf(from, Math.max(from + 1, stop)),
    related: [
      {
        message: isKnown || !sibling ? 'Block starts here' : 'Item above',
        span: source.spanOf(place, lineEnd(text, place)),
      },
    ],
    fixes: [repaired],
  };
  return { lines, problem };
}

/** Adds lines in their order, joined with those that they touch; whether there were such. */
function addLines(regions: BrokenLines[], added: BrokenLines): boolean {
  const touched = regions.findIndex(({ start, end }) => added.start <= end && start <= added.end);
  const known = regions[touched];
  if (!known) {
    const behind = regions.findIndex(({ start }) => start > added.end);
    regions.splice(behind < 0 ? regions.length : behind, 0, added);
    return false;
  }
  regions[touched] = {
    ...known,
    block: Math.min(known.block, added.block),
    start: Math.min(known.start, added.start),
    end: Math.max(known.end, added.end),
    // What stands for lines that were broken twice is in the way.
    standIn: known.standIn && added.start > known.start,
  };
  return true;
}

/** Tabs are one mistake of the whole file: the first place speaks for all, with one fix. */
function tabsAtOnce(problems: readonly Finding[]): Finding[] {
  const tabs = problems.filter(({ message }) => message === TAB.message);
  if (tabs.length < 2) return [...problems];
  const fixes = tabs.map(({ fixes }) => fixes?.[0]);
  const edits = fixes.flatMap(fix => fix?.edits ?? []);
  const [first] = fixes;
  const whole = first && fixes.every(fix => fix) ? { ...first, edits } : undefined;
  return problems.flatMap((problem): Finding[] => {
    if (problem.message !== TAB.message) return [problem];
    if (problem !== tabs[0]) return [];
    return [
      { ...problem, fixes: [whole], related: tabs.slice(1).map(({ span }) => ({ message: 'Another one', span })) },
    ];
  });
}

function lineEnd(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  const end = found < 0 ? text.length : found;
  return text[end - 1] === '\r' && end > from ? end - 1 : end;
}

type Target = Exclude<YamlNode, { kind: 'alias' }>;

class Builder {
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
      tag: node?.tag === undefined ? undefined : node.tag.replace(/^tag:yaml\.org,2002:/, '!!'),
    };
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
