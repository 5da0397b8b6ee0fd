/** Which templates does a variables file belong to, by the commands that name it: `packer build -var-file=vars/web.pkrvars.hcl web`? */
import { matchesSegment } from '../../core/glob.ts';
import type { Files } from '../../core/language.ts';
import { joinPath, nameOf, parentDirectory } from '../../core/path.ts';
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

/** What a template is built with at once: files of variables, of which later ones count, and values of `-var`. */
export interface GivenSet {
  readonly files: readonly string[];
  readonly values: readonly (readonly [name: string, value: string])[];
}

/** Directories beside a template that hold its files of variables, and sets of values that are looked at. */
const OF_VARIABLES = ['', 'vars', 'variables', 'pkrvars', 'os_pkrvars', 'environments', 'env', 'config'];
const MOST_SETS = 60;
/** Directories above a template from which commands may count paths. */
const MOST_ABOVE = 3;

/** Each set of strings that a template is built with. */
export function valuesGiven(path: string, files: Files): readonly GivenValues[] {
  return setsGiven(path, files)
    .map(({ files: names, values }) => {
      const texts = names.map(name => [name, files.read(name)] as const);
      const given = texts.flatMap(([name, text]) =>
        typeof text === 'string' ? assignmentsIn(name, text.slice(0, LONGEST_FILE)) : [],
      );
      return new Map([...given, ...values]);
    })
    .filter(({ size }) => size > 0);
}

/**
 * Each set that a template is built with, as far as the repository shows: of commands, and of files beside it. `alone`: it is
 * built without the templates beside it, which have files of their own.
 */
export function setsGiven(path: string, files: Files, alone = false): readonly GivenSet[] {
  const own = parentDirectory(path);
  const sets = new Map<string, GivenSet>();
  const read = new Set<string>();
  const add = (set: GivenSet): void => {
    for (const file of set.files) read.add(file);
    if (set.files.length + set.values.length > 0 && sets.size < MOST_SETS) sets.set(JSON.stringify(set), set);
  };
  const exists = (file: string): boolean => typeof files.read(file) === 'string';
  for (const file of buildFilesAround(path, files) ?? [])
    for (const { target, values, varFiles } of commandsIn(file)) {
      const base = target === undefined ? undefined : (baseOf(target, path) ?? baseOf(target.replace(/\/$/, ''), own));
      // In the directory itself the names of files tell whose they are.
      if (base === undefined && target !== undefined && !/^\.\/?$/.test(target)) continue;
      const bases = base === undefined ? [own] : [base];
      const named = varFiles.slice(0, MOST_VAR_FILES).map(name => filesNamed(name, bases, path, file, files));
      const certain = named.filter(({ isOne }) => isOne).flatMap(({ found }) => found.filter(exists));
      // Of several names that only a run knows, one tells the set.
      const open = named.findLast(({ isOne, found }) => !isOne && found.length > 0);
      if (open) for (const one of open.found) add({ files: [...certain, one], values });
      else if (base !== undefined || certain.length > 0) add({ files: certain, values });
    }
  // Of several templates, a file beside them belongs to the one that it is called like.
  const isOther = (name: string): boolean =>
    alone && hasOtherTemplates(path, files) && !isCalledLike(stemOf(name), stemOf(nameOf(path)));
  for (const name of OF_VARIABLES) {
    const directory = name === '' ? own : joinPath(own, name);
    for (const file of files.list(directory) ?? []) {
      const place = joinPath(directory, file);
      if (BESIDE.test(file) && !read.has(place) && !isOther(file)) add({ files: [place], values: [] });
    }
  }
  return [...sets.values()];
}

const BESIDE = /(?<!\.auto)\.pkrvars\.(?:hcl|json)$/;
/** Files of variables as some call them. */
const OF_ANY_NAME =
  /(?<!\.auto)\.pkrvars\.(?:hcl|json)$|(?<!\.pkr)(?:^|[._-])(?:pkr|pk|packer)?[-_.]?var(?:s|iables?)?(?:[._-][\w.-]{1,60})?\.(?:hcl|json)$/i;

