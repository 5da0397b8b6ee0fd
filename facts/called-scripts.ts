/** Which scripts in files do the commands of a step run, and with it? */
import { joinPath, nameOf } from '../core/path.ts';
import { isBourne, type Script, type ScriptSettings } from '../core/script.ts';
import type { Command, Word } from '../core/shell-tree.ts';
import type { SourceText } from '../core/text.ts';
import { type Invocation, invocationBy } from '../shell/invocations.ts';
import { withVariables } from '../shell/own-variables.ts';
import { ownSettings, scriptCallOf } from '../shell/script-calls.ts';

/** A script that a command of a step, or of such a script, runs. */
export interface CalledScript {
  readonly script: Script;
  /** The command that runs it. */
  readonly calledBy: Command;
  /** Where the step itself names it, or the script that runs it. */
  readonly word: Word;
  /** The script that the word is in: the step's own. */
  readonly within: Script;
}

/** What the system of a step has. */
export interface StepSystem {
  /** The directory that the step starts in. One that is not known has a name that no path has. */
  readonly directory: string;
  /** The text of a file by its absolute path; `undefined` where it is not certain. */
  fileAt(path: string): SourceText | undefined;
  /** Whether a file of this name was put into it by name: programs are called without a path. */
  hasNamed(name: string): boolean;
  /** The value of a variable of the step. */
  variable(name: string): string | undefined;
  /** The host's `LowerContext.script`. */
  script(text: SourceText, settings: ScriptSettings): Script;
}

/** Scripts that call scripts are followed so far. */
const DEEPEST = 4;
/** Files that are looked for in one step. */
const MOST_LOOKUPS = 100;
const UNKNOWN_DIRECTORY = '\0unknown';
/** Where a program is found by its name alone. */
const PROGRAM_DIRECTORIES = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
/** Scripts that projects carry along and that nobody edits: what they do is what every project's does. */
const GENERATED: ReadonlySet<string> = new Set(['configure', 'gradlew', 'mvnw', 'config.guess', 'install-sh']);

/** The scripts that these commands run, in the order in which they run, each followed by those that it runs itself. */
export function calledScripts(own: Script, system: StepSystem): readonly CalledScript[] {
  const found: CalledScript[] = [];
  let left = MOST_LOOKUPS;
  const follow = (
    calling: Script,
    start: string,
    running: readonly string[],
    by: Pick<CalledScript, 'word' | 'within'> | undefined,
  ): void => {
    let directory = start;
    for (const command of calling.commands) {
      const invocation = command.mayRun ? asInvocation(command, calling) : undefined;
      if (!invocation) continue;
      if (MOVES.has(invocation.program)) directory = movedTo(directory, invocation, system);
      const call = scriptCallOf(invocation);
      const path = call && pathOf(call.word, invocation, system);
      if (!call || path === undefined || GENERATED.has(nameOf(path))) continue;
      for (const place of placesOf(path, call.settings !== undefined, directory, system)) {
        if (--left < 0 || running.includes(place) || running.length >= DEEPEST) break;
        const text = system.fileAt(place);
        const settings = text && (call.settings ?? ownSettings(place, text.text));
        if (!text) continue;
        if (!settings) break;
        const script = system.script(text, settings);
        const { word, within } = by ?? { word: call.word, within: calling };
        found.push({ script, calledBy: command, word, within });
        follow(script, directory, [...running, place], { word, within });
        break;
      }
    }
  };
  follow(own, system.directory, [], undefined);
  return found;
}

/** A command whose program is written with a variable is none of the invocations, but may be a file that is known. */
function asInvocation(command: Command, script: Script): Invocation | undefined {
  const known = invocationBy(command, script);
  const [programWord, ...args] = command.words;
  if (known || !programWord) return known;
  return programWord.literal === undefined ? { program: '', programWord, args, command, script, via: [] } : undefined;
}

const MOVES: ReadonlySet<string> = new Set(['cd', 'pushd', 'popd', 'Set-Location', 'Push-Location', 'Pop-Location']);

function movedTo(directory: string, invocation: Invocation, system: StepSystem): string {
  const to = invocation.args.findLast(({ text }) => !text.startsWith('-'));
  const path = to && pathOf(to, invocation, system);
  return path === undefined ? UNKNOWN_DIRECTORY : joinPath(directory, path);
}

/** Where a file may be. One that an interpreter is given is looked for in the working directory, a program by its name is not. */
function placesOf(path: string, isOperand: boolean, directory: string, { hasNamed }: StepSystem): readonly string[] {
  if (path.includes('/') || isOperand) return [joinPath(directory, path)];
  // cmd looks into the working directory too.
  if (/\.(?:cmd|bat)$/i.test(path)) return [joinPath(directory, path)];
  return !hasNamed(path) ? [] : PROGRAM_DIRECTORIES.map(one => `${one}/${path}`);
}

/** A word as a path with `/`, the variables in it filled in; `undefined` where something in it is not known. */
function pathOf(word: Word, invocation: Invocation, { variable }: StepSystem): string | undefined {
  const isWindows = !isBourne(invocation.command.dialect);
  const text = word.literal ?? withVariables(word.value, word, invocation, variable);
  if (text === '' || text.length > 500 || /[*?\n\uE000]/.test(text)) return undefined;
  return isWindows ? text.replaceAll('\\', '/').replace(/^[A-Za-z]:(?=\/)/, '') : text;
}
