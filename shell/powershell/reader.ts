/** The reading of one PowerShell text. */
import type { Nesting } from '../../core/shell-tree.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { Cursor } from '../tree/cursor.ts';

/** https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-02: typographic quotes quote too. */
export const SINGLE: ReadonlySet<string> = new Set("'\u2018\u2019\u201a\u201b");
export const DOUBLE: ReadonlySet<string> = new Set('"\u201c\u201d\u201e');

export class Reader extends Cursor {
  /** What a block is to the command whose word it is. */
  blocks: Nesting = 'group';
  /** A command was added after what is written in it. */
  unordered = false;
  /** Where it is known that no pipe follows. */
  pipeless = -1;

  /** The character that many further. */
  ahead(by: number): string {
    return this.at + by < this.limit ? this.text[this.at + by]! : '';
  }

  /** Steps over spaces and continued lines. */
  skipBlanks(): void {
    for (; this.at < this.limit; this.at++) {
      const c = this.text[this.at]!;
      if (isBlank(c)) continue;
      if (c === '<' && this.ahead(1) === '#') this.skipBlockComment();
      else if (c !== '`' || this.newlineAt(this.at + 1) === 0) return;
      else this.at += this.newlineAt(this.at + 1);
    }
  }

  /** Ends on the last character of the comment. */
  private skipBlockComment(): void {
    const end = this.text.indexOf('#>', this.at + 2);
    if (end < 0 || end + 2 > this.limit) this.broken = true;
    this.at = end < 0 || end + 2 > this.limit ? this.limit - 1 : end + 1;
  }

  /** Steps over spaces, newlines and comments. */
  skipLines(): void {
    for (;;) {
      this.skipBlanks();
      const newline = this.newlineAt(this.at);
      if (newline > 0) this.at += newline;
      else if (this.c === '#') this.skipLine();
      else return;
    }
  }

  override skipLine(): void {
    super.skipLine();
    if (this.at > 0 && this.at < this.limit && this.text[this.at - 1] === '\r') this.at--;
  }
}

export function isBlank(c: string): boolean {
  return c === ' ' || c === '\t' || c === '\u00a0' || c === '\f' || c === '\v' || c === '\ufeff';
}

export const isUnresolved = (c: string): boolean => c === UNRESOLVED;
