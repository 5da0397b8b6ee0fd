import { countOf, type FileReport, lineAndColumn, lintedCount, type Problem, type Report } from '../report.ts';
import { type Formatter, messageWithHelp } from './format.ts';
import { harmless } from './terminal.ts';
import { countsText } from './text.ts';

/** GitHub and GitLab refuse longer comments; in characters. A note of what was left out still has to fit. */
const LONGEST = 65_536 - 200;

/** A comment for a merge request, or a job summary: a table for each file, the files with errors first. */
export const formatMarkdown: Formatter = report => {
  const files = report.files
    .filter(file => file.problems.length > 0)
    .map(file => ({ file, worst: worstOf(file.problems) }))
    .sort((a, b) => a.worst - b.worst)
    .map(({ file }) => file);
  let out = `${heading(report)}\n`;
  for (const [i, file] of files.entries()) {
    const section = sectionOf(file, i < OPEN);
    if (out.length + section.length > LONGEST) {
      const left = files.slice(i).reduce((sum, { problems }) => sum + problems.length, 0);
      return `${out}\n${left} more finding${left === 1 ? '' : 's'} in ${files.length - i} more file${files.length - i === 1 ? '' : 's'} left out.\n`;
    }
    out += section;
  }
  return out;
};

/** So many files are shown at once; the others are folded. */
const OPEN = 10;
const ORDER = ['error', 'warning', 'info', 'hint'] as const;

const worstOf = (problems: readonly Problem[]): number =>
  Math.min(...problems.map(({ severity }) => ORDER.indexOf(severity)));

function heading(report: Report): string {
  const linted = lintedCount(report.files);
  const counts = countsText(countOf(report.files));
  return counts === ''
    ? `### Bakelint: no findings in ${linted} file${linted === 1 ? '' : 's'}`
    : `### Bakelint: ${counts}`;
}

function sectionOf({ path, problems }: FileReport, open: boolean): string {
  const title = `${escapeMarkdown(path)} (${countsText(countOf([{ problems }]))})`;
  const rows = problems.map(
    problem =>
      `| ${lineAndColumn(problem.range.start)} | ${problem.severity} | ${escapeMarkdown(messageWithHelp(problem))} | [${problem.rule}](${problem.url}) |`,
  );
  const table = ['| Line | Severity | Finding | Rule |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return open ? `\n#### ${title}\n\n${table}\n` : `\n<details><summary>${title}</summary>\n\n${table}\n\n</details>\n`;
}

/** Text that stays text in a cell: code spans are kept, everything else that means something is not. */
function escapeMarkdown(text: string): string {
  return harmless(text)
    .split(/(`[^`]{1,1000}`)/)
    .map((part, i) =>
      i % 2 === 1
        ? part.replaceAll('|', '\\|')
        : part
            .replace(/[\\`*_[\]|]/g, '\\$&')
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;')
            // No mention of a person or a team, no reference to an issue.
            .replace(/[@#]/g, '$&\u200b'),
    )
    .join('');
}
