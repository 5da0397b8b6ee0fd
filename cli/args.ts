import { type ParseArgsConfig, parseArgs } from 'node:util';
import { abbreviated, nearest } from '../core/nearest.ts';
import type { Preset } from '../core/rule.ts';
import type { Compared } from './changes.ts';
import { BASELINE_ACTIONS, type CommandName, commandRow, SHELLS } from './commands.ts';
import { FORMAT_NAMES, type Format } from './format/formats.ts';
import { CommandError } from './host.ts';
import { IMAGES_FORMATS } from './images/formats.ts';
import {
  type BaselineAction,
  type Command,
  type FailOn,
  type LintOptions,
  OPTION_ROWS,
  type OptionRow,
  type Output,
} from './options.ts';

/** Files above this are not read unless `--max-file-size` says otherwise. */
const TEN_MEGABYTES = 10 * 1024 * 1024;

/** The command of the arguments. Throws {@link CommandError} with a line for the user when they are invalid. */
export function parseArguments(args: readonly string[]): Command {
  // Other arguments are between the client and the server (`--stdio`, `--clientProcessId=7`).
  if (args[0] === '--lsp') return { kind: 'lsp', debug: false };
  const { given, words } = split(args);
  const debug = given.has('debug');
  if (given.has('help')) return { kind: 'help', debug };
  if (given.has('version')) return { kind: 'version', debug };
  if (given.has('lsp')) return { kind: 'lsp', debug };
  const one = (name: string): string | undefined => given.get(name)?.at(-1);
  const outputs = outputsOf(given.get('format') ?? []);
  if (words[0] === 'rules' && !given.has('--')) {
    allow(given, 'rules');
    if (words.length > 1)
      throw new CommandError(
        `unexpected argument ${quote(words[1]!)} for \`rules\`; to lint a directory of that name, write \`./rules\``,
      );
    const { format, file } = outputs[0]!;
    if ((format !== 'text' && format !== 'json') || file !== undefined || outputs.length > 1)
      throw new CommandError(`\`rules\` supports \`--format text\` and \`--format json\` only`);
    return { kind: 'rules', format, debug };
  }
  if (words[0] === 'images' && !given.has('--')) return imagesOf(given, words.slice(1), outputs, debug);
  const other = [...IMAGES_ONLY, 'ics'].find(name => given.has(name));
  if (other !== undefined)
    throw new CommandError(
      `\`--${other}\` needs \`images\`, as in \`bakelint images --${other}${other === 'ics' ? '' : ' …'}\``,
    );
  if (outputs.some(({ format }) => !FORMAT_NAMES.includes(format)))
    throw new CommandError('`--format mermaid` needs `images`, as in `bakelint images --format mermaid`');
  if (words[0] === 'explain' && !given.has('--')) {
    allow(given, 'explain');
    if (words.length !== 2) throw new CommandError('`explain` expects one rule, as in `bakelint explain latest-tag`');
    return { kind: 'explain', rule: words[1]!, format: 'text', debug };
  }
  // Commands of other programs; a file of such a name is `./help`.
  if (words.length === 1 && !given.has('--') && (words[0] === 'help' || words[0] === 'version'))
    return { kind: words[0], debug };
  const diff = given.has('diff');
  if (diff && given.get('format')?.some(written => written !== 'text'))
    throw new CommandError(`\`--diff\` cannot be used with \`--format ${given.get('format')!.at(-1)}\``);
  if (words.includes('-') && words.length > 1)
    throw new CommandError('`-` (stdin) cannot be combined with other paths');
  if ((words[0] === 'init' || words[0] === 'man') && !given.has('--')) {
    allow(given, words[0]);
    if (words.length > 1) throw new CommandError(`unexpected argument ${quote(words[1]!)} for ${quote(words[0])}`);
    return { kind: words[0], debug };
  }
  if (words[0] === 'completions' && !given.has('--')) {
    allow(given, 'completions');
    const shell = SHELLS.find(name => name === words[1]);
    if (shell === undefined || words.length > 2)
      throw new CommandError(`\`completions\` expects ${oneOf(SHELLS.map(quote))}`);
    return { kind: 'completions', shell, debug };
  }
  const printed = one('print');
  const isConfig = words[0] === 'config' && !given.has('--');
  if (isConfig) {
    allow(given, 'config');
    if (printed === undefined || words.length > 1)
      throw new CommandError('`config` expects a file, as in `bakelint config --print Dockerfile`');
  } else if (printed !== undefined)
    throw new CommandError('`--print` needs `config`, as in `bakelint config --print Dockerfile`');
  const baselining = baselineAction(words, given);
  const explained = one('explain-file');
  if (explained !== undefined) {
    allowOnly(given, '--explain-file', ['explain-file', 'config', 'preset', 'rule', 'debug']);
    if (words.length > 0) throw new CommandError(`unexpected argument ${quote(words[0]!)} for \`--explain-file\``);
  }
  const options: LintOptions = {
    paths: pathsIn(baselining ? words.slice(2) : words),
    outputs,
    fix: given.has('fix-suggested') ? ['safe', 'suggested'] : given.has('fix') || diff ? ['safe'] : [],
    diff,
    preset: one('preset') as Preset | undefined,
    rules: listOf(given.get('rule')),
    select: listOf(given.get('select')),
    ignore: listOf(given.get('ignore')),
    shard: shardOf(one('shard')),
    jobs: jobsOf(one('jobs')),
    cache: one('cache'),
    watch: given.has('watch'),
    failOn: (one('fail-on') ?? 'warning') as FailOn,
    config: one('config'),
    quiet: given.has('quiet'),
    stats: given.has('stats'),
    maxFileSize: sizeOf(one('max-file-size')),
    stdinFilename: one('stdin-filename'),
    shellcheck: given.has('shellcheck'),
    compared: comparedBy(given),
    baseline: one('baseline'),
  };
  if (options.compared) checkCompared(options);
  if (options.watch && (options.fix.length > 0 || words.includes('-')))
    throw new CommandError(`\`--watch\` cannot be used with ${words.includes('-') ? 'stdin' : '`--fix` or `--diff`'}`);
  const shown = outputs.find(({ file }) => file === undefined)?.format ?? 'text';
  if (options.stats && shown !== 'text')
    throw new CommandError(`\`--stats\` cannot be used with \`--format ${shown}\``);
  if (options.stats && diff) throw new CommandError('`--stats` cannot be used with `--diff`');
  if (isConfig) return { kind: 'config', path: printed!, debug, options };
  if (baselining) return { kind: 'baseline', action: baselining, debug, options };
  return explained === undefined
    ? { kind: 'lint', debug, options }
    : { kind: 'explain-file', path: explained, debug, options };
}

