import type { LanguageId } from '../core/build.ts';
import type { Language } from '../core/language.ts';
import type { Rule } from '../core/rule.ts';
import type { ShellParser } from '../core/script.ts';

/** A stream to write text to. */
export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  /** The width of the terminal. */
  readonly columns?: number | undefined;
}

/** What the command line needs of the process it runs in, so that tests can run it in theirs. */
export interface Host {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  stdin(): Promise<Uint8Array>;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Milliseconds that only ever grow. */
  now(): number;
  /** The directory of the package: `package.json`, `dist/` and `docs/` are in it. */
  readonly home: string;
  /** How many threads the machine can run at once, and the program of one; without it there is one thread. */
  readonly threads?: { readonly count: number; readonly program: URL };
  /** Runs the language server in this process, which ends with it. */
  readonly languageServer?: (() => Promise<unknown>) | undefined;
  /** Loaded when a command needs it. */
  engine(): Promise<EngineSource>;
}

/** What can be linted with. */
export interface EngineSource {
  readonly languages: readonly Language[];
  readonly rules: readonly Rule[];
  /** The ids of rules that come with fixes. */
  readonly fixable: ReadonlySet<string>;
  readonly shell: ShellParser;
  /** Called before documents of these languages are linted. */
  load(languages: Iterable<LanguageId>): Promise<void>;
}

/** A usage or I/O error: its message is shown on one line, and the exit status is 2. */
export class CommandError extends Error {}
