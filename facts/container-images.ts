import type { ImageBuild, Step, Value } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Word } from '../core/shell-tree.ts';
import type { Edit, SourceText, Span } from '../core/text.ts';
import { type Invocation, invocationsIn } from '../shell/invocations.ts';
import { type ImageReference, parseImageReference } from './image-reference.ts';

/** A container image that a build names. */
export interface ContainerImage {
  readonly reference: ImageReference;
  /** Whether the reference is certain; else it holds when nobody overrides the defaults it is made of. */
  readonly certain: boolean;
  /** `run` and `pull`: by a command such as `docker run`; the others as in `ImageUse`. */
  readonly use: 'base' | 'copy' | 'mount' | 'service' | 'run' | 'pull';
  readonly span: Span;
  /** Where the variables that it is made of get their values. */
  readonly definitions: readonly Span[];
  /** The step of a `run` or `pull`. */
  readonly step: Step | undefined;
  /** The edit that gives it another tag; `undefined` where the text cannot hold it. Takes the place of a tag, not of a digest. */
  withTag(tag: string): Edit | undefined;
}

/** Every container image that is named with certainty or by default, in instructions, attributes, Compose files and commands. */
export const containerImages: (build: ImageBuild) => readonly ContainerImage[] = memo(build => {
  const found: ContainerImage[] = [];
  for (const { reference, use } of build.images) found.push(...ofValue(reference, use));
  // Scripts that cloud-init writes are run by its other modules.
  for (const { invocation, step } of invocationsIn(build, { written: build.language === 'cloud-init' })) {
    const named = imageOf(invocation);
    const text = named?.word.literal;
    const reference = text === undefined ? undefined : parseImageReference(text);
    if (!named || !reference) continue;
    const { word, use } = named;
    const span = invocation.script.spanOf(word);
    found.push({
      reference,
      certain: true,
      use,
      span,
      definitions: [],
      step,
      withTag: tag => tagged(word.value, reference, tag),
    });
  }
  return found;
});

function ofValue(value: Value, use: ContainerImage['use']): ContainerImage[] {
  const text = value.literal ?? value.byDefault;
  const reference = text === undefined ? undefined : parseImageReference(text);
  if (!reference) return [];
  const definitions = value.parts.flatMap(part => (typeof part === 'string' ? [] : (part.definition ?? [])));
  const withTag = (tag: string): Edit | undefined =>
    value.source.text === text ? tagged(value.source, reference, tag) : undefined;
  return [
    { reference, certain: value.literal !== undefined, use, span: value.span, definitions, step: undefined, withTag },
  ];
}

function tagged(source: SourceText, { tagRange, repositoryEnd }: ImageReference, tag: string): Edit | undefined {
  return tagRange ? source.replace(...tagRange, tag) : source.insert(repositoryEnd, `:${tag}`);
}

const ENGINES: ReadonlySet<string> = new Set(['docker', 'podman', 'nerdctl', 'finch']);

/** The image word of a command that starts or fetches one; `undefined` when its options leave room for doubt. */
function imageOf({ program, args }: Invocation): { readonly word: Word; readonly use: 'run' | 'pull' } | undefined {
  let rest = args;
  const next = (): string | undefined => {
    const word = rest[0];
    rest = rest.slice(1);
    return word?.literal;
  };
  if (program === 'crictl') return next() === 'pull' ? pulled(rest) : undefined;
  if (program === 'ctr') {
    const group = next();
    return (group === 'image' || group === 'images' || group === 'i') && next() === 'pull' ? pulled(rest) : undefined;
  }
  if (!ENGINES.has(program)) return undefined;
  let verb = next();
  if (verb === 'container' || verb === 'image') verb = next();
  if (verb === 'pull') return pulled(rest);
  if (verb !== 'run' && verb !== 'create') return undefined;
  const word = firstOperand(rest);
  return word && { word, use: 'run' };
}

function pulled(words: readonly Word[]): { readonly word: Word; readonly use: 'pull' } | undefined {
  const word = firstOperand(words);
  return word && { word, use: 'pull' };
}

/**
 * Options of `run`, `create` and `pull` that stand alone; every other long option takes a value
 * (https://docs.docker.com/reference/cli/docker/container/run/).
 */
const FLAGS: ReadonlySet<string> = new Set([
  'all-tags',
  'detach',
  'disable-content-trust',
  'help',
  'init',
  'interactive',
  'no-healthcheck',
  'oom-kill-disable',
  'privileged',
  'publish-all',
  'quiet',
  'read-only',
  'replace',
  'rm',
  'sig-proxy',
  'tls-verify',
  'tty',
]);
/** Short options that stand alone; in a bundle the last one may take a value. */
const SHORT_FLAGS = 'aditqP';
const SHORT_VALUES = 'cehlmpuvw';

function firstOperand(words: readonly Word[]): Word | undefined {
  for (let i = 0; i < words.length; i++) {
    const text = words[i]!.literal;
    if (text === undefined) return words[i]!.raw.startsWith('-') ? undefined : words[i];
    if (text === '--') return words[i + 1];
    if (!text.startsWith('-')) return words[i];
    if (text.startsWith('--')) {
      if (!text.includes('=') && !FLAGS.has(text.slice(2))) i++;
      continue;
    }
    const letters = text.slice(1);
    // `-a` of `run` takes a value, that of `pull` does not: without knowing more, only what is clear is read.
    for (let at = 0; at < letters.length; at++) {
      if (SHORT_VALUES.includes(letters[at]!)) {
        if (at === letters.length - 1) i++;
        break;
      }
      if (!SHORT_FLAGS.includes(letters[at]!)) return undefined;
    }
  }
  return undefined;
}
