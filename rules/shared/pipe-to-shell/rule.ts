import { placeCause } from '../../../core/causes.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { DOWNLOAD_NEEDS, downloads } from '../../../facts/downloads.ts';
import { isLocalUrl, isOwnUrl } from '../../../facts/local-url.ts';
import { isSetup } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';

const HELP = 'Download, verify a checksum, then run; or install a package';

export default defineBuildRule({
  id: 'pipe-to-shell',
  summary: 'A downloaded script is run unverified',
  policies: ['G13'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: DOWNLOAD_NEEDS,
  since: '2026.11',
  *check(build) {
    for (const { runner, url, verified, span, step, invocation, path } of downloads(build)) {
      if (!runner || runner.how === 'file' || !isSetup(build, step) || isOwnUrl(url)) continue;
      // A checksum can only be of what is also saved (`tee`).
      if (path !== undefined && verified !== false) continue;
      yield {
        message: `Downloaded script is ${runner.how === 'pipe' ? 'piped into' : 'run by'} ${runnerName(runner.invocation)} unverified`,
        help: HELP,
        span,
        causes: [placeCause('download', span)],
        ...presetFor(url),
        related: [
          {
            message: 'Run here',
            span: runner.invocation.script.spanOf(
              runner.how === 'pipe' ? runner.invocation.programWord : invocation!.command,
            ),
          },
        ],
      };
    }
  },
});

/** HTTPS within a private network is less of a risk. */
function presetFor(url: string): Pick<Finding, 'preset'> {
  return isLocalUrl(url) === true && /^https:/i.test(url) ? { preset: 'strict' } : {};
}

/** A method of .NET as it is written. */
function runnerName({ program, programWord }: Invocation): string {
  return quoted(program.startsWith('[') ? programWord.value.text : program);
}
