/**
 * From YAML text to the tree. The text is lexed first, which is flat, so that nesting and size are bounded before
 * anything recurses: the library's composer can bring the process down on deep input.
 */
import { Composer, type CST, type Document, Parser, type YAMLError } from 'yaml';
import type { Comment } from '../../core/build.ts';
import type { Finding } from '../../core/finding.ts';
import type { SourceText } from '../../core/text.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { type BrokenLines, brokenLines, nextLineEnd, withoutLines } from './broken-yaml.ts';
import { type Lexed, lex, TOO_LONG, withRepairedScalars } from './lexer.ts';
import type { YamlNode } from './tree.ts';
import {
  type Explanation,
  explainYamlError,
  HEREDOC,
  HEREDOC_IN_VALUE,
  misalignedItem,
  outsideBlock,
  TAB,
} from './yaml-errors.ts';
import { NodeBuilder } from './yaml-nodes.ts';
import { endOfHeredoc, indentedHeredoc, withoutTabs } from './yaml-repairs.ts';

/** Longer documents are not read, in UTF-16 code units. Clouds take 16 to 256 KB of user-data. */
export const LONGEST_DOCUMENT = 512 * 1024;
/** Longer documents are not repaired: each repaired scalar costs a pass over the whole text. */
const LONGEST_MENDED = 32 * 1024;
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
  const builder = new NodeBuilder(source);
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
  const { words, start, end } = explainYamlError(text, source.text, error, open);
  const broken = brokenLines({ text, blocks: lexed.blocks }, start, start === open ? open : undefined);
  // Its other lines are no errors of their own.
  const closed = words === HEREDOC && !broken.stray ? endOfHeredoc(source.text, start) : start;
  const lines = closed > broken.end ? { ...broken, end: closed, standIn: false } : broken;
  const repaired =
    words === TAB
      ? withoutTabs(source, start)
      : words === HEREDOC && lines.stray
        ? indentedHeredoc(source, start)
        : undefined;
  if (!lines.stray) {
    // What a line of nothing but placeholders becomes is not known, nor how far in.
    const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, lineEnd(text, start)).trim();
    if (line !== '' && line.replaceAll(UNRESOLVED, '') === '') return { lines, problem: undefined };
    const said = words === HEREDOC ? HEREDOC_IN_VALUE : words;
    return { lines, problem: { ...said, span: source.spanOf(start, end), fixes: [repaired] } };
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
