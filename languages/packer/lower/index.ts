/** From a template to the shared model. */
import type { BaseImage, ImageBuild, ImageUse, Mention, Parameter, Stage, Step } from '../../../core/build.ts';
import type { LowerContext } from '../../../core/language.ts';
import { ownImage } from '../../../facts/built-images.ts';
import { otherImages } from '../../../facts/images-around.ts';
import { laterRelease } from '../../../facts/later-release.ts';
import { versionsAround } from '../../../facts/project-versions.ts';
import { readmesAround } from '../../../facts/readmes.ts';
import { asUse } from '../builds.ts';
import { isHandedOn } from '../handed-on.ts';
import { idlenessOf } from '../idle.ts';
import type { PackerBuild, PackerBuildSource, PackerProvisioner, PackerSource, PackerTree } from '../tree.ts';
import { isUndone } from '../undone.ts';
import { isVagrantTemplate } from '../vagrant.ts';
import { variablesPassed } from '../var-files.ts';
import { withdraw } from '../withdraw.ts';
import { provisionerAnswers } from './answers.ts';
import { lowerBases } from './bases.ts';
import { containerSteps } from './container-steps.ts';
import { containersOf } from './containers.ts';
import { sourceCredentials, stepCredentials } from './credentials.ts';
import { InstallersOfSources } from './installers.ts';
import { nestedDocuments } from './nested.ts';
import { lowerOutput } from './outputs.ts';
import { isConditional, playbookMentions, toolSteps } from './playbooks.ts';
import { lowerProvisioner, postProcessorRuns } from './provisioners.ts';
import { shutdownRuns } from './shutdown.ts';
import { uploadMentions } from './uploads.ts';

/**
 * The build that a document describes. Stages are its own builds, builds of siblings that use its sources, and one without
 * steps for each of its sources that no build uses.
 */
export function lowerTree(tree: PackerTree, context: LowerContext): ImageBuild {
  const { comments, module, problems, source } = tree;
  const installers = new InstallersOfSources(module, context);
  const stages = stagesOf(tree, installers, context);
  const images = stages.flatMap(({ bases }) =>
    bases.flatMap((base): ImageUse[] => (base.kind === 'registry' ? [imageOf(base, context)] : [])),
  );
  const { nested, mentions } = tree.kind !== 'variables' ? nestedDocuments(tree, context) : NOTHING;
  let handedOn: boolean | undefined;
  // What becomes of the values in a file of variables is written in the templates that it is for.
  let inTemplates: ImageBuild | undefined;
  const used = (): ImageBuild =>
    tree.kind === 'variables'
      ? (inTemplates ??= { ...build, stages: stagesOf({ kind: 'template', module, source }, installers, context) })
      : build;
  const build: ImageBuild = {
    language: 'packer',
    source,
    stages,
    parameters: parametersOf(tree, context),
    images,
    problems,
    comments,
    nested: tree.kind !== 'variables' ? [...nested, ...containersOf(tree, context)] : nested,
    mentions: [
      ...scriptMentions(tree),
      ...uploadMentions(tree),
      ...playbookMentions(tree, context),
      ...mentions,
      ...installers.mentions,
      ...module.files.flatMap(siblingMention),
    ],
    withdraw: place => withdraw(tree, place),
    idleness: place =>
      idlenessOf(tree, place) ??
      (isUndone(place, used()) ? 'undone' : isConditional(place, tree, context) ? 'conditional' : undefined),
    ...(isVagrantTemplate(tree, { stages }) && { kind: 'vagrant' as const }),
    get continued() {
      return (handedOn ??= isHandedOn(tree, context.files));
    },
    ...laterRelease(context),
    ...otherImages(context),
    ...readmesAround(context),
    ...versionsAround(source, context),
    syntax: tree,
  };
  return build;
}
const NOTHING = { nested: [], mentions: [] };

function imageOf(base: BaseImage & { readonly kind: 'registry' }, { files, path }: LowerContext): ImageUse {
  const { reference } = base;
  return {
    ...base,
    use: 'base',
    ...(path === undefined ? {} : { fromRepository: () => ownImage(reference, path, files) }),
  };
}

type PackerFiles = Pick<PackerTree, 'kind' | 'module' | 'source'>;

/** A build with its sources, or a source that no build uses. */
export interface Making {
  readonly build: PackerBuild | undefined;
  readonly sources: readonly PackerBuildSource[];
}

