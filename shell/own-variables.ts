/** What the variables of a script hold that the script sets itself, once and in plain view. */
import { memo } from '../core/memo.ts';
import { isBourne, type Script } from '../core/script.ts';
import type { Command, Word } from '../core/shell-tree.ts';
import { type SourceText, UNRESOLVED } from '../core/text.ts';
import type { Invocation } from './invocations.ts';

/** What is known of one variable. */
interface Variable {
  readonly text: string;
  /** Where it is set, an offset in the script's text. */
  readonly at: number;
}

/** A script with more commands is not searched for what it sets. */
const MOST_COMMANDS = 2_000;
const MOST_VARIABLES = 200;
/** A longer value is not filled in, in UTF-16 code units. */
const LONGEST = 2_000;

/** What the environment of a script has under a name, where that is known. */
export type Environment = (name: string) => string | undefined;

/**
 * A text that is a word or the end of one, with the values of the variables that the script sets, and of those that it is
 * given; what is not known stays `UNRESOLVED`.
 */
export function withVariables(
  source: SourceText,
  word: Word,
  { command, script }: Invocation,
  environment: Environment | undefined,
): string {
  if (!source.text.includes(UNRESOLVED) || !word.text.endsWith(source.text)) return source.text;
  const before = word.text.length - source.text.length;
  // What is taken off must have the same length afterwards.
  if (word.text.slice(0, before).includes(UNRESOLVED)) return source.text;
  // Another shell sees the variables that are exported to it, and its own.
  if (!isBourne(command.dialect) || command.within.some(one => one.endsWith('-script'))) return source.text;
  return withValues(word, script, name => valueAt(script, name, word.start, environment)).slice(before);
}

/** The text of a word with the values of variables as far as `variable` knows them. */
function withValues(word: Word, script: Script, variable: (name: string) => string | undefined): string {
  const { text } = script.text;
  let next = 0;
  let filled = '';
  for (const part of word.text) {
    const expansion = part === UNRESOLVED ? word.expansions[next++] : undefined;
    const name = expansion && /^\$(?:(\w+)|\{(\w+)\})$/.exec(text.slice(expansion.start, expansion.end));
    filled += (name && variable(name[1] ?? name[2]!)) ?? part;
    if (filled.length > LONGEST) return word.text;
  }
  return next === word.expansions.length ? filled : word.text;
}

function valueAt(script: Script, name: string, at: number, environment: Environment | undefined): string | undefined {
  const { set, sourced, variables } = ownVariables(script);
  const found = variables.get(name);
  // A file that is read in may set it again.
  if (sourced.some(start => start >= (found?.at ?? 0) && start < at)) return undefined;
  if (set.has(name)) return found && found.at <= at ? found.text : undefined;
  return environment?.(name);
}

interface OwnVariables {
  /** The names of all that it sets, also of those whose value is not known. */
  readonly set: ReadonlySet<string>;
  readonly variables: ReadonlyMap<string, Variable>;
  /** Where other files and texts are run as part of the script. */
  readonly sourced: readonly number[];
}
const UNREAD: OwnVariables = { set: new Set(), variables: new Map(), sourced: [0] };

/** They set what has a value, and change nothing otherwise. */
const SETS = new Set(['export', 'readonly', 'declare', 'typeset']);
/** They change what they name, with a value or without. */
const CHANGES = new Set(['read', 'unset', 'local', 'let', 'getopts', 'mapfile', 'readarray']);
const SOURCES = new Set(['.', 'source', 'eval']);
/** os-release(5) and lsb_release(1), which set names of their own. */
const RELEASE = /^\/etc\/(?:os|lsb)-release$|^\/usr\/lib\/os-release$/;
const OF_RELEASE =
  'NAME VERSION ID ID_LIKE VERSION_CODENAME VERSION_ID PRETTY_NAME ANSI_COLOR CPE_NAME HOME_URL DOCUMENTATION_URL ' +
  'SUPPORT_URL BUG_REPORT_URL BUILD_ID VARIANT VARIANT_ID LOGO PLATFORM_ID UBUNTU_CODENAME DISTRIB_ID ' +
  'DISTRIB_RELEASE DISTRIB_CODENAME DISTRIB_DESCRIPTION';

/** `for NAME in …`, `${NAME:=value}` */
const ELSEWHERE = /\b(?:for|select)[ \t]{1,8}([A-Za-z_]\w{0,100})|\$\{([A-Za-z_]\w{0,100}):?=/g;

const ownVariables: (script: Script) => OwnVariables = memo(script => {
  const { commands } = script;
  const { text } = script.text;
  if (commands.length > MOST_COMMANDS) return UNREAD;
  const variables = new Map<string, Variable>();
  const unclear = new Set<string>();
  const sourced: number[] = [];
  const set = (name: string, value: string | undefined, command: Command): void => {
    const isPlain = command.operator !== '||' && command.within.every(one => one === 'group') && !command.background;
    if (variables.has(name) || !value || value.includes(UNRESOLVED) || !isPlain) unclear.add(name);
    else if (variables.size < MOST_VARIABLES) variables.set(name, { text: value, at: command.end });
    else unclear.add(name);
  };
  const filled = (word: Word): string =>
    withValues(word, script, one => (unclear.has(one) ? undefined : variables.get(one)?.text));
  for (const command of commands) {
    const [program, ...words] = command.words;
    const by = program?.literal ?? '';
    if (!program)
      // `NAME+=value` and `NAME[0]=value` say not all of it.
      for (const { name, start, value } of command.assignments)
        set(name, value && text[start + name.length] === '=' ? filled(value) : undefined, command);
    if (SOURCES.has(by)) {
      if (RELEASE.test(words[0]?.literal ?? '')) for (const name of OF_RELEASE.split(' ')) unclear.add(name);
      else sourced.push(command.start);
    }
    if (by === 'printf' && words[0]?.literal === '-v') unclear.add(words[1]?.literal ?? '');
    for (const word of SETS.has(by) || CHANGES.has(by) ? words : []) {
      const [, name, sign] = /^([A-Za-z_]\w*)(\+?=|$)?/.exec(word.text) ?? [];
      if (name === undefined) continue;
      if (CHANGES.has(by) || sign === '+=') unclear.add(name);
      else if (sign === '=') set(name, filled(word).slice(name.length + 1), command);
    }
  }
  for (const [, looped, given] of text.matchAll(ELSEWHERE)) unclear.add((looped ?? given)!);
  const all = new Set([...variables.keys(), ...unclear]);
  for (const name of unclear) variables.delete(name);
  return { set: all, variables, sourced };
});
