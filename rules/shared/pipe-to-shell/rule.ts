import type { Finding } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { isPowerShell } from '../../../core/script.ts';
import type { SourceText } from '../../../core/text.ts';
import { downloads } from '../../../facts/downloads.ts';
import { isLocalUrl, isOwnUrl } from '../../../facts/local-url.ts';
import { isSetup } from '../../../facts/setup-commands.ts';

const HELP = 'Download, verify a checksum, then run; or install a package';

export default defineBuildRule({
  id: 'pipe-to-shell',
  summary: 'A downloaded script is run unverified',
  policies: ['G13'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { steps: ['run', 'write-file'] },
  since: '2026.11',
  *check(build) {
    for (const { runner, url, verified, span, step, invocation, path } of downloads(build)) {
      if (!runner || runner.how === 'file' || !isSetup(build, step) || isOwnUrl(url)) continue;
      // A checksum can only be of what is also saved (`tee`).
      if (path !== undefined && verified !== false) continue;
      yield {
        message: `Downloaded script is ${runner.how === 'pipe' ? 'piped into' : 'run by'} \`${runner.invocation.program}\` unverified`,
        help: HELP,
        span,
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
    for (const { steps } of build.stages)
      for (const step of steps)
        if (isSetup(build, step) && step.script && isPowerShell(step.script.dialect))
          yield* expressions(step.script.text);
  },
});

/** HTTPS within a private network is less of a risk. */
function presetFor(url: string): Pick<Finding, 'preset'> {
  return isLocalUrl(url) === true && /^https:/i.test(url) ? { preset: 'strict' } : {};
}

/** Downloads that PowerShell runs; its scripts are searched without a parser. */
function* expressions(script: SourceText): Generator<Finding> {
  for (const match of script.text.matchAll(INVOKED)) {
    const address = match[1] ?? match[2]!;
    if (isOwnUrl(address) || isInComment(script.text, match.index)) continue;
    const at = match.index + match[0].indexOf(address);
    yield {
      message: 'Downloaded script is run by `Invoke-Expression` unverified',
      help: HELP,
      span: script.spanOf(at, at + address.length),
      ...presetFor(address),
    };
  }
}

/** `iex ((New-Object System.Net.WebClient).DownloadString('https://…'))` and `irm https://… | iex`. */
const INVOKED =
  /\b(?:iex|Invoke-Expression)\b[^\n'"|;]{0,100}\bDownloadString\(\s{0,9}['"](https?:[^'"\s]{1,300})|\b(?:iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b[^\n'"|;]{0,100}?['"]?(https?:[^'"\s|;)]{1,300})(?:['"\s)][^\n|;]{0,100})?\|\s{0,9}(?:iex|Invoke-Expression)\b/gi;

function isInComment(text: string, at: number): boolean {
  return /^[ \t]*#/.test(text.slice(text.lastIndexOf('\n', at) + 1, at));
}
