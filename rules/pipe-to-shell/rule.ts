import { downloads } from '../../core/facts/downloads.ts';
import { isLocalUrl } from '../../core/facts/local-url.ts';
import { isSetup } from '../../core/facts/setup-commands.ts';
import { defineBuildRule } from '../../core/rule.ts';

export default defineBuildRule({
  id: 'pipe-to-shell',
  summary: 'A download is run as it comes',
  policy: 'G13',
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  *check(build) {
    for (const { runner, by, url, verified, span, step, invocation, path } of downloads(build)) {
      if (!runner || runner.how === 'file' || !isSetup(build, step) || isLocalUrl(url) === true) continue;
      // A checksum can only be of what is also saved (`tee`).
      if (path !== undefined && verified !== false) continue;
      yield {
        message: `\`${runner.invocation.program}\` runs whatever \`${by}\` gets from this address: nobody has seen it, nothing verifies it, and a cut connection runs half of it.`,
        span,
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
  },
});
