/** The builds of machine images that carry an application. */
import type { ImageBuild, Stage } from '../../../core/build.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { makesNoMachine, saysSpecialKind } from '../images.ts';
import { stageOf, valuesAt } from '../nodes.ts';
import type { Evaluated, PackerBuild, PackerTree } from '../tree.ts';
import { type Evidence, evidenceIn } from './evidence.ts';

/** So much evidence, by weight, makes an application. */
const ENOUGH = 3;

/** A build and the signs that it puts an application into its image. */
export interface Carried {
  readonly packerBuild: PackerBuild;
  readonly stage: Stage;
  /** In the order of the build. */
  readonly evidence: readonly Evidence[];
  readonly strongest: Evidence;
  /** What the build, its sources and images are called, without versions. */
  readonly names: ReadonlySet<string>;
}

/** Every build of a module that carries one; those whose names say that the application is the product are left out. */
export function* carriedApplications(file: PackerTree, build: ImageBuild): Iterable<Carried> {
  for (const packerBuild of file.module.builds) {
    const stage = stageOf(build, packerBuild);
    if (!stage || makesNoMachine(packerBuild) || saysSpecialKind(file, packerBuild)) continue;
    const names = namesOf(packerBuild);
    const evidence = evidenceIn(stage, names);
    if (evidence.reduce((sum, { weight }) => sum + weight, 0) < ENOUGH) continue;
    // A list of packages alone, with no code beside it, is what tools of the machine are installed from.
    if (evidence.every(({ requirements, weight }) => requirements || weight === 0)) continue;
    const strongest = evidence.reduce((most, one) => (one.weight > most.weight ? one : most));
    yield { packerBuild, stage, evidence, strongest, names };
  }
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
