import type { ImageBuild, Step, Value } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Word } from '../core/shell-tree.ts';
import type { Edit, SourceText, Span } from '../core/text.ts';
import { type Invocation, invocationsIn } from '../shell/invocations.ts';
import { readArguments } from '../shell/programs/index.ts';
import { runsOneOf } from '../shell/programs-run.ts';
import { imagesInFiles } from './config-files/images.ts';
import { fileCommands } from './config-files.ts';
import { type ImageReference, parseImageReference } from './image-reference.ts';

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
  /** The edit that gives it another tag; `undefined` where the text cannot hold it. Takes the place of a tag, not of a digest. */
  withTag(tag: string): Edit | undefined;
}

/** Every container image that is named with certainty or by default, in instructions, attributes, Compose files and commands. */
export const containerImages: (build: ImageBuild) => readonly ContainerImage[] = memo(build => {
  const found: ContainerImage[] = [];
  for (const { reference, use } of build.images) found.push(...ofValue(reference, use));
  // Scripts that cloud-init writes are run by its other modules.
  if (runsOneOf(build, CLIENTS))
    for (const { invocation, step } of invocationsIn(build, { written: build.language === 'cloud-init' }))
      found.push(...ofCommand(invocation, step));
  for (const { invocation, file } of fileCommands(build)) found.push(...ofCommand(invocation, file.step));
  for (const { reference, step } of imagesInFiles(build)) found.push(...ofValue(reference, 'service', step));
  return found;
});

function ofCommand(invocation: Invocation, step: Step): ContainerImage[] {
  const named = imageOf(invocation);
  const text = named?.word.literal;
  const reference = text === undefined ? undefined : parseImageReference(text);
  if (!named || !reference) return [];
  const { word, use } = named;
  const span = invocation.script.spanOf(word);
  const withTag = (tag: string) => tagged(word.value, reference, tag);
  return [{ reference, certain: true, use, span, definitions: [], step, withTag }];
}

function ofValue(value: Value, use: ContainerImage['use'], step?: Step): ContainerImage[] {
  const text = value.literal ?? value.byDefault;
  const reference = text === undefined ? undefined : parseImageReference(text);
  if (!reference) return [];
  const definitions = value.parts.flatMap(part => (typeof part === 'string' ? [] : (part.definition ?? [])));
  const withTag = (tag: string): Edit | undefined =>
    value.source.text === text ? tagged(value.source, reference, tag) : undefined;
  return [{ reference, certain: value.literal !== undefined, use, span: value.span, definitions, step, withTag }];
}

function tagged(source: SourceText, { tagRange, repositoryEnd }: ImageReference, tag: string): Edit | undefined {
  return tagRange ? source.replace(...tagRange, tag) : source.insert(repositoryEnd, `:${tag}`);
}

/** What starts or fetches an image, by program and subcommand. */
const USES: Readonly<Record<string, Readonly<Record<string, 'run' | 'pull'>>>> = {
  docker: { run: 'run', create: 'run', pull: 'pull' },
  crictl: { pull: 'pull' },
  ctr: { 'images pull': 'pull' },
};
const ENGINES: ReadonlySet<string> = new Set(['docker', 'podman', 'nerdctl']);
const CLIENTS: readonly string[] = [...Object.keys(USES), ...ENGINES];

/** The image word of a command that starts or fetches one; `undefined` when its options leave room for doubt. */
function imageOf(invocation: Invocation): { readonly word: Word; readonly use: 'run' | 'pull' } | undefined {
  const given = readArguments(invocation);
  const uses = USES[ENGINES.has(given.program) ? 'docker' : given.program];
  const use = uses?.[given.verb.replace(/^(?:container|image) /, '')];
  // An option that is not known may have taken the word in front of the image.
  const doubt = given.options.some(({ known, value }) => !known && value === undefined);
  const [word] = given.operands;
  return use && word && !doubt ? { word, use } : undefined;
}