const listOf = (written: readonly string[] = []): readonly string[] => written.flatMap(list => list.split(','));

/** `2/5`: the second of five parts. */
function shardOf(text: string | undefined): LintOptions['shard'] {
  if (text === undefined) return undefined;
  const [, index, count] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (!index || !count || index > count)
    throw new CommandError(`invalid value ${quote(text)} for \`--shard\`: expected a part such as 1/4`);
  return { index, count };
}

/** More threads than this gain nothing on any machine that there is. */
const MOST_JOBS = 256;

function jobsOf(text: string | undefined): LintOptions['jobs'] {
  if (text === undefined || text === 'auto') return 'auto';
  const jobs = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (jobs < 1 || jobs > MOST_JOBS)
    throw new CommandError(`invalid value ${quote(text)} for \`--jobs\`: expected \`auto\` or 1 to ${MOST_JOBS}`);
  return jobs;
}

const IMAGES_ONLY = ['owner', 'base', 'eol-before'] as const;

/** What `images [path …]` asks for. A directory of that name is `./images`. */
function imagesOf(
  given: ReadonlyMap<string, readonly string[]>,
  words: readonly string[],
  outputs: readonly Output[],
  debug: boolean,
): Command {
  allow(given, 'images');
  const [{ format: written, file } = { format: 'text', file: undefined }, ...others] = outputs;
  const format = IMAGES_FORMATS.find(one => one === written);
  if (format === undefined || others.length > 0)
    throw new CommandError(`\`images\` expects one \`--format\`: ${oneOf(IMAGES_FORMATS)}`);
  const ics = given.has('ics');
  if (ics && given.has('format')) throw new CommandError('`--ics` cannot be used with `--format`');
  if (words.includes('-')) throw new CommandError('`images` expects files and directories, not stdin');
  const [owner, base, eolBefore] = IMAGES_ONLY.map(name => given.get(name)?.at(-1));
  const config = given.get('config')?.at(-1);
  return {
    kind: 'images',
    debug,
    options: { paths: pathsIn(words), format, ics, file, owner, base, eolBefore, config },
  };
}

