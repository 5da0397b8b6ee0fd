/** What a document of one of the languages says of images. */
import type { BaseImage, ImageBuild, Stage, Value } from '../../core/build.ts';
import type { Files } from '../../core/language.ts';
import type { ProjectFacts } from '../../core/project.ts';
import type { Span } from '../../core/text.ts';
import { containerImages } from '../../facts/container-images.ts';
import { parseImageReference } from '../../facts/image-reference.ts';
import { instructionsOf } from '../../languages/dockerfile/all-instructions.ts';
import { originsOf } from '../../languages/dockerfile/stage-uses.ts';
import type { DockerfileTree, DockerStage } from '../../languages/dockerfile/tree.ts';
import { GivenTemplates, type NamesGiven, withGiven } from './given-templates.ts';
import { type MachineImage, machineImagesOf } from './machine-stages.ts';
import type { FileFacts, GivenBase, Layer, NamedImage, Ownership, StageBase, StageFacts } from './model.ts';
import { OutputNames } from './of-packer.ts';
import { ownershipOf } from './ownership.ts';
import { programsOf } from './taken-in/programs.ts';
import { filesOfTemplate } from './taken-in/uploads.ts';

/** Stages and images of one file that are looked at. */
const MOST = 1_000;

/** `clean` masks secrets in a text; `others` are the files around it; `declared` is what the configuration says of the images of the file. */
export function factsOfDocument(
  path: string,
  build: ImageBuild,
  declared: ProjectFacts,
  clean: (text: string) => string,
  others: Files,
): FileFacts {
  const given = build.language === 'packer' ? new GivenTemplates(build, path, others) : undefined;
  const stages = given
    ? machineStages(build, declared, given)
    : build.language === 'dockerfile'
      ? dockerfileStages(build, declared)
      : [];
  const starts = (mayStart(build) ? withNested(build) : [])
    .flatMap(containerImages)
    .filter(({ use, span }) => span.file === undefined && (use === 'run' || use === 'pull' || use === 'service'))
    .slice(0, MOST)
    .map(({ reference, certain, span }) => ({ name: written(reference), certain, span }));
  const run = takenInBy(build, path, others, given);
  const files = [...new Set([...build.mentions.map(({ file }) => file), ...run])]
    .filter(file => file !== path)
    .slice(0, MOST);
  return cleaned({ path, stages, builds: [], retags: [], starts, files }, clean);
}

function takenInBy(
  build: ImageBuild,
  path: string,
  others: Files,
  given: GivenTemplates | undefined,
): readonly string[] {
  if (build.language === 'dockerfile') return programsOf(build, path, others);
  return given ? filesOfTemplate(build, path, others, given.trees) : [];
}

/** What every text has in it that starts a container, as it is or encoded. */
export const MAY_START = /docker|podman|nerdctl|crictl|\bctr\b|image|b64|base64|gz|!!binary/i;

/** Asked of the texts before any of them is parsed as a script. */
function mayStart(build: ImageBuild): boolean {
  return withNested(build).some(({ stages }) =>
    stages.some(({ steps }) =>
      steps.some(
        step =>
          (step.kind === 'run' && MAY_START.test(step.script?.text.text ?? '')) ||
          (step.kind === 'write-file' && MAY_START.test(`${step.path?.literal ?? ''} ${step.content.text}`)),
      ),
    ),
  );
}

const withNested = (build: ImageBuild): readonly ImageBuild[] => [build, ...build.nested.flatMap(withNested)];

/** Amazon's names of Windows look like passwords: https://docs.aws.amazon.com/ec2/latest/windows-ami-reference/ */
const PUBLIC =
  /^Windows_Server-20\d\d-English-(?:Core|Full|Deep|STIG|Base|ContainersLatest|ECS_Optimized|EKS_Optimized|HyperV|SQL_20\d\d|Standard|Express|Web|Enterprise|[*.\d-]){1,12}$/;

function cleaned(facts: FileFacts, clean: (text: string) => string): FileFacts {
  const cleanPart = (part: GivenBase['parts'][number]) => {
    if (typeof part === 'string') return clean(part);
    return part.default === undefined ? part : { ...part, default: clean(part.default) };
  };
  const cleanName = (one: NamedImage): NamedImage => ({
    ...one,
    name: clean(one.name),
    ...(one.known === undefined ? {} : { known: clean(one.known) }),
    ...(one.shown === undefined ? {} : { shown: clean(one.shown) }),
  });
  const some = (text: string | undefined) => (text === undefined ? undefined : clean(text));
  return {
    ...facts,
    stages: facts.stages.map(stage => ({
      ...stage,
      name: some(stage.name),
      owner: some(stage.owner),
      purpose: some(stage.purpose),
      refresh: some(stage.refresh),
      retirement: some(stage.retirement),
      bases: stage.bases.map(base => ({ ...base, name: PUBLIC.test(base.name) ? base.name : clean(base.name) })),
      ...(stage.tags ? { tags: stage.tags.map(cleanName) } : {}),
      ...(stage.produces ? { produces: stage.produces.map(clean) } : {}),
      ...(stage.given ? { given: stage.given.map(one => ({ ...one, parts: one.parts.map(cleanPart) })) } : {}),
    })),
    starts: facts.starts.map(start => ({ ...start, name: clean(start.name) })),
  };
}

