/**
 * The containers that a template makes, as the Dockerfile front end reads them: a FROM, one RUN with the commands of all
 * provisioners (a commit is one layer), and `changes`, which are Dockerfile instructions.
 * https://developer.hashicorp.com/packer/integrations/hashicorp/docker/latest/components/builder/docker
 */
import type { ImageBuild } from '../../../core/build.ts';
import type { LowerContext } from '../../../core/language.ts';
import { Decoder, SourceText, UNRESOLVED } from '../../../core/text.ts';
import { valuesAt } from '../attributes.ts';
import type { PackerBuild, PackerBuildSource, PackerTree } from '../tree.ts';
import { lowerProvisioner } from './provisioners.ts';

const BUILDERS: ReadonlySet<string> = new Set(['docker', 'podman']);
/** Ends the commands; no script has such a line. */
const END = '_END_OF_PROVISIONERS_';
/** More containers of one template are not looked at. */
const MOST_CONTAINERS = 20;

/** One for each source of a build that keeps what it makes: `commit`, `export_path`. */
export function containersOf({ module, source }: PackerTree, context: LowerContext): readonly ImageBuild[] {
  const found: ImageBuild[] = [];
  for (const build of module.builds) {
    if (build.block.source !== source) continue;
    for (const use of build.sources) {
      const text =
        BUILDERS.has(use.type) && found.length < MOST_CONTAINERS
          ? asDockerfile(build, use, module, context)
          : undefined;
      const container = text && context.nested('dockerfile', text);
      if (container) found.push({ ...container, derived: true });
    }
  }
  return found;
}

function asDockerfile(
  build: PackerBuild,
  use: PackerBuildSource,
  module: PackerTree['module'],
  context: LowerContext,
): SourceText | undefined {
  const isOn = (name: string): boolean => use.attribute(name)?.value.assumingDefaults.asValue().literal === 'true';
  const commits = isOn('commit');
  if (!commits && !use.attribute('export_path')) return undefined;
  const [image] = valuesAt(use, 'image');
  if (!image) return undefined;
  const lines = [instruction('FROM ', image.value.asValue().source)];
  // Commands that machines run too are written for machines.
  const shared = build.sources.some(({ type }) => !BUILDERS.has(type));
  const scripts = (shared ? [] : build.provisioners)
    .filter(provisioner => provisioner.runsFor(use) !== false)
    .flatMap(provisioner => lowerProvisioner(provisioner, module, context))
    .flatMap(step => (step.kind === 'run' && step.phase === 'build' && step.script ? [step.script] : []))
    .filter(({ dialect }) => dialect === 'posix' || dialect === 'bash')
    .map(({ text }) => text);
  if (scripts.length > 0) lines.push(instruction(`RUN <<${END}\n`, SourceText.join(scripts, '\n'), `\n${END}`));
  // An export carries files and no configuration.
  if (commits)
    for (const { value } of valuesAt(use, 'changes'))
      lines.push(...value.items.map(item => instruction('', item.asValue().source)));
  return SourceText.join(lines, '\n');
}

/** A line that cannot be edited in place; what is not known is a variable without a value. */
function instruction(before: string, text: SourceText, after = ''): SourceText {
  const decoder = new Decoder(text, 'read-only').insert(before, 0);
  let from = 0;
  for (let at = text.text.indexOf(UNRESOLVED); at >= 0; at = text.text.indexOf(UNRESOLVED, from)) {
    decoder.verbatim(from, at).as('${UNKNOWN}', at, at + 1);
    from = at + 1;
  }
  return decoder.verbatim(from, text.text.length).insert(after, text.text.length).done();
}
