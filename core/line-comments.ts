/** Comments of files that are read line by line: scripts of any shell and the answer files of installers. */
import type { Comment } from './build.ts';

/** `#` alone, or in front of words; `REM` and `::` in batch files. */
const SIGN = /^(?:#+|::|rem[ \t])/i;
/** After code only our own directives count. */
const OURS = 'bakelint ignore ';

/** Before a line break: the command goes on, in a Unix shell, in PowerShell or in a batch file. */
const CONTINUED = /[\\`^]\r?$/;

/** The comments of a file that other documents name; each applies to its own line after code, else to the next line with any. */
export function lineComments(text: string, file: string): readonly Comment[] {
  const comments: Comment[] = [];
  let waiting: { text: string; start: number; end: number }[] = [];
  for (let start = 0; start <= text.length; ) {
    let end = lineEnd(text, start);
    const line = text.slice(start, end).trimEnd();
    const sign = SIGN.exec(line.trimStart());
    if (sign) {
      waiting.push({ text: line.trimStart().slice(sign[0].length).trim(), start, end: start + line.length });
    } else if (line.trim() !== '') {
      while (end < text.length && CONTINUED.test(text.slice(Math.max(start, end - 2), end)))
        end = lineEnd(text, end + 1);
      const target = { file, start, end };
      for (const one of waiting)
        comments.push({ text: one.text, span: { file, start: one.start, end: one.end }, target });
      waiting = [];
      const directive = line.indexOf(OURS);
      const before = directive < 0 ? '' : line.slice(0, directive).trimEnd();
      if (before.endsWith(' #') || before.endsWith('\t#')) {
        const span = { file, start: start + before.length - 1, end: start + line.length };
        comments.push({ text: line.slice(directive), span, target });
      }
    }
    start = end + 1;
  }
  for (const one of waiting)
    comments.push({ text: one.text, span: { file, start: one.start, end: one.end }, target: undefined });
  return comments;
}

function lineEnd(text: string, start: number): number {
  const newline = text.indexOf('\n', start);
  return newline < 0 ? text.length : newline;
}
