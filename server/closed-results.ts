/** What was found in files that are not open: in each itself, and in the scripts that it names. */
import type { Diagnostic } from 'vscode-languageserver';
import type { UsedConfig } from './checked.ts';

/** What was found in a file that another one names, by rule, place and message. */
export type NamedFindings = ReadonlyMap<string, Diagnostic>;

export interface ClosedResult {
  readonly own: NamedFindings;
  /** By URI. */
  readonly inOthers: ReadonlyMap<string, NamedFindings>;
  readonly config: UsedConfig | undefined;
  /** URIs of files and directories that decided about it. */
  readonly needs: readonly string[];
}

const NOTHING: NamedFindings = new Map();

export class ClosedResults {
  private readonly results = new Map<string, ClosedResult>();
  /** Files that say something of a script, by the URI of the script. */
  private readonly naming = new Map<string, Set<string>>();
  /** At most so many findings: one of a script counts for each file that names it. */
  findings = 0;
  private readonly used = new Map<string, { config: UsedConfig; files: number }>();
  private listed: readonly UsedConfig[] | undefined;

  get uris(): Iterable<string> {
    return this.results.keys();
  }

  has(uri: string): boolean {
    return this.results.has(uri);
  }

  /** The URIs for which there is something else to show now. */
  set(uri: string, result: ClosedResult): readonly string[] {
    const before = this.remove(uri);
    this.results.set(uri, result);
    this.uses(result.config, 1);
    this.findings += countOf(result);
    for (const named of result.inOthers.keys()) {
      const naming = this.naming.get(named) ?? new Set();
      this.naming.set(named, naming.add(uri));
    }
    return [...new Set([uri, ...before, ...result.inOthers.keys()])];
  }

  remove(uri: string): readonly string[] {
    const result = this.results.get(uri);
    if (!result) return [];
    this.results.delete(uri);
    this.uses(result.config, -1);
    this.findings -= countOf(result);
    for (const named of result.inOthers.keys()) {
      const naming = this.naming.get(named);
      naming?.delete(uri);
      if (naming?.size === 0) this.naming.delete(named);
    }
    return [uri, ...result.inOthers.keys()];
  }

  /** All that is known of a file: what it says itself comes before what others say of it. */
  of(uri: string): readonly NamedFindings[] {
    const own = this.results.get(uri)?.own ?? NOTHING;
    const others = [...(this.naming.get(uri) ?? [])].flatMap(one => this.results.get(one)?.inOthers.get(uri) ?? []);
    return [own, ...others].filter(({ size }) => size > 0);
  }

  /** The files that one of these files or directories decided about. */
  needing(changed: ReadonlySet<string>): readonly string[] {
    return [...this.results].flatMap(([uri, { needs }]) => (needs.some(one => changed.has(one)) ? [uri] : []));
  }

  /** How many findings are shown: each once. */
  get shown(): number {
    const uris = new Set([...this.results.keys(), ...this.naming.keys()]);
    return [...uris].reduce((sum, uri) => sum + new Set(this.of(uri).flatMap(own => [...own.keys()])).size, 0);
  }

  /** Asked for at every keystroke, and after every file. */
  get configs(): readonly UsedConfig[] {
    return (this.listed ??= [...this.used.values()].map(({ config }) => config));
  }

  private uses(config: UsedConfig | undefined, more: 1 | -1): void {
    if (!config) return;
    const known = this.used.get(config.uri);
    const files = (known?.files ?? 0) + more;
    this.listed = undefined;
    if (files === 0) this.used.delete(config.uri);
    // What it says may have changed: the last that was read counts.
    else this.used.set(config.uri, { config: more > 0 ? config : known!.config, files });
  }
}

function countOf({ own, inOthers }: ClosedResult): number {
  return [...inOthers.values()].reduce((sum, { size }) => sum + size, own.size);
}