const stemOf = (name: string): string => name.replace(/\.(?:pkr|pkrvars)\.(?:hcl|json)$/, '');

const isCalledLike = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one);

const hasOtherTemplates = (path: string, files: Files): boolean =>
  (files.list(parentDirectory(path)) ?? []).some(name => /\.pkr\.(?:hcl|json)$/.test(name) && name !== nameOf(path));

/** What `-var-file` names; where a variable is a part of its name, all files of the directory that it may be. */
function filesNamed(
  written: string,
  bases: readonly string[],
  path: string,
  { text }: BuildFile,
  files: Files,
): { readonly isOne: boolean; readonly found: readonly string[] } {
  if (!UNKNOWN.test(written)) return { isOne: true, found: bases.map(base => joinPath(base, written)) };
  const plain = written.replaceAll('\\', '/').replace(ROOT, '').replace(GAP, '*');
  // A loop over files lists them.
  const patterns = /^\*+$/.test(plain) ? [...text.matchAll(LISTED)].map(([one]) => one) : [plain];
  const starts = [...bases, ...above(parentDirectory(path))];
  const found = patterns.slice(0, MOST_VAR_FILES).flatMap(pattern => {
    const directory = parentDirectory(pattern);
    if (/[$`%*?{]/.test(directory) || pattern.startsWith('/') || !/[\w]/.test(nameOf(pattern))) return [];
    for (const start of starts) {
      const place = joinPath(start, directory);
      const names = (files.list(place) ?? []).filter(
        name => OF_ANY_NAME.test(name) && matchesSegment(nameOf(pattern), name),
      );
      if (names.length > 0) return names.map(name => joinPath(place, name));
    }
    return [];
  });
  return { isOne: false, found: [...new Set(found)].slice(0, MOST_SETS) };
}

/** What stands for the directory of the script or the repository. */
const ROOT = /^(?:\$(?:\{[\w:.]{1,60}\}|\([\w]{1,60}\)|\w{1,60})|%~dp0|%\w{1,60}%|\.)\/(?=[^/])/;
/** Parts that only a run knows. */
const GAP = /\$\{[^{}]{0,100}\}|\$\([^()]{0,100}\)|\$(?:\w{1,60}|[*@<])|%{1,2}~?\w{1,60}%?|`[^`]{0,100}`/g;
const LISTED = /[\w./-]{0,100}\*[\w.*-]{0,60}\.(?:hcl|json)\b/g;

function above(directory: string): readonly string[] {
  const found = [directory];
  while (found.length <= MOST_ABOVE && found.at(-1) !== parentDirectory(found.at(-1)!))
    found.push(parentDirectory(found.at(-1)!));
  return found;
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

/** Packer by its name, of an image, or by a variable. */
const PROGRAM = /(?:^|[/@(])packer(?:\.exe|:[\w.-]{1,40})?$|^@?\$[({]?PACKER\w{0,20}[)}]?$/i;
/** Of workflows and of templates, with spaces in them. */
const EXPRESSIONS = /\$?\{\{[^{}\n]{0,200}\}\}/g;

function* commandsIn({ text }: BuildFile): Iterable<Command> {
  if (!/packer/i.test(text)) return;
  const lines = text
    .replace(/[\\`]\r?\n/g, ' ')
    .replace(EXPRESSIONS, '$EXPRESSION')
    .split('\n')
    .filter(line => !/^[ \t]{0,80}#/.test(line));
  for (const line of lines.filter(one => /packer/i.test(one)).slice(0, MOST_LINES)) {
    const words = line
      .slice(0, LONGEST_LINE)
      .split(/[\s",']+/)
      .filter(word => word !== '');
    for (const [at, word] of words.entries())
      if (PROGRAM.test(word) && /^(?:build|validate)$/.test(words[at + 1] ?? '')) yield commandOf(words.slice(at + 2));
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
