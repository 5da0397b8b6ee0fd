/**
 * Fixes that change several files, after those that change one: one fix after the other, each on what the one before it
 * left, so that of two fixes for the same place one is applied. All files of a fix are written, or none.
 */
import { type Rewritten, reachesOut, rewritten } from '../core/file-edits.ts';
import type { Diagnostic, Fix } from '../core/finding.ts';
import { newFindings } from '../core/fixer.ts';
import { nameOf, parentDirectory } from '../core/path.ts';
import { reasonOf } from '../node/reason.ts';
import { type Replacement, replaceFiles } from '../node/write.ts';
import type { Candidate } from '../workspace/find.ts';
import { judged, type Linted } from '../workspace/lint.ts';
import type { FileLinter } from './lint-files.ts';
import type { LintOptions } from './options.ts';
import type { FileReport } from './report.ts';
import { diffOf, fixedByItself, type Subject } from './subject.ts';

/** So many fixes of one document are applied, and so many are tried: each costs lints of all its files. */
const MOST_APPLIED = 50;
const MOST_TRIED = 200;
/** A fix of several files may make room for one of a single file, and that for another. */
const MOST_ROUNDS = 5;

/** A file as it would be written: what is on the disk, or what earlier fixes made of it where nothing is written. */
interface Opened {
  readonly subject: Subject;
  readonly bytes: Uint8Array;
  readonly text: string;
}

export class FixerAcross {
  /** With `--diff`: the texts that would be written, by path. */
  private readonly drafts = new Map<string, string>();
  private readonly changed = new Set<string>();
  private tried = 0;

  constructor(
    private readonly linter: FileLinter,
    private readonly options: Pick<LintOptions, 'fix' | 'diff'>,
  ) {}

  /** Whether something may be left to do after the fixes of single files. */
  static isNeeded(reports: readonly FileReport[], { fix }: Pick<LintOptions, 'fix'>): boolean {
    return reports.some(report => hasWideFix(report, fix));
  }

