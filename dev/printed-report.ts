/** The reports of rule pages as the command line prints them. */

const FINDING = /^(?:(\S+):)?(\d+):(\d+) (error|warning|info|hint) (.*)$/;

/**
 * A `diagnostics` block (see `showReport` in rule-page.ts) in the form of the command line's text format: the path, the
 * rule, and line numbers in a gutter. `path` is the document's. Lines that are not of that form stay as they are.
 */
export function asPrinted(report: string, path: string, rule: string): string {
  const lines = report.replace(/\n$/, '').split('\n');
  const out: string[] = [];
  let gutter = 0;
  let sign = '~';
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const finding = FINDING.exec(line);
    if (finding) {
      const [, file = path, row, column, severity, message] = finding;
      gutter = row!.length + 2;
      sign = severity === 'error' || severity === 'warning' ? '^' : '~';
      if (out.length > 0) out.push('');
      out.push(`${file}:${row}:${column} ${severity}: ${message} [${rule}]`);
      const [code = '', marks = ''] = lines.slice(i + 1, i + 3).map(text => text.slice(2));
      out.push(`${row!.padStart(gutter)} | ${code}`.trimEnd());
      out.push(`${' '.repeat(gutter)} | ${marks.replaceAll('~', sign)}`);
      i += 2;
    } else if (line.startsWith('  = help: ')) out.push(`${' '.repeat(gutter)} ${line.slice(2)}`);
    else if (line.startsWith('  - ')) {
      const [, place, why] = /^(\S+) (.*)$/.exec(line.slice(4)) ?? [];
      out.push(`${' '.repeat(gutter)} = note: ${place}: ${why}`);
    } else out.push(line);
  }
  return `${out.join('\n')}\n`;
}
