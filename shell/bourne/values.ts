/**
 * Quote removal: from what is written to the text that the program receives, in pieces that keep the way back.
 * https://www.gnu.org/software/bash/manual/html_node/Quoting.html
 */
import { UNRESOLVED } from '../../core/text.ts';
import type { BackquoteNode, HeredocNode, WordNode } from '../tree/nodes.ts';
import { type Piece, Pieces, type QuoteStyle } from '../tree/pieces.ts';
import { escapeAt } from './ansi-c.ts';

/** The pieces of a word. */
export function wordPieces(word: WordNode): readonly Piece[] {
  const reading = new WordReading(word);
  reading.run();
  return reading.pieces.list;
}

class WordReading {
  readonly pieces = new Pieces();
  private readonly raw: string;
  private readonly end: number;
  private style: QuoteStyle = 'bare';
  private i: number;
  /** Where the text that stands for itself starts. */
  private plain: number;

  constructor(private readonly word: WordNode) {
    this.raw = word.source.text;
    this.end = word.end;
    this.i = this.plain = word.start;
  }

  run(): void {
    let k = 0;
    while (this.i < this.end) {
      const expansion = this.word.expansions[k];
      if (expansion && this.i >= expansion.start) {
        k++;
        this.flush();
        this.pieces.as(UNRESOLVED, expansion.start, expansion.end, this.style);
        this.go(Math.max(this.i + 1, expansion.end));
      } else if (this.style === 'bare') this.bare();
      else this.quoted();
    }
    this.i = this.end;
    this.flush();
  }

  private flush(): void {
    this.pieces.verbatim(this.plain, this.i, this.style);
  }

  private go(to: number): void {
    this.i = this.plain = to;
  }

  private take(text: string, length: number): void {
    this.flush();
    if (text !== '') this.pieces.as(text, this.i, this.i + length, this.style);
    this.go(this.i + length);
  }

  private bare(): void {
    const { i } = this;
    const raw = this.raw;
    const opens = opening(raw, i);
    if (opens) {
      this.flush();
      this.style = opens;
      this.go(i + (raw[i] === '$' ? 2 : 1));
    } else if (raw[i] === '\\') {
      const joined = continuation(raw, i);
      if (joined > i) this.take('', joined - i);
      else if (i + 1 < this.end) {
        const escaped = String.fromCodePoint(raw.codePointAt(i + 1)!);
        this.take(escaped, 1 + escaped.length);
      } else this.take('\\', 1);
    } else this.i++;
  }

  private quoted(): void {
    const { raw, i, style } = this;
    const c = raw[i];
    if (c === (style === 'double' ? '"' : "'")) {
      this.flush();
      this.style = 'bare';
      this.go(i + 1);
    } else if (c !== '\\' || style === 'single' || i + 1 >= this.end) this.i++;
    else if (style === 'ansi') {
      const { text, end } = escapeAt(raw, i);
      this.take(text, end - i);
    } else {
      const joined = continuation(raw, i);
      if (joined > i) this.take('', joined - i);
      else if ('$`"\\'.includes(raw[i + 1]!)) this.take(raw[i + 1]!, 2);
      else this.i += 2;
    }
  }
}

/** The quoting that starts at `i`, if one does. */
export function opening(raw: string, i: number): QuoteStyle | undefined {
  const c = raw[i] === '$' ? raw[i + 1] : raw[i];
  if (c === '"') return 'double';
  return c !== "'" ? undefined : raw[i] === '$' ? 'ansi' : 'single';
}

/** After the `\`+newline at `i`, or `i`. */
export function continuation(raw: string, i: number): number {
  if (raw[i] !== '\\') return i;
  if (raw[i + 1] === '\n') return i + 2;
  return raw[i + 1] === '\r' && raw[i + 2] === '\n' ? i + 3 : i;
}

/**
 * The pieces of a here-document's body: without the tabs of `<<-`, and with escapes where the delimiter is not quoted.
 * https://www.gnu.org/software/bash/manual/html_node/Redirections.html#Here-Documents
 */
export function heredocPieces({ source, start, end, expansions, quoted, stripTabs }: HeredocNode): readonly Piece[] {
  const raw = source.text;
  const pieces = new Pieces();
  let k = 0;
  let plain = start;
  let lineStart = true;
  let i = start;
  const take = (text: string, to: number) => {
    pieces.verbatim(plain, i, 'heredoc');
    if (text !== '') pieces.as(text, i, to, 'heredoc');
    i = plain = to;
  };
  while (i < end) {
    const expansion = expansions[k];
    const c = raw[i]!;
    const next = raw[i + 1] ?? '';
    if (expansion && i >= expansion.start) {
      k++;
      take(UNRESOLVED, Math.max(i + 1, expansion.end));
      lineStart = false;
    } else if (lineStart && stripTabs && c === '\t') take('', i + 1);
    else if (c === '\\' && !quoted && next !== '' && '$`\\\n'.includes(next)) {
      take(next === '\n' ? '' : next, i + 2);
      lineStart = next === '\n';
    } else {
      lineStart = c === '\n';
      i++;
    }
  }
  pieces.verbatim(plain, end, 'heredoc');
  return pieces.list;
}

/** The pieces of the script between two backquotes, where `\` only escapes itself, `$`, and a backquote. */
export function backquotePieces(raw: string, { start, end, inDouble }: BackquoteNode): readonly Piece[] {
  const pieces = new Pieces();
  let plain = start;
  for (let i = raw.indexOf('\\', start); i >= 0 && i + 1 < end; i = raw.indexOf('\\', i)) {
    const next = raw[i + 1]!;
    if (next === '`' || next === '\\' || next === '$' || (inDouble && next === '"')) {
      pieces.verbatim(plain, i, 'backquotes');
      pieces.as(next, i, i + 2, 'backquotes');
      plain = i + 2;
    }
    i += 2;
  }
  pieces.verbatim(plain, end, 'backquotes');
  return pieces.list;
}