  /** Applies the fixes of the files that the reports are of. `lint` fixes and lints one of them again. */
  async run(
    reports: readonly FileReport[],
    lint: (candidate: Candidate) => readonly FileReport[] | undefined,
    turn: () => Promise<boolean>,
  ): Promise<readonly FileReport[]> {
    const { diff } = this.options;
    if (diff) this.draftAll();
    let after = reports;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const changed = await this.once(after, lint, turn);
      if (changed.size === 0) break;
      if (!diff) after = this.renewed(after, changed, lint);
    }
    if (diff) this.tellDiffs();
    return after;
  }

  /** Each file with such fixes once; the paths of all files that have changed. */
  private async once(
    reports: readonly FileReport[],
    lint: (candidate: Candidate) => readonly FileReport[] | undefined,
    turn: () => Promise<boolean>,
  ): Promise<ReadonlySet<string>> {
    const changed = new Set<string>();
    for (const report of reports) {
      if (!hasWideFix(report, this.options.fix) || !(await turn())) continue;
      const own = this.linter.fileOfRun(report.path);
      for (let round = 0; own && round < MOST_ROUNDS; round++) {
        const touched = this.fixesOf(own);
        if (touched.size === 0) break;
        for (const path of touched) {
          changed.add(path);
          const one = this.options.diff ? undefined : this.linter.fileOfRun(path);
          if (one) lint(one);
        }
      }
    }
    for (const path of changed) this.changed.add(path);
    return changed;
  }

  /** Applies the fixes of one document; the paths of all files that have changed. */
  private fixesOf(candidate: Candidate): ReadonlySet<string> {
    const touched = new Set<string>();
    const refused = new Set<string>();
    this.tried = 0;
    for (let applied = 0; applied < MOST_APPLIED; applied++) {
      const own = this.open(candidate.path);
      const before = own && this.lint(own, own.text);
      const paths = before?.build && this.applyFirst(own!, before, refused);
      if (!paths) break;
      for (const path of paths) touched.add(path);
    }
    return touched;
  }

  /** Applies the first fix of several files that can be; the paths that it changed. */
  private applyFirst(own: Opened, before: Linted, refused: Set<string>): readonly string[] | undefined {
    for (const found of before.diagnostics) {
      const fix = found.fixes.find(({ safety }) => this.options.fix.includes(safety));
      if (!fix || !reachesOut(fix)) continue;
      const key = keyOf(found, fix);
      if (refused.has(key) || this.tried++ >= MOST_TRIED) continue;
      const paths = this.apply(own, before, fix);
      if (paths) return paths;
      refused.add(key);
    }
    return undefined;
  }

  private apply(own: Opened, before: Linted, { edits }: Fix): readonly string[] | undefined {
    const files = new Map<string, Opened>();
    for (const { span } of edits) {
      if (span.file === undefined || files.has(span.file)) continue;
      const one = this.linter.fileOfRun(span.file) && this.open(span.file);
      if (!one) return undefined;
      files.set(span.file, one);
    }
    const after = rewritten(edits, file => (file === undefined ? own.text : files.get(file)?.text));
    if (!after) return undefined;
    const texts = new Map([...after.others, [own.subject.path, after.text]]);
    const isSame = [...files].every(([path, { text }]) => texts.get(path) === text) && after.text === own.text;
    if (isSame || !this.bringsNothing(own, before, files, after, texts)) return undefined;
    return this.write(new Map([...files, [own.subject.path, own]]), texts);
  }

  /** Whether nothing new is found in any of the files. */
  private bringsNothing(
    own: Opened,
    before: Linted,
    files: ReadonlyMap<string, Opened>,
    after: Rewritten,
    texts: ReadonlyMap<string, string>,
  ): boolean {
    const then = this.lint(own, after.text, texts);
    if (!then?.build || newFindings(judged(before), judged(then)).length > 0) return false;
    let less = before.diagnostics.length - then.diagnostics.length;
    for (const [path, one] of files) {
      const was = this.lint(one, one.text);
      const is = was && this.lint(one, texts.get(path)!, texts);
      // A file in no language that documents do not name has nothing that could be found.
      if (!was) continue;
      if (!is || newFindings(judged(was), judged(is)).length > 0) return false;
      less += was.diagnostics.length - is.diagnostics.length;
    }
    this.linter.notes.fixed += Math.max(0, less);
    return true;
  }

  private write(files: ReadonlyMap<string, Opened>, texts: ReadonlyMap<string, string>): readonly string[] | undefined {
    const changed = [...files].filter(([path, { text }]) => texts.get(path) !== text);
    if (this.options.diff) for (const [path] of changed) this.drafts.set(path, texts.get(path)!);
    else
      try {
        replaceFiles(
          changed.map(([path, { bytes }]): Replacement => ({ path, before: bytes, after: texts.get(path)! })),
        );
      } catch (error) {
        const names = changed.map(([path]) => nameOf(path)).join(', ');
        this.linter.notes.errors.push(`${names}: not fixed: ${reasonOf(error)}`);
        return undefined;
      } finally {
        for (const [path] of changed) this.linter.forget(path);
      }
    return changed.map(([path]) => path);
  }

  private open(path: string): Opened | undefined {
    const opened = this.linter.opened(this.linter.candidate(path));
    return opened && { ...opened, text: this.drafts.get(path) ?? opened.subject.text };
  }

  private lint({ subject }: Opened, text: string, texts: ReadonlyMap<string, string> = new Map()): Linted | undefined {
    return subject.lint(text, new Map([...this.drafts, ...texts, [subject.path, text]]));
  }

  /** What the fixes of single files would write. */
  private draftAll(): void {
    for (const { path } of this.linter.notes.diffs) {
      const own = this.linter.fileOfRun(path);
      const subject = own && this.linter.opened(own)?.subject;
      const first = subject?.lint(subject.text);
      if (first) this.drafts.set(subject!.path, fixedByItself(subject!, first, this.options.fix).text);
    }
  }

  /** Puts the diffs of the changed files in the place of those that were noted. */
  private tellDiffs(): void {
    const { notes } = this.linter;
    for (const path of this.changed) {
      const own = this.open(path);
      const before = own?.subject.lint(own.subject.text);
      const after = own && this.lint(own, own.text);
      if (!own || !before || !after) continue;
      const { shown, text } = own.subject;
      const diff = diffOf(shown, { text, linted: before }, { text: own.text, linted: after });
      const at = notes.diffs.findIndex(one => one.path === shown);
      if (at < 0) notes.diffs.push(diff);
      else notes.diffs[at] = diff;
    }
  }

  /** The reports of what has changed, and of what is beside it and may read it, anew. */
  private renewed(
    reports: readonly FileReport[],
    changed: ReadonlySet<string>,
    lint: (candidate: Candidate) => readonly FileReport[] | undefined,
  ): readonly FileReport[] {
    const directories = new Set([...changed].map(parentDirectory));
    const after = new Map<string, readonly FileReport[]>();
    for (const { path } of reports) {
      const own = this.linter.fileOfRun(path);
      if (!own || after.has(path) || !directories.has(parentDirectory(own.path))) continue;
      const found = lint(own);
      if (found) after.set(path, found);
    }
    return [...reports.filter(({ path }) => !after.has(path)), ...[...after.values()].flat()];
  }
}

/** Whether bulk fixing would apply a fix of several files. */
function hasWideFix({ problems }: FileReport, allowed: LintOptions['fix']): boolean {
  return problems.some(({ fixes }) => fixes.find(({ safety }) => allowed.includes(safety))?.reachesOut === true);
}

/** The same for the same fix, wherever it has moved to. */
function keyOf({ rule, message }: Diagnostic, { edits, title }: Fix): string {
  return [rule, message, title, ...edits.map(({ newText, span }) => `${span.file ?? ''} ${newText}`)].join('\0');
}
