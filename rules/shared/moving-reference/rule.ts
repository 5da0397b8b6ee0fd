import { placeCause } from '../../../core/causes.ts';
import { defineBuildRule } from '../../../core/rule.ts';
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
    for (const { moving, kind, by, span, step, verified } of downloads(build)) {
      if (!moving || (step.kind !== 'fetch' && !isSetup(build, step))) continue;
      // With a checksum the build stops when the content changes.
      if (kind === 'file' && verified === true) continue;
      yield {
        message:
          kind === 'repository'
            ? `\`${by === 'git' ? 'git clone' : by}\` fetches the latest commit of a branch`
            : `The URL follows ${moving === 'branch' ? 'a branch' : 'the latest release'}`,
        help:
          kind === 'repository'
            ? 'Name a tag, or check out a commit'
            : moving === 'branch'
              ? 'Name a tag or a commit in the URL'
              : 'Name a version in the URL',
        span,
        causes: [placeCause('download', span)],
      };
    }
  },
});
