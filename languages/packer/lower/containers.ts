/**
 * The containers that a template makes, as the Dockerfile front end reads them: a FROM, one RUN with the commands of all
 * provisioners (a commit is one layer), and `changes`, which are Dockerfile instructions.
 * https://developer.hashicorp.com/packer/integrations/hashicorp/docker/latest/components/builder/docker
 */
import type { ImageBuild } from '../../../core/build.ts';
import type { LowerContext } from '../../../core/language.ts';
import { joinPath, parentDirectory } from '../../../core/path.ts';
import { Decoder, SourceText, UNRESOLVED } from '../../../core/text.ts';
import { valuesAt } from '../attributes.ts';
import type { PackerBuild, PackerBuildSource, PackerModule, PackerTree } from '../tree.ts';
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
  const shared = isForMachines(build);
  const isOfMachine = scriptsOfMachines(module, context);
  const scripts = (shared ? [] : build.provisioners)
    .filter(provisioner => provisioner.runsFor(use) !== false)
    .flatMap(provisioner => lowerProvisioner(provisioner, module, context))
    .flatMap(step => (step.kind === 'run' && step.phase === 'build' && step.script ? [step.script] : []))
    .filter(({ dialect, text }) => (dialect === 'posix' || dialect === 'bash') && !isOfMachine(fileOf(text)))
    .map(({ text }) => text);
  if (scripts.length > 0) lines.push(instruction(`RUN <<${END}\n`, SourceText.join(scripts, '\n'), `\n${END}`));
  // An export carries files and no configuration.
  if (commits)
    for (const { value } of valuesAt(use, 'changes'))
      lines.push(...value.items.map(item => instruction('', item.asValue().source)));
  return SourceText.join(lines, '\n');
}

const isForMachines = ({ sources }: PackerBuild): boolean => sources.some(({ type }) => !BUILDERS.has(type));

/** Other templates of the directory, which may have its variables too, and are built by themselves then. */
const MOST_TEMPLATES = 20;
/** Their sources that are machines. */
const MACHINE = /^[ \t]*source[ \t]+"(?!docker"|podman"|null"|file")/m;

/** A string that names a file in a directory. */
const PATH = /"([^"\n]{0,300}\/[^"\n/]{1,100})"/g;

/** Whether a path in a template of a directory is a file, as far as variables in front of it leave that open. */
function isSame(name: string, file: string, directory: string): boolean {
  const known = name.replace(/^(?:\$\{path\.(?:root|cwd)\}\/|\.\/)+/, '');
  const after = known.slice(known.lastIndexOf('}') + 1);
  return after === known
    ? joinPath(directory, known) === file || known === file
    : after.startsWith('/') && `/${file}`.endsWith(after);
}

/** Whether builds of machines run the script of a file, so that it is written for them too. */
function scriptsOfMachines(module: PackerModule, { files, path }: LowerContext): (file: string | undefined) => boolean {
  const own = new Set(
    module.builds
      .filter(isForMachines)
      .flatMap(({ provisioners }) => provisioners)
      .flatMap(({ scripts }) => scripts.flatMap(script => script.path ?? [])),
  );
  const directory = parentDirectory(path ?? '.');
  let others: readonly string[] | undefined;
  const readOthers = (): readonly string[] => {
    const names = (path === undefined ? undefined : files.list(directory))?.filter(name => name.endsWith('.pkr.hcl'));
    return (names ?? [])
      .slice(0, MOST_TEMPLATES)
      .flatMap(name => files.read(joinPath(directory, name)) ?? [])
      .filter(text => MACHINE.test(text))
      .map(text => text.replace(/^[ \t]*(?:#|\/\/).*$/gm, ''))
      .flatMap(text => [...text.matchAll(PATH)].map(([, name]) => name!));
  };
  return file => {
    if (file === undefined) return false;
    if (own.has(file)) return true;
    others ??= readOthers();
    return others.some(name => isSame(name, file, directory));
  };
}

/** The file that a script is in, where that is another one. */
const fileOf = (text: SourceText): string | undefined => text.spanOf(0, 0).file;

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
