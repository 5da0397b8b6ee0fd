/** Where the steps of builds name sources: in `only`, in `except`, and as the keys of `override`. */
import type { Span } from '../../../core/text.ts';
import type { PackerBlock, PackerBuild, PackerTree } from '../tree.ts';

/** A name that a step gives. */
interface Mention {
  /** Of `only` and `except`; a key of `override` has none. */
  readonly type: string | undefined;
  readonly name: string;
  /** With its quotes, if there are any. */
  readonly span: Span;
}

/** What the steps of a build name. */
interface Mentions {
  readonly all: readonly Mention[];
  /** Whether these are all. */
  readonly complete: boolean;
}

/** A source, as `names.ts` declares it. */
interface Source {
  readonly type: string | undefined;
  readonly name: string;
}

/** The places that mean a declared source by its own name, each with the quotes around it. */
export function stepsNaming({ module }: PackerTree): readonly (Mention & { readonly source: Source })[] {
  return module.builds.flatMap(build =>
    mentionsIn(build).all.flatMap(mention => {
      const meant = build.sources.filter(one => isMeant(mention, one));
      const [first] = meant;
      // Another name that the build gives to a source is not the name of the source.
      if (meant.some(one => givenName(one) !== undefined)) return [];
      if (first) return [{ ...mention, source: { type: first.type, name: first.name } }];
      // Which sources there are may not be known.
      return build.sourcesKnown || mention.type === undefined || !module.source(mention.type, mention.name)
        ? []
        : [{ ...mention, source: { type: mention.type, name: mention.name } }];
    }),
  );
}

/** Why a source cannot be renamed: what steps name is not known, or would mean something else then. */
export function refusalOf({ type, name }: Source, newName: string, { module }: PackerTree): string | undefined {
  const places = new Map<string, boolean>();
  for (const build of module.builds) {
    if (!build.sourcesKnown) return 'Which sources a build has is not known.';
    const isOwn = (one: PackerBuild['sources'][number]): boolean =>
      one.type === type && one.name === name && givenName(one) === undefined;
    const has = build.sources.some(isOwn);
    const { all, complete } = mentionsIn(build);
    if (has && !complete) return 'What `only`, `except` or `override` of a step names is not known.';
    for (const mention of all) {
      const means = build.sources.filter(one => isMeant(mention, one));
      const isRenamed = means.some(isOwn);
      if (isRenamed && !means.every(isOwn))
        return `\`${mention.name}\` in \`override\` is the name of several sources.`;
      // A list may be shared by several builds.
      const place = `${mention.span.file ?? ''} ${mention.span.start}`;
      if (means.length > 0 && (places.get(place) ?? isRenamed) !== isRenamed)
        return `\`${mention.name}\` in a list is the name of several sources.`;
      if (means.length > 0) places.set(place, isRenamed);
      if (has && mention.name === newName && (mention.type ?? type) === type && newName !== name)
        return `A step of the build names \`${newName}\` already.`;
    }
  }
  return undefined;
}

type BuildSource = PackerBuild['sources'][number];

/** The name that a build gives to a source; `null`: one that is not known. */
function givenName({ overrides }: BuildSource): string | null | undefined {
  const value = overrides?.attribute('name')?.value;
  return value && value.kind !== 'null' ? (value.text ?? null) : undefined;
}

function isMeant({ type, name }: Mention, source: BuildSource): boolean {
  return (type === undefined || type === source.type) && name === (givenName(source) ?? source.name);
}

const known = new WeakMap<PackerBuild, Mentions>();

function mentionsIn(build: PackerBuild): Mentions {
  const before = known.get(build);
  if (before) return before;
  const all: Mention[] = [];
  let complete = build.sources.every(one => givenName(one) !== null);
  for (const block of stepsOf(build)) {
    for (const attribute of ['only', 'except']) {
      const value = block.attribute(attribute)?.value;
      if (!value || value.kind === 'null') continue;
      if (!value.complete) complete = false;
      for (const { text, span } of value.items) {
        const dot = text?.lastIndexOf('.') ?? -1;
        if (text === undefined) complete = false;
        else if (dot > 0) all.push({ type: text.slice(0, dot), name: text.slice(dot + 1), span });
      }
    }
    const override = block.attribute('override')?.value;
    if (!override || override.kind === 'null') continue;
    if (!override.complete) complete = false;
    for (const { key, keySpan } of override.entries) all.push({ type: undefined, name: key, span: keySpan });
  }
  const found = { all, complete };
  known.set(build, found);
  return found;
}

function stepsOf({ provisioners, cleanups, postProcessors }: PackerBuild): readonly PackerBlock[] {
  return [...provisioners, ...cleanups, ...postProcessors.flat()].map(({ block }) => block);
}
