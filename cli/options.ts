import type { FixSafety, Severity } from '../core/finding.ts';
import { PRESETS, type Preset } from '../core/rule.ts';
import type { Compared } from './changes.ts';
import type { BASELINE_ACTIONS, Shell } from './commands.ts';
import { FORMAT_NAMES, type Format } from './format/formats.ts';
import type { ImagesOptions } from './images/images.ts';

export type FailOn = 'error' | 'warning' | 'info' | 'never';

/** A format and the file that it is written to; without a file it is stdout. */
export interface Output {
  readonly format: Format;
  readonly file: string | undefined;
}

/** How files are linted and what is reported. */
export interface LintOptions {
  readonly paths: readonly string[];
  /** Where the report goes, in each of its formats. */
  readonly outputs: readonly Output[];
  /** The fixes to apply; empty applies none. */
  readonly fix: readonly FixSafety[];
  /** Show what the fixes would change and write nothing. */
  readonly diff: boolean;
  readonly preset: Preset | undefined;
  /** Only these rules; empty means those of the configuration. */
  readonly rules: readonly string[];
  /** Of the rules that are on only those of these ids, policies and categories; empty means all. */
  readonly select: readonly string[];
  /** Not the rules of these ids, policies and categories. */
  readonly ignore: readonly string[];
  /** The part of the files to lint, `index` of 1 to `count`. */
  readonly shard: { readonly index: number; readonly count: number } | undefined;
  /** Threads that lint; `auto`: as many as pay. */
  readonly jobs: number | 'auto';
  /** The directory of what came of files in earlier runs; empty for the usual one. */
  readonly cache: string | undefined;
  /** Lint again whenever something changes. */
  readonly watch: boolean;
  readonly failOn: FailOn;
  readonly config: string | undefined;
  readonly quiet: boolean;
  /** Report how many findings there are of each kind in place of the findings. */
  readonly stats: boolean;
  /** In bytes. */
  readonly maxFileSize: number;
  readonly stdinFilename: string | undefined;
  /** Run ShellCheck on the scripts, where it is installed. */
  readonly shellcheck: boolean;
  /** Report only what changes bring. */
  readonly compared: Compared | undefined;
  /** The file of the findings that are not reported. */
  readonly baseline: string | undefined;
}

export type BaselineAction = (typeof BASELINE_ACTIONS)[number];

/** What a command line asks for. `debug` shows stacks. */
export type Command = { readonly debug: boolean } & (
  | { readonly kind: 'help' | 'version' | 'lsp' }
  | { readonly kind: 'rules'; readonly format: 'text' | 'json' }
  | { readonly kind: 'explain'; readonly rule: string; readonly format: 'text' }
  | { readonly kind: 'init' | 'man' }
  | { readonly kind: 'completions'; readonly shell: Shell }
  | { readonly kind: 'config'; readonly path: string; readonly options: LintOptions }
  | { readonly kind: 'images'; readonly options: ImagesOptions }
  | { readonly kind: 'explain-file'; readonly path: string; readonly options: LintOptions }
  | { readonly kind: 'baseline'; readonly action: BaselineAction; readonly options: LintOptions }
  | { readonly kind: 'lint'; readonly options: LintOptions }
);

export interface OptionRow {
  readonly name: string;
  /** What stands for the value in the help; `undefined` for a switch. */
  readonly value?: string;
  /** What the value, up to an \`=\` where the option takes a file with it, can be. */
  readonly values?: readonly string[];
  /** The value may be left out; with one, it follows an `=`. */
  readonly optional?: boolean;
  /** What shells offer for the value: files, directories, ids of rules, or these with policies and categories. */
  readonly completes?: 'file' | 'directory' | 'rule' | 'selectable';
  /** May be given more than once. */
  readonly repeats?: boolean;
  readonly help: string;
}

const FAIL_ON: readonly FailOn[] = ['error', 'warning', 'info', 'never'];

