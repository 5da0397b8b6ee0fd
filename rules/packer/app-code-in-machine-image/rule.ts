import type { ImageKind } from '../../../core/project.ts';
import { saysSpecialKind } from '../../../languages/packer/images.ts';
import { stageOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuild } from '../../../languages/packer/tree.ts';
import { evidenceIn } from './evidence.ts';

const ENOUGH = 3;
/** Images that exist for their application, or for development. */
const EXEMPT: readonly (ImageKind | undefined)[] = ['appliance', 'vagrant', 'ci-runner'];

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
    for (const packerBuild of file.module.builds) {
      const stage = stageOf(build, packerBuild);
      if (!stage || isContainer(packerBuild) || saysSpecialKind(file, packerBuild)) continue;
      const evidence = evidenceIn(stage, namesOf(packerBuild));
      if (evidence.reduce((sum, { weight }) => sum + weight, 0) < ENOUGH) continue;
      const strongest = evidence.reduce((most, one) => (one.weight > most.weight ? one : most));
      yield {
        message: `Application code in a machine image: ${strongest.what}`,
        help: 'Ship it as a container image, or as a package installed at deploy time',
        span: strongest.span,
        related: evidence
          .filter(one => one !== strongest)
          .map(({ what, span }) => ({ message: what[0]!.toUpperCase() + what.slice(1), span })),
      };
    }
  },
});

function isContainer({ sources }: PackerBuild): boolean {
  return (
    sources.length > 0 && sources.every(({ facts }) => facts?.produces === 'container' || facts?.produces === 'none')
  );
}

function namesOf({ name, sources }: PackerBuild): ReadonlySet<string> {
  const names = sources.map(source => source.name);
  return new Set(typeof name?.byDefault === 'string' ? [name.byDefault, ...names] : names);
}
