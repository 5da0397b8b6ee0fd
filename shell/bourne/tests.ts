/** Tests: https://www.gnu.org/software/bash/manual/html_node/Conditional-Constructs.html */

import { WordNode } from '../tree/nodes.ts';
import { skipLines } from './lists.ts';
import type { Reader } from './reader.ts';
import { readWord } from './words.ts';

/** The words of `[[ … ]]`, operators among them; `undefined` when it has no end. */
export function readTest(r: Reader): readonly WordNode[] | undefined {
  r.lastTestEnd ??= r.text.lastIndexOf(']]');
  if (r.at > r.lastTestEnd || !r.mayTry) return undefined;
  const words: WordNode[] = [];
  let previous = '';
  while (previous !== ']]') {
    skipLines(r);
    if (r.ended) {
      r.lastTestEnd = -1;
      return undefined;
    }
    const word = readTestWord(r, previous);
    words.push(word);
    previous = word.special ? '' : word.raw;
  }
  if (!new Grammar(words).holds()) r.broken = true;
  return words;
}

const BEFORE_PATTERN: ReadonlySet<string> = new Set(['=', '==', '!=']);

/** An operator or a word of a test. */
function readTestWord(r: Reader, previous: string): WordNode {
  const { at, text } = r;
  const c = text[at]!;
  if (previous === '=~' || !'()<>&|;'.includes(c) || ('<>'.includes(c) && text[at + 1] === '(')) {
    const word = readWord(r, previous === '=~' ? 'regex' : BEFORE_PATTERN.has(previous) ? 'argument' : 'first');
    if (r.at > at) return word;
  }
  const operator = new WordNode(r.source, at);
  r.at += text[at + 1] === c && c !== '(' && c !== ')' && at + 1 < r.limit ? 2 : 1;
  operator.end = r.at;
  return operator;
}

const UNARY = /^-[a-zA-Z]$/;
const BINARY = /^(?:=|==|!=|=~|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/;
const OPERATOR = /^(?:[()<>]|&&?|\|\|?|;;?|\]\])$/;

/** Whether words make an expression: `[[ ! -f a && ( b == c || d ) ]]`. */
class Grammar {
  private i = 1;

  constructor(private readonly words: readonly WordNode[]) {}

  holds(): boolean {
    let open = 0;
    for (;;) {
      while (this.is('!') || this.is('(')) if (this.take() === '(') open++;
      if (!this.operand()) return false;
      while (open > 0 && this.is(')')) {
        open--;
        this.i++;
      }
      if (!this.is('&&') && !this.is('||')) return open === 0 && this.is(']]') && this.i === this.words.length - 1;
      this.i++;
    }
  }

  /** `WORD`, `-f WORD` or `WORD == WORD` */
  private operand(): boolean {
    if (this.isOperator()) return false;
    const first = this.take();
    if (!UNARY.test(first)) {
      if (!BINARY.test(this.peek())) return true;
      this.i++;
    }
    if (this.isOperator()) return false;
    this.i++;
    return true;
  }

  private isOperator(): boolean {
    return OPERATOR.test(this.peek());
  }

  private is(text: string): boolean {
    return this.peek() === text;
  }

  private take(): string {
    const text = this.peek();
    this.i++;
    return text;
  }

  /** The next word, or nothing where it is quoted, so that it is not an operator. */
  private peek(): string {
    const word = this.words[this.i];
    return word && !word.special ? word.raw : '';
  }
}
