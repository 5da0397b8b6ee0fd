/** One run over files: what it lints with, and the loop. */
import { isAbsolute } from 'node:path';
import type { LanguageId } from '../core/build.ts';
import type { ScriptChecker } from '../core/remarks.ts';
import { DiskFiles, type FileSource } from '../node/files.ts';
import { findProgram, workspaceAround } from '../node/find-program.ts';
import { RecordedFiles } from '../node/recorded-files.ts';
import { shellCheck } from '../node/shellcheck.ts';
import { compileFor } from '../node/tiering.ts';
import type { Candidate } from '../workspace/find.ts';
import { rootsAsked } from './across.ts';
import type { Cache } from './cache/cache.ts';
import { cacheFor } from './cache/open.ts';
import type { EntryStore } from './cache/store.ts';
import { type ComparedStates, type Comparison, comparisonBetween, comparisonOf } from './changes.ts';
import { ruleNamed } from './explain.ts';
import { FixerAcross } from './fix-across.ts';
import { harmless } from './format/terminal.ts';
import type { EngineSource, Host } from './host.ts';
import { InOrder } from './in-order.ts';
import { Jobs, jobsFor } from './jobs.ts';
import { FileLinter } from './lint-files.ts';
import { mergedByFile } from './merged.ts';
import type { LintOptions } from './options.ts';
import { lintCandidate, type Outcome } from './outcome.ts';
import { Progress } from './progress.ts';
import { type FileReport, problemCount } from './report.ts';
import { Signals } from './signals.ts';
import type { Stream } from './stream.ts';

export interface Run {
  readonly debug: boolean;
  readonly source: EngineSource;
  readonly linter: FileLinter;
  readonly cache: Cache | undefined;
  /** The state to compare with, and what lints it. */
  readonly earlier: { readonly comparison: Comparison; readonly linter: FileLinter } | undefined;
  /** Findings that are left out because they are not new. */
  known: number;
  /** Set when the user ended the run early: files that were linted, and all of them. */
  interrupted: { readonly done: number; readonly total: number } | undefined;
}

/**
 * Throws {@link CommandError} for a rule, a configuration or a revision that is not there. `states`: what Git knows, where
 * it has been asked; `memory`: entries of earlier runs in this process.
 */
export async function prepare(
  options: LintOptions,
  debug: boolean,
  host: Host,
  { states, memory }: { readonly states?: ComparedStates | undefined; readonly memory?: EntryStore | undefined } = {},
): Promise<Run> {
  const source = await host.engine();
  const only = options.rules.length > 0 ? options.rules.map(name => ruleNamed(name, source.rules)) : undefined;
  const linting = {
    engine: { languages: source.languages, rules: source.rules, shell: source.shell },
    only,
    today: host.today,
    checkScript: options.shellcheck ? checkerOf(host) : undefined,
  };
  const comparison = states
    ? comparisonBetween(states)
    : options.compared
      ? comparisonOf(options.compared, host)
      : undefined;
  const now = comparison?.now ?? new DiskFiles();
  const cache = cacheFor(options, debug, host, now, memory);
  const isRecorded = cache !== undefined || comparison !== undefined;
  const over = (files: FileSource, kept?: Cache): FileLinter =>
    new FileLinter(host.cwd, options, linting, debug, files, kept);
  const linter = over(isRecorded ? new RecordedFiles(now) : now, cache);
  const earlier = comparison ? { comparison, linter: over(comparison.before) } : undefined;
  return { debug, source, linter, cache, earlier, known: 0, interrupted: undefined };
}

/**
 * Lints the files that the options name and says on stderr what was left out. `stream` gets the report of each file when all
 * before it have theirs, apart from those of files that others name.
 */
export async function lintFiles(
  options: LintOptions,
  run: Run,
  host: Host,
  stream?: Pick<Stream, 'write'>,
): Promise<readonly FileReport[]> {
  const { linter, source } = run;
  const { candidates: all, notes } = linter.find(options.paths);
  const candidates = partOf(all, options.shard);
  compileFor(candidates.length);
  await source.load(languagesByName(candidates, source));
  for (const { path, reason, fails } of notes) {
    const line = `${isAbsolute(path) ? linter.show(path) : path}: ${reason}`;
    if (fails) linter.notes.errors.push(line);
    else host.stderr.write(`bakelint: ${harmless(line)}\n`);
  }
  await readOthers(candidates, run);
  const progress = new Progress(host, candidates.length);
  // What is noted while files are linted comes in their order, after what was noted before.
  const noted = linter.notes.take();
  // Shards of a run say it once.
  if ((options.shard?.index ?? 1) === 1) for (const [, report] of noted.configs) stream?.write(report);
  const inOrder = new InOrder<Outcome>(({ reports }) => {
    const [own] = reports ?? [];
    if (!own || !stream || own.problems.length === 0) return;
    progress.end();
    stream.write(own);
  });
  const outcomes = await outcomesOf(candidates, run, options, host, (i, outcome) => {
    inOrder.add(i, outcome);
    progress.step(problemCount(outcome.reports ?? []));
  });
  linter.notes.add(noted);
  const files: FileReport[] = [];
  const skippedFiles: Candidate[] = [];
  for (const [i, outcome] of outcomes.entries()) {
    if (!outcome) continue;
    linter.notes.add(outcome.notes);
    run.known += outcome.known;
    if (outcome.reports) files.push(...outcome.reports);
    else if (candidates[i]!.named) skippedFiles.push(candidates[i]!);
  }
  let fixed: readonly FileReport[] = files;
  if (options.fix.length > 0 && !run.interrupted)
    fixed = await withFixesAcross(withScriptsFixed(files, options, run), options, run, host);
  for (const line of linter.notes.remarks) host.stderr.write(`bakelint: debug: ${harmless(line)}\n`);
  progress.end();
  run.cache?.end();
  for (const line of linter.notes.warnings) host.stderr.write(`bakelint: ${harmless(line)}\n`);
  for (const line of [...skippedAsEncrypted(linter.notes.encrypted), ...skipped(skippedFiles, linter)])
    host.stderr.write(`bakelint: ${harmless(line)}\n`);
  const own = new Set(candidates.map(({ path }) => linter.show(path)));
  return ownFirst(mergedByFile(fixed), own);
}

