import { countOf, type FileReport, lineAndColumn, lintedCount, type Problem, type Report } from '../report.ts';
import type { Formatter } from './format.ts';
import { frameOf } from './frame.ts';
import { countsText } from './text.ts';
import { escapeMarkup } from './xml.ts';

const FRAME_WIDTH = 160;

/** One page that needs nothing else: no script, no font, no request. Secrets are masked as everywhere. */
export const formatHtml: Formatter = (report, { version }) =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    '<title>Bakelint report</title>',
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    '<h1>Bakelint report</h1>',
    `<p>${summaryOf(report)}</p>`,
    ...(report.errors.length > 0
      ? ['<ul class="failures">', ...report.errors.map(line => `<li>${escapeMarkup(line)}</li>`), '</ul>']
      : []),
    rulesTable(report),
    ...report.files.filter(file => file.problems.length > 0).map(fileSection),
    `<footer>Bakelint ${escapeMarkup(version)}</footer>`,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');

function summaryOf(report: Report): string {
  const linted = lintedCount(report.files);
  const counts = countsText(countOf(report.files));
  return `${counts === '' ? 'No findings' : counts} in ${linted} file${linted === 1 ? '' : 's'}`;
}

/** How often each rule speaks, the most frequent first. */
function rulesTable({ files }: Report): string {
  const counts = new Map<string, { url: string; count: number }>();
  for (const { rule, url } of files.flatMap(file => file.problems))
    counts.set(rule, { url, count: (counts.get(rule)?.count ?? 0) + 1 });
  if (counts.size === 0) return '';
  const rows = [...counts]
    .sort(([a, one], [b, two]) => two.count - one.count || (a < b ? -1 : 1))
    .map(([rule, { url, count }]) => `<tr><td>${ruleLink(rule, url)}</td><td>${count}</td></tr>`);
  const head = '<tr><th scope="col">Rule</th><th scope="col">Findings</th></tr>';
  return `<details><summary>Findings by rule</summary><table>${head}${rows.join('')}</table></details>`;
}

function fileSection(file: FileReport): string {
  const title = `${escapeMarkup(file.path)} <small>${countsText(countOf([file]))}</small>`;
  return `<section>\n<h2>${title}</h2>\n${file.problems.map(problemArticle).join('\n')}\n</section>`;
}

function problemArticle(problem: Problem): string {
  const { severity, message, help, rule, url, related } = problem;
  const notes = related.map(
    ({ message, path, range }) =>
      `<li>${escapeMarkup(`${path}${range ? `:${lineAndColumn(range.start)}` : ''}: ${message}`)}</li>`,
  );
  return [
    `<article class="${severity}">`,
    `<p><b>${severity}</b> ${escapeMarkup(message)} ${ruleLink(rule, url)}</p>`,
    frameText(problem),
    help === undefined ? '' : `<p class="help">${escapeMarkup(help)}</p>`,
    notes.length > 0 ? `<ul>${notes.join('')}</ul>` : '',
    '</article>',
  ]
    .filter(line => line !== '')
    .join('\n');
}

/** The line with its marks, as the text format shows it. */
function frameText({ excerpt, range }: Problem): string {
  if (!excerpt) return '';
  const { line, marks } = frameOf(excerpt, range, '^', FRAME_WIDTH);
  const number = String(range.start.line);
  const gap = ' '.repeat(number.length);
  return `<pre>${number} | ${escapeMarkup(line)}\n${gap} | ${escapeMarkup(marks)}</pre>`;
}

function ruleLink(rule: string, url: string): string {
  return `<a href="${escapeMarkup(url)}">${escapeMarkup(rule)}</a>`;
}

const STYLE = `
:root { color-scheme: light dark; --line: #d0d7de; --code: #f6f8fa; --error: #b3261e; --warning: #9a6700; --info: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --code: #151b23; --error: #ff8379; --warning: #e3b341; --info: #79c0ff; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; overflow-wrap: anywhere; } small { font-weight: normal; }
article { border-left: 4px solid var(--line); margin: 1rem 0; padding: 0 1rem; }
article p { margin: .25rem 0; }
.error { border-color: var(--error); } .error b { color: var(--error); }
.warning { border-color: var(--warning); } .warning b { color: var(--warning); }
.info, .hint { border-color: var(--info); } .info b, .hint b { color: var(--info); }
pre { background: var(--code); overflow-x: auto; padding: .5rem; }
table { border-collapse: collapse; } th, td { border: 1px solid var(--line); padding: .2rem .6rem; text-align: left; }
.failures { color: var(--error); } footer { color: GrayText; margin-top: 2rem; }
@media print { pre { white-space: pre-wrap; } }
`;
