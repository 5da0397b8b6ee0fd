import type { ImageKind } from '../../../core/project.ts';
import { carriedApplications } from '../../../languages/packer/application/carried.ts';
import { isForOwnComputer } from '../../../languages/packer/images.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

/** Images that exist for their application, or for development. */
const EXEMPT: readonly (ImageKind | undefined)[] = ['appliance', 'vagrant', 'ci-runner'];

/** Signs that put files of the application into the image; others start it. */
const HAS_CODE: ReadonlySet<string> = new Set(['upload', 'build', 'clone']);

export default definePackerRule({
  id: 'app-code-in-machine-image',
  summary: 'A machine image contains an application',
  policies: ['G4', 'G5'],
  category: 'separation',
  severity: 'warning',
  preset: 'recommended',
  needs: { steps: ['copy', 'write-file', 'run'] },
  since: '2026.11',
  *check(file, { project }, build) {
    if (EXEMPT.includes(project.kind)) return;
    for (const { packerBuild, evidence, strongest } of carriedApplications(file, build)) {
      const isOwnComputer = isForOwnComputer(packerBuild.sources);
      yield {
        message: `Application${HAS_CODE.has(strongest.role) ? ' code' : ''} in a machine image: ${strongest.what}`,
        help: isOwnComputer
          ? 'Ship it as a container image or a package, or set `images.kind` to `appliance`'
          : 'Ship it as a container image, or as a package installed at deploy time',
        span: strongest.span,
        extractable: true,
        ...(isOwnComputer && { severity: 'info' }),
        related: [
          ...evidence.flatMap(one =>
            one === strongest
              ? []
              : { message: one.role === 'clone' ? 'Code is cloned here' : sentence(one.what), span: one.span },
          ),
          { message: 'Machine image is built here', span: packerBuild.header },
        ],
      };
    }
  },
});

function sentence(what: string): string {
  return what[0]!.toUpperCase() + what.slice(1);
}
