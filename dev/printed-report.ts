/** The reports of rule pages as the command line prints them. */
import type { Diagnostic } from '../core/finding.ts';
import { saysSame } from '../core/repeated-help.ts';

const FINDING = /^(?:(\S+):)?(\d+):(\d+) (error|warning|info|hint) (.*)$/;
/** As in cli/format/text.ts: so many places of which the same is said are listed. */
const MOST_PLACES = 3;

/**
 * A `diagnostics` block (see `showReport` in rule-page.ts) in the form of the command line's text format: the path, the
 * rule, and line numbers in a gutter. `path` is the document's. The block leaves fixes out: `found` are the findings that
 * it shows, in its order. Lines that are not of that form stay as they are.
 */
export function asPrinted(
  report: string,
  path: string,
  rule: string,
  found: readonly Pick<Diagnostic, 'help' | 'fixes'>[],
): string {
  const lines = report.replace(/\n$/, '').split('\n');
  const out: string[] = [];
  for (let i = 0, next = 0; i < lines.length; ) {
    const finding = FINDING.exec(lines[i]!);
    if (!finding) {
      out.push(lines[i++]!);
      continue;
    }
    const [, file = path, row, column, severity, message] = finding;
    const [code = '', marks = ''] = lines.slice(i + 1, i + 3).map(text => text.slice(2));
    const gutter = row!.length + 2;
    const sign = severity === 'error' || severity === 'warning' ? '^' : '~';
    const { help, fixes = [] } = found[next++] ?? {};
    const note = (kind: string, text: string): unknown => out.push(`${' '.repeat(gutter)} = ${kind}: ${text}`);
    if (out.length > 0) out.push('');
    out.push(`${file}:${row}:${column} ${severity}: ${message} [${rule}]`);
    out.push(`${row!.padStart(gutter)} | ${code}`.trimEnd());
    out.push(`${' '.repeat(gutter)} | ${marks.replaceAll('~', sign)}`);
    const said = new Map<string, string[]>();
    for (i += 3; lines[i]?.startsWith('  = help: ') || lines[i]?.startsWith('  - '); i++) {
      const line = lines[i]!;
      const [, place = '', why = ''] = /^ {2}- (\S+) (.*)$/.exec(line) ?? [];
      if (place) said.set(why, [...(said.get(why) ?? []), place]);
      // A fix that says the same is listed below.
      else if (help === undefined || !fixes.some(({ title }) => saysSame(help, title)))
        note('help', line.slice('  = help: '.length));
    }
    for (const [why, places] of said) note('note', `${placesOf(places)}: ${why}`);
    for (const { title, safety } of fixes) note('fix', `${title} (${safety === 'safe' ? '--fix' : '--fix-suggested'})`);
  }
  return `${out.join('\n')}\n`;
}

function placesOf(places: readonly string[]): string {
  const rest = places.length - MOST_PLACES;
  return `${places.slice(0, MOST_PLACES).join(', ')}${rest > 0 ? ` and ${rest} more ${rest === 1 ? 'place' : 'places'}` : ''}`;
}