/** Files that others name come after those that were asked for: what is found in them is not known before the end. */
function ownFirst(files: readonly FileReport[], own: ReadonlySet<string>): readonly FileReport[] {
  return [...files.filter(({ path }) => own.has(path)), ...files.filter(({ path }) => !own.has(path))];
}

/** Reads what files say of one another, now and in the state to compare with, if a rule asks for it. */
async function readOthers(candidates: readonly Candidate[], { linter, earlier, source }: Run): Promise<void> {
  // Then nothing is linted.
  if (earlier?.comparison.isEmpty) return;
  const roots = rootsAsked(candidates, source.rules, (rule, candidate) => linter.isOn(rule, candidate));
  if (roots.size === 0) return;
  await linter.readAcross(roots, source);
  await earlier?.linter.readAcross(roots, source);
}

/** Lints the files with as many threads as pay; in the order of the files, with gaps where the user ended the run. */
async function outcomesOf(
  candidates: readonly Candidate[],
  run: Run,
  options: LintOptions,
  host: Host,
  step: (i: number, outcome: Outcome) => void,
): Promise<readonly (Outcome | undefined)[]> {
  const writes = options.fix.length > 0 && !options.diff;
  const count = jobsFor(candidates.length, options, host.threads?.count);
  const jobs = count > 1 ? new Jobs(candidates, count, { options, run, host }, step) : undefined;
  // A single file ends when it is read, so a signal may as well end the process.
  const signals = writes || candidates.length > 1 ? new Signals(host, writes, () => jobs?.stop()) : undefined;
  const outcomes: (Outcome | undefined)[] = new Array(candidates.length).fill(undefined);
  const lint = async (i: number): Promise<void> => {
    const outcome = lintCandidate(run, candidates[i]!);
    outcomes[i] = outcome;
    step(i, outcome);
    await signals?.turn();
  };
  if (jobs) {
    for (let i = jobs.next(); i !== undefined && !signals?.interrupted; i = jobs.next()) await lint(i);
    for (const [i, outcome] of await jobs.end()) outcomes[i] = outcome;
  }
  // With threads only what one of them failed to do is left.
  for (let i = 0; i < candidates.length && !signals?.interrupted; i++) if (!outcomes[i]) await lint(i);
  await signals?.release();
  if (signals?.interrupted)
    run.interrupted = { done: outcomes.filter(one => one !== undefined).length, total: candidates.length };
  return outcomes;
}

/**
 * The reports after the fixes in scripts that documents of the run name. They come last: what is fixed must suit all
 * documents that name a script.
 */
function withScriptsFixed(reports: readonly FileReport[], { fix }: LintOptions, run: Run): readonly FileReport[] {
  const isFixable = ({ language, problems }: FileReport): boolean =>
    language === 'script' && problems.some(({ fixes }) => fixes.some(({ safety }) => fix.includes(safety)));
  const after = new Map<string, readonly FileReport[]>();
  for (const report of reports) {
    if (after.has(report.path) || !isFixable(report)) continue;
    const script = run.linter.fileOfRun(report.path);
    const outcome = script && lintCandidate(run, script);
    if (outcome) run.linter.notes.add(outcome.notes);
    if (outcome?.reports) after.set(report.path, outcome.reports);
  }
  if (after.size === 0) return reports;
  return [...reports.filter(({ path }) => !after.has(path)), ...[...after.values()].flat()];
}

/** The reports after the fixes that change several files; no signal comes between the files of one. */
async function withFixesAcross(
  reports: readonly FileReport[],
  options: LintOptions,
  run: Run,
  host: Host,
): Promise<readonly FileReport[]> {
  if (!FixerAcross.isNeeded(reports, options)) return reports;
  const { linter } = run;
  const signals = new Signals(host, !options.diff);
  const turn = async (): Promise<boolean> => {
    await signals.turn();
    return !signals.interrupted;
  };
  const lint = (candidate: Candidate): Outcome['reports'] => {
    const { notes, reports } = lintCandidate(run, candidate);
    linter.notes.add(notes);
    return reports;
  };
  const fixed = await new FixerAcross(linter, options).run(reports, lint, turn);
  await signals.release();
  if (signals.interrupted) run.interrupted = { done: reports.length, total: reports.length };
  return fixed;
}

/** Every `count`th file, so that each part has files from all directories. */
function partOf(candidates: readonly Candidate[], shard: LintOptions['shard']): readonly Candidate[] {
  return shard ? candidates.filter((_, i) => i % shard.count === shard.index - 1) : candidates;
}

/** The languages of files, by their names; all of them where a name does not decide. */
export function languagesByName(
  candidates: readonly Pick<Candidate, 'path'>[],
  { languages }: EngineSource,
): ReadonlySet<LanguageId> {
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

/** Nothing is wrong with them, but nobody should take them for linted. */
export function skippedAsEncrypted(names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const more = names.length > MOST_SKIPPED_LINES ? ` and ${names.length - MOST_SKIPPED_LINES} more` : '';
  return [`skipped: ${names.slice(0, MOST_SKIPPED_LINES).join(', ')}${more}: encrypted, or in Git LFS`];
}

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
      : linter.isScript(path)
        ? 'a script that no Packer template of its repository names'
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
