import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { isForDevelopers } from '../../../facts/environments.ts';
import { FILE_WRITE_NEEDS } from '../../../facts/file-writes.ts';
import { openServices } from '../../../facts/open-services.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';

export default defineBuildRule({
  id: 'open-service',
  summary: 'A service is open to anyone who can reach it',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { steps: ['env', 'run', ...FILE_WRITE_NEEDS.steps!], programs: FILE_WRITE_NEEDS.programs! },
  since: '2026.11',
  *check(build, { path, project }) {
    if (path !== undefined && isForDevelopers(path)) return;
    const seen = new Set<string>();
    for (const { opening, by, span } of openServices(build, shippedStages(build, project.targets))) {
      const place = `${span.file ?? ''}:${span.start}`;
      if (seen.has(place)) continue;
      seen.add(place);
      yield { message: `${quoted(by)} lets anyone ${opening.lets}`, help: opening.help, span };
    }
  },
});
