import { defineBuildRule } from '../../../core/rule.ts';
import { isBootable } from '../../../facts/bootable.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import type { DockerfileTree } from '../../../languages/dockerfile/tree.ts';

/** Programs with which a user becomes another one. */
const PACKAGES: ReadonlySet<string> = new Set(['sudo', 'sudo-rs', 'doas', 'opendoas']);

export default defineBuildRule({
  id: 'sudo-installed',
  summary: '`sudo` or `doas` is installed in an application image',
  policies: ['G10', 'G4'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  languages: ['dockerfile'],
  needs: { steps: ['run'] },
  derived: true,
  since: '2026.11',
  *check(build, { project }) {
    // People and jobs install packages in those as they need them.
    if (project.kind !== undefined && project.kind !== 'application') return;
    if ((build.syntax as DockerfileTree | undefined)?.devContainer || isBootable(build)) return;
    const shipped = shippedStages(build, project.targets);
    for (const { packages, stage } of packageInstalls(build)) {
      if (!shipped.has(stage)) continue;
      for (const { name, span } of packages)
        if (name !== undefined && PACKAGES.has(name))
          yield {
            message: `\`${name}\` is installed in a container image`,
            help: 'Remove it; use `USER`, or drop privileges with `setpriv` or `gosu`',
            span,
          };
    }
  },
});