/** What each stage is made of, in the order of the stages. */
export function makingsOf({ kind, module, source }: PackerFiles): readonly Making[] {
  if (kind === 'variables') return [];
  const own = module.sources.filter(({ block }) => block.source === source);
  // What becomes of the values in a file of variables is written in its siblings.
  const onlyValues = own.length === 0 && module.builds.every(({ block }) => block.source !== source);
  const used = new Set<PackerSource>();
  const makings: Making[] = [];
  for (const build of module.builds) {
    const sources = build.sources.map(use => use.source);
    for (const one of sources) if (one) used.add(one);
    if (onlyValues || build.block.source === source || sources.some(one => one?.block.source === source))
      makings.push({ build, sources: build.sources });
  }
  for (const one of own) if (!used.has(one)) makings.push({ build: undefined, sources: [asUse(one)] });
  return makings;
}

const stagesOf = (tree: PackerFiles, installers: InstallersOfSources, context: LowerContext): readonly Stage[] =>
  makingsOf(tree).map(({ build, sources: [source] }) =>
    build ? stageOfBuild(build, tree.module, installers, context) : stageOfSource(source!, tree.module, installers),
  );

function stageOfBuild(
  build: PackerBuild,
  module: PackerTree['module'],
  installers: InstallersOfSources,
  context: LowerContext,
): Stage {
  const { name, postProcessors, provisioners, sources, span } = build;
  return {
    name: name?.asValue(),
    bases: sources.flatMap(source => lowerBases(source, module)),
    steps: [
      ...sources.flatMap(sourceCredentials),
      ...sources.flatMap(one => containerSteps(one, context)),
      // Sources that serve the same file.
      ...new Set(sources.flatMap(source => installers.of(source))),
      ...provisioners.flatMap(provisioner => [
        ...stepCredentials(provisioner.block),
        ...provisionerAnswers(provisioner),
        ...[
          ...lowerProvisioner(provisioner, module, context, isOnSurrogate(provisioner, build)),
          ...toolSteps(provisioner, module, context),
        ].map(step => ({ ...step, syntax: provisioner.block })),
      ]),
      ...shutdownRuns(build, context),
      ...postProcessors.flat().flatMap(step => [...stepCredentials(step.block), ...postProcessorRuns(step, context)]),
    ],
    outputs: sources.flatMap(lowerOutput),
    final: true,
    span,
  };
}

/** Whether a provisioner runs on machines whose own disks are thrown away, and on no others. */
function isOnSurrogate(provisioner: PackerProvisioner, { sources, sourcesKnown }: PackerBuild): boolean {
  const running = sources.filter(source => provisioner.runsFor(source) !== false);
  return sourcesKnown && running.length > 0 && running.every(({ facts }) => facts?.surrogate === true);
}

function stageOfSource(use: PackerBuildSource, module: PackerTree['module'], installers: InstallersOfSources): Stage {
  const { header: span } = use.source!;
  // A build whose sources are not known may go on with it.
  const isContinued = module.builds.some(
    ({ sources, sourcesKnown }) => !sourcesKnown || sources.some(one => !one.source),
  );
  const unknown: Step[] = isContinued
    ? [{ kind: 'run', phase: 'build', span, script: undefined, argv: undefined }]
    : [];
  return {
    name: undefined,
    bases: lowerBases(use, module),
    steps: [...sourceCredentials(use), ...installers.of(use), ...unknown],
    outputs: lowerOutput(use),
    final: true,
    span: use.source!.span,
  };
}

function parametersOf({ file, kind, module, source }: PackerTree, { files, path }: LowerContext): readonly Parameter[] {
  if (kind === 'variables')
    return file.top.attributes.map(({ name, nameSpan, span, value }) => ({
      name,
      nameSpan,
      default: value.asValue(),
      sensitive: module.variable(name)?.sensitive === true,
      span,
    }));
  let passed: ReadonlySet<string> | undefined;
  const isPassed = (name: string): boolean => path !== undefined && (passed ??= variablesPassed(path, files)).has(name);
  return module.variables
    .filter(({ nameSpan, default: value, block }) => nameSpan.file === undefined && (block ?? value)?.source === source)
    .map(({ name, nameSpan, default: value, sensitive, span }) => ({
      name,
      nameSpan,
      default: value && value.kind !== 'null' ? value.asValue() : undefined,
      sensitive: sensitive === true,
      isPassed: () => isPassed(name),
      span,
    }));
}

function scriptMentions({ module, source }: PackerTree): Mention[] {
  return module.builds
    .flatMap(({ cleanups, provisioners }) => [...provisioners, ...cleanups])
    .filter(({ block }) => block.source === source)
    .flatMap(({ scripts }) =>
      scripts.flatMap(({ path, span }) => (path === undefined ? [] : { file: path, reference: span })),
    );
}

function siblingMention({ own, path }: PackerTree['file']): Mention[] {
  return own || path === undefined ? [] : [{ file: path, reference: undefined }];
}
