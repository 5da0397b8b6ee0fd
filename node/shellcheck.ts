/** Runs ShellCheck (https://www.shellcheck.net) where it is installed: bounded, fed through a pipe, never through a shell. */
import { spawnSync } from 'node:child_process';
import { REMARK_LEVELS, type RemarkLevel, type ScriptChecker, type ScriptRemark } from '../core/shell/remarks.ts';
import { HOLE } from '../core/text.ts';

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

/** A checker on the `shellcheck` of the PATH; `undefined` when there is none. */
export function shellCheck(program = 'shellcheck'): ScriptChecker | undefined {
  const present = spawnSync(program, ['--version'], { stdio: 'ignore', ...LIMITS });
  if (present.error || present.status !== 0) return undefined;
  const known = new Map<string, readonly ScriptRemark[]>();
  return (text, dialect) => {
    const key = `${dialect}\n${text}`;
    const before = known.get(key);
    if (before) return before;
    const remarks = text.length > LONGEST ? [] : check(program, text, dialect === 'bash' ? 'bash' : 'sh');
    if (known.size >= MOST_KEPT) known.clear();
    known.set(key, remarks);
    return remarks;
  };
}

/** Places count from 1: lines, and in a line code points. */
interface Place {
  readonly line: number;
  readonly endLine: number;
  readonly column: number;
  readonly endColumn: number;
}
interface Comment extends Place {
  readonly level: string;
  readonly code: number;
  readonly message: string;
  readonly fix: { readonly replacements: readonly (Place & { readonly replacement: string })[] } | null;
}

function check(program: string, text: string, shell: 'sh' | 'bash'): ScriptRemark[] {
  // What is filled in elsewhere is some word; it has one character, so that places stay where they are.
  const input = text.replaceAll(HOLE, 'x');
  const args = ['--format=json1', `--shell=${shell}`, `--exclude=${MEANINGLESS}`, '--norc', '-'];
  const { stdout, error } = spawnSync(program, args, { input, encoding: 'utf8', ...LIMITS });
  if (error) return [];
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
    if (!known || text.slice(range.start, range.end).includes(HOLE)) return [];
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

  range({ line, endLine, column, endColumn }: Place): { readonly start: number; readonly end: number } {
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
