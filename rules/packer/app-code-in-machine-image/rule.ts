import type { ImageKind } from '../../../core/project.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { saysSpecialKind } from '../../../languages/packer/images.ts';
import { stageOf, valuesAt } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { Evaluated, PackerBuild } from '../../../languages/packer/tree.ts';
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
        related: [
          ...evidence.flatMap(one => (one === strongest ? [] : { message: sentence(one.what), span: one.span })),
          { message: 'The build of the machine image', span: packerBuild.header },
        ],
      };
    }
  },
});

function isContainer({ sources }: PackerBuild): boolean {
  return (
    sources.length > 0 && sources.every(({ facts }) => facts?.produces === 'container' || facts?.produces === 'none')
  );
}

function sentence(what: string): string {
  return what[0]!.toUpperCase() + what.slice(1);
}

/** The names of a build, its sources, and its images without their versions. */
function namesOf({ name, sources }: PackerBuild): ReadonlySet<string> {
  const names = sources.flatMap(source => [
    source.name,
    ...(source.facts?.names ?? []).flatMap(path => valuesAt(source, path).map(({ value }) => stemOf(value))),
  ]);
  return new Set([...(typeof name?.byDefault === 'string' ? [name.byDefault] : []), ...names].filter(Boolean));
}

/** `shop-api` of `shop-api-${var.version}` and `shop-api-1.4.2`. */
function stemOf(value: Evaluated): string {
  const text = value.asValue().source.text.slice(0, 200);
  return withoutVersion(text.split(UNRESOLVED, 1)[0]!);
}

function withoutVersion(name: string): string {
  let end = name.length;
  while (end > 0 && /[\d.]/.test(name[end - 1]!)) end--;
  if (end < name.length && name[end - 1] === 'v') end--;
  while (end > 0 && /[-_.]/.test(name[end - 1]!)) end--;
  return name.slice(0, end);
}