const written = (one: { repository: string; tag: string | undefined; digest: string | undefined }): string =>
  `${one.repository}${one.tag === undefined ? '' : `:${one.tag}`}${one.digest === undefined ? '' : `@${one.digest}`}`;

function dockerfileStages(build: ImageBuild, declared: ProjectFacts): StageFacts[] {
  const numbers = new Map<string, number>();
  const copied = build.images.filter(({ use }) => use === 'copy' || use === 'mount').slice(0, MOST);
  const found: StageFacts[] = [];
  const defaults = new Map(build.parameters.map(one => [one.name, textOf(one.default)]));
  const { stages } = build.syntax as DockerfileTree;
  for (const [i, stage] of build.stages.slice(0, MOST).entries()) {
    // `FROM build-$NAME` may be one of several.
    const isOne = stage.bases.length === 1;
    const bases = stage.bases.flatMap(base =>
      namedBase(base, numbers).map(one => ({ ...one, certain: one.certain && isOne })),
    );
    for (const { reference, span } of copied)
      if (isWithin(span, stage.span)) bases.push(...named(reference, span, 'copy'));
    if (stages[i]) bases.push(...stagesCopied(stages[i]));
    const given = stage.bases.flatMap(base => givenBase(base, defaults));
    found.push({
      ...common(stage, declared),
      layer: 'application',
      bases,
      ...(given.length > 0 ? { given } : {}),
      span: stage.bases[0]?.span ?? stage.span,
    });
    const name = stage.name?.literal?.toLowerCase();
    if (name !== undefined) numbers.set(name, i);
  }
  return found;
}

/** The stages that a stage takes files from, each once. */
function stagesCopied(stage: DockerStage): readonly StageBase[] {
  const found = new Map<number, StageBase>();
  for (const instruction of instructionsOf(stage))
    for (const { origin, from } of originsOf(instruction)) {
      if (!from || (origin.kind !== 'stage' && origin.kind !== 'one-of')) continue;
      const certain = origin.kind === 'stage' && from.literal !== undefined;
      for (const { index, name } of origin.kind === 'stage' ? [origin.stage] : origin.stages)
        if (index < MOST && !found.has(index))
          found.set(index, { name: name ?? `${index}`, certain, span: from.span, use: 'copy', stage: index });
    }
  return [...found.values()];
}

const isWithin = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;

/** One image for each source of a Packer build; a boot makes none. */
function machineStages(build: ImageBuild, declared: ProjectFacts, given: GivenTemplates): StageFacts[] {
  const names = new OutputNames(build);
  const images = machineImagesOf(build);
  const others = new Map<string, NamesGiven[]>();
  if (images.length > 0)
    for (const { build: other, mayShow } of given.builds()) {
      const names = new OutputNames(other);
      for (const one of machineImagesOf(other)) {
        const { key } = one;
        others.set(key, [...(others.get(key) ?? []), { ...namesOf(one, names), mayShow }]);
      }
    }
  return images.map(one => withGiven(machineStage(one, declared, names), others.get(one.key) ?? []));
}

/** What a source is called and made of. */
function namesOf(
  { stage, bases, named, outputs, produces }: MachineImage,
  names: OutputNames,
): Pick<StageFacts, 'bases' | 'layer' | 'tags' | 'produces'> {
  const [base] = bases;
  const layer: Layer = base?.kind === 'registry' ? 'application' : 'machine';
  const tags = layer === 'application' ? names.tagsOf(stage) : names.named(outputs[0]?.name, named);
  return {
    layer,
    bases: bases
      .filter(one => names.mayShow(one) && !isOfTools(one))
      .flatMap(one => machineBase(one, names))
      .map(one => inFile(one, stage.span)),
    ...(tags.length > 0 ? { tags: tags.map(one => inFile(one, stage.span)) } : {}),
    ...(layer === 'machine' && produces.length > 0 ? { produces } : {}),
  };
}

/** Also one of which only the end is known: `[${var.datastore}] iso/debian-13.iso`. */
function machineBase(base: BaseImage, names: OutputNames): readonly StageBase[] {
  const found = namedBase(base, new Map());
  if (found.length > 0 || (base.kind !== 'iso' && base.kind !== 'cloud')) return found;
  const value = base.kind === 'iso' ? base.url : base.selector;
  const name = value && names.withGaps(value);
  return name !== undefined && ENDS_KNOWN.test(name)
    ? [{ name, certain: false, span: base.span, use: 'base', stage: undefined }]
    : [];
}

