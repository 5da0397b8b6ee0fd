/** What a file of Skaffold builds: https://skaffold.dev/docs/references/yaml/ */
import type { Setting } from '../../../facts/config-files/setting.ts';
import type { BuildCall, FileFacts, NamedImage } from '../model.ts';
import { type Naming, untagged } from '../naming.ts';
import { knownIn, MOST, nameIn } from '../values.ts';

export const isSkaffoldPath = (path: string): boolean => /(?:^|\/)skaffold[\w.-]{0,60}\.ya?ml$/i.test(path);

/** What it builds, and the containers that verify it. */
export function ofSkaffoldFile(settings: readonly Setting[], naming: Naming): Pick<FileFacts, 'builds' | 'starts'> {
  const verify = settings.filter(
    ({ path }) => path.includes('verify') && path.slice(-2).join('.') === 'container.image',
  );
  return {
    builds: artifactsOf(settings, naming).map(({ call }) => call),
    starts: verify.flatMap(one => nameIn(one, naming)),
  };
}

/** An image that a file of Skaffold names, and how it is built. */
export interface Artifact {
  /** As it is written. */
  readonly image: string;
  /** Of the profile that has it. */
  readonly profile: string | undefined;
  readonly call: BuildCall;
}

/** A Dockerfile counts from its context, and the context from the file. */
export function artifactsOf(settings: readonly Setting[], naming: Naming): readonly Artifact[] {
  return artifactsIn(settings).flatMap(artifact => {
    const [first] = artifact;
    const depth = first!.path.lastIndexOf('artifacts') + 2;
    const at = (...keys: readonly string[]): Setting | undefined =>
      artifact.find(({ path }) => path.slice(depth).join('\0') === keys.join('\0'));
    const image = at('image');
    const isOther = artifact.some(({ path }) => OTHER_BUILDERS.has(path[depth] ?? ''));
    if (image?.literal === undefined || isOther) return [];
    const context = at('context');
    const call: BuildCall = {
      names: nameIn(image, naming).map(one => tagged(one, settings)),
      by: 'skaffold',
      context: context ? knownIn(context, naming) : '.',
      file: knownIn(at('docker', 'dockerfile') ?? at('kaniko', 'dockerfile'), naming),
      target: knownIn(at('docker', 'target') ?? at('kaniko', 'target'), naming),
      span: image.span,
    };
    return [{ image: image.literal, profile: profileOf(first!, settings), call }];
  });
}

/** https://skaffold.dev/docs/taggers/: each build gives a tag, that of the commit if nothing else is said. */
function tagged(name: NamedImage, settings: readonly Setting[]): NamedImage {
  const isLatest = settings.some(({ path }) => path[path.indexOf('tagPolicy') + 1] === 'sha256');
  return isLatest || untagged(name.name) !== name.name ? name : withOpenTag(name);
}

/** The same with a tag that only a run knows. */
export const withOpenTag = (name: NamedImage): NamedImage => ({ ...name, open: true, shown: `${name.name}:{}` });

const OTHER_BUILDERS: ReadonlySet<string> = new Set(['bazel', 'jib', 'buildpacks', 'ko', 'custom']);

function profileOf({ path: [first, number] }: Setting, settings: readonly Setting[]): string | undefined {
  if (first !== 'profiles') return undefined;
  return settings.find(({ path }) => path[0] === first && path[1] === number && path[2] === 'name')?.literal ?? '';
}

/** Of each artifact the settings; those of several documents have the same numbers, one after the other. */
function artifactsIn(settings: readonly Setting[]): readonly (readonly Setting[])[] {
  const artifacts: Setting[][] = [];
  let last: string | undefined;
  for (const one of settings) {
    const at = one.path.lastIndexOf('artifacts');
    const isInside = at > 0 && one.path[at - 1] === 'build' && one.path.length > at + 2;
    const key = isInside ? one.path.slice(0, at + 2).join('\0') : undefined;
    if (key !== undefined && key === last) artifacts.at(-1)!.push(one);
    else if (key !== undefined && artifacts.length < MOST) artifacts.push([one]);
    last = key;
  }
  return artifacts;
}
