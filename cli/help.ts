import { OPTION_ROWS } from './options.ts';

/** The help: fits a terminal of 24 lines and 80 columns. */
export function help(): string {
  const rows = OPTION_ROWS.map(
    ({ name, value, help }) => `  ${`--${name}${value ? ` ${value}` : ''}`.padEnd(23)}${help}`,
  );
  return [
    'Lints Dockerfiles, Packer templates and cloud-init files.',
    '',
    'bakelint [options] [path …]     Lint files and directories (default: `.`)',
    'bakelint rules [--format json]  List all rules',
    'bakelint explain RULE           Show the page of a rule',
    ...rows,
    '',
    'Exit status: 0 no findings, 1 findings from --fail-on, 2 usage or I/O error',
    '',
  ].join('\n');
}
