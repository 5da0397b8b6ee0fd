/** Redirections and here-documents. https://www.gnu.org/software/bash/manual/html_node/Redirections.html */

import { HeredocNode, type RedirectNode, WordNode } from '../tree/nodes.ts';
import { readUntil } from './expansions.ts';
import type { Reader } from './reader.ts';
import { readWord } from './words.ts';

/** `[n]` or `{name}` and the operator of a redirection. */
const REDIRECT = /(?:\d{1,9}|\{[A-Za-z_]\w{0,99}\})?(?:<<<|<<-|<<|<>|<&|<|>>|>&|>\||>)|&>>|&>/y;

/** Reads a redirection and its target; `undefined`, and nothing is read, when none starts here. */
export function readRedirect(r: Reader): RedirectNode | undefined {
  const { text, at } = r;
  if (!'<>&{0123456789'.includes(text[at]!)) return undefined;
  REDIRECT.lastIndex = at;
  const found = REDIRECT.exec(text)?.[0];
  if (found === undefined || at + found.length > r.limit) return undefined;
  const sign = found.search(/[<>&]/);
  const operator = found.slice(sign);
  r.at += found.length;
  // `<(…)` starts a word.
  if ((operator === '<' || operator === '>') && r.has('(')) {
    r.at = at;
    return undefined;
  }
  const descriptor = /^\d/.test(found) ? Number(found.slice(0, sign)) : undefined;
  let end = r.at;
  r.skipBlanks();
  const target = readWord(r);
  if (r.at > target.start) end = r.at;
  else r.broken = true;
  const isHeredoc = operator === '<<' || operator === '<<-';
  return {
    start: at,
    end,
    operator,
    descriptor,
    target: isHeredoc || target.end === target.start ? undefined : target,
    heredoc: isHeredoc ? announced(r, target, operator === '<<-') : undefined,
  };
}

/** A here-document whose body starts after the next newline. */
function announced(r: Reader, delimiter: WordNode, stripTabs: boolean): HeredocNode {
  const { raw } = delimiter;
  const plain = raw.replace(/\\([\s\S])|['"]/g, '$1');
  const heredoc = new HeredocNode(r.source, plain, /['"\\]/.test(raw), stripTabs);
  r.pending.push({ heredoc, context: r.context });
  return heredoc;
}

/** Reads the bodies that start here, after a newline. */
export function readHeredocs(r: Reader): void {
  if (r.pending.length === 0) return;
  const pending = r.pending;
  r.pending = [];
  const { context } = r;
  for (const one of pending) {
    const { heredoc } = one;
    heredoc.start = r.at;
    const behind = bodyEnd(r, heredoc);
    if (!heredoc.quoted && heredoc.end > heredoc.start) {
      r.context = one.context;
      readBody(r, heredoc);
    }
    r.at = Math.min(r.limit, behind);
  }
  r.context = context;
}

/** Finds the line with the delimiter, which ends the body; returns the offset after that line. */
function bodyEnd(r: Reader, heredoc: HeredocNode): number {
  const { text, limit } = r;
  const { delimiter, quoted, stripTabs } = heredoc;
  let joined = false;
  for (let i = heredoc.start; i < limit; ) {
    const end = r.lineEnd(i);
    const behind = Math.min(limit, end + 1);
    let start = i;
    if (stripTabs) while (start < end && text[start] === '\t') start++;
    const stop = end > start && text[end - 1] === '\r' ? end - 1 : end;
    if (!joined && stop - start === delimiter.length && text.startsWith(delimiter, start)) {
      heredoc.end = i;
      return behind;
    }
    // `$(cat <<E … E)`: the line may go on with what closes the substitution.
    if (!joined && r.substitutions > 0 && text.startsWith(delimiter, start) && delimiter !== '') {
      if (text.slice(start, end).includes(')', delimiter.length)) {
        heredoc.end = i;
        return start + delimiter.length;
      }
    }
    // `\`+newline joins the next line to this one, before anything is compared with the delimiter.
    joined = !quoted && endsEscaped(text, i, end);
    i = behind;
  }
  heredoc.end = limit;
  return limit;
}

function endsEscaped(text: string, start: number, end: number): boolean {
  let i = end;
  while (i > start && text[i - 1] === '\\') i--;
  return (end - i) % 2 === 1;
}

/** The expansions of a body, which reads like text in double quotes. */
function readBody(r: Reader, heredoc: HeredocNode): void {
  const text = new WordNode(r.source, heredoc.start);
  r.at = heredoc.start;
  const pending = r.pending;
  r.pending = [];
  r.upTo(heredoc.end, () => readUntil(r, text, ''));
  r.pending = pending;
  heredoc.expansions = text.expansions;
}
