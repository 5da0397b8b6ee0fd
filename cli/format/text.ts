import type { Severity } from '../../core/finding.ts';
import { saysSame } from '../../core/repeated-help.ts';
import type { Range } from '../../node/lines.ts';
import {
  countOf,
  type FileReport,
  fixableOf,
  lineAndColumn,
  lintedCount,
  type Problem,
  type Report,
} from '../report.ts';
import type { FormatContext, PartFormatter } from './format.ts';
import { frameOf } from './frame.ts';
import { harmless, type Paint } from './terminal.ts';

const COLORS = { error: 'red', warning: 'yellow', info: 'blue', hint: 'cyan' } as const;
/** Long lists of evidence are cut: the frame is there to be read. */
const MOST_NOTES = 10;
/** So many places of which the same is said are listed. */
const MOST_PLACES = 3;

/** For people: each problem with the line it is in, then a summary. */
export const text: PartFormatter = {
  file: (file, context) => file.problems.map(problem => problemText(file, problem, context)).join(''),
  end: (report, { paint }) => `${summary(report, paint)}\n`,
};

function problemText(
  file: FileReport,
  problem: Problem,
  { paint, link, width }: Pick<FormatContext, 'paint' | 'link' | 'width'>,
): string {
  const { severity, message, help, range, excerpt, rule, related, fixes, url } = problem;
  const where = `${harmless(file.path)}:${lineAndColumn(range.start)}`;
  const out = [
    `${paint('bold', where)} ${paint(COLORS[severity], severity)}: ${harmless(message)} ${link(paint('dim', `[${rule}]`), url)}`,
  ];
  const gutter = String(range.start.line).length + 2;
  if (excerpt) {
    const sign = severity === 'error' || severity === 'warning' ? '^' : '~';
    const { line, marks } = frameOf(excerpt, range, sign, Math.max(40, width - gutter - 3));
    out.push(`${paint('dim', `${String(range.start.line).padStart(gutter)} |`)} ${line}`);
    out.push(`${paint('dim', `${' '.repeat(gutter)} |`)} ${paint(COLORS[severity], marks)}`);
  }
  const note = (kind: string, text: string): unknown =>
    out.push(`${' '.repeat(gutter)} ${paint('dim', '=')} ${paint('cyan', kind)}: ${text}`);
  // A fix that says the same is listed below.
  if (help !== undefined && !fixes.some(({ title }) => saysSame(help, title))) note('help', harmless(help));
  const said = new Map<string, string[]>();
  for (const { message: words, path, range: at } of related)
    said.set(words, [...(said.get(words) ?? []), placeOf(path, at, file.path)]);
  for (const [words, places] of [...said].slice(0, MOST_NOTES)) note('note', harmless(`${placesOf(places)}: ${words}`));
  if (said.size > MOST_NOTES) note('note', `and ${said.size - MOST_NOTES} more`);
  for (const { title, safety } of fixes)
    note('fix', `${harmless(title)} (${safety === 'safe' ? '--fix' : '--fix-suggested'})`);
  return `${out.join('\n')}\n\n`;
}

function placesOf(places: readonly string[]): string {
  const rest = places.length - MOST_PLACES;
  return `${places.slice(0, MOST_PLACES).join(', ')}${rest > 0 ? ` and ${rest} more places` : ''}`.replace(
    'and 1 more places',
    'and 1 more place',
  );
}

/** The path is said once: what is in the same file has its line and column alone. */
function placeOf(path: string, range: Range | undefined, own: string): string {
  if (!range) return path;
  return path === own ? lineAndColumn(range.start) : `${path}:${lineAndColumn(range.start)}`;
}

/** `2 problems (1 error, 1 warning) in 1 of 3 files. 1 can be fixed with --fix.` */
export function summary(report: Report, paint: Paint): string {
  const { known } = report;
  return known > 0
    ? `${countsLine(report, paint)} ${plural(known, 'known problem')} not shown.`
    : countsLine(report, paint);
}

function countsLine({ files, fixed }: Report, paint: Paint): string {
  const linted = lintedCount(files);
  const done = fixed > 0 ? `Fixed ${plural(fixed, 'problem')}. ` : '';
  const counts = countOf(files);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (linted === 0 && all === 0) return `${done}No Dockerfile, Packer template or cloud-init file found.`;
  if (all === 0) return `${done}${paint('green', `No problems in ${plural(linted, 'file')}.`)}`;
  const kinds = kindsOf(counts).map(([severity, count]) => paint(COLORS[severity], plural(count, severity)));
  const touched = files.filter(file => file.problems.length > 0).length;
  const { safe, suggested } = fixableOf(files);
  const fixes = [
    ...(safe > 0 ? [`${safe} can be fixed with --fix`] : []),
    ...(suggested > 0 ? [`${suggested}${safe > 0 ? ' more' : ' can be fixed'} with --fix-suggested`] : []),
  ];
  const hint = fixes.length > 0 ? ` ${fixes.join(', ')}.` : '';
  const problems = kinds.length === 1 ? kinds[0] : `${plural(all, 'problem')} (${kinds.join(', ')})`;
  const where = touched === files.length ? plural(touched, 'file') : `${touched} of ${plural(files.length, 'file')}`;
  return `${done}${problems} in ${where}.${hint}`;
}

/** `2 errors, 1 info`; empty for nothing. */
export function countsText(counts: Readonly<Record<Severity, number>>): string {
  return kindsOf(counts)
    .map(([severity, count]) => plural(count, severity))
    .join(', ');
}

function kindsOf(counts: Readonly<Record<Severity, number>>): [Severity, number][] {
  return (Object.entries(counts) as [Severity, number][]).filter(([, count]) => count > 0);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 || noun === 'info' ? '' : 's'}`;
}
