import { fix } from '../../../core/finding.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { KEYWORDS } from '../../../languages/dockerfile/instruction.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** At the start of a line, in uppercase, with an argument. */
const INSTRUCTION = new RegExp(`^(${KEYWORDS.join('|')})[ \\t]+\\S`);

export default defineDockerfileRule({
  id: 'swallowed-instruction',
  summary: 'A backslash at the end of a line makes the next instruction part of this one',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(file) {
    const { text } = file.source;
    for (const { lineSpan, keyword, kind } of file.instructions) {
      if (kind === 'unknown') continue;
      let open = quotesIn(text.slice(lineSpan.start, endOfLine(text, lineSpan.start)), 0);
      let lastText = lineSpan.start;
      // A line at the end of the text may have no line break to step over.
      const last = Math.min(lineSpan.end, text.length);
      for (let at = endOfLine(text, lineSpan.start) + 1; at < last; ) {
        const end = endOfLine(text, at);
        const line = text.slice(at, end);
        const found = open === 0 ? INSTRUCTION.exec(line) : null;
        if (found && !takesInstruction(keyword, found[1]!, text.slice(lineSpan.start, at))) {
          const mark = continuationOf(lastText);
          yield {
            message: `\`${found[1]}\` is part of the \`${keyword}\` above it`,
            help: `Remove the \`${file.escape}\` at the end of the previous line`,
            span: file.source.spanOf(at, at + found[1]!.length),
            fixes:
              mark === undefined
                ? []
                : [
                    fix(
                      'suggested',
                      `Remove the \`${file.escape}\` at the end of the previous line`,
                      rewritten(file, mark, ''),
                    ),
                  ],
          };
          break;
        }
        if (line.trim() !== '' && !line.trimStart().startsWith('#')) {
          lastText = at;
          open = quotesIn(line, open);
        }
        at = end + 1;
      }
    }

    /** The continuation character at the end of the line that starts there, with the spaces before it. */
    function continuationOf(start: number) {
      let at = endOfLine(text, start);
      while (/\s/.test(text[at - 1] ?? '')) at--;
      if (text[at - 1] !== file.escape) return undefined;
      const end = at--;
      while (text[at - 1] === ' ' || text[at - 1] === '\t') at--;
      // A command whose second half is missing cannot end here.
      return /(?:&&|\||;)$/.test(text.slice(Math.max(start, at - 2), at)) ? undefined : file.source.spanOf(at, end);
    }
  },
});

/** Whether an instruction is written in another one, whose operand it is: `HEALTHCHECK --interval=5s \` above `CMD`. */
function takesInstruction(keyword: string, inner: string, before: string): boolean {
  const outer = keyword.toUpperCase();
  if (outer === 'ONBUILD') return /^\s*ONBUILD[\s\\`]*$/i.test(before);
  return outer === 'HEALTHCHECK' && inner === 'CMD' && !/\bCMD\b/.test(before);
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

/** Which quote is open at the end of the line, as a character code; 0 when none is. Lines within quotes are content. */
function quotesIn(line: string, before: number): number {
  let open = before;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === 0x5c && open !== 0x27) i++;
    else if (open === 0 && (code === 0x22 || code === 0x27)) open = code;
    else if (code === open) open = 0;
  }
  return open;
}
