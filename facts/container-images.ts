import { environmentOf, type ImageBuild, type ImageUse, type Step } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Word } from '../core/shell-tree.ts';
import type { Edit, Span } from '../core/text.ts';
import { type Invocation, invocationsIn } from '../shell/invocations.ts';
import { withVariables } from '../shell/own-variables.ts';
import { readArguments } from '../shell/programs/index.ts';
import { runsOneOf } from '../shell/programs-run.ts';
import { imagesInFiles } from './config-files/images.ts';
import { fileCommands } from './config-files.ts';
import { isOnNoRegistry } from './hub-images.ts';
import { type ImageReference, parseImageReference } from './image-reference.ts';
import { replaceWithin, rewriteValue } from './rewrite-value.ts';

/** A container image that a build names. */
export interface ContainerImage {
  readonly reference: ImageReference;
  /** Whether the reference is certain; else it holds for the defaults it is made of. */
  readonly certain: boolean;
  /** `run` and `pull`: by a command such as `docker run`; the others as in `ImageUse`. */
  readonly use: 'base' | 'copy' | 'mount' | 'service' | 'run' | 'pull';
  readonly span: Span;
  /** Where the variables that it is made of get their values. */
  readonly definitions: readonly Span[];
  /** The step of a `run` or `pull`, and of a `service` in a file. */
  readonly step: Step | undefined;
  /** The platform that it is asked for, `linux/arm64`; `undefined` where none is written or it cannot be known. */
  readonly platform: string | undefined;
  /** As in `ImageUse`. */
  fromRepository(): ReturnType<NonNullable<ImageUse['fromRepository']>>;
  /**
   * The edit that names another image instead, in place or in the default of a variable that it is made of; `undefined`
   * where it cannot be written. Takes the place of the whole reference, digest included.
   */
  become(reference: string): Edit | undefined;
}

/**
 * Whether the repository makes the image, or gives it when it builds. A name of one word that no registry has is of an image that
 * was built on the machine.
 */
export function ownImageOf(image: ContainerImage): ReturnType<ContainerImage['fromRepository']> {
  return image.fromRepository() ?? (isOnNoRegistry(image.reference) ? 'given' : undefined);
}

/** Every container image that is named with certainty or by default, in instructions, attributes, Compose files and commands. */
export const containerImages: (build: ImageBuild) => readonly ContainerImage[] = memo(build => {
  const found: ContainerImage[] = [];
  for (const image of build.images) found.push(...ofValue(image, build));
  // Scripts that cloud-init writes are run by its other modules.
  if (runsOneOf(build, CLIENTS))
    for (const { invocation, step } of invocationsIn(build, { written: build.language === 'cloud-init' }))
      found.push(...ofCommand(invocation, step));
  for (const { invocation, file } of fileCommands(build)) found.push(...ofCommand(invocation, file.step));
  if (runsOneOf(build, ['kubectl', 'oc']))
    for (const { invocation, step } of invocationsIn(build, { written: build.language === 'cloud-init' }))
      found.push(...ofKubectl(invocation, step));
  for (const { reference, step } of imagesInFiles(build)) {
    found.push(...ofValue({ reference, use: 'service' }, build, step));
  }
  return found;
});

function ofCommand(invocation: Invocation, step: Step): ContainerImage[] {
  const named = imageOf(invocation);
  if (!named) return [];
  const { word, use, platform } = named;
  const own = parseImageReference(word.literal ?? withVariables(word.value, word, invocation, undefined));
  // The environment may be given other values.
  const reference = own ?? parseImageReference(withVariables(word.value, word, invocation, environmentOf(step)));
  if (!reference) return [];
  const span = invocation.script.spanOf(word);
  const become = (other: string) => (word.literal === undefined ? undefined : replaceWithin(word.value, other));
  return [
    {
      reference,
      certain: own !== undefined,
      use,
      span,
      definitions: [],
      step,
      platform,
      fromRepository: () => undefined,
      become,
    },
  ];
}

/** `kubectl run NAME --image=IMAGE`, `kubectl create deployment NAME --image=IMAGE` */
function ofKubectl(invocation: Invocation, step: Step): ContainerImage[] {
  const given = readArguments(invocation);
  if (!/^(?:kubectl|oc)$/.test(given.program) || !/^(?:run|create)$/.test(given.path[0] ?? '')) return [];
  return given.values('--image').flatMap(({ literal, source }): ContainerImage[] => {
    const reference = literal === undefined ? undefined : parseImageReference(literal);
    if (!reference) return [];
    const become = (other: string) => replaceWithin(source, other);
    return [
      {
        reference,
        certain: true,
        use: 'run',
        span: source.span,
        definitions: [],
        step,
        platform: undefined,
        fromRepository: () => undefined,
        become,
      },
    ];
  });
}

function ofValue(
  { reference: value, use, platform, fromRepository = () => undefined }: Omit<ImageUse, 'span'>,
  build: ImageBuild,
  step?: Step,
): ContainerImage[] {
  const text = value.literal ?? value.byDefault;
  const reference = text === undefined ? undefined : parseImageReference(text);
  if (!reference) return [];
  return [
    {
      reference,
      certain: value.literal !== undefined,
      use,
      span: value.span,
      definitions: value.parts.flatMap(part => (typeof part === 'string' ? [] : (part.definition ?? []))),
      step,
      platform: platform?.literal,
      fromRepository,
      become: other => rewriteValue(value, other, build),
    },
  ];
}

/** What starts or fetches an image, by program and subcommand. */
const USES: Readonly<Record<string, Readonly<Record<string, 'run' | 'pull'>>>> = {
  docker: { run: 'run', create: 'run', 'service create': 'run', pull: 'pull' },
  crictl: { pull: 'pull' },
  ctr: { 'images pull': 'pull' },
};
const ENGINES: ReadonlySet<string> = new Set(['docker', 'podman', 'nerdctl']);
const CLIENTS: readonly string[] = [...Object.keys(USES), ...ENGINES];

/** The image word of a command that starts or fetches one; `undefined` when its options leave room for doubt. */
function imageOf(
  invocation: Invocation,
): { readonly word: Word; readonly use: 'run' | 'pull'; readonly platform: string | undefined } | undefined {
  const given = readArguments(invocation);
  const uses = USES[ENGINES.has(given.program) ? 'docker' : given.program];
  const use = uses?.[given.verb.replace(/^(?:container|image) /, '')];
  // An option that is not known may have taken the word in front of the image.
  const doubt = given.options.some(({ known, value }) => !known && value === undefined);
  const [word] = given.operands;
  const platform = given.options.find(({ name }) => name === 'platform')?.value?.literal;
  return use && word && !doubt ? { word, use, platform } : undefined;
}
