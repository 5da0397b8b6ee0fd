/** Findings that are accepted for now: a file that is reviewed and committed. */
import { readFileSync, statSync } from 'node:fs';
import { parentDirectory } from '../core/path.ts';
import { absolute } from '../node/paths.ts';
import { reasonOf } from '../node/reason.ts';
import { writeWhole } from '../node/write.ts';
import { CommandError } from './host.ts';
import { type KnownFinding, knownFindings, newProblems } from './known.ts';
import { shownPath } from './lint-files.ts';
import type { FileReport } from './report.ts';

/** The file when none is named. */
export const BASELINE = '.bakelint-baseline.json';

/** In bytes. */
const LARGEST = 100 * 1024 ** 2;

interface Entry extends KnownFinding {
  /** From the directory of the baseline, with `/`. */
  readonly path: string;
}

export class Baseline {
  private readonly path: string;
  private readonly entries: Map<string, Entry[]>;

  private constructor(
    private readonly cwd: string,
    readonly name: string,
    entries: readonly Entry[],
  ) {
    this.path = absolute(cwd, name);
    this.entries = byPath(entries);
  }

  /** A baseline without findings. */
  static empty(cwd: string, name: string): Baseline {
    return new Baseline(cwd, name, []);
  }

  static exists(cwd: string, name: string): boolean {
    return statSync(absolute(cwd, name), { throwIfNoEntry: false }) !== undefined;
  }

  /** Throws {@link CommandError} when the file cannot be read or is no baseline. */
  static read(cwd: string, name: string): Baseline {
    let text: string;
    try {
      const path = absolute(cwd, name);
      if (statSync(path).size > LARGEST) throw new CommandError(`${name}: too large for a baseline`);
      text = readFileSync(path, 'utf8');
    } catch (error) {
      if (error instanceof CommandError) throw error;
      throw new CommandError(`${name}: ${reasonOf(error)}; \`bakelint baseline create\` writes a baseline`);
    }
    return new Baseline(cwd, name, entriesIn(text, name));
  }

  /** The report without the findings that are in the baseline. */
  without(file: FileReport): FileReport {
    const path = this.pathOf(file);
    const known = this.entries.get(path);
    return known ? { ...file, problems: newProblems(file, known, { path, lenient: true }) } : file;
  }

  /**
   * The baseline after another run. Of the files that were linted it holds the findings of now; with `keepOnly` no
   * others than before. Files that were not linted stay, unless `isThere` says that they are gone.
   */
  after(files: readonly FileReport[], keepOnly: boolean, isThere: (path: string) => boolean): Baseline {
    const linted = new Map(files.map(file => [this.pathOf(file), file]));
    const kept = [...this.entries.values()]
      .flat()
      .filter(({ path }) => !linted.has(path) && isThere(absolute(parentDirectory(this.path), path)));
    const now = [...linted].flatMap(([path, file]) => {
      const fresh = keepOnly ? new Set(this.without(file).problems) : new Set();
      const problems = file.problems.filter(problem => !fresh.has(problem));
      // The fingerprints count findings that are the same, so they are made of those that are kept.
      return knownFindings({ ...file, problems }, path).map(one => ({ path, ...one }));
    });
    return new Baseline(this.cwd, this.name, [...kept, ...now]);
  }

  /** Every finding, as a set to compare with. */
  keys(): ReadonlySet<string> {
    return new Set([...this.entries.values()].flat().map(({ path, fingerprint }) => `${path}\n${fingerprint}`));
  }

  /** Writes the file whole or not at all. Throws {@link CommandError}. */
  write(): void {
    const findings = [...this.entries.values()].flat().sort(inOrder);
    const rows = findings.map(({ path, rule, message, fingerprint }) =>
      JSON.stringify({ path, rule, message, fingerprint }),
    );
    // A line each, so that a review shows what comes and goes.
    const list = rows.length > 0 ? `\n    ${rows.join(',\n    ')}\n  ` : '';
    try {
      writeWhole(this.path, `{\n  "version": 1,\n  "findings": [${list}]\n}\n`);
    } catch (error) {
      throw new CommandError(`${this.name}: not written: ${reasonOf(error)}`);
    }
  }

  private pathOf({ path }: FileReport): string {
    return shownPath(parentDirectory(this.path), absolute(this.cwd, path));
  }
}

function byPath(entries: readonly Entry[]): Map<string, Entry[]> {
  const found = new Map<string, Entry[]>();
  for (const entry of entries) {
    const list = found.get(entry.path) ?? [];
    list.push(entry);
    found.set(entry.path, list);
  }
  return found;
}

function inOrder(a: Entry, b: Entry): number {
  const [one, two] = [a, b].map(({ path, rule, message, fingerprint }) =>
    [path, rule, message, fingerprint].join('\0'),
  );
  return one! < two! ? -1 : 1;
}

function entriesIn(text: string, name: string): readonly Entry[] {
  let content: { readonly version?: unknown; readonly findings?: unknown };
  try {
    content = JSON.parse(text) ?? {};
  } catch {
    throw new CommandError(`${name}: not a baseline: invalid JSON`);
  }
  if (content.version !== 1 || !Array.isArray(content.findings) || !content.findings.every(isEntry))
    throw new CommandError(`${name}: not a baseline of this version; write it again with \`bakelint baseline create\``);
  return content.findings;
}

function isEntry(value: unknown): value is Entry {
  const { path, rule, message, fingerprint } = (value ?? {}) as Record<string, unknown>;
  return [path, rule, message, fingerprint].every(part => typeof part === 'string');
}
