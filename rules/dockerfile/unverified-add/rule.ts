import { placeCause } from '../../../core/causes.ts';
import { downloads } from '../../../facts/downloads.ts';
import { isOwnUrl } from '../../../facts/local-url.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'unverified-add',
  summary: '`ADD` downloads a file without a checksum',
  policies: ['G13'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['ADD'] },
  since: '2026.11',
  aliases: ['sonar:S6474'],
  *check(_file, _context, build) {
    for (const { by, kind, moving, url, verified, span } of downloads(build)) {
      if (by !== 'ADD' || kind !== 'file' || verified === true || isOwnUrl(url) === true) continue;
      // Keys and signatures verify other files and are verified by fingerprint; a template has no URL yet.
      if (!/^https?:/i.test(url) || /\.(?:asc|sig|gpg|key|pub|sha\d+|md5)$|\{\{|<%/i.test(url)) continue;
      yield {
        message: '`ADD` downloads a file without a checksum',
        help:
          moving === undefined
            ? 'Add `--checksum=sha256:…`, from `curl -fsSL URL | sha256sum`'
            : `Use the URL of a ${moving === 'branch' ? 'commit' : 'version'}, and add \`--checksum=sha256:…\``,
        span,
        causes: [placeCause('download', span)],
      };
    }
  },
});
