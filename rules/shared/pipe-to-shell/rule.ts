import type { Finding } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { SourceText } from '../../../core/text.ts';
import { downloads } from '../../../facts/downloads.ts';
import { isLocalUrl, isOwnUrl } from '../../../facts/local-url.ts';
import { isSetup } from '../../../facts/setup-commands.ts';

export default defineBuildRule({
  id: 'pipe-to-shell',
  summary: 'A download is run as it comes',
  policies: ['G13'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  *check(build) {
    for (const { runner, by, url, verified, span, step, invocation, path } of downloads(build)) {
      if (!runner || runner.how === 'file' || !isSetup(build, step) || isOwnUrl(url)) continue;
      // A checksum can only be of what is also saved (`tee`).
      if (path !== undefined && verified !== false) continue;
      yield {
        message: `\`${runner.invocation.program}\` runs whatever \`${by}\` gets from this address: nobody has seen it, nothing verifies it, and a cut connection runs half of it.`,
        span,
        ...presetFor(url),
        related: [
          {
            message: 'It is run here.',
            span: runner.invocation.script.spanOf(
              runner.how === 'pipe' ? runner.invocation.programWord : invocation!.command,
            ),
          },
        ],
      };
    }
    for (const { steps } of build.stages)
      for (const step of steps)
        if (isSetup(build, step) && step.script?.dialect === 'powershell') yield* expressions(step.script.text);
  },
});

/** A private network's own https is trusted more than the world's. */
function presetFor(url: string): Pick<Finding, 'preset'> {
  return isLocalUrl(url) === true && /^https:/i.test(url) ? { preset: 'strict' } : {};
}

/** What PowerShell runs as it comes; calls in scripts of PowerShell are read as text. */
function* expressions(script: SourceText): Generator<Finding> {
  for (const match of script.text.matchAll(INVOKED)) {
    const address = match[1] ?? match[2]!;
    if (isOwnUrl(address) || isInComment(script.text, match.index)) continue;
    const at = match.index + match[0].indexOf(address);
    yield {
      message:
        '`Invoke-Expression` runs whatever comes from this address: nobody has seen it, and nothing verifies it.',
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
