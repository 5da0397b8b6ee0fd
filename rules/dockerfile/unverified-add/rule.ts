import type { Step } from '../../../core/build.ts';
import { placeCause } from '../../../core/causes.ts';
import type { Moving } from '../../../facts/downloads/moving.ts';
import { downloads } from '../../../facts/downloads.ts';
import { isOwnUrl } from '../../../facts/local-url.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { isWindows, rootOf } from '../../../languages/dockerfile/stages.ts';
import type { DockerfileTree } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'unverified-add',
  summary: '`ADD` downloads a file that is not verified',
  policies: ['G13'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['ADD'] },
  since: '2026.11',
  aliases: ['sonar:S6474'],
  *check(file, _context, build) {
    for (const { by, kind, moving, step, url, verified, span } of downloads(build)) {
      if (by !== 'ADD' || kind !== 'file' || verified === true || isOwnUrl(url) === true) continue;
      // Keys and signatures verify other files and are verified by fingerprint; a template has no URL yet.
      if (!/^https?:/i.test(url) || /\.(?:asc|sig|gpg|key|pub|sha\d+|md5)$|\{\{|<%/i.test(url)) continue;
      // What is different each time only keeps the layers after it out of the cache.
      if (CACHE_BUSTER.test(url)) continue;
      yield {
        message: '`ADD` downloads a file without a checksum',
        help: helpFor(moving ?? movesBy(url), isOnWindows(file, step)),
        span,
        causes: [placeCause('download', span)],
      };
    }
  },
});

/** Random bytes, the time, or the newest commit of a branch as the API of GitHub tells it. */
const CACHE_BUSTER = /\brandom\.org\/|\bworldtimeapi\.|api\.github\.com\/repos\/[^?]{1,200}\/(?:commits|git\/refs?)\//i;

/** A file at a revision of GitHub that is neither a commit nor looks like the tag of a version. */
const RAW_BRANCH = /^https?:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/(?![0-9a-f]{7,64}\/)(?!v?\d)[\w.-]+\//i;

/** A host alone, such as an address for the newest installer, says no version. */
function movesBy(url: string): Moving | undefined {
  if (RAW_BRANCH.test(url)) return 'branch';
  return /^https?:\/\/[^/]+\/?$/i.test(url) ? 'latest' : undefined;
}

function isOnWindows({ stages }: DockerfileTree, step: Step): boolean {
  const stage = stages.find(({ instructions }) => instructions.some(one => one === step.syntax));
  const root = stage && rootOf(stage);
  return root?.certain === true && isWindows(root.stage);
}

/** BuildKit, which knows `--checksum`, does not build most images for Windows. */
function helpFor(moving: Moving | undefined, isWindowsImage: boolean): string {
  const pin =
    moving === undefined ? '' : `Use ${moving === 'branch' ? 'the URL of a commit' : 'a versioned URL'}, and `;
  if (!isWindowsImage)
    return pin === '' ? 'Add `--checksum=sha256:…` with the published SHA-256' : `${pin}add \`--checksum=sha256:…\``;
  return pin === ''
    ? 'Download it in `RUN`, and compare `Get-FileHash` with the published SHA-256'
    : `${pin}check it with \`Get-FileHash\` in a \`RUN\``;
}
