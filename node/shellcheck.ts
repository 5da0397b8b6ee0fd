/** Runs ShellCheck (https://www.shellcheck.net) where it is installed: bounded, fed through a pipe, never through a shell. */
import { REMARK_LEVELS, type RemarkLevel, type ScriptChecker, type ScriptRemark } from '../core/remarks.ts';
import { UNRESOLVED } from '../core/text.ts';
import { childProcess } from './builtins.ts';

/** What one script may cost; a script that costs more has no remarks. */
const LIMITS = { timeout: 10_000, maxBuffer: 4_000_000 };
/** Longer scripts are not checked, in UTF-16 code units. */
const LONGEST = 100_000;
/** Scripts whose remarks are kept, so that a second look at a file costs nothing. */
const MOST_KEPT = 500;

/**
 * Remarks that make no sense for a script inside another file: it has no `#!` line of its own, sources files of the
 * image, and gets its variables from instructions and settings that ShellCheck cannot see.
 */
const MEANINGLESS = 'SC1090,SC1091,SC2148,SC2154,SC2187';

/** A checker that answers at once; `undefined` when the program does not answer. `program`: its absolute path. */
export function shellCheck(program: string): ScriptChecker | undefined {
  const present = childProcess().spawnSync(program, ['--version'], { stdio: 'ignore', ...LIMITS });
  if (present.error || present.status !== 0) return undefined;
  const known = new Remarks();
  return (text, dialect) => {
    const before = known.get(text, dialect);
    if (before) return before;
    const { stdout, error } = childProcess().spawnSync(program, argumentsFor(dialect), {
      input: inputFor(text),
      encoding: 'utf8',
      ...LIMITS,
    });
    return known.keep(text, dialect, error ? [] : remarksIn(stdout, text));
  };
}

/**
 * The same beside other work: a script is not known until the program has answered, and then `answered` is called.
 * At most two run at a time. Without the program every script has no remarks.
 */
export function shellCheckBeside(answered: () => void, program: string | undefined): ScriptChecker {
  if (program === undefined) return () => [];
  const known = new Remarks();
  const waiting = new Map<string, () => void>();
  let running = 0;
  const next = (): void => {
    const [first] = waiting;
    if (!first || running >= 2) return;
    waiting.delete(first[0]);
    running++;
    first[1]();
  };
  return (text, dialect) => {
    const before = known.get(text, dialect);
    if (before) return before;
    waiting.set(`${dialect}\n${text}`, () => {
      const child = childProcess().execFile(
        program,
        argumentsFor(dialect),
        { encoding: 'utf8', ...LIMITS },
        (_, stdout) => {
          running--;
          known.keep(text, dialect, remarksIn(stdout, text));
          answered();
          next();
        },
      );
      // A program that is not there, or ends early, closes the pipe; its answer says all there is to say.
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(inputFor(text));
    });
    next();
    return undefined;
  };
}

type Dialect = Parameters<ScriptChecker>[1];

/** The remarks on the scripts that were looked at last. */
class Remarks {
  private readonly known = new Map<string, readonly ScriptRemark[]>();

  get(text: string, dialect: Dialect): readonly ScriptRemark[] | undefined {
    return text.length > LONGEST ? [] : this.known.get(`${dialect}\n${text}`);
  }
  keep(text: string, dialect: Dialect, remarks: readonly ScriptRemark[]): readonly ScriptRemark[] {
    if (this.known.size >= MOST_KEPT) this.known.clear();
    this.known.set(`${dialect}\n${text}`, remarks);
    return remarks;
  }
}

function argumentsFor(dialect: Dialect): string[] {
  return ['--format=json1', `--shell=${dialect === 'bash' ? 'bash' : 'sh'}`, `--exclude=${MEANINGLESS}`, '--norc', '-'];
}
/** What is filled in elsewhere is some word; it has one character, so that places stay where they are. */
function inputFor(text: string): string {
  return text.replaceAll(UNRESOLVED, 'x');
}

/** Places count from 1: lines, and in a line code points. */
interface LineRange {
  readonly line: number;
  readonly endLine: number;
  readonly column: number;
  readonly endColumn: number;
}
interface Comment extends LineRange {
  readonly level: string;
  readonly code: number;
  readonly message: string;
  readonly fix: { readonly replacements: readonly (LineRange & { readonly replacement: string })[] } | null;
}

function remarksIn(stdout: string, text: string): ScriptRemark[] {
  let comments: readonly Comment[];
  try {
    const answer = JSON.parse(stdout) as { readonly comments?: unknown };
    comments = Array.isArray(answer.comments) ? (answer.comments as readonly Comment[]) : [];
  } catch {
    return [];
  }
  const offsets = new Offsets(text);
  return comments.flatMap(({ code, level, message, fix, ...place }): ScriptRemark[] => {
    const known = REMARK_LEVELS.find(candidate => candidate === level) as RemarkLevel | undefined;
    const range = offsets.range(place);
    if (!known || text.slice(range.start, range.end).includes(UNRESOLVED)) return [];
    const replacements = (fix?.replacements ?? []).map(({ replacement, ...at }) => ({
      ...offsets.range(at),
      text: replacement,
    }));
    return [{ ...range, level: known, code: `SC${code}`, message, replacements }];
  });
}

/** From lines and code points to UTF-16 offsets. */
class Offsets {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  range({ line, endLine, column, endColumn }: LineRange): { readonly start: number; readonly end: number } {
    const start = this.offset(line, column);
    return { start, end: Math.max(start, this.offset(endLine, endColumn)) };
  }

  private offset(line: number, column: number): number {
    const from = this.starts[line - 1] ?? this.text.length;
    const to = this.starts[line] ?? this.text.length;
    let at = from;
    for (let i = 1; i < column && at < to; i++) at += (this.text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    return at;
  }
}
