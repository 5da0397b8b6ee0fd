/**
 * Splits a script into words, redirections and operators, as the shell's own first pass does, and writes the mask
 * that the grammar is read from. Doing this here, and not in the parser library, is what keeps its known slips away:
 * a word after `>&2`, `2>&1` in a list before `|`, backquotes and `\`+newline inside words, heredocs.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_03
 */
import {
  BODY,
  CLOSES,
  type ListState,
  MOST_SLIPS,
  nest,
  newListState,
  OPENS,
  REDIRECT,
  RESERVED,
} from './list-state.ts';
import { DEEPEST, WordScanner } from './scan-words.ts';
import type { HeredocToken, OperatorToken, RedirectToken, Scan, WordToken } from './tokens.ts';

/** Reads the whole text; never throws, and costs time linear in it. */
export function scan(text: string): Scan {
  return new ListScanner(text).run();
}

/** The expansions in the body of a heredoc whose delimiter is not quoted: it reads like text in double quotes. */
export function scanBody(text: string): WordToken {
  return new ListScanner(text).body();
}

class ListScanner extends WordScanner {
  private readonly trailing = new Map<number, RedirectToken[]>();
  private parens = 0;
  private testsEnd: number;
  /** Departures from the grammar; whether one is an error is the library's to say. */
  private slips = 0;

  constructor(text: string) {
    super(text);
    this.testsEnd = text.lastIndexOf(']]');
  }

  run(): Scan {
    this.commands(0, false);
    const { tokens, trailing, broken, tooDeep } = this;
    return { tokens, trailing, tooDeep, broken: broken || tooDeep, mask: tooDeep ? '' : this.mask.toString() };
  }

  body(): WordToken {
    const word = { ...this.newWord(0, -1), end: this.n };
    for (let i = 0; i < this.n && !this.tooDeep; ) {
      const c = this.text[i]!;
      if (c === '\\') i += 2;
      else if (c === '$') i = this.dollar(i, word, true);
      else if (c === '`') i = this.backquote(i, word, true);
      else i = this.hole(i, word, '') ?? i + 1;
    }
    return word;
  }

  protected list(from: number): number {
    return this.commands(from, true);
  }

  private commands(from: number, nested: boolean): number {
    const s = newListState();
    let i = from;
    while (i < this.n && !this.tooDeep) {
      const c = this.text[i]!;
      const next = this.text[i + 1];
      const gap = this.gap(i);
      if (gap > i) i = gap;
      else if (c === '\n' || (c === '\r' && next === '\n')) {
        i += c === '\r' ? 2 : 1;
        this.operator(s, i - 1, i);
        i = this.heredocBodies(i);
      } else if (c === '#') {
        const end = this.lineEnd(i);
        this.mask.fill(i, end, ' ');
        i = end;
      } else if (c === ';' || c === '|' || (c === '&' && next !== '>')) {
        const end = this.operatorEnd(i);
        if (s.run === 'nothing' && s.cases === 0) this.slip();
        this.operator(s, i, end);
        const pattern = s.pattern;
        s.pattern = s.cases > 0 && (pattern || (c === ';' && end > i + 1));
        // Lists and pipelines are not the grammar's business.
        if (c === '|' ? !pattern : c === '&' && end > i + 1) this.mask.fill(i, end, '; '.slice(0, end - i));
        i = end;
      } else if (c === '(') i = this.openParenthesis(s, i);
      else if (c === ')') {
        if (s.parens === 0 && s.cases === 0 && nested) {
          if (s.open.length > 0) this.slip();
          this.operator(s, i, i + 1);
          return i + 1;
        }
        this.closeParenthesis(s, i);
        i++;
      } else i = this.redirect(s, i) ?? this.listWord(s, i);
    }
    this.endCommand(s);
    const end = this.tokens[s.last];
    if (end?.kind === 'operator' && /[&|]{2}|^\|/.test(this.text.slice(end.start, end.end))) this.broken = true;
    for (let k = 0; k < s.open.length && k <= MOST_SLIPS; k++) this.slip();
    if (nested || s.parens > 0) this.broken = true;
    this.parens -= s.parens;
    return this.n;
  }

  private operatorEnd(i: number): number {
    if (this.text.startsWith(';;&', i)) return i + 3;
    return ['&&', '||', ';;', ';&', '|&'].includes(this.text.slice(i, i + 2)) ? i + 2 : i + 1;
  }

  private operator(s: ListState, start: number, end: number): void {
    this.endCommand(s);
    const token: OperatorToken = { kind: 'operator', start, end, previous: s.last, next: this.tokens.length + 1 };
    s.last = this.tokens.push(token) - 1;
    s.expect = true;
    if (s.head !== 'for-in' && s.head !== 'case-in') s.head = undefined;
    s.run = 'nothing';
  }

  private slip(): void {
    if (++this.slips > MOST_SLIPS) this.tooDeep = true;
  }

