import type { Command, ShellTree } from './shell-tree.ts';
import type { SourceText, Span } from './text.ts';

/**
 * `posix`: any Bourne-like shell that is not known to be bash; `powershell`: Windows PowerShell; `pwsh`: PowerShell 6 and newer, in
 * which `curl`, `wget` and `sc` are programs rather than aliases; `other`: a language that is not a shell of ours (Python, expect, …).
 */
export type ShellDialect = 'posix' | 'bash' | 'powershell' | 'pwsh' | 'cmd' | 'other';

/** The languages that are read. */
export type ReadDialect = Exclude<ShellDialect, 'other'>;

/** Reads a script. Never throws. */
export type ShellParser = (text: SourceText, dialect: ReadDialect) => ShellTree;

/** Whether it is a Bourne-like shell, as far as rules about `set -e`, `cd` and `&&` mean one. */
export function isBourne(dialect: ShellDialect): dialect is 'posix' | 'bash' {
  return dialect === 'posix' || dialect === 'bash';
}

/** Whether it is PowerShell of any version. */
export function isPowerShell(dialect: ShellDialect): dialect is 'powershell' | 'pwsh' {
  return dialect === 'powershell' || dialect === 'pwsh';
}

/** How a script is run. */
export interface ScriptSettings {
  readonly dialect: ShellDialect;
  /** Whether the tool runs it under `-e`: Packer's `inline` does, a Dockerfile's and cloud-init's do not. */
  readonly errexit: boolean;
  /** Whether a failing command in a pipeline fails it from the start (`SHELL ["bash", "-o", "pipefail", …]`). */
  readonly pipefail: boolean;
  /** The module of Ansible that does the same, as a playbook names it (`get_url`), where the script is written nowhere. */
  readonly standsFor?: string | undefined;
}

/** Longer scripts are not parsed: nothing is known about them. In UTF-16 code units. */
export const LONGEST_SCRIPT = 200_000;

const NOTHING: ShellTree = { commands: [], elsewhere: [], broken: false };

/** A script as the shell will see it, parsed when it is first asked for. */
export class Script implements ScriptSettings {
  readonly dialect: ShellDialect;
  readonly errexit: boolean;
  readonly pipefail: boolean;
  readonly standsFor: string | undefined;
  private parsed: ShellTree | undefined;

  constructor(
    readonly text: SourceText,
    settings: ScriptSettings,
    private readonly parser: ShellParser,
  ) {
    this.dialect = settings.dialect;
    this.errexit = settings.errexit;
    this.pipefail = settings.pipefail;
    this.standsFor = settings.standsFor;
  }

  /** Empty for other languages, and for a script over {@link LONGEST_SCRIPT}. */
  get tree(): ShellTree {
    const { dialect } = this;
    return (this.parsed ??= dialect !== 'other' && this.readable ? this.parser(this.text, dialect) : NOTHING);
  }

  get commands(): readonly Command[] {
    return this.tree.commands;
  }

  /** Commands for another machine. */
  get elsewhere(): readonly Command[] {
    return this.tree.elsewhere;
  }

  /** Whether it is written in a shell that is understood here and short enough to be read. */
  get readable(): boolean {
    return this.dialect !== 'other' && this.text.text.length <= LONGEST_SCRIPT;
  }

  /** Where a node of its tree is in the document. */
  spanOf(node: { readonly start: number; readonly end: number }): Span {
    return this.text.spanOf(node.start, node.end);
  }
}

/** The dialect that a `#!` line names: `undefined` when the text has none. */
export function dialectOfShebang(text: string): ShellDialect | undefined {
  if (!text.startsWith('#!')) return undefined;
  const end = text.indexOf('\n');
  const words = text
    .slice(2, end < 0 ? Math.min(text.length, 200) : Math.min(end, 200))
    .trim()
    .split(/\s+/);
  const program = (words[0] ?? '').endsWith('/env')
    ? words.slice(1).find(word => !word.startsWith('-') && !word.includes('='))
    : words[0];
  switch ((program ?? '').split('/').pop()) {
    case 'bash':
      return 'bash';
    case 'sh':
    case 'dash':
    case 'ash':
    case 'ksh':
      return 'posix';
    case 'pwsh':
      return 'pwsh';
    case 'powershell':
      return 'powershell';
    default:
      return 'other';
  }
}
