import { placeCause } from '../../../core/causes.ts';
import { fix } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { useOfDownload } from '../../../facts/download-uses.ts';
import { DOWNLOAD_NEEDS, downloads } from '../../../facts/downloads.ts';
import { isLocalUrl, isOwnUrl } from '../../../facts/local-url.ts';
import { isSetup } from '../../../facts/setup-commands.ts';

const SCHEMES: Readonly<Record<string, string>> = { 'http:': 'https:', 'ftp:': 'https:', 'git:': 'https:' };

export default defineBuildRule({
  id: 'plain-http-download',
  summary: 'A file is downloaded over an unencrypted connection',
  policies: ['G13'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: DOWNLOAD_NEEDS,
  since: '2026.11',
  aliases: ['sonar:S5332'],
  *check(build) {
    for (const download of downloads(build)) {
      const { url, source, span, verified, step } = download;
      const scheme = url.slice(0, url.indexOf(':') + 1).toLowerCase();
      const better = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined;
      if (!better || (step.kind !== 'fetch' && !isSetup(build, step))) continue;
      if (verified !== false && !(step.kind === 'fetch' && !step.checksum)) continue;
      // An unknown host may be on the machine itself; on a private network only programs and archives are reported.
      if (isOwnUrl(url) !== false || (isLocalUrl(url) === true && !useOfDownload(build, download))) continue;
      yield {
        message: `Download over \`${scheme}//\` without verification`,
        help: 'Use `https://`, or verify a checksum',
        span,
        causes: [placeCause('download', span)],
        fixes: [
          scheme === 'http:' && source.text.toLowerCase().startsWith(scheme)
            ? fix('suggested', 'Change it to `https://`', source.replace(0, scheme.length, better))
            : undefined,
        ],
      };
    }
  },
});
