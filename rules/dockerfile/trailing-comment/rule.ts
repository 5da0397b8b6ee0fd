import { type Finding, fix } from '../../../core/finding.ts';
import { everyInstruction, rewritten } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Instruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'trailing-comment',
  summary: 'A comment stands behind an instruction and becomes a part of it',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check(file) {
    if (!followsReference(file)) return;
    const { text } = file.source;
    for (const instruction of everyInstruction(file)) {
      const { rest, keyword, lineSpan } = instruction;
      const at = commentAt(instruction);
      if (at < 0) continue;
      const span = rest.spanOf(at, rest.text.length);
      const comment = text.slice(span.start, span.end);
      const lineStart = text.lastIndexOf('\n', lineSpan.start - 1) + 1;
      // Only what stands on a single line is moved.
      const single = !/[\r\n]/.test(text.slice(lineSpan.start, lineSpan.end)) && !instruction.trigger;
      const lineBreak = text[text.indexOf('\n', span.end) - 1] === '\r' ? '\r\n' : '\n';
      let blank = span.start;
      while (text[blank - 1] === ' ' || text[blank - 1] === '\t') blank--;
      yield {
        message: `Comments stand on lines of their own, so this one is a part of what ${keyword} is given.`,
        span,
        fixes: single
          ? [
              fix(
                'suggested',
                'Put the comment above the instruction',
                rewritten(file, { start: lineStart, end: lineStart }, `${comment}${lineBreak}`),
                rewritten(file, { start: blank, end: span.end }, ''),
              ),
            ]
          : [],
      } satisfies Finding;
    }
  },
});

/** Where a comment starts in the instruction's text; -1 when none does, or when a shell will read it as one. */
function commentAt(instruction: Instruction): number {
  const text = instruction.rest.text.slice(0, 4000);
  switch (instruction.kind) {
    case 'from':
    case 'expose':
    case 'workdir':
    case 'user':
    case 'stopsignal':
    case 'volume':
    case 'copy':
    case 'add':
      return instruction.json ? -1 : behindBlank(text);
    case 'env':
    case 'label':
      // Behind pairs it is a syntax error; in the old form it ends up in the value.
      return instruction.legacy ? behindBlank(text) : -1;
    case 'arg':
      return behindBlank(text);
    case 'shell':
    case 'cmd':
    case 'entrypoint': {
      // A list with a comment behind it is no list any more; behind a command the shell knows what it is.
      if (instruction.json) return -1;
      const list = /^\[[^\n]*?\]\s+(?=#)/.exec(text);
      return list && !instruction.rest.text.slice(0, list[0].length).includes(' #') ? list[0].length : -1;
    }
    default:
      return -1;
  }
}

/** The first `#` that follows a blank outside of quotes, and is followed by a blank, a letter or nothing. */
function behindBlank(text: string): number {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '\\') at++;
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
    else if (quote === '' && character === '#' && at > 0 && /\s/.test(text[at - 1]!)) {
      // `# words`, `#words more`; a lone `#word` may be a colour or a file.
      if (/^#(?:\s|$|\S+\s+\S)/.test(text.slice(at, at + 200))) return at;
      return -1;
    }
  }
  return -1;
}
