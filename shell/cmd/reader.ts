/** The reading of one cmd text. */

import { Cursor } from '../tree/cursor.ts';
import type { CommandContext } from '../tree/nodes.ts';
import type { Source } from '../tree/source.ts';

export class Reader extends Cursor {
  /** How many parentheses are open. */
  groups = 0;
  /** `!NAME!` is filled in. https://learn.microsoft.com/windows-server/administration/windows-commands/setlocal */
  readonly delayed: boolean;

  constructor(source: Source, context: CommandContext) {
    super(source, context);
    this.delayed = /enabledelayedexpansion|\/v:on/i.test(this.text);
  }

  /** Steps over spaces and continued lines. */
  skipBlanks(): void {
    while (this.at < this.limit) {
      if (isBlank(this.text[this.at]!)) this.at++;
      else if (this.text[this.at] === '^' && this.newlineAt(this.at + 1) > 0)
        this.at += 1 + this.newlineAt(this.at + 1);
      else return;
    }
  }

  skipLines(): void {
    for (;;) {
      this.skipBlanks();
      const newline = this.newlineAt(this.at);
      if (newline === 0) return;
      this.at += newline;
    }
  }

  /** `@` in front of a command keeps it from being printed. */
  skipPrefix(): void {
    this.skipBlanks();
    while (this.c === '@') {
      this.at++;
      this.skipBlanks();
    }
  }
}

export function isBlank(c: string): boolean {
  return c === ' ' || c === '\t' || c === '\v' || c === '\f' || c === '\u00a0';
}

/** Whether a command cannot go on here. */
export function endsCommand(r: Reader): boolean {
  const { c } = r;
  return c === '' || c === '&' || c === '|' || (c === ')' && r.groups > 0) || r.newlineAt(r.at) > 0;
}
