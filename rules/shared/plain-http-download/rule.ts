import { fix } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { useOfDownload } from '../../../facts/download-uses.ts';
import { downloads } from '../../../facts/downloads.ts';
import { isLocalUrl, isOwnUrl } from '../../../facts/local-url.ts';
import { isSetup } from '../../../facts/setup-commands.ts';

const SCHEMES: Readonly<Record<string, string>> = { 'http:': 'https:', 'ftp:': 'https:', 'git:': 'https:' };

export default defineBuildRule({
  id: 'plain-http-download',
  summary: 'A download travels in clear text',
  policies: ['G13'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  aliases: ['sonar:S5332'],
  *check(build) {
    for (const download of downloads(build)) {
      const { url, source, span, verified, step, by } = download;
      const scheme = url.slice(0, url.indexOf(':') + 1).toLowerCase();
      const better = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined;
      if (!better || (step.kind !== 'fetch' && !isSetup(build, step))) continue;
      if (verified !== false && !(step.kind === 'fetch' && !step.checksum)) continue;
      // A host that cannot be known may be one beside the machine; a private network keeps data of its own.
      if (isOwnUrl(url) !== false || (isLocalUrl(url) === true && !useOfDownload(build, download))) continue;
      yield {
        message: `${step.kind === 'fetch' && build.language !== 'dockerfile' ? 'The machine' : `\`${by}\``} gets this over \`${scheme}//\` with nothing to compare it to, so anybody on the way can put something else in its place.`,
        span,
        fixes: [
          scheme === 'http:' ? fix('suggested', 'Use `https://`', source.replace(0, scheme.length, better)) : undefined,
        ],
      };
    }
  },
});