function pathsIn(words: readonly string[]): readonly string[] {
  if (words.includes('')) throw new CommandError('a path is empty; check the variable that it comes from');
  return words.length > 0 ? words : ['.'];
}

/** What `baseline ACTION` asks for; `undefined` for other commands. A directory of that name is `./baseline`. */
function baselineAction(words: readonly string[], given: ReadonlyMap<string, unknown>): BaselineAction | undefined {
  if (words[0] !== 'baseline' || given.has('--')) return undefined;
  allow(given, 'baseline');
  const action = BASELINE_ACTIONS.find(name => name === words[1]);
  if (action === undefined)
    throw new CommandError(
      `\`baseline\` expects ${oneOf(BASELINE_ACTIONS.map(quote))}; to lint a directory of that name, write \`./baseline\``,
    );
  return action;
}

function comparedBy(given: ReadonlyMap<string, readonly string[]>): Compared | undefined {
  const since = given.get('changed')?.at(-1);
  if (since !== undefined && given.has('staged')) throw new CommandError('`--changed` cannot be used with `--staged`');
  if (given.has('staged')) return { kind: 'staged' };
  return since === undefined ? undefined : { kind: 'changed', since: since === '' ? undefined : since };
}

/** Fixes change whole files, and stdin has no history. */
function checkCompared({ compared, fix, diff, paths }: LintOptions): void {
  const option = compared?.kind === 'staged' ? '--staged' : '--changed';
  if (fix.length > 0) throw new CommandError(`\`${diff ? '--diff' : '--fix'}\` cannot be used with \`${option}\``);
  if (paths[0] === '-') throw new CommandError(`stdin cannot be linted with \`${option}\``);
}

/** Each format goes to one place, and only one of them to stdout. */
function outputsOf(written: readonly string[]): readonly Output[] {
  const outputs = written.map(text => {
    const at = text.indexOf('=');
    return { format: (at < 0 ? text : text.slice(0, at)) as Format, file: at < 0 ? undefined : text.slice(at + 1) };
  });
  if (outputs.some(({ file }) => file === ''))
    throw new CommandError('`--format` requires a file after `=`, as in `--format sarif=report.sarif`');
  const toStdout = outputs.filter(({ file }) => file === undefined);
  if (toStdout.length > 1) {
    const [first, second] = toStdout.map(({ format }) => format);
    throw new CommandError(
      `\`--format ${first}\` and \`--format ${second}\` both go to stdout; give one a file: \`--format ${second}=FILE\``,
    );
  }
  const files = outputs.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, i) => files.indexOf(file) < i);
  if (twice !== undefined)
    throw new CommandError(`two \`--format\` options write to ${quote(twice)}; give each its own file`);
  return outputs.length > 0 ? outputs : [{ format: 'text', file: undefined }];
}

