/** `bakelint man`: the manual page, made of the tables of commands and options. */
import { COMMAND_ROWS } from './commands.ts';
import { OPTION_ROWS } from './options.ts';

const EXIT_STATUS: readonly (readonly [string, string])[] = [
  ['0', 'No findings at or above --fail-on.'],
  ['1', 'Findings at or above --fail-on, or a diff that is not empty.'],
  ['2', 'Usage or I/O error, reported on stderr. Other files are still linted.'],
  ['130', 'Ctrl+C. The findings so far are reported.'],
];
const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['NO_COLOR, FORCE_COLOR, CLICOLOR, CLICOLOR_FORCE', 'Whether the text format uses colors.'],
  ['FORCE_HYPERLINK', 'Whether rules in the text format are links: 1 or 0.'],
  [
    'XDG_CACHE_HOME',
    'The directory that --cache is in, by default ~/.cache, and what Node.js compiled where the package cannot be written to.',
  ],
  ['NODE_DISABLE_COMPILE_CACHE', 'Any value: what Node.js compiled is not kept for the next run.'],
  ['GITHUB_STEP_SUMMARY', 'The file that --format github adds its summary to.'],
];
const FILES: readonly (readonly [string, string])[] = [
  ['.bakelint.yaml', 'The configuration: the nearest one above a file, inside its repository.'],
  ['.bakelint-baseline.json', 'Findings that are accepted, written by the command baseline.'],
];

/** The page in the language of `man(7)`. */
export function manualPage(version: string): string {
  return `${[
    `.TH BAKELINT 1 "" "bakelint ${escaped(version)}" "User Commands"`,
    '.SH NAME',
    escaped('bakelint - lint Dockerfiles, Packer templates and cloud-init files'),
    '.SH SYNOPSIS',
    '.B bakelint',
    escaped('[options] [path …]'),
    ...COMMAND_ROWS.flatMap(({ name, words }) => [
      '.br',
      `.B bakelint ${name}`,
      ...(words === '' ? [] : [escaped(words)]),
    ]),
    '.SH DESCRIPTION',
    escaped(
      'Lints files and the files in directories (by default the working directory). Files are recognized by name and content.',
    ),
    '.SH COMMANDS',
    ...COMMAND_ROWS.flatMap(({ name, words, help }) => paragraph(`${name} ${words}`.trim(), `${help}.`)),
    '.SH OPTIONS',
    ...OPTION_ROWS.flatMap(({ name, value, optional, help }) =>
      paragraph(`--${name}${value === undefined ? '' : optional ? `[=${value}]` : ` ${value}`}`, `${help}.`),
    ),
    '.SH EXIT STATUS',
    ...EXIT_STATUS.flatMap(row => paragraph(...row)),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(row => paragraph(...row)),
    '.SH FILES',
    ...FILES.flatMap(row => paragraph(...row)),
    '.SH SEE ALSO',
    escaped('https://github.com/bakelint/bakelint'),
  ].join('\n')}\n`;
}

const paragraph = (term: string, text: string): readonly string[] => ['.TP', `.B ${escaped(term)}`, escaped(text)];

/** Text as it is: hyphens stay hyphens, and no line is a request. */
function escaped(text: string): string {
  const plain = text.replaceAll('`', "'").replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('…', '...');
  return /^[.']/.test(plain) ? `\\&${plain}` : plain;
}
