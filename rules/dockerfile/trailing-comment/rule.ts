import { type Finding, fix } from '../../../core/finding.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Instruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'trailing-comment',
  summary: 'A comment after an instruction becomes part of it',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: {
    instructions: [
      'FROM',
      'EXPOSE',
      'WORKDIR',
      'USER',
      'STOPSIGNAL',
      'VOLUME',
      'COPY',
      'ADD',
      'ENV',
      'LABEL',
      'ARG',
      'SHELL',
      'CMD',
      'ENTRYPOINT',
    ],
  },
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
      // Only an instruction on a single line has a fix.
      const single = !/[\r\n]/.test(text.slice(lineSpan.start, lineSpan.end)) && !instruction.trigger;
      const lineBreak = text[text.indexOf('\n', span.end) - 1] === '\r' ? '\r\n' : '\n';
      let start = span.start;
      while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
      yield {
        message: isExec(instruction)
          ? `Trailing comment turns exec-form \`${keyword}\` into shell form`
          : instruction.kind === 'shell'
            ? 'Trailing comment makes `SHELL` invalid JSON'
            : `Trailing comment is read as an argument of \`${keyword}\``,
        help: 'Move the comment to a line of its own',
        span,
        // Each of its words is declared as one more argument, which nothing asks for.
        ...(keyword.toUpperCase() === 'ARG' && { severity: 'warning' }),
        fixes: single
          ? [
              fix(
                'suggested',
                'Move the comment to a line of its own',
                rewritten(file, { start: lineStart, end: lineStart }, `${comment}${lineBreak}`),
                rewritten(file, { start, end: span.end }, ''),
              ),
            ]
          : [],
      } satisfies Finding;
    }
  },
});

/** A list with a comment after it is not JSON, so the whole is given to a shell. */
function isExec({ kind }: Instruction): boolean {
  return kind === 'cmd' || kind === 'entrypoint';
}

/** Where a comment starts in the arguments; -1 when none does, or when a shell reads it as a comment. */
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
      return instruction.json ? -1 : afterSpace(text);
    case 'env':
    case 'label':
      // After pairs it is a syntax error; in the old form it becomes part of the value.
      return instruction.legacy ? afterSpace(text) : -1;
    case 'arg':
      return afterSpace(text);
    case 'shell':
    case 'cmd':
    case 'entrypoint': {
      // A list with a comment after it is not a list; after a command the shell reads it as a comment.
      if (instruction.json) return -1;
      const list = /^\[[^\n]*?\]\s+(?=#)/.exec(text);
      return list && !instruction.rest.text.slice(0, list[0].length).includes(' #') ? list[0].length : -1;
    }
    default:
      return -1;
  }
}

/** The first `#` that follows whitespace outside quotes, and is followed by whitespace, a letter or nothing. */
function afterSpace(text: string): number {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '\\') at++;
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
    else if (quote === '' && character === '#' && at > 0 && /\s/.test(text[at - 1]!)) {
      // `# words`, `#words more`; a single `#word` may be a color or a file.
      if (/^#(?:\s|$|\S+\s+\S)/.test(text.slice(at, at + 200))) return at;
      return -1;
    }
  }
  return -1;
}
