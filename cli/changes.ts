/** `--changed` and `--staged`: what a change brings, found by linting the files as they were, too. */
import { isInside, pathFrom, pathIn } from '../core/path.ts';
import { EarlierFiles } from '../node/earlier-files.ts';
import { DiskFiles, type FileSource, realPathOf } from '../node/files.ts';
import { findProgram, workspaceAround } from '../node/find-program.ts';
import { type Change, Git, GitError } from '../node/git.ts';
import { absolute } from '../node/paths.ts';
import type { Question } from '../node/recorded-files.ts';
import type { Candidate } from '../workspace/find.ts';
import { CommandError, type Host } from './host.ts';
import { knownFindings, newProblems } from './known.ts';
import type { FileLinter } from './lint-files.ts';
import { type FileReport, problemCount } from './report.ts';

/** Two states of the files of a repository. */
export interface Comparison {
  readonly now: FileSource;
  readonly before: EarlierFiles;
  /** From the path of a file now to the one before; `undefined` for a file that is new or not in it. */
  readonly pathBefore: (path: string) => string | undefined;
  readonly isEmpty: boolean;
  /** What it is made of. */
  readonly states: ComparedStates;
}

/** What Git knows of two states: plain data, so that another thread can compare them too. */
export interface ComparedStates {
  readonly program: string;
  readonly root: string;
  /** From the first to the second. */
  readonly changes: readonly Change[];
  /** From the second to the files on disk; `undefined` where the second is the files on disk. */
  readonly unstaged: readonly Change[] | undefined;
}

/** What is compared: the index with HEAD, or the working tree with a commit or with where the branch began. */
export type Compared = { readonly kind: 'staged' } | { readonly kind: 'changed'; readonly since: string | undefined };

/** Throws {@link CommandError} with what is missing: Git, a repository, or the history. */
export function comparisonOf(compared: Compared, host: Host): Comparison {
  const program = findProgram('git', host.env.PATH ?? '', workspaceAround(host.cwd));
  const option = compared.kind === 'staged' ? '--staged' : '--changed';
  if (program === undefined) throw new CommandError(`\`${option}\` requires Git, which is not on the PATH`);
  try {
    const git = Git.around(absolute(host.cwd, '.'), program);
    const { root } = git;
    if (compared.kind === 'staged')
      return comparisonBetween({ program, root, changes: git.staged(), unstaged: git.unstaged() });
    const changes = git.changesSince(baseOf(git, compared.since, host));
    return comparisonBetween({ program, root, changes, unstaged: undefined });
  } catch (error) {
    if (error instanceof GitError) throw new CommandError(`\`${option}\`: ${error.message}`);
    throw error;
  }
}

export function comparisonBetween(states: ComparedStates): Comparison {
  const { changes, unstaged } = states;
  const git = Git.at(states.root, states.program);
  const disk = new DiskFiles();
  const now = unstaged ? new EarlierFiles(disk, git, unstaged) : disk;
  const before = new Map(changes.flatMap(change => (change.path === undefined ? [] : [[change.path, change.before]])));
  return {
    now,
    before: new EarlierFiles(now, git, changes),
    pathBefore: path => {
      const own = inRepository(path, git.root);
      return own !== undefined && before.has(own) ? before.get(own) : own;
    },
    isEmpty: changes.length === 0,
    states,
  };
}

/** The path of a file by way of the root that Git was asked for; `undefined` when it is not in the repository. */
function inRepository(path: string, root: string): string | undefined {
  if (isInside(root, path)) return path;
  const [real, realRoot] = [realPathOf(path), realPathOf(root)];
  if (real === undefined || realRoot === undefined || !isInside(realRoot, real)) return undefined;
  return pathIn(root, pathFrom(realRoot, real));
}

/** The commit to compare with: where the branch left the named one, or the one that it is to be merged into. */
function baseOf(git: Git, since: string | undefined, { env }: Host): string {
  const named = since ?? targetOf(git, env);
  const commit = git.commit(named);
  if (commit === undefined)
    throw new GitError(`no revision \`${named}\`${git.isShallow() ? '; the clone is shallow, fetch it' : ''}`);
  const base = git.mergeBase(commit);
  if (base !== undefined) return base;
  if (git.isShallow())
    throw new GitError(`the clone is too shallow to know where the branch left \`${named}\`; fetch more history`);
  throw new GitError(`HEAD and \`${named}\` have no common history`);
}

/** The branch that a merge request is for, as the pipeline says it, or the main branch of the remote, or what is committed. */
function targetOf(git: Git, env: Host['env']): string {
  const { CI_MERGE_REQUEST_DIFF_BASE_SHA: base, GITHUB_BASE_REF: branch } = env;
  const named = [base, ...(branch ? [`origin/${branch}`] : []), 'origin/HEAD', 'origin/main', 'origin/master'];
  return named.find(name => name && git.commit(name) !== undefined) ?? 'HEAD';
}

/** What findings depend on besides the file itself. */
interface Depends {
  /** What was asked to find them; `undefined` where nobody noted that. */
  readonly questions: readonly Question[] | undefined;
  /** What the other files say of this one, as a text. */
  readonly across: string | undefined;
}

/** Whether the same was found in a file before, for certain: nothing that was asked for it has changed. */
function isAsBefore(
  { before, states }: Comparison,
  earlier: FileLinter,
  candidate: Candidate,
  { questions, across }: Depends & { readonly questions: readonly Question[] },
): boolean {
  const { path, directory } = candidate;
  // By way of a symbolic link a file has another path than Git knows.
  if (!isInside(states.root, path)) return false;
  if (before.differs('read', path) || questions.some(({ kind, path }) => before.differs(kind, path))) return false;
  const old = earlier.candidate(path);
  if (across !== earlier.acrossText(old)) return false;
  const was = old.directory;
  return (
    was.root === directory.root &&
    was.config?.path === directory.config?.path &&
    was.config?.text === directory.config?.text
  );
}

/**
 * The problems that the change brings. `before` lints what was. A line that changed was not there before, so its
 * findings are new; so are those that the change causes elsewhere in the file, or in a file that depends on it.
 */
export function broughtBy(
  comparison: Comparison,
  before: FileLinter,
  candidate: Candidate,
  /** Of the file, and then of those that it names. */
  reports: readonly FileReport[],
  depends: Depends,
): readonly FileReport[] {
  if (problemCount(reports) === 0) return reports;
  const { path } = candidate;
  if (
    comparison.isEmpty ||
    (depends.questions && isAsBefore(comparison, before, candidate, { ...depends, questions: depends.questions }))
  )
    return reports.map(report => ({ ...report, problems: [] }));
  const pathBefore = comparison.pathBefore(path);
  const old = pathBefore === undefined ? undefined : before.file(before.candidate(pathBefore));
  if (!old) return reports;
  return reports.map((report, i) => {
    const was = i === 0 ? old[0] : old.find(one => one.path === before.shownBefore(report.path, comparison.pathBefore));
    return was ? { ...report, problems: newProblems(report, knownFindings(was, report.path)) } : report;
  });
}
