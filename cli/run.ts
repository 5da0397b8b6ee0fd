import { existsSync } from 'node:fs';
import { placeOfError } from '../core/error-place.ts';
import { parseArguments } from './args.ts';
import { BASELINE, Baseline } from './baseline.ts';
import { type EntryStore, MemoryStore } from './cache/store.ts';
import { explain, ruleNamed, rulesJson, rulesText } from './explain.ts';
import { FileExplainer } from './explain-file.ts';
import { harmless } from './format/terminal.ts';
import { help } from './help.ts';
import { CommandError, type Host } from './host.ts';
import { shownPath } from './lint-files.ts';
import { lintFiles, prepare, type Run, skippedAsEncrypted } from './lint-run.ts';
import { runServer } from './lsp.ts';
import { type Command, fails, type LintOptions } from './options.ts';
import { writeReports } from './outputs.ts';
import { type FileReport, problemCount, type Report } from './report.ts';
import { type Stream, streamFor } from './stream.ts';
import { version } from './version.ts';
import { watched } from './watch.ts';

/**
 * Runs a command line. The exit code: 0 nothing at or above `--fail-on`, 1 something, 2 usage error, unreadable
 * file or internal error, with a line on stderr for each, 130 when Ctrl-C ended it early.
 */
export async function run(args: readonly string[], host: Host): Promise<number> {
  const debug = args.includes('--debug');
  try {
    return await runCommand(parseArguments(args), host);
  } catch (error) {
    if (error instanceof CommandError) return complain(host, error.message);
    return complain(host, `internal error: ${debug ? placeOfError(error) : 'run with `--debug` for details'}`);
  }
}

function complain({ stderr }: Host, line: string): number {
  stderr.write(`bakelint: ${line}\n`);
  return 2;
}

async function runCommand(command: Command, host: Host): Promise<number> {
  switch (command.kind) {
    case 'help':
      host.stdout.write(help());
      return 0;
    case 'version':
      host.stdout.write(`${version(host.home)}\n`);
      return 0;
    case 'lsp':
      return runServer(host);
    case 'rules': {
      const engine = await host.engine();
      host.stdout.write(command.format === 'json' ? rulesJson(engine) : rulesText(engine, host));
      return 0;
    }
    case 'explain':
      host.stdout.write(explain(command.rule, await host.engine(), host.home));
      return 0;
    case 'explain-file':
      return explainFileCommand(command, host);
    case 'completions':
      host.stdout.write((await import('./completions.ts')).completions(command.shell, (await host.engine()).rules));
      return 0;
    case 'man':
      host.stdout.write((await import('./man.ts')).manualPage(version(host.home)));
      return 0;
    case 'init':
      return (await import('./init/init.ts')).initCommand(host);
    case 'config':
      return (await import('./print-config.ts')).printConfigCommand(command.path, command.options, host);
    case 'images':
      return (await import('./images/images.ts')).imagesCommand(command.options, host);
    case 'baseline':
      return baselineCommand(command, host);
    case 'lint':
      return lintCommand(command.options, command.debug, host);
  }
}

async function explainFileCommand(
  { path, options, debug }: Extract<Command, { kind: 'explain-file' }>,
  host: Host,
): Promise<number> {
  const source = await host.engine();
  const only = options.rules.length > 0 ? options.rules.map(name => ruleNamed(name, source.rules)) : undefined;
  const show = (one: string): string => shownPath(host.cwd, one);
  const explainer = new FileExplainer(host.cwd, source, options, only, show, debug);
  const text = await explainer.explain(path);
  host.stdout.write(text.split('\n').map(harmless).join('\n'));
  return 0;
}

async function lintCommand(options: LintOptions, debug: boolean, host: Host): Promise<number> {
  if (!options.watch) return lintOnce(options, debug, host);
  // Entries in memory are those of one thread.
  const memory = new MemoryStore();
  return watched(options, host, async () => {
    try {
      return await lintOnce({ ...options, jobs: 1 }, debug, host, memory);
    } catch (error) {
      // A configuration or a baseline that is being written may be whole in the next round.
      if (error instanceof CommandError) return complain(host, error.message);
      throw error;
    }
  });
}

async function lintOnce(options: LintOptions, debug: boolean, host: Host, memory?: EntryStore): Promise<number> {
  const run = await prepare(options, debug, host, { memory });
  if (options.paths[0] === '-') return lintStdin(options, run, host);
  const baseline = options.baseline === undefined ? undefined : Baseline.read(host.cwd, options.baseline);
  const stream = await streamFor(options, run.source, host);
  const files = await lintFiles(options, run, host, stream);
  const shown = baseline ? files.map(file => baseline.without(file)) : files;
  const known = run.known + problemCount(files) - problemCount(shown);
  return finish(options, shown, run, host, { out: host.stdout, stream, known });
}

