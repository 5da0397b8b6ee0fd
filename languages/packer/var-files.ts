/** Which templates does a variables file belong to, by the commands that name it: `packer build -var-file=vars/web.pkrvars.hcl web`? */
import type { Files } from '../../core/language.ts';
import { joinPath, parentDirectory } from '../../core/path.ts';
import { type BuildFile, buildFilesAround } from '../../facts/build-files.ts';
import { parseHcl } from './hcl/index.ts';

/** Lines of one file that are read, and characters of each. */
const MOST_LINES = 200;
const LONGEST_LINE = 4_000;

/** Options of Packer with a value, which may be the next word. */
const VALUED: ReadonlySet<string> = new Set(['except', 'on-error', 'only', 'parallel-builds', 'var', 'var-file']);
/** What ends a command in a shell, a Makefile or a pipeline. */
const ENDS = /^(?:&&|\|\|?|;|>{1,2}|2>.*|#.*|\))$/;
/** A word whose value is not in the file. */
const UNKNOWN = /[$`%*?]|\{\{/;

/** A directory or a file of templates that every command naming `path` builds; `undefined` when none does, or they differ. */
export function templatesOf(path: string, files: Files): string | undefined {
  const targets = new Set<string>();
  for (const file of buildFilesAround(path, files) ?? [])
    for (const command of commandsIn(file)) {
      const base = command.varFiles.map(name => baseOf(name, path)).find(one => one !== undefined);
      if (base !== undefined && command.target !== undefined) targets.add(joinPath(base, command.target));
    }
  const [only] = targets;
  return targets.size === 1 ? only : undefined;
}

/**
 * The variables that every command of the repository for a template sets: in a file for `-var-file` that can be read, or with
 * `-var` and a value that is not in the command. None where a command may build it whose target is not known.
 */
export function variablesPassed(path: string, files: Files): ReadonlySet<string> {
  let passed: ReadonlySet<string> | undefined;
  for (const file of buildFilesAround(path, files) ?? [])
    for (const { target, variables, varFiles } of commandsIn(file)) {
      if (target === undefined || /^\.{1,2}(?:\/|$)/.test(target.replace(/^(?:\.\/)+(?=[\w])/, ''))) return NONE;
      const base = baseOf(target, path) ?? baseOf(target, parentDirectory(path));
      if (base === undefined) continue;
      const set = new Set(variables);
      for (const name of varFiles.slice(0, MOST_VAR_FILES)) {
        const text = UNKNOWN.test(name) ? undefined : files.read(joinPath(base, name));
        if (typeof text === 'string')
          for (const variable of assignedIn(name, text.slice(0, LONGEST_FILE))) set.add(variable);
      }
      passed = passed === undefined ? set : new Set([...passed].filter(name => set.has(name)));
    }
  return passed ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();
const MOST_VAR_FILES = 20;
const LONGEST_FILE = 100_000;

/** The names that a variables file assigns, at its top level. */
function assignedIn(name: string, text: string): readonly string[] {
  if (!name.endsWith('.json'))
    return parseHcl(text).body.items.flatMap(item => (item.kind === 'attribute' ? item.name.text : []));
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? Object.keys(read) : [];
  } catch {
    return [];
  }
}

/** Values of variables that are written where a template is built, and those that files of variables give. */
export type GivenValues = ReadonlyMap<string, string>;

/** Directories beside a template that hold its files of variables, and sets of values that are looked at. */
const OF_VARIABLES = ['', 'vars', 'variables', 'pkrvars', 'os_pkrvars', 'environments', 'env', 'config'];
const MOST_SETS = 60;

/** Each set of values that a template is built with, as far as the repository shows: of commands, and of files beside it. */
export function valuesGiven(path: string, files: Files): readonly GivenValues[] {
  const own = parentDirectory(path);
  const sets: GivenValues[] = [];
  const read = new Set<string>();
  const add = (values: Iterable<readonly [string, string]>): void => {
    const set = new Map(values);
    if (set.size > 0 && sets.length < MOST_SETS) sets.push(set);
  };
  const valuesIn = (file: string): readonly (readonly [string, string])[] => {
    read.add(file);
    const text = files.read(file);
    return typeof text === 'string' ? assignmentsIn(file, text.slice(0, LONGEST_FILE)) : [];
  };
  for (const file of buildFilesAround(path, files) ?? [])
    for (const { target, values, varFiles } of commandsIn(file)) {
      const base = target === undefined ? undefined : (baseOf(target, path) ?? baseOf(target.replace(/\/$/, ''), own));
      // In the directory itself the names of files tell whose they are.
      if (base === undefined && target !== undefined && !/^\.\/?$/.test(target)) continue;
      const places = varFiles
        .slice(0, MOST_VAR_FILES)
        .filter(name => !UNKNOWN.test(name))
        .map(name => joinPath(base ?? own, name));
      const given = places.flatMap(valuesIn);
      if (base !== undefined || given.length > 0) add([...given, ...values]);
    }
  for (const name of OF_VARIABLES) {
    const directory = name === '' ? own : joinPath(own, name);
    for (const file of files.list(directory) ?? []) {
      const place = joinPath(directory, file);
      if (/(?<!\.auto)\.pkrvars\.(?:hcl|json)$/.test(file) && !read.has(place) && sets.length < MOST_SETS)
        add(valuesIn(place));
    }
  }
  return sets;
}

/** The strings that a file of variables assigns, at its top level. */
function assignmentsIn(name: string, text: string): readonly (readonly [string, string])[] {
  if (!name.endsWith('.json'))
    return [...text.matchAll(/^[ \t]{0,40}([A-Za-z_][\w-]{0,80})[ \t]{0,40}=[ \t]{0,40}"([^"$\n]{1,400})"/gm)].map(
      ([, variable = '', value = '']) => [variable, value],
    );
  try {
    const read: unknown = JSON.parse(text);
    return typeof read !== 'object' || read === null
      ? []
      : Object.entries(read).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : []));
  } catch {
    return [];
  }
}

/** What files that build set variables of the environment to, by their names. Each value once. */
export function environmentGiven(
  names: ReadonlySet<string>,
  path: string,
  files: Files,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  if (names.size === 0) return found;
  for (const { text } of buildFilesAround(path, files) ?? [])
    for (const [, name = '', value = ''] of text.matchAll(OF_ENVIRONMENT)) {
      if (!names.has(name)) continue;
      const values = found.get(name) ?? [];
      found.set(name, values);
      if (!values.includes(value) && values.length < MOST_SETS) values.push(value);
    }
  return found;
}
const OF_ENVIRONMENT =
  /\b([A-Za-z_]\w{1,80})[ \t]{0,9}(?:[?:]?=|:(?=[ \t]))[ \t]{0,9}["']?([A-Za-z][\w./:*+-]{2,200})(?=["'\s;]|$)/g;

interface Command {
  /** Values that `-var` gives. */
  readonly values: readonly (readonly [string, string])[];
  /** Names that `-var` sets. */
  readonly variables: readonly string[];
  readonly varFiles: readonly string[];
  readonly target: string | undefined;
}

function* commandsIn({ text }: BuildFile): Iterable<Command> {
  if (!text.includes('packer')) return;
  const lines = text
    .replace(/[\\`]\r?\n/g, ' ')
    .split('\n')
    .filter(line => !/^[ \t]{0,80}#/.test(line));
  for (const line of lines.filter(one => /packer/i.test(one)).slice(0, MOST_LINES)) {
    const words = line
      .slice(0, LONGEST_LINE)
      .split(/[\s",']+/)
      .filter(word => word !== '');
    for (const [at, word] of words.entries())
      if (/(?:^|[/@(])packer(?:\.exe)?$/i.test(word) && /^(?:build|validate)$/.test(words[at + 1] ?? ''))
        yield commandOf(words.slice(at + 2));
  }
}

function commandOf(words: readonly string[]): Command {
  const variables: string[] = [];
  const varFiles: string[] = [];
  const values: [string, string][] = [];
  let target: string | undefined;
  for (let i = 0; i < words.length && !ENDS.test(words[i]!); i++) {
    const word = words[i]!;
    const [, name, value] = /^--?([a-z-]{1,40})(?:=(.*))?$/.exec(word) ?? [];
    if (name === undefined) target = UNKNOWN.test(word) ? undefined : word.replace(/[;)]{1,9}$/, '');
    else if (VALUED.has(name)) {
      const given = value === undefined || value === '' ? words[++i] : value;
      if (name === 'var-file' && given !== undefined) varFiles.push(given);
      const [, variable, text] = name === 'var' ? (/^([\w-]{1,80})=(.{1,300})$/.exec(given ?? '') ?? []) : [];
      if (variable !== undefined && text !== undefined && !UNKNOWN.test(text)) values.push([variable, text]);
      if (name === 'var' && given !== undefined && UNKNOWN.test(given)) variables.push(given.split('=', 1)[0]!);
    }
  }
  return { target, values, variables, varFiles };
}

/** The directory in which a relative name leads to `path`. */
function baseOf(name: string, path: string): string | undefined {
  const plain = name.replace(/^(?:\.\/)+/, '');
  if (plain === '' || UNKNOWN.test(plain) || /^[/~]|(?:^|\/)\.\.(?:\/|$)/.test(plain)) return undefined;
  if (path === plain) return '.';
  return path.endsWith(`/${plain}`) ? path.slice(0, -plain.length - 1) : undefined;
}