/** Every option, in the order of the help. */
export const OPTION_ROWS: readonly OptionRow[] = [
  {
    name: 'format',
    value: 'FORMAT[=FILE]',
    values: [...FORMAT_NAMES, 'mermaid'],
    repeats: true,
    help: `${FORMAT_NAMES[0]} (default), ${FORMAT_NAMES.slice(1).join(', ')} (repeatable)`,
  },
  { name: 'fix', help: 'Apply safe fixes' },
  { name: 'fix-suggested', help: 'Apply safe and suggested fixes (review the result)' },
  { name: 'diff', help: 'Print the fixes as a diff and write nothing' },
  { name: 'preset', value: 'NAME', values: PRESETS, help: 'recommended (default), strict or all' },
  { name: 'rule', value: 'ID', completes: 'rule', repeats: true, help: 'Run only this rule (repeatable)' },
  {
    name: 'select',
    value: 'NAME',
    completes: 'selectable',
    repeats: true,
    help: 'Run only rules of this id, policy or category (repeatable)',
  },
  {
    name: 'ignore',
    value: 'NAME',
    completes: 'selectable',
    repeats: true,
    help: 'Leave out rules of this id, policy or category (repeatable)',
  },
  { name: 'fail-on', value: 'LEVEL', values: FAIL_ON, help: 'Exit 1 at error, warning (default), info or never' },
  {
    name: 'changed',
    value: 'REVISION',
    optional: true,
    help: 'Report only what changes since the branch began bring, or since it left a revision',
  },
  { name: 'staged', help: 'Report only what the staged changes bring' },
  { name: 'baseline', value: 'FILE', completes: 'file', help: 'Leave out the findings in this file' },
  { name: 'config', value: 'FILE', completes: 'file', help: 'Configuration file instead of the nearest one' },
  { name: 'quiet', help: 'Report only findings at or above --fail-on' },
  { name: 'stats', help: 'Count findings by rule, policy, directory and release instead' },
  { name: 'shard', value: 'I/N', help: 'Lint only part I of N of the files' },
  { name: 'jobs', value: 'N', help: 'Lint with N threads, or `auto` (default)' },
  {
    name: 'cache',
    value: 'DIRECTORY',
    completes: 'directory',
    optional: true,
    help: 'Lint only files that changed since an earlier run',
  },
  { name: 'watch', help: 'Lint again whenever a file changes, until Ctrl+C' },
  { name: 'max-file-size', value: 'SIZE', help: 'Skip larger files (default 10M)' },
  { name: 'stdin-filename', value: 'NAME', help: 'Lint stdin (`-`) as a file of this name' },
  {
    name: 'explain-file',
    value: 'FILE',
    completes: 'file',
    help: 'Show the language, configuration and rules of a file',
  },
  { name: 'owner', value: 'NAME', help: 'With `images`: only those of this owner' },
  { name: 'base', value: 'NAME', help: 'With `images`: only those on this base, or with files from it' },
  {
    name: 'eol-before',
    value: 'DATE',
    help: 'With `images`: only those on such a base whose support ends before a date',
  },
  { name: 'ics', help: 'With `images`: write a calendar of their dates' },
  { name: 'print', value: 'FILE', completes: 'file', help: 'With `config`: print the settings that apply to a file' },
  { name: 'shellcheck', help: 'Run ShellCheck on scripts, if it is installed' },
  { name: 'debug', help: 'Show stack traces of internal errors' },
  { name: 'lsp', help: 'Run the language server over stdin and stdout' },
  { name: 'version', help: 'Show the version' },
  { name: 'help', help: 'Show this help' },
];

/** Whether a severity is at or above the threshold. */
export function fails(severity: Severity, failOn: FailOn): boolean {
  const levels: readonly Severity[] = ['error', 'warning', 'info'];
  return failOn !== 'never' && levels.slice(0, levels.indexOf(failOn) + 1).includes(severity);
}