  /** A command that is nothing but redirections stays a command in the mask. */
  private endCommand(s: ListState): void {
    if (s.run === 'redirects' && s.bare >= 0) this.mask.change(s.bare, 'x');
    s.bare = -1;
  }

  private openParenthesis(s: ListState, i: number): number {
    if (this.text[i + 1] === '(' && (s.expect || s.head === 'for')) {
      const saved = this.save(i);
      const end = this.arithmetic(i, i + 2);
      if (end >= 0) {
        if (s.head === 'for') {
          this.undo(saved);
          this.maskLoopHead(i, end);
        }
        s.expect = s.head === 'for';
        s.head = undefined;
        s.run = 'words';
        return end;
      }
    }
    if (s.run === 'closed' && s.cases === 0) this.slip();
    this.operator(s, i, i + 1);
    s.parens++;
    if (++this.parens > DEEPEST) this.tooDeep = true;
    return i + 1;
  }

  /** `for ((…))` reads as `for i in x;` to the grammar. */
  private maskLoopHead(start: number, end: number): void {
    const after = this.text[this.gap(end)];
    const closed = after === ';' || after === '\n' || after === '\r';
    const head = closed ? 'i in x' : 'i in x;';
    this.mask.fill(start, end, head.length <= end - start ? head.padEnd(end - start) : 'x');
  }

  private closeParenthesis(s: ListState, i: number): void {
    const paired = s.parens > 0;
    const pattern = s.pattern;
    s.pattern = false;
    const names = paired && this.opensFunction(s);
    if (names) {
      BODY.lastIndex = i + 1;
      if (!BODY.test(this.text)) this.slip();
    }
    if (paired) {
      s.parens--;
      this.parens--;
    } else if (s.cases === 0) {
      this.broken = true;
      this.slip();
      this.mask.fill(i, i + 1, ' ');
    }
    this.operator(s, i, i + 1);
    if (paired) {
      s.run = names || pattern ? 'nothing' : 'closed';
      s.closedAt = i + 1;
    }
  }

  /** Whether the last token of the list is the `(` behind a word, as in the head of a function. */
  private opensFunction(s: ListState): boolean {
    const open = this.tokens[s.last];
    if (open?.kind !== 'operator' || this.text[open.start] !== '(') return false;
    const name = this.tokens[open.previous];
    return name?.kind === 'word' && !name.reserved;
  }

