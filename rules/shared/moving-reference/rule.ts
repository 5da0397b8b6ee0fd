import { defineBuildRule } from '../../../core/rule.ts';
import { downloads } from '../../../facts/downloads.ts';
import { isSetup } from '../../../facts/setup-commands.ts';

export default defineBuildRule({
  id: 'moving-reference',
  summary: 'A download gives something else when its author pushes or releases',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  *check(build) {
    for (const { moving, kind, span, step, verified } of downloads(build)) {
      if (!moving || (step.kind !== 'fetch' && !isSetup(build, step))) continue;
      // With a checksum the build stops when the content changes.
      if (kind === 'file' && verified === true) continue;
      yield {
        message:
          kind === 'repository'
            ? 'This takes the newest commit of a branch: the same build gives something else tomorrow; name a tag or a commit.'
            : moving === 'branch'
              ? 'This address follows a branch: the same build gives something else after the next push; name a tag or a commit.'
              : 'This address follows the newest release: the same build gives something else after the next one; name the version.',
        span,
      };
    }
  },
});
