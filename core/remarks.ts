/** What a checker of shell scripts from outside (ShellCheck) says, in offsets of the script's text. */
export interface ScriptRemark {
  readonly start: number;
  readonly end: number;
  readonly level: RemarkLevel;
  /** `SC2086`. */
  readonly code: string;
  readonly message: string;
  /** The edits of its fix, applied together; empty when it has none. */
  readonly replacements: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}
/** ShellCheck's own levels. */
export type RemarkLevel = 'error' | 'warning' | 'info' | 'style';
/** Every level, most first. */
export const REMARK_LEVELS: readonly RemarkLevel[] = ['error', 'warning', 'info', 'style'];

/**
 * Checks a script. `undefined`: the answer is not known, or not yet; a host that runs it beside the linting lints again
 * when it is.
 */
export type ScriptChecker = (text: string, dialect: 'posix' | 'bash') => readonly ScriptRemark[] | undefined;
