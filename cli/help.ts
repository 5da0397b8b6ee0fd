import { COMMAND_ROWS } from './commands.ts';
import { OPTION_ROWS } from './options.ts';

const WIDTH = 80;
const INDENT = 27;
const COMMAND_INDENT = 36;

/** The help: fits a terminal of 80 columns. */
export function help(): string {
  const rows = OPTION_ROWS.map(({ name, value, optional, help }) => {
    const shown = value === undefined ? '' : optional ? `[=${value}]` : ` ${value}`;
    const start = `  ${`--${name}${shown}`.padEnd(INDENT - 2)}`;
    return `${start}${wrapped(help, WIDTH - INDENT).join(`\n${' '.repeat(INDENT)}`)}`;
  });
  const commands = COMMAND_ROWS.map(({ name, words, help }) => {
    const start = `bakelint ${name} ${words}`.padEnd(COMMAND_INDENT);
    return `${start}${wrapped(help, WIDTH - COMMAND_INDENT).join(`\n${' '.repeat(COMMAND_INDENT)}`)}`;
  });
  return [
    'Lints Dockerfiles, Packer templates and cloud-init files.',
    '',
    'bakelint [options] [path …]         Lint files and directories (default: `.`)',
    ...commands,
    '',
    ...rows,
    '',
    'Exit status: 0 no findings, 1 findings from --fail-on, 2 usage or I/O error',
    '',
  ].join('\n');
}

/** The words in lines of at most `width` characters. */
function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = lines.at(-1) === '' ? word : `${lines.at(-1)} ${word}`;
    if (longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
