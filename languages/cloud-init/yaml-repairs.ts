/** Repairs of invalid YAML, where the intention is clear. */
import { type Fix, fix } from '../../core/finding.ts';
import type { SourceText } from '../../core/text.ts';

/** Lines of a heredoc that are looked through for its end. */
const MOST_LINES = 500;
/** What replaces a tab. */
const TAB_WIDTH = '  ';

/** Spaces for the tabs that the line at `at` starts with; `undefined` when it starts with none. */
export function withoutTabs(source: SourceText, at: number): Fix | undefined {
  const { text } = source;
  const start = lineStart(text, at);
  const lead = /^[ \t]*/.exec(text.slice(start, start + 200))![0];
  if (!lead.includes('\t')) return undefined;
  return fix(
    'suggested',
    'Indent with spaces',
    source.replace(start, start + lead.length, lead.replaceAll('\t', TAB_WIDTH)),
  );
}

/** The opening of the heredoc that a line at `at` has left, when it is not closed before. */
export function openHeredoc(text: string, at: number): { readonly at: number; readonly word: string } | undefined {
  return openHeredocs(text, at).at(-1);
}

interface Opened {
  /** Where its `<<` is. */
  readonly at: number;
  readonly word: string;
}

/** All that are open at `at`, the outermost first: a shift in `(( ))` opens none. */
function openHeredocs(text: string, at: number): readonly Opened[] {
  const from = Math.max(0, at - 2_000);
  const before = text.slice(from, at);
  return [...before.matchAll(OPENING)].slice(-MOST_OPEN).flatMap(({ 1: word, index }): readonly Opened[] => {
    const line = before.slice(before.lastIndexOf('\n', index) + 1, index);
    const isShift = /\(\([^)\n]{0,200}$/.test(line);
    return isShift || closing(word!).test(before.slice(index)) ? [] : [{ at: from + index, word: word! }];
  });
}

/** The line that closes a heredoc, which the quote of a command around it may follow. */
const closing = (word: string): RegExp => new RegExp(`\\n[ \\t]{0,80}${word}['"]?[ \\t]{0,80}\\r?(?:\\n|$)`);

/** Where the outermost heredoc ends that is open at `at`: behind the line that closes it; `at` itself when there is none. */
export function endOfHeredoc(text: string, at: number): number {
  for (const { at: opened, word } of openHeredocs(text, at)) {
    if (resumesAfter(text, opened, at)) continue;
    const behind = closing(word).exec(text.slice(at, at + 20_000));
    if (behind) return at + behind.index + behind[0].length;
  }
  return at;
}

/** Whether a line between an opening and a later place is an item beside the one that it is in: then it is of another value. */
function resumesAfter(text: string, opened: number, at: number): boolean {
  const start = lineStart(text, opened);
  const dash = /^[ ]{0,80}- /.exec(text.slice(start, start + 90))?.[0];
  return dash !== undefined && text.slice(lineEnd(text, opened), at).includes(`\n${dash}`);
}

const OPENING = /<<-?[ \t]{0,4}["']?([A-Za-z_]{1,40})["']?/g;
const MOST_OPEN = 20;

/** The lines of a heredoc, and the one that closes it, as deep as the command that it belongs to. */
export function indentedHeredoc(source: SourceText, at: number): Fix | undefined {
  const { text } = source;
  const opened = openHeredoc(text, at);
  if (!opened) return undefined;
  const opening = lineStart(text, opened.at);
  // The command of an item comes after its dash.
  const indent = /^[ ]*(?:- +)?/.exec(text.slice(opening, opening + 200))![0].length;
  if (indent === 0 || text.slice(opening, opening + indent).includes('-')) return undefined;
  const insertions: ReturnType<SourceText['insert']>[] = [];
  let start = lineEnd(text, opened.at) + 1;
  for (let i = 0; i < MOST_LINES && start < text.length; i++) {
    const end = lineEnd(text, start);
    const line = text.slice(start, end);
    const lead = line.length - line.trimStart().length;
    // If some lines are inside the block, how deep the others belong is unknown.
    if (line.trim() !== '' && lead >= indent) return undefined;
    if (line.trim() !== '') insertions.push(source.insert(start, ' '.repeat(indent)));
    if (line.trim() === opened.word) return fix('suggested', 'Indent the heredoc', ...insertions);
    start = end + 1;
  }
  return undefined;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}
function lineEnd(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found;
}
