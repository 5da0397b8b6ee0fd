import { OPTION_ROWS } from './options.ts';

/** The help: fits a terminal of 24 lines and 80 columns. */
export function help(): string {
  const rows = OPTION_ROWS.map(
    ({ name, value, help }) => `  ${`--${name}${value ? ` ${value}` : ''}`.padEnd(23)}${help}`,
  );
  return [
    'Lints the files that build images: Dockerfiles, Packer templates, cloud-init.',
    '',
    'bakelint [options] [path …]   files and folders; default `.`, `-` is stdin',
    'bakelint rules [--format json]          every rule',
    'bakelint explain RULE                   what a rule finds and why',
    ...rows,
    '',
    'Exit: 0 nothing found; 1 something at or above --fail-on; 2 it did not work.',
    '',
  ].join('\n');
}
