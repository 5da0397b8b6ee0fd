import type { ImageKind } from '../../../core/project.ts';
import { saysSpecialKind } from '../../../languages/packer/images.ts';
import { stageOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuild } from '../../../languages/packer/tree.ts';
import { evidenceIn } from './evidence.ts';

const ENOUGH = 3;
/** Images whose application is their purpose, or that are made for developing. */
const EXEMPT: readonly (ImageKind | undefined)[] = ['appliance', 'vagrant', 'ci-runner'];

export default definePackerRule({
  id: 'app-code-in-machine-image',
  summary: 'A machine image carries an application',
  policies: ['G4'],
  category: 'separation',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(file, { project }, build) {
    if (EXEMPT.includes(project.kind)) return;
    for (const packerBuild of file.module.builds) {
      const stage = stageOf(build, packerBuild);
      if (!stage || isContainer(packerBuild) || saysSpecialKind(file, packerBuild)) continue;
      const evidence = evidenceIn(stage, namesOf(packerBuild));
      if (evidence.reduce((sum, { weight }) => sum + weight, 0) < ENOUGH) continue;
      yield {
        message:
          'This machine image carries an application, so every release of it means a new machine, and a rollback of one takes the other along.',
        span: packerBuild.header,
        related: evidence.map(({ what, span }) => ({ message: `Here ${what}.`, span })),
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