/** Options by name with their values, and everything else; `--` is there when it was given. */
function split(args: readonly string[]): { given: Map<string, string[]>; words: string[] } {
  const given = new Map<string, string[]>();
  const words: string[] = [];
  // Not strict: the messages below are better than those of the library.
  const { tokens } = parseArgs({ args: [...args], options: NODE_OPTIONS, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    else if (token.kind === 'option-terminator') given.set('--', []);
    else {
      const row = rowOf(token.rawName === '-h' ? token.rawName : args[token.index]!.replace(/=.*/s, ''));
      const value = checkedValue(row, token.value);
      if (given.has(row.name) && row.value !== undefined && !row.repeats)
        throw new CommandError(`\`--${row.name}\` can be given only once`);
      given.set(row.name, [...(given.get(row.name) ?? []), value]);
    }
  }
  return { given, words };
}

/** The table of options as Node's parser takes it. */
const NODE_OPTIONS: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
  OPTION_ROWS.map(({ name, value, optional }) => [
    name,
    { type: value === undefined || optional ? 'boolean' : 'string', ...(name === 'help' ? { short: 'h' } : {}) },
  ]),
);

function rowOf(written: string): OptionRow {
  const name = written === '-h' ? 'help' : written.startsWith('--') ? written.slice(2) : undefined;
  const row = OPTION_ROWS.find(row => row.name === name);
  if (row) return row;
  const meant = meantBy(
    written.replace(/^-+/, ''),
    OPTION_ROWS.map(row => row.name),
  );
  throw new CommandError(
    `unknown option ${quote(written)}${meant ? `; did you mean \`--${meant}\`?` : ' (see `bakelint --help`)'}`,
  );
}

/** The value that an option was given, an empty one for a switch. */
function checkedValue(row: OptionRow, value: string | undefined): string {
  if (row.value === undefined) {
    if (value !== undefined) throw new CommandError(`\`--${row.name}\` does not take a value`);
    return '';
  }
  if (row.optional && value === undefined) return '';
  if (value === undefined || value === '')
    throw new CommandError(`\`--${row.name}\` requires a value: \`--${row.name} ${row.value}\``);
  const checked = row.value.includes('=') ? value.replace(/=.*/s, '') : value;
  if (row.values && !row.values.includes(checked)) throw new CommandError(wrongValue(row, checked));
  return value;
}

function wrongValue(row: OptionRow, value: string): string {
  const meant = meantBy(value, row.values ?? []);
  return `invalid value ${quote(value)} for \`--${row.name}\`${meant ? `; did you mean \`${meant}\`?` : `: expected ${oneOf(row.values ?? [])}`}`;
}

const meantBy = (word: string, candidates: readonly string[]): string | undefined =>
  nearest(word, candidates) ?? abbreviated(word, candidates);

function allow(given: ReadonlyMap<string, unknown>, command: CommandName): void {
  allowOnly(given, command, commandRow(command).options ?? []);
}

function allowOnly(given: ReadonlyMap<string, unknown>, command: string, allowed: readonly string[]): void {
  const other = [...given.keys()].find(name => !allowed.includes(name));
  if (other !== undefined) throw new CommandError(`\`${command}\` does not accept \`--${other}\``);
}

/** Bytes from `500000`, `512K`, `10M`, `1G`; powers of 1,024. */
function sizeOf(text: string | undefined): number {
  if (text === undefined) return TEN_MEGABYTES;
  const match = /^(\d{1,12}(?:\.\d{1,3})?)([KMG]?)B?$/i.exec(text);
  const bytes = match ? Number(match[1]) * { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 }[match[2]!.toUpperCase()]! : 0;
  if (bytes < 1)
    throw new CommandError(`invalid value ${quote(text)} for \`--max-file-size\`: expected a size such as 500K or 20M`);
  // Strings cannot be longer than this in Node, so a higher limit could only crash.
  return Math.min(bytes, 256 * 1024 ** 2);
}

const quote = (text: string): string => `\`${text}\``;

/** `text, json or sarif` */
const oneOf = (values: readonly string[]): string => `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
