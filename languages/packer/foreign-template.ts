/** HCL that another template language fills in before Packer reads it. */
import type { Finding } from '../../core/finding.ts';
import type { SourceText } from '../../core/text.ts';
import type { HclFile } from './hcl/ast.ts';

/** Syntax errors are looked at up to here, and so are their lines, in UTF-16 code units. */
const MOST_PROBLEMS = 50;
const LONGEST_LINE = 1_000;

/** What a line can hold outside of strings only if it is not HCL. */
const MARKS: readonly (readonly [mark: string, template: string])[] = [
  ['{%', 'a Jinja template'],
  ['<%', 'an ERB template'],
];

/**
 * What to report in place of the syntax errors of a file that is a template of another language; `undefined` when none of them
 * is at a construct of one. Which blocks and attributes the result has is unknown: the whole file is one broken region.
 */
export function foreignTemplate({ problems }: HclFile, source: SourceText): Finding | undefined {
  for (const { start } of problems.slice(0, MOST_PROBLEMS)) {
    const found = markAt(source.text, start);
    if (!found) continue;
    return {
      message: `\`${source.text.slice(found.at, found.at + 2)}\` is not HCL: the file is ${found.template}`,
      help: 'Lint the file that the template produces, or exclude this one',
      span: source.spanOf(found.at, found.at + 2),
      severity: 'info',
      region: source.spanOf(0, source.text.length),
    };
  }
  return undefined;
}

/** The construct in the line of a syntax error, or at the start of the line below a value that an error ends. */
function markAt(text: string, offset: number): { readonly at: number; readonly template: string } | undefined {
  const start = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(start, Math.min(end < 0 ? text.length : end, start + LONGEST_LINE));
  // A value such as `{{ user `x` }}` is a template of Packer itself that lacks its quotes; a line of its own is not.
  const indent = line.length - line.trimStart().length;
  if (line.startsWith('{{', indent)) return { at: start + indent, template: 'a Go template' };
  let isString = false;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '\\' && isString) at++;
    else if (line[at] === '"') isString = !isString;
    else if (!isString) {
      const mark = MARKS.find(([one]) => line.startsWith(one, at));
      if (mark) return { at: start + at, template: mark[1] };
    }
  }
  return undefined;
}
