import { downloads } from '../../../facts/downloads.ts';
import { isLocalUrl } from '../../../facts/local-url.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'unverified-add',
  summary: '`ADD` downloads a file without a checksum',
  policies: ['G13'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  since: '2026.11',
  aliases: ['sonar:S6474'],
  *check(_file, _context, build) {
    for (const { by, kind, url, verified, span } of downloads(build)) {
      if (by !== 'ADD' || kind !== 'file' || verified === true || isLocalUrl(url) === true) continue;
      // Keys and signatures prove others and are proved by their fingerprints; a template has no address yet.
      if (!/^https?:/i.test(url) || /\.(?:asc|sig|gpg|key|pub|sha\d+|md5)$|\{\{|<%/i.test(url)) continue;
      yield {
        message:
          'Whatever the server gives at build time goes into the image unseen; with `--checksum=sha256:…` the builder refuses anything but the file that was meant.',
        span,
      };
    }
  },
});
