import { SEVERITIES } from '../../core/finding.ts';
import { parentDirectory } from '../../core/path.ts';
import { POLICIES } from '../../core/policies.ts';
import type { FileReport, Problem, Report } from '../report.ts';
import type { Formatter } from './format.ts';
import { harmless } from './terminal.ts';
import { summary } from './text.ts';

/** Rows of a table that grows with the repository. */
const MOST_ROWS = 20;

interface Row {
  readonly name: string;
  readonly note: string;
  count: number;
  readonly files: Set<string>;
}

/** How many problems there are of each kind, in place of the problems. */
export const formatStats: Formatter = (report, { paint }) => {
  const tables = [
    table(
      'Rules',
      tally(report, (_, { rule, severity }) => [[rule, severity]]),
    ),
    table(
      'Policies',
      tally(report, (_, { policies }) => policies.map(id => [id, POLICIES[id as keyof typeof POLICIES] ?? ''])),
    ),
    table(
      'Directories',
      tally(report, ({ path }) => [[parentDirectory(path), '']]),
    ),
    table(
      'Releases by end of support',
      tally(report, (_, { endings = [] }) => endings.map(({ release, date }) => [release, date])).sort((a, b) =>
        a.note < b.note ? -1 : a.note > b.note ? 1 : 0,
      ),
    ),
  ].filter(lines => lines.length > 0);
  const out = tables.flatMap(([title, ...lines]) => [paint('bold', title!), ...lines, '']);
  return `${[...out, summary(report, paint)].join('\n')}\n`;
};

/** The rows by how many problems they count. A problem counts in each row that `rowsOf` names for it. */
function tally(
  { files }: Report,
  rowsOf: (file: FileReport, problem: Problem) => readonly (readonly [name: string, note: string])[],
): Row[] {
  const rows = new Map<string, Row>();
  for (const file of files)
    for (const problem of file.problems)
      for (const [name, note] of rowsOf(file, problem)) {
        const key = `${name}\0${note}`;
        const row = rows.get(key) ?? { name, note, count: 0, files: new Set() };
        row.count++;
        row.files.add(file.path);
        rows.set(key, row);
      }
  const order = (note: string): number => (SEVERITIES as readonly string[]).indexOf(note);
  return [...rows.values()].sort(
    (a, b) => b.count - a.count || order(a.note) - order(b.note) || (a.name < b.name ? -1 : 1),
  );
}

function table(title: string, rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, MOST_ROWS);
  const names = shown.map(({ name }) => harmless(name));
  const width = Math.max(...names.map(name => name.length));
  const noteWidth = Math.max(...shown.map(({ note }) => note.length));
  const lines = shown.map(({ count, files, note }, i) => {
    const parts = [String(count).padStart(7), names[i]!.padEnd(width), note.padEnd(noteWidth)];
    return `${parts.filter(part => part !== '').join('  ')}  in ${files.size} file${files.size === 1 ? '' : 's'}`;
  });
  const rest = rows.slice(MOST_ROWS);
  const more = rest.reduce((sum, { count }) => sum + count, 0);
  return [
    title,
    ...lines,
    ...(rest.length > 0
      ? [`${String(more).padStart(7)}  in ${rest.length} more row${rest.length === 1 ? '' : 's'}`]
      : []),
  ];
}
