import type { ImageBuild, Step } from '../../../core/build.ts';
import { placeCause } from '../../../core/causes.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import { fileCommands } from '../../../facts/config-files.ts';
import { downloadFixes } from '../../../facts/downloads/fixes.ts';
import { type Runner, runnerOf } from '../../../facts/downloads/running.ts';
import { fetchesOf } from '../../../facts/downloads/tools.ts';
import { DOWNLOAD_NEEDS, type Download, downloads, isFromPacker } from '../../../facts/downloads.ts';
import { FILE_WRITE_NEEDS } from '../../../facts/file-writes.ts';
import { isLocalUrl, isOwnUrl } from '../../../facts/local-url.ts';
import { isSetup } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { isOnWindows } from '../../../shell/windows-files.ts';

const HELP = 'Download, verify a checksum, then run; or install a package';
const ON_WINDOWS = 'Download it, check its hash or signature, then run it';

export default defineBuildRule({
  id: 'pipe-to-shell',
  summary: 'A downloaded script is run without verification',
  policies: ['G13'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: {
    steps: [...DOWNLOAD_NEEDS.steps!, ...FILE_WRITE_NEEDS.steps!],
    programs: [...new Set([...DOWNLOAD_NEEDS.programs!, ...FILE_WRITE_NEEDS.programs!])],
  },
  since: '2026.11',
  *check(build) {
    for (const { download, runner, url, span } of runDownloads(build)) {
      if (isOwnUrl(url) || (download && isFromPacker(download))) continue;
      yield {
        message:
          runner.how === 'pipe'
            ? `Downloaded script is piped into ${runnerName(runner.invocation)} unverified`
            : `${runnerName(runner.invocation)} runs a downloaded script without verification`,
        help: isOnWindows(runner.invocation) ? ON_WINDOWS : HELP,
        span,
        causes: [placeCause('download', span)],
        ...presetFor(url),
        fixes: download ? downloadFixes(download, build) : [],
        related: [
          {
            message: 'Executed here',
            span: runner.invocation.script.spanOf(runner.invocation.programWord),
          },
        ],
      };
    }
  },
});

interface RunDownload {
  readonly runner: Runner;
  readonly url: string;
  readonly span: Span;
  /** `undefined` for what runs later, from a unit or a table of cron. */
  readonly download?: Download;
}

/** By the commands of a set-up and of its installer, and by those in units and tables of cron that it writes. */
function* runDownloads(build: ImageBuild): Iterable<RunDownload> {
  for (const download of downloads(build)) {
    const { runner, url, verified, span, step, invocation, path } = download;
    if (!runner || !invocation || runner.how === 'file' || !(isSetup(build, step) || isOfInstaller(build, step)))
      continue;
    // A checksum can only be of what is also saved (`tee`).
    if (path === undefined || verified === false) yield { runner, url, span, download };
  }
  for (const { invocation } of fileCommands(build))
    for (const { url, urlWord, to } of fetchesOf(invocation)) {
      const runner = runnerOf(invocation, to);
      if (runner && runner.how !== 'file') yield { runner, url: url.text, span: invocation.script.spanOf(urlWord) };
    }
}

/** The system that installs another one is not on the author's machine: `early-commands`. */
function isOfInstaller({ language }: ImageBuild, step: Step): boolean {
  return language === 'cloud-init' && step.kind === 'run' && step.phase === 'host';
}

/** HTTPS within a private network is less of a risk. */
function presetFor(url: string): Pick<Finding, 'preset'> {
  return isLocalUrl(url) === true && /^https:/i.test(url) ? { preset: 'strict' } : {};
}

/** Commands of PowerShell have aliases, and names in any case: as it is written. */
function runnerName(invocation: Invocation): string {
  const { program, programWord } = invocation;
  return quoted(isOnWindows(invocation) ? (programWord.literal ?? programWord.value.text) : program);
}
