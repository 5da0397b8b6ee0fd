import type { LanguageId } from '../core/build.ts';
import type { ScriptChecker } from '../core/remarks.ts';
import type { Rule } from '../core/rule.ts';
import { findProgram, workspaceAround } from '../node/find-program.ts';
import { shellCheck } from '../node/shellcheck.ts';
import type { Candidate } from '../workspace/find.ts';
import { parseArguments } from './args.ts';
import { explain, ruleNamed, rulesJson, rulesText } from './explain.ts';
import { FileExplainer } from './explain-file.ts';
import { harmless } from './format/terminal.ts';
import { help } from './help.ts';
import { CommandError, type EngineSource, type Host } from './host.ts';
import { FileLinter, shownPath } from './lint-files.ts';
import { runServer } from './lsp.ts';
import { type Command, fails, type LintOptions } from './options.ts';
import { writeReports } from './outputs.ts';
import { Progress } from './progress.ts';
import type { FileReport, Report } from './report.ts';
import { holdSignals } from './signals.ts';
import { version } from './version.ts';

/**
 * Runs a command line. The exit code: 0 nothing at or above `--fail-on`, 1 something, 2 usage error, unreadable
 * file or internal error, with a line on stderr for each.
 */
export async function run(args: readonly string[], host: Host): Promise<number> {
  const debug = args.includes('--debug');
  try {
    return await runCommand(parseArguments(args), host);
  } catch (error) {
    if (error instanceof CommandError) return complain(host, error.message);
    return complain(
      host,
      `internal error: ${debug ? ((error as Error)?.stack ?? String(error)) : 'run with `--debug` for details'}`,
    );
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
      return runServer(host.home);
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
  const source = await host.engine();
  const chosen: Rule[] | undefined =
    options.rules.length > 0 ? options.rules.map(name => ruleNamed(name, source.rules)) : undefined;
  const linting = {
    engine: { languages: source.languages, rules: source.rules, shell: source.shell },
    only: chosen,
    today: host.today,
    checkScript: options.shellcheck ? checkerOf(host) : undefined,
  };
  const linter = new FileLinter(host.cwd, options, linting, debug);
  if (options.paths[0] === '-') {
    await source.load(source.languages.map(({ id }) => id));
    return lintStdin(options, linter, source, host);
  }
  const { candidates, notes } = linter.find(options.paths);
  await source.load(languagesByName(candidates, source));
  for (const { path, reason, fails } of notes) {
    const line = `${path.startsWith('/') ? linter.show(path) : path}: ${reason}`;
    if (fails) linter.errors.push(line);
    else host.stderr.write(`bakelint: ${harmless(line)}\n`);
  }
  const files: FileReport[] = [];
  const skippedFiles: Candidate[] = [];
  const progress = new Progress(host, candidates.length);
  const signals = options.fix.length > 0 && !options.diff ? holdSignals() : undefined;
  for (const candidate of candidates) {
    progress.step();
    const report = linter.file(candidate);
    if (report) files.push(report);
    else if (candidate.named) skippedFiles.push(candidate);
    await signals?.turn();
  }
  await signals?.release();
  for (const line of linter.remarks) host.stderr.write(`bakelint: debug: ${harmless(line)}\n`);
  progress.end();
  for (const line of skipped(skippedFiles, linter)) host.stderr.write(`bakelint: ${harmless(line)}\n`);
  return finish(options, files, linter, source, host, host.stdout);
}

/** The languages of files, by their names; all of them where a name does not decide. */
function languagesByName(candidates: readonly Candidate[], { languages }: EngineSource): ReadonlySet<LanguageId> {
  const found = new Set<LanguageId>();
  for (const { path } of candidates) {
    const language = languages.find(({ detect }) => detect(path, ''));
    if (!language) return new Set(languages.map(({ id }) => id));
    found.add(language.id);
  }
  return found;
}

/** This many skipped files get a line each; more come from a shell's `*` and share one line. */
const MOST_SKIPPED_LINES = 3;

/** Hooks name any file that changed, so that this is not a failure. */
function skipped(files: readonly Candidate[], linter: FileLinter): readonly string[] {
  const names = files.slice(0, MOST_SKIPPED_LINES).map(({ path }) => linter.show(path));
  if (files.length > MOST_SKIPPED_LINES) {
    const more = files.length - MOST_SKIPPED_LINES;
    return [`skipped: ${names.join(', ')} and ${more} more: not Dockerfiles, Packer templates or cloud-init files`];
  }
  return files.map(({ path }) => {
    const foreign = linter.foreign(path);
    const why = foreign
      ? `for ${foreign.program} (\`${foreign.evidence}\`)`
      : 'not a Dockerfile, Packer template or cloud-init file';
    return `skipped: ${linter.show(path)}: ${why}`;
  });
}

/** ShellCheck; without it everything else is linted all the same. */
function checkerOf(host: Host): ScriptChecker | undefined {
  const program = findProgram('shellcheck', host.env.PATH ?? '', workspaceAround(host.cwd));
  const checker = program === undefined ? undefined : shellCheck(program);
  if (!checker)
    host.stderr.write('bakelint: `shellcheck` not found outside of the workspace; linting scripts without it\n');
  return checker;
}

async function lintStdin(options: LintOptions, linter: FileLinter, source: EngineSource, host: Host): Promise<number> {
  const bytes = await host.stdin();
  const result = linter.stdin(bytes);
  const fixing = options.fix.length > 0 && !options.diff;
  if (!result) {
    // A text piped through `--fix` is written back even when nothing is fixed.
    if (fixing) host.stdout.write(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    const how = options.stdinFilename === undefined ? '; name it with `--stdin-filename Dockerfile`' : '';
    linter.errors.push(
      `${options.stdinFilename ?? 'stdin'}: not a Dockerfile, Packer template or cloud-init file${how}`,
    );
  } else if (fixing) host.stdout.write(result.after ?? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  return finish(options, result ? [result.report] : [], linter, source, host, fixing ? host.stderr : host.stdout);
}

/** Writes what was found and says how the command ends. `out` takes the report; stdout may be taken by a fixed text. */
async function finish(
  options: LintOptions,
  linted: readonly FileReport[],
  linter: FileLinter,
  source: EngineSource,
  host: Host,
  out: Host['stdout'],
): Promise<number> {
  const all = [...linter.configReports.values(), ...linted];
  const failed = all.some(file => file.problems.some(problem => fails(problem.severity, options.failOn)));
  const files = options.quiet
    ? all.map(file => ({ ...file, problems: file.problems.filter(problem => fails(problem.severity, options.failOn)) }))
    : all;
  const errors = linter.errors.map(harmlessLines);
  const report: Report = { files, fixed: linter.fixed, errors };
  const quiet = options.quiet && files.every(file => file.problems.length === 0);
  if (options.diff) {
    // A file gets the diff as it is, to be applied; a terminal gets nothing that would do more than show itself.
    const diff = linter.diffs.join('');
    out.write(
      out.isTTY
        ? diff
            .split('\n')
            .map(line => harmless(line.replace(/\r$/, '')))
            .join('\n')
        : diff,
    );
    const { fixed } = linter;
    if (!options.quiet)
      host.stderr.write(
        `${linter.diffs.length === 0 ? 'Nothing to fix.' : `${fixed} problem${fixed === 1 ? '' : 's'} would be fixed.`}\n`,
      );
  } else {
    const isSilent = quiet || (files.length === 0 && errors.length > 0);
    errors.push(...(await writeReports(options.outputs, report, { host, source, out, isSilent })));
  }
  for (const line of errors) host.stderr.write(`bakelint: ${line}\n`);
  if (errors.length > 0) return 2;
  return failed || linter.diffs.length > 0 ? 1 : 0;
}

/** A stack stays on its lines; a name from the file system cannot add any. */
function harmlessLines(text: string): string {
  const [first = '', ...stack] = text.split('\n    at ');
  return [harmless(first), ...stack.map(harmless)].join('\n    at ');
}
