import { placeCause } from '../../../core/causes.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { branchIn } from '../../../facts/downloads/moving.ts';
import { DOWNLOAD_NEEDS, downloads } from '../../../facts/downloads.ts';
import { isSetup } from '../../../facts/setup-commands.ts';

export default defineBuildRule({
  id: 'moving-reference',
  summary: 'A download follows a branch or the latest release',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: DOWNLOAD_NEEDS,
  since: '2026.11',
  *check(build) {
    for (const { moving, kind, by, span, step, url, verified } of downloads(build)) {
      if (!moving || (step.kind !== 'fetch' && !isSetup(build, step))) continue;
      // With a checksum the build stops when the content changes.
      if (kind === 'file' && verified === true) continue;
      const branch = moving === 'branch' && kind === 'file' ? branchIn(url) : undefined;
      yield {
        message:
          kind === 'repository'
            ? `\`${by === 'git' ? 'git clone' : by}\` takes the newest commit of a branch`
            : `URL points at ${branch ? `branch ${quoted(branch)}` : moving === 'branch' ? 'a branch' : 'the latest release'}, so its content can change`,
        help:
          kind === 'repository'
            ? by === 'git'
              ? 'Clone a tag with `--branch`, or check out a commit'
              : 'Add a tag or a commit: `#v1.2.3`'
            : moving === 'branch'
              ? `Replace ${branch ? quoted(branch) : 'the branch'} with a tag or a commit`
              : 'Use the URL of a version',
        span,
        causes: [placeCause('download', span)],
      };
    }
  },
});