  private listWord(s: ListState, i: number): number {
    RESERVED.lastIndex = i;
    const plain = RESERVED.exec(this.text)?.[0];
    if (plain !== undefined && this.takeReserved(s, plain, i + plain.length)) {
      const token: WordToken = { ...this.newWord(i, s.last), end: i + plain.length, reserved: true };
      s.last = this.tokens.push(token) - 1;
      token.next = s.last + 1;
      return token.end;
    }
    if (s.expect && s.head === undefined && /^\[\[\s/.test(this.text.slice(i, i + 3))) {
      const end = this.test(s, i);
      if (end > i) return end;
    }
    if (s.run === 'closed' && s.cases === 0) this.slip();
    const at = this.tokens.length;
    const token = this.word(i, s.last, true);
    s.last = at;
    if (s.head === 'for') s.head = 'for-in';
    else if (s.head === 'case') s.head = 'case-in';
    else if (s.head === 'for-in' || s.head === 'case-in') s.head = undefined;
    s.expect = s.head === 'function';
    if (s.head === 'function') s.head = undefined;
    s.run = 'words';
    s.bare = -1;
    return Math.max(token.end, i + 1);
  }

  /** Whether the word is a reserved one here. */
  private takeReserved(s: ListState, plain: string, end: number): boolean {
    if (s.head === 'for-in' || s.head === 'case-in') {
      if (plain !== 'in' && !(plain === 'do' && s.head === 'for-in')) return false;
      s.expect = plain === 'do' || s.head === 'case-in';
      s.pattern = s.head === 'case-in';
      if (plain === 'do' && !nest(s.open, plain)) this.slip();
      // `for x do` is `for x; do`, which is the only one that the library's grammar knows.
      if (plain === 'do' && s.run === 'words') this.mask.fill(end - 3, end - 2, ';');
      s.head = undefined;
      s.run = 'nothing';
      return true;
    }
    if (!s.expect || s.head !== undefined || plain === 'in' || (s.pattern && plain !== 'esac')) return false;
    s.pattern = false;
    if (!nest(s.open, plain)) this.slip();
    // `{ if a; then b; fi }` needs no `;` for the shell, but for the library's grammar.
    const start = end - plain.length;
    if (s.run === 'closed' && /[ \t]/.test(this.text[start - 1] ?? '')) this.mask.fill(start - 1, start, ';');
    if (Object.hasOwn(CLOSES, plain)) {
      if (plain === 'esac' && s.cases > 0) s.cases--;
      s.run = 'closed';
      s.closedAt = end;
    } else if (OPENS.has(plain)) s.run = 'nothing';
    else {
      s.head = plain === 'select' ? 'for' : (plain as 'for' | 'case' | 'function');
      s.expect = false;
      if (plain === 'case') s.cases++;
    }
    return true;
  }

  /** `[[ … ]]`, where operators are words of the test; `from` when it has no end. */
  private test(s: ListState, from: number): number {
    if (from > this.testsEnd) return from;
    const saved = this.save(from);
    const { last } = s;
    let i = from;
    while (i < this.n && !this.tooDeep) {
      const c = this.text[i]!;
      const gap = this.gap(i);
      if (gap > i) i = gap;
      else if (c === '\n' || c === '\r') {
        this.mask.fill(i, i + 1, ' ');
        i++;
      } else {
        const at = this.tokens.length;
        const token = /[()<>&|;]/.test(c) ? this.testOperator(i, s.last) : this.word(i, s.last, true);
        s.last = at;
        i = token.end;
        if (!token.special && this.text.slice(token.start, i) === ']]') {
          s.expect = false;
          s.run = 'words';
          return i;
        }
      }
    }
    // Without an end it is a word like any other, and so are those that follow: that keeps the cost linear.
    if (!this.tooDeep) this.undo(saved);
    s.last = last;
    this.testsEnd = -1;
    return from;
  }

  private testOperator(i: number, previous: number): WordToken {
    const token = this.newWord(i, previous);
    token.end = this.text[i + 1] === this.text[i] && !'()'.includes(this.text[i]!) ? i + 2 : i + 1;
    token.next = this.tokens.push(token);
    this.mask.fill(i, token.end, 'x');
    return token;
  }

  /** A redirection and its target; `undefined` when there is none at `from`. */
  private redirect(s: ListState, from: number): number | undefined {
    REDIRECT.lastIndex = from;
    const found = REDIRECT.exec(this.text)?.[0];
    if (found === undefined) return undefined;
    const sign = found.search(/[<>&]/);
    const operator = found.slice(sign);
    const behind = from + found.length;
    // `<(…)` starts a word.
    if ((operator === '<' || operator === '>') && this.text[behind] === '(') return undefined;
    const descriptor = /^\d/.test(found) ? Number(found.slice(0, sign)) : undefined;
    const token: RedirectToken = {
      kind: 'redirect',
      start: from,
      end: behind,
      previous: s.last,
      next: 0,
      operator,
      descriptor,
      target: undefined,
      heredoc: undefined,
    };
    const at = this.tokens.push(token) - 1;
    const mask = this.mask.length;
    // Behind a loop or a group the grammar must see the operator in front of a substitution that it sees.
    if (s.run !== 'closed') this.mask.fill(from, behind, ' ', true);
    const target = this.word(this.gap(behind), -1, false);
    const visible = this.tokens.length > at + 1;
    if (target.end === target.start) this.broken = true;
    else token.end = target.end;
    if (!visible) {
      this.mask.cut(mask, from);
      this.mask.fill(from, token.end, ' ', true);
    }
    token.next = this.tokens.length;
    s.last = at;
    if (operator === '<<' || operator === '<<-') this.heredoc(token, target);
    else if (target.end > target.start) token.target = target;
    if (s.run === 'closed') {
      const trailing = this.trailing.get(s.closedAt);
      if (trailing) trailing.push(token);
      else this.trailing.set(s.closedAt, [token]);
    } else if (s.run === 'nothing') {
      s.run = visible ? 'words' : 'redirects';
      s.bare = visible ? -1 : mask;
    }
    return token.end;
  }

  private heredoc(token: RedirectToken, target: WordToken): void {
    const raw = this.text.slice(target.start, target.end);
    const heredoc: HeredocToken = {
      delimiter: raw.replace(/\\([\s\S])|['"]/g, '$1'),
      quoted: /['"\\]/.test(raw),
      stripTabs: token.operator === '<<-',
      start: 0,
      end: 0,
    };
    token.heredoc = heredoc;
    this.pending.push(heredoc);
  }

  /** Reads the bodies that start at `from`, behind a newline; returns the offset behind the last delimiter line. */
  private heredocBodies(from: number): number {
    let i = from;
    for (const heredoc of this.pending.splice(0)) {
      heredoc.start = i;
      for (;;) {
        const end = this.lineEnd(i);
        let start = i;
        if (heredoc.stripTabs) while (this.text[start] === '\t') start++;
        const stop = this.text[end - 1] === '\r' ? end - 1 : end;
        const last = end >= this.n;
        if (stop - start === heredoc.delimiter.length && this.text.startsWith(heredoc.delimiter, start)) {
          heredoc.end = i;
          i = last ? end : end + 1;
          break;
        }
        i = last ? end : end + 1;
        if (last) {
          heredoc.end = i;
          break;
        }
      }
    }
    this.mask.fill(from, i, ' ');
    return i;
  }
}