async function baselineCommand(
  { action, options, debug }: Extract<Command, { kind: 'baseline' }>,
  host: Host,
): Promise<number> {
  const name = options.baseline ?? BASELINE;
  if (action === 'create' && Baseline.exists(host.cwd, name))
    throw new CommandError(`${name}: already exists; use \`baseline update\` or \`baseline prune\``);
  const before = action === 'create' ? Baseline.empty(host.cwd, name) : Baseline.read(host.cwd, name);
  const run = await prepare(options, debug, host);
  const files = await lintFiles(options, run, host);
  for (const line of run.linter.notes.errors) host.stderr.write(`bakelint: ${harmlessLines(line)}\n`);
  if (run.interrupted) return interrupted(run.interrupted, host);
  // What could not be read would be lost from the file.
  if (run.linter.notes.errors.length > 0) return 2;
  const after = before.after(files, action === 'prune', path => existsSync(path));
  after.write();
  const [old, now] = [before.keys(), after.keys()];
  const [added, removed] = [[...now].filter(key => !old.has(key)), [...old].filter(key => !now.has(key))];
  const changes = action === 'create' ? '' : ` (${added.length} added, ${removed.length} removed)`;
  host.stdout.write(`${harmless(name)}: ${now.size} finding${now.size === 1 ? '' : 's'}${changes}\n`);
  return 0;
}

async function lintStdin(options: LintOptions, run: Run, host: Host): Promise<number> {
  const { linter, source } = run;
  await source.load(source.languages.map(({ id }) => id));
  const bytes = await host.stdin();
  const result = linter.stdin(bytes);
  const fixing = options.fix.length > 0 && !options.diff;
  if (!result) {
    // A text piped through `--fix` is written back even when nothing is fixed.
    if (fixing) host.stdout.write(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    const how = options.stdinFilename === undefined ? '; name it with `--stdin-filename Dockerfile`' : '';
    linter.notes.errors.push(
      `${options.stdinFilename ?? 'stdin'}: not a Dockerfile, Packer template or cloud-init file${how}`,
    );
  } else if (fixing) host.stdout.write(result.after ?? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  for (const line of skippedAsEncrypted(linter.notes.encrypted)) host.stderr.write(`bakelint: ${harmless(line)}\n`);
  return finish(options, result ? result.reports : [], run, host, {
    out: fixing ? host.stderr : host.stdout,
    known: 0,
  });
}

interface Ending {
  /** Takes the report; stdout may be taken by a fixed text. */
  readonly out: Host['stdout'];
  /** What has written a part of the report. */
  readonly stream?: Stream | undefined;
  readonly known: number;
}

/** Writes what was found and says how the command ends. */
async function finish(
  options: LintOptions,
  linted: readonly FileReport[],
  run: Run,
  host: Host,
  { out, stream, known }: Ending,
): Promise<number> {
  const { linter, source } = run;
  // The first part of the files reports the configurations for all of them.
  const configs = (options.shard?.index ?? 1) === 1 ? linter.notes.configs.map(([, report]) => report) : [];
  const all = [...configs, ...linted];
  const failed = all.some(file => file.problems.some(problem => fails(problem.severity, options.failOn)));
  const files = options.quiet
    ? all.map(file => ({ ...file, problems: file.problems.filter(problem => fails(problem.severity, options.failOn)) }))
    : all;
  const errors = linter.notes.errors.map(harmlessLines);
  const report: Report = { files, fixed: linter.notes.fixed, known, errors };
  const quiet = options.quiet && files.every(file => file.problems.length === 0);
  if (options.diff) {
    // A file gets the diff as it is, to be applied; a terminal gets nothing that would do more than show itself.
    const diff = linter.notes.diffs.map(({ text }) => text).join('');
    out.write(
      out.isTTY
        ? diff
            .split('\n')
            .map(line => harmless(line.replace(/\r$/, '')))
            .join('\n')
        : diff,
    );
    const { fixed } = linter.notes;
    if (!options.quiet)
      host.stderr.write(
        `${linter.notes.diffs.length === 0 ? 'Nothing to fix.' : `${fixed} problem${fixed === 1 ? '' : 's'} would be fixed.`}\n`,
      );
  } else {
    const isSilent = quiet || (files.length === 0 && errors.length > 0);
    if (stream && !isSilent) stream.end(report);
    else
      errors.push(
        ...(await writeReports(options.outputs, report, { host, source, out, isSilent, stats: options.stats })),
      );
  }
  for (const line of errors) host.stderr.write(`bakelint: ${line}\n`);
  if (run.interrupted) return interrupted(run.interrupted, host);
  if (errors.length > 0) return 2;
  return failed || linter.notes.diffs.length > 0 ? 1 : 0;
}

/** The exit status of a program that Ctrl-C ends. */
const INTERRUPTED = 130;

function interrupted({ done, total }: NonNullable<Run['interrupted']>, { stderr }: Host): number {
  stderr.write(`bakelint: interrupted after ${done} of ${total} files\n`);
  return INTERRUPTED;
}

/** A stack stays on its lines; a name from the file system cannot add any. */
function harmlessLines(text: string): string {
  const [first = '', ...stack] = text.split('\n    at ');
  return [harmless(first), ...stack.map(harmless)].join('\n    at ');
}
