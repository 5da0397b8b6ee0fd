/**
 * The small shell tree that rules read. It knows simple commands, how they are joined and what they are in; it is
 * the same whichever parser built it. Offsets are offsets in the script's text.
 */
import type { ShellDialect } from './script.ts';
import type { SourceText } from './text.ts';

/** The commands of one script. */
export interface ShellTree {
  /** Every simple command in the order it is written, the nested ones (substitutions, functions, loops) included. */
  readonly commands: readonly Command[];
  /** The commands of scripts that it gives to another machine (`ssh host '…'`), in the same order: they do nothing to this one. */
  readonly elsewhere: readonly Command[];
  /** Whether the parser met something that it could not read; the commands around it are still there. */
  readonly broken: boolean;
}

/** What a command is in, outermost first. `heredoc-script` and `string-script`: inside `bash <<EOF` or `sh -c '…'`; `remote-script`: `ssh host '…'`. */
export type Nesting =
  | 'subshell'
  | 'substitution'
  | 'function'
  | 'loop'
  | 'condition'
  | 'case'
  | 'group'
  | 'string-script'
  | 'heredoc-script'
  | 'remote-script';

/**
 * `NAME=value … program word … <file`. A line of assignments alone has no words. In PowerShell the call of a .NET method is a
 * command too: the method is its program, `.DownloadFile` or `[Environment]::SetEnvironmentVariable`, and what it is given are its
 * words; what stands in front of a pipe without being a command is one without words.
 */
export interface Command {
  readonly start: number;
  readonly end: number;
  /** The language that it is written in, which differs from the script's inside `powershell -Command '…'` and the like. */
  readonly dialect: ShellDialect;
  readonly assignments: readonly Assignment[];
  /** The program's word and its arguments, redirections apart. */
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  /** All commands joined to this one by `|`, in order, itself included. */
  readonly pipeline: readonly Command[];
  /** How it is joined to what precedes it in its list; `undefined` for the first. */
  readonly operator: ';' | '&&' | '||' | '&' | undefined;
  readonly within: readonly Nesting[];
  /** In the list that an `if` of a Bourne shell tests, where the shell does not stop at an error whatever `set -e` says. */
  readonly tested: boolean;
  /** Runs in the background (`cmd &`). */
  readonly background: boolean;
  /** False in a function that nothing in the script calls. */
  readonly mayRun: boolean;
}

export interface Assignment {
  readonly name: string;
  /** `undefined` for an array or an empty value's missing word. */
  readonly value: Word | undefined;
  readonly start: number;
  readonly end: number;
}

/** One word as the shell splits them. */
export interface Word {
  readonly start: number;
  readonly end: number;
  /** As written, quotes and all. */
  readonly raw: string;
  /** After quote removal; each expansion is one `UNRESOLVED`. */
  readonly value: SourceText;
  /** The text of `value`, which costs less where its way back to the document is not needed. */
  readonly text: string;
  /** After quote removal when nothing in it expands; globs count as literal text. */
  readonly literal: string | undefined;
  readonly expansions: readonly Expansion[];
  /** Whether any part of it is quoted. */
  readonly quoted: boolean;
}
/** A part of a word that the shell fills in. */
export interface Expansion {
  readonly kind: 'parameter' | 'command' | 'arithmetic' | 'process' | 'unknown';
  /** The variable's name, for `$X` and `${X…}`. */
  readonly name: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** A redirection of a command. */
export interface Redirect {
  /** `<`, `>`, `>>`, `2>`, `&>`, `<<`, `<<<`, … with the descriptor written before it apart. */
  readonly operator: string;
  readonly descriptor: number | undefined;
  /** The file, the here-string's word; `undefined` for a heredoc. */
  readonly target: Word | undefined;
  readonly heredoc: Heredoc | undefined;
  readonly start: number;
  readonly end: number;
}
/** A here-document that a redirection reads. */
export interface Heredoc {
  readonly delimiter: string;
  /** Nothing expands in a body whose delimiter is quoted. */
  readonly quoted: boolean;
  /** The body with the tabs of `<<-` removed; expansions of an unquoted one are `UNRESOLVED`s. */
  readonly body: SourceText;
}
