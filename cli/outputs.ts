import { appendFileSync } from 'node:fs';
import { absolute } from '../node/paths.ts';
import { reasonOf } from '../node/reason.ts';
import { writeWhole } from '../node/write.ts';
import { pageOf } from './explain.ts';
import type { FormatContext } from './format/format.ts';
import { FORMATS, formatterFor } from './format/formats.ts';
import { linkFor, paintFor } from './format/terminal.ts';
import type { EngineSource, Host, OutputStream } from './host.ts';
import { shownPath } from './lint-files.ts';
import type { Output } from './options.ts';
import type { Report } from './report.ts';
import { version } from './version.ts';

/** Width of what is written where there is no terminal, in columns. */
const PAPER = 160;

interface Target {
  readonly host: Host;
  readonly source: EngineSource;
  /** What takes the report that goes to no file. */
  readonly out: OutputStream;
  /** Whether there is nothing to say to people. */
  readonly isSilent: boolean;
  /** Whether people see counts in place of findings. */
  readonly stats: boolean;
}

/** Writes the report in each of its formats; returns a line for each file that could not be written. */
export async function writeReports(
  outputs: readonly Output[],
  report: Report,
  { host, source, out, isSilent, stats }: Target,
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const { format, file } of outputs) {
    const context = contextFor(out, file === undefined, source, host);
    if (file === undefined && isSilent && format === 'text') continue;
    const formatter = stats && format === 'text' ? (await import('./format/stats.ts')).formatStats : undefined;
    const text = (formatter ?? (await formatterFor(format)))(report, context);
    try {
      if (file === undefined) out.write(text);
      else writeWhole(absolute(host.cwd, file), text);
      if (format === 'github') await addJobSummary(report, context, host);
    } catch (error) {
      failures.push(`${file}: not written: ${reasonOf(error)}`);
    }
  }
  return failures;
}

/** What a format may use for this stream, or for a file. */
export function contextFor(out: OutputStream, isStream: boolean, source: EngineSource, host: Host): FormatContext {
  const isTerminal = isStream && out.isTTY === true;
  return {
    rules: source.rules,
    // Few formats say it, and it is in a file.
    get version() {
      return version(host.home);
    },
    pageOf: rule => pageOf(rule, host.home),
    paint: paintFor(isTerminal, host.env),
    link: linkFor(isTerminal, host.env),
    width: isTerminal ? (out.columns ?? PAPER) : PAPER,
    fromRoot: path => fromRoot(path, host),
  };
}

/**
 * A path of the report, which is relative to the working directory, relative to the root of the checkout that a
 * pipeline names.
 */
function fromRoot(path: string, { cwd, env }: Host): string {
  const root = env.GITHUB_WORKSPACE ?? env.CI_PROJECT_DIR;
  if (root === undefined || root === '') return path;
  const shown = shownPath(absolute(cwd, root), absolute(cwd, path));
  return shown.startsWith('..') ? path : shown;
}

/** The page of a job in GitHub Actions, which has room for what is more than annotations can show. */
async function addJobSummary(report: Report, context: FormatContext, { env }: Host): Promise<void> {
  if (!env.GITHUB_STEP_SUMMARY) return;
  const markdown = (await FORMATS.markdown.load())(report, context);
  appendFileSync(env.GITHUB_STEP_SUMMARY, markdown);
}