/** The name of a file, as a whole. */
const ENDS_KNOWN = /[\s/}][A-Za-z][\w.-]{3,200}\.(?:iso|img|qcow2|raw|vmx|vmdk|ovf|ova|vhdx?|box)(?:\.[gx]z)?$/i;

/** Drivers and tools of a hypervisor that a machine gets beside its medium. */
const isOfTools = (base: BaseImage): boolean =>
  (base.kind === 'iso' || base.kind === 'cloud') &&
  /tools-isoimages\/|virtio-win|GuestAdditions|vmware-?tools/i.test(
    textOf(base.kind === 'iso' ? base.url : base.selector) ?? '',
  );

function machineStage(image: MachineImage, declared: ProjectFacts, names: OutputNames): StageFacts {
  const { stage, bases, outputs, span, type } = image;
  const [base] = bases;
  const provider = base && base.kind !== 'cloud' ? base.kind : type;
  return {
    ...common({ ...stage, outputs: outputs.map(names.withoutHiddenLabels) }, declared),
    name: names.textOf(outputs[0]?.name) ?? names.textOf(stage.name) ?? provider,
    ...namesOf(image, names),
    span,
  };
}

/** A source may be in another file of the module: then the build stands for it. */
function inFile<T extends { readonly span: Span }>(one: T, build: Span): T {
  return one.span.file === undefined ? one : { ...one, span: build };
}

function common(
  stage: Stage,
  declared: ProjectFacts,
): Pick<StageFacts, 'name' | 'final' | 'ownerKeys' | keyof Ownership> {
  const labels = stage.outputs.flatMap(output => output.labels);
  const written = ownershipOf(
    labels.map(({ key, value }) => ({ key, text: textOf(value) })),
    declared.ownerKeys,
  );
  return {
    name: textOf(stage.name),
    final: stage.final,
    ownerKeys: declared.ownerKeys,
    owner: written.owner ?? declared.owner,
    purpose: written.purpose ?? declared.purpose,
    refresh: written.refresh ?? declared.refresh,
    retirement: written.retirement ?? declared.retirement,
  };
}

const textOf = (value: Value | undefined): string | undefined => value?.literal ?? value?.byDefault;

function namedBase(base: BaseImage, numbers: ReadonlyMap<string, number>): StageBase[] {
  switch (base.kind) {
    case 'registry':
      return base.reference.literal !== undefined || isWhole(base.reference.byDefault)
        ? named(base.reference, base.span, 'base')
        : [];
    case 'stage': {
      const stage = numbers.get(base.name.toLowerCase());
      return stage === undefined ? [] : [{ name: base.name, certain: true, span: base.span, use: 'base', stage }];
    }
    case 'cloud':
      return base.selector ? namedFrom(base.selector) : [];
    case 'iso':
      return namedFrom(base.url);
    case 'scratch':
      return [{ name: 'scratch', certain: true, span: base.span, use: 'base', stage: undefined }];
  }
}

/** Whether a name by default is one: an argument that is empty by default may leave `x/web:` or `x/web:1-`. */
const isWhole = (name: string | undefined): boolean =>
  name !== undefined && !/[-_.:/@]$/.test(name) && parseImageReference(name) !== undefined;

/** A base whose name a build argument gives; what is known of its default stays a base. */
function givenBase(base: BaseImage, defaults: ReadonlyMap<string, string | undefined>): GivenBase[] {
  if (base.kind !== 'registry' || base.reference.literal !== undefined) return [];
  const isDefaulted = isWhole(textOf(base.reference));
  const parts = base.reference.parts.map(part => {
    if (typeof part === 'string') return part;
    const text = defaults.get(part.name);
    // One that is empty is left to the build where the name is none without it.
    return { argument: part.name, ...(text === undefined || (text === '' && !isDefaulted) ? {} : { default: text }) };
  });
  if (parts.length === 0) return [];
  return [{ parts, use: 'base', span: base.span, ...(isDefaulted ? { isDefaulted } : {}) }];
}

/** Also of a path from the directory of the template. */
function namedFrom(value: Value): StageBase[] {
  const found = named(value, value.span, 'base');
  if (found.length > 0 || value.byDefault !== undefined) return found;
  const parts = value.parts.map(part =>
    typeof part === 'string' ? part : /^path\.(?:root|cwd)$|template_dir/.test(part.name) ? '.' : undefined,
  );
  const name = parts.includes(undefined) ? '' : parts.join('');
  return /\w/.test(name) ? [{ name, certain: true, span: value.span, use: 'base', stage: undefined }] : [];
}

function named(value: Value, span: Span, use: 'base' | 'copy'): StageBase[] {
  const name = textOf(value);
  if (name === undefined || name === '') return [];
  // What another program fills in has no name yet: `{{ version }}`.
  if (/\{\{|\}\}|<%|%>/.test(name)) return [];
  return [{ name, certain: value.literal !== undefined, span, use, stage: undefined }];
}
