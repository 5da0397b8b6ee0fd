/** The words that a command line can begin with. */
export interface CommandRow {
  readonly name: string;
  /** What follows the name in the help. */
  readonly words: string;
  readonly help: string;
  /** The options that it takes; `undefined` means all that linting takes. */
  readonly options: readonly string[] | undefined;
  /** What its first word can be; `rule` stands for the ids of rules, and without this they are paths. */
  readonly first?: readonly string[] | 'rule';
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];
export const BASELINE_ACTIONS = ['create', 'update', 'prune'] as const;

/** Every command but linting, which needs no word, in the order of the help. */
export const COMMAND_ROWS = [
  { name: 'init', words: '', help: 'Write a configuration for this repository', options: ['debug'], first: [] },
  { name: 'rules', words: '', help: 'List all rules', options: ['format', 'debug'], first: [] },
  { name: 'explain', words: 'RULE', help: 'Show the page of a rule', options: ['debug'], first: 'rule' },
  {
    name: 'images',
    words: '[path …]',
    help: 'List the images that files build and their bases',
    options: ['format', 'config', 'debug', 'owner', 'base', 'eol-before', 'ics'],
  },
  {
    name: 'baseline',
    words: 'ACTION [path …]',
    help: 'Write findings to accept into a file: create, update or prune',
    options: ['baseline', 'cache', 'config', 'jobs', 'preset', 'rule', 'max-file-size', 'shellcheck', 'debug'],
    first: BASELINE_ACTIONS,
  },
  {
    name: 'config',
    words: '--print FILE',
    help: 'Print the settings that apply to a file',
    options: ['print', 'config', 'preset', 'debug'],
    first: [],
  },
  {
    name: 'completions',
    words: 'SHELL',
    help: 'Print a completion script for bash, zsh or fish',
    options: ['debug'],
    first: SHELLS,
  },
  { name: 'man', words: '', help: 'Print the manual page', options: ['debug'], first: [] },
] as const satisfies readonly CommandRow[];

export type CommandName = (typeof COMMAND_ROWS)[number]['name'];

export function commandRow(name: CommandName): CommandRow {
  return COMMAND_ROWS.find(row => row.name === name)!;
}
