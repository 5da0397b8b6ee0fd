/** Findings of the built command line in checkouts of repositories. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Severity } from '../../core/finding.ts';
import { PRESETS } from '../../core/presets.ts';
import type { Found } from './draw.ts';
import { placeKey } from './readings.ts';

export interface Checkout {
  /** `owner/name`. */
  readonly repository: string;
  readonly commit: string;
  readonly directory: string;
}

/**
 * The directories in a directory, each the checkout of the repository it is named after, with `+` for `/`. `commits` tells
 * the commit of those that are no Git repositories, or of which only the files are as in that commit. Throws where none is known.
 */
export function checkoutsIn(parent: string, commits: ReadonlyMap<string, string>): Checkout[] {
  const names = readdirSync(parent, { withFileTypes: true }).filter(entry => entry.isDirectory());
  return names
    .map(({ name }) => name)
    .filter(name => !name.startsWith('.'))
    .toSorted()
    .map(name => {
      const directory = join(parent, name);
      const repository = name.replace('+', '/');
      const commit = commits.get(repository) ?? headOf(directory);
      if (commit === undefined) throw new Error(`${directory} is no Git repository: name its commit in --commits`);
      return { repository, commit, directory };
    });
}

/** The commit that is checked out; `undefined` where the directory is no Git repository. */
function headOf(directory: string): string | undefined {
  if (!existsSync(join(directory, '.git'))) return undefined;
  return execFileSync('git', ['-C', directory, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
}

/** Commits by repository, from lines of `owner/name COMMIT`; what follows in a line is not read. */
export function parseCommits(text: string): Map<string, string> {
  const lines = text.split('\n').map(line => line.trim().split(/\s+/));
  return new Map(lines.flatMap(([name, commit]) => (name && commit ? [[name, commit] as const] : [])));
}

/** What a preset finds that the next smaller one does not. Throws for a preset that does not exist. */
export function findIn(checkout: Checkout, preset: string): Found[] {
  const at = (PRESETS as readonly string[]).indexOf(preset);
  if (at === -1) throw new Error(`no preset is called ${preset}`);
  const smaller = at === 0 ? [] : lintWith(checkout, PRESETS[at - 1]!);
  const known = new Set(smaller.map(placeKey));
  const found = lintWith(checkout, preset).filter(one => !known.has(placeKey(one)));
  return [...new Map(found.map(one => [placeKey(one), one])).values()];
}

interface JsonReport {
  readonly files: readonly {
    readonly path: string;
    readonly diagnostics: readonly {
      readonly rule: string;
      readonly severity: Severity;
      readonly message: string;
      readonly help: string | null;
      readonly range: Readonly<Record<'start' | 'end', { readonly line: number; readonly column: number }>>;
      readonly related: readonly unknown[];
    }[];
  }[];
}

function lintWith({ repository, commit, directory }: Checkout, preset: string): Found[] {
  const cli = resolve('dist/cli.js');
  if (!existsSync(cli)) throw new Error('dist/cli.js does not exist: `npm run build` first');
  const args = [cli, '--preset', preset, '--fail-on', 'never', '--format', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (stderr !== '') process.stderr.write(`${repository}: ${stderr}`);
  const report = JSON.parse(stdout) as JsonReport;
  return report.files.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ rule, severity, message, help, range: { start, end }, related }) => ({
      repository,
      commit,
      path,
      rule,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      preset,
      severity,
      message,
      help,
      related,
    })),
  );
}
