/** The images of a workspace and what is between them, from what its files say. */
import { nameOf, parentDirectory } from '../../core/path.ts';
import { UNKNOWN, withGaps, withNamedGaps } from '../../facts/built-images/variables.ts';
import { parseImageReference } from '../../facts/image-reference.ts';
import { Calls, type NamedContext } from './calls.ts';
import { withoutFilledIn } from './helm/filled-in.ts';
import type { ImageIndex } from './index.ts';
import type {
  BaseEdge,
  GivenBase,
  ImageTag,
  Ownership,
  Place,
  Retag,
  StageBase,
  StageFacts,
  WorkspaceImage,
} from './model.ts';
import { type Draft, ImageNames, keyOf, type PlacedName, push, shownTag } from './names.ts';
import { isEndKnown, untagged } from './naming.ts';
import { ownershipOf } from './ownership.ts';

/** Names that `docker tag` gives to images that have one by it. */
const MOST_RETAGS = 3;
/** Builds of one image whose arguments are looked at. */
const MOST_ARGUMENTS = 20;
/** What one name of a context stands for in different builds. */
const MOST_CONTEXTS = 20;

/** Images that one file gives names that it writes alike. */
const MOST_SPELLED = 50;

/** The images in the order of their files, each with its edges. */
export function imagesOf(index: ImageIndex): readonly WorkspaceImage[] {
  const drafts = draftsOf(index);
  const names = new ImageNames(drafts.values(), namesAsked(index, drafts), () => basesIn(index));
  const started = startsOf(index, drafts, names);
  const edges = new Map([...drafts.values()].map(draft => [draft.id, edgesOf(draft, index, drafts, names)]));
  const used = new Map<string, string[]>();
  for (const [id, bases] of edges)
    for (const image of new Set(bases.map(base => base.image))) if (image !== undefined) push(used, image, id);
  return [...drafts.values()].map(({ id, path, stage, tags, written, labels }) => ({
    id,
    path,
    span: stage.span,
    layer: stage.layer,
    name: calledBy(stage, tags, written) ?? nameFrom(path, stage),
    tags: eachOnce([...tags, ...written]).map(shownTag),
    bases: edges.get(id)!,
    ...ownershipFrom(stage, labels),
    files: index.get(path)!.files,
    startedBy: withoutFilledIn(started.get(id) ?? []),
    usedBy: used.get(id) ?? [],
  }));
}

function* namesAsked(index: ImageIndex, drafts: ReadonlyMap<string, Draft>): Iterable<string> {
  for (const { path, arguments: builds } of drafts.values())
    if (builds.length > 0)
      for (const { given = [] } of index.get(path)!.stages) for (const base of given) yield* namesGiven(base, builds);
  for (const { path } of drafts.values())
    for (const { given = [] } of index.get(path)!.stages) for (const base of given) yield askedFor(writtenOf(base));
  for (const { contexts } of drafts.values())
    for (const { image } of [...contexts.values()].flat()) if (image !== undefined) yield image;
  for (const { stages, starts, renames = [] } of index.values()) {
    for (const { to } of renames) yield to;
    for (const { bases } of stages) for (const { name, stage } of bases) if (stage === undefined) yield name;
    for (const { name, known } of starts) if (known === undefined) yield name;
  }
}

/** The keys of the names of bases. */
function basesIn(index: ImageIndex): ReadonlySet<string> {
  const bases = [...index.values()].flatMap(({ stages }) => stages.flatMap(stage => stage.bases));
  return new Set(bases.flatMap(({ name, stage }) => (stage === undefined ? keyOf(name) : [])));
}

const idOf = (path: string, number: number): string => `${path}#${number}`;

/** The images by their ids: stages that are shipped, and those that something builds by name. */
function draftsOf(index: ImageIndex): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  const add = (path: string, number: number): Draft => {
    const id = idOf(path, number);
    const stage = index.get(path)!.stages[number]!;
    const draft = drafts.get(id) ?? {
      id,
      path,
      stage,
      number,
      tags: [],
      parts: [],
      tagged: [],
      written: [],
      spelled: new Set(),
      started: [],
      aliases: new Set(),
      labels: new Map(),
      arguments: [],
      contexts: new Map(),
    };
    if (!drafts.has(id))
      for (const one of stage.tags ?? []) (one.known === undefined ? draft.tags : draft.written).push({ ...one, path });
    drafts.set(id, draft);
    return draft;
  };
  for (const [path, { stages }] of index)
    stages.forEach((stage, i) => {
      if (stage.final) add(path, i);
    });
  const calls = new Calls(index);
  for (const [path, { builds }] of index)
    for (const call of builds)
      for (const built of calls.of(call, path)) {
        const draft = add(built.path, built.number);
        const { tags, parts, written, labels, arguments: given, contexts } = draft;
        if (call.starts) draft.started.push({ ...call.starts, path, certain: call.starts.certain && built.certain });
        if (call.alias !== undefined) draft.aliases.add(call.alias);
        for (const { known, written: name, shown, tag, span } of built.parts) {
          if (/\w/.test(known)) parts.push(known);
          if (tag !== undefined) draft.tagged.push(`${known}:${tag}`);
          draft.spelled.add(spelledIn(path, name));
          written.push({ path, span, name, known, shown, certain: false });
        }
        for (const name of built.spelled) draft.spelled.add(spelledIn(path, name));
        for (const [key, text] of Object.entries(built.labels)) if (text && !labels.has(key)) labels.set(key, text);
        if (Object.keys(built.arguments).length > 0 && given.length < MOST_ARGUMENTS) given.push(built.arguments);
        for (const one of built.contexts) {
          const before = contexts.get(one.name) ?? [];
          if (before.length < MOST_CONTEXTS && !before.some(other => isSame(one, other)))
            contexts.set(one.name, [...before, one]);
          if (one.stage) add(one.stage.path, one.stage.number);
        }
        // What was not understood as a whole is no name: `$(some command`.
        for (const one of built.names)
          if (parseImageReference(one.name)) tags.push({ ...one, path, certain: one.certain && built.certain });
      }
  retag(index, drafts);
  return drafts;
}

/** The name of an image: one that is known before one whose tag or other parts are not. */
function calledBy(
  { layer }: StageFacts,
  tags: readonly PlacedName[],
  written: readonly PlacedName[],
): string | undefined {
  const named = written.filter(({ known }) => layer === 'machine' || (known !== undefined && isEndKnown(known)));
  const one = tags.find(({ open }) => !open) ?? tags[0] ?? named[0];
  return one && shownTag(one).name;
}

function eachOnce(names: readonly PlacedName[]): readonly PlacedName[] {
  const found = new Map<string, PlacedName>();
  for (const one of names) {
    const key = `${one.path}\0${one.span.start}\0${one.shown ?? one.name}`;
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}

const spelledIn = (path: string, name: string): string => `${path}\0${name}`;

const isSame = (one: NamedContext, other: NamedContext): boolean =>
  one.image === other.image && one.stage?.path === other.stage?.path && one.stage?.number === other.stage?.number;

/** A name that is given to a name leads to its image. */
function retag(index: ImageIndex, drafts: ReadonlyMap<string, Draft>): void {
  const left = [...index].flatMap(([path, { retags }]) => retags.map(one => ({ path, ...one })));
  for (let pass = 0; pass < MOST_RETAGS && left.length > 0; pass++) {
    const names = new ImageNames(drafts.values(), []);
    const spelled = spelledOf(drafts);
    for (const one of left.splice(0)) {
      const found = leadTo(one, spelled, names);
      if (found.length === 0) left.push(one);
      for (const { draft, certain } of found) addName(draft, { ...one.to, path: one.path }, certain);
    }
  }
}

/** The images that a name leads to that gets another one. */
function leadTo(
  { from, known, shown, path }: Retag & Pick<Place, 'path'>,
  spelled: ReadonlyMap<string, readonly Draft[]>,
  names: ImageNames,
): readonly { readonly draft: Draft; readonly certain: boolean }[] {
  // Of several images that a tag may be of, it is none.
  if (known === undefined) return [names.find(from, path, undefined, shown, true) ?? []].flat();
  const own = spelled.get(spelledIn(path, from));
  return own ? own.map(draft => ({ draft, certain: false })) : [names.fitting(known) ?? []].flat();
}

/** The images by how a file writes their names. */
function spelledOf(drafts: ReadonlyMap<string, Draft>): ReadonlyMap<string, readonly Draft[]> {
  const spelled = new Map<string, Draft[]>();
  for (const draft of drafts.values())
    for (const key of draft.spelled) if ((spelled.get(key)?.length ?? 0) < MOST_SPELLED) push(spelled, key, draft);
  return spelled;
}

function addName(draft: Draft, one: PlacedName, certain: boolean): void {
  const all = one.known === undefined ? draft.tags : draft.written;
  if (all.some(({ name, shown, path }) => name === one.name && shown === one.shown && path === one.path)) return;
  all.push({ ...one, certain: one.certain && certain });
  if (one.known === undefined) return;
  draft.spelled.add(spelledIn(one.path, one.name));
  if (/\w/.test(one.known)) draft.parts.push(one.known);
}

/** Where images are started, by their ids. */
function startsOf(
  index: ImageIndex,
  drafts: ReadonlyMap<string, Draft>,
  names: ImageNames,
): ReadonlyMap<string, readonly ImageTag[]> {
  const started = new Map<string, ImageTag[]>();
  for (const { id, started: own } of drafts.values()) for (const one of own) push(started, id, shownTag(one));
  const renamed = renamesIn(index);
  const spelled = spelledOf(drafts);
  for (const [path, { starts }] of index)
    for (const one of starts) {
      const { name, known, shown = name, certain, span } = one;
      if (known !== undefined) {
        const fitting = names.fitting(known)?.draft;
        for (const draft of spelled.get(spelledIn(path, name)) ?? (fitting ? [fitting] : []))
          push(started, draft.id, { path, span, name: shown, certain: false });
        continue;
      }
      const found = names.find(name, path, undefined, one.shown) ?? only(renamed.get(keyOf(name)), path, names);
      if (found) push(started, found.draft.id, { path, span, name: shown, certain: certain && found.certain });
    }
  for (const [path, { boots = [] }] of index)
    for (const { name, certain, span } of boots) {
      const found = names.machines.find(name);
      const shown = name.replaceAll(UNKNOWN, '{}');
      if (found) push(started, found.draft.id, { path, span, name: shown, certain: certain && found.certain });
    }
  return started;
}

/** By the keys of the names that manifests have. */
function renamesIn(index: ImageIndex): ReadonlyMap<string, readonly string[]> {
  const renamed = new Map<string, string[]>();
  for (const { renames = [] } of index.values()) for (const { from, to } of renames) push(renamed, keyOf(from), to);
  return renamed;
}

/** The image that all of these names lead to. */
function only(
  all: readonly string[] | undefined,
  path: string,
  names: ImageNames,
): { readonly draft: Draft; readonly certain: false } | undefined {
  const found = new Set((all ?? []).flatMap(name => names.find(name, path)?.draft ?? []));
  const [draft] = found;
  return draft && found.size === 1 ? { draft, certain: false } : undefined;
}

function edgesOf(draft: Draft, index: ImageIndex, drafts: ReadonlyMap<string, Draft>, names: ImageNames): BaseEdge[] {
  const { stages } = index.get(draft.path)!;
  const found: BaseEdge[] = [];
  const passed = new Set([`base ${draft.number}`, `copy ${draft.number}`]);
  /** What a stage that is no image itself is made of, the image is made of; of one that gives files away, it takes files. */
  const follow = (base: StageBase, way: Way): void => {
    const { stage, span, name } = base;
    const use = way.use === 'copy' ? 'copy' : base.use;
    const certain = way.certain && base.certain;
    const edge = { path: draft.path, span, use, name };
    const context = stage === undefined ? draft.contexts.get(name) : undefined;
    if (context) {
      found.push(...context.flatMap(one => ofContext(one, edge, draft)));
      return;
    }
    if (stage === undefined) {
      if (use === 'copy' && name === 'scratch') return;
      const built =
        draft.stage.layer === 'application'
          ? names.find(askedFor(name), draft.path, draft)
          : names.machines.find(name, draft);
      found.push({ ...edge, image: built?.draft.id, certain: certain && (built?.certain ?? true) });
      // The stages before wrote the archive.
      if (isArchive(name) && use === 'base')
        for (let i = 0; i < draft.number; i++)
          follow({ ...base, name: stages[i]!.name ?? `${i}`, stage: i, use: 'copy' }, UNCERTAIN_COPY);
      return;
    }
    const image = idOf(draft.path, stage);
    if (drafts.has(image)) {
      if (image !== draft.id) found.push({ ...edge, image, certain });
    } else if (!passed.has(`${use} ${stage}`) && stages[stage]) {
      passed.add(`${use} ${stage}`);
      ofStage(stages[stage], { use, certain });
    }
  };
  /** The builder looks for the name among the contexts first. A directory is no image. */
  const ofContext = (
    { stage, image }: NamedContext,
    edge: Omit<BaseEdge, 'image' | 'certain'>,
    own: Draft,
  ): BaseEdge[] => {
    if (stage) {
      const id = idOf(stage.path, stage.number);
      return id === own.id ? [] : [{ ...edge, image: id, certain: stage.certain }];
    }
    if (image === undefined) return [];
    const built = names.find(image, own.path, own);
    return [{ ...edge, name: image, image: built?.draft.id, certain: false }];
  };
  const ofStage = ({ bases, given = [] }: StageFacts, way: Way): void => {
    for (const base of bases) follow(base, way);
    const known = new Set(bases.map(({ name }) => name));
    for (const base of given) {
      const names = namesGiven(base, draft.arguments);
      // Of a name that is known only in parts, it is known where it is.
      for (const name of names.size > 0 || base.isDefaulted ? names : [writtenOf(base)].filter(isPartlyKnown)) {
        if (known.has(name)) continue;
        known.add(name);
        follow({ name, certain: false, span: base.span, use: base.use, stage: undefined }, way);
      }
    }
  };
  ofStage(draft.stage, { use: 'base', certain: true });
  return found.map(edge => ({ ...edge, name: withNamedGaps(edge.name) }));
}

/** What Podman and Buildah start from besides images of registries: containers-transports(5). */
const isArchive = (name: string): boolean => /^(?:oci|oci-archive|dir|docker-archive):/.test(name);

/** How an image is made of what a stage is made of. */
type Way = Pick<BaseEdge, 'use' | 'certain'>;
const UNCERTAIN_COPY: Way = { use: 'copy', certain: false };

/** What the file itself and the configuration do not say, the labels say that a build gives. */
function ownershipFrom(stage: StageFacts, labels: ReadonlyMap<string, string>): Ownership {
  const given = ownershipOf(
    [...labels].map(([key, text]) => ({ key, text })),
    stage.ownerKeys,
  );
  return {
    owner: stage.owner ?? given.owner,
    purpose: stage.purpose ?? given.purpose,
    refresh: stage.refresh ?? given.refresh,
    retirement: stage.retirement ?? given.retirement,
  };
}

const writtenOf = ({ parts }: GivenBase): string =>
  parts.map(part => (typeof part === 'string' ? part : `\${${part.argument}}`)).join('');

/** Without a tag that only a build knows: `x/base:${VERSION}`. */
function askedFor(name: string): string {
  const [, known, tag] = /^([^:@${}]{1,300}(?::\d{1,5}\/[^:@${}]{1,300})?)(:.{1,300})$/.exec(name) ?? [];
  return known !== undefined && tag!.includes('$') ? known : name;
}

/** The names that builds give a base by their arguments. */
function namesGiven({ parts }: GivenBase, builds: Draft['arguments']): ReadonlySet<string> {
  const names = builds.flatMap(values => {
    const known = parts.map(part => (typeof part === 'string' ? part : (values[part.argument] ?? part.default)));
    const isGiven = parts.some(part => typeof part !== 'string' && values[part.argument] !== undefined);
    return known.includes(undefined) || !isGiven ? [] : known.join('');
  });
  return new Set(names.filter(name => parseImageReference(name) || isPartlyKnown(name)));
}

/** Whether a name has more than references to variables. */
const isPartlyKnown = (name: string): boolean => /\w[^/]{0,100}$/.test(withGaps(untagged(name)));

/** An image without a tag is called as what it is made from. */
function nameFrom(path: string, { name, layer }: StageFacts): string {
  if (layer === 'machine' && name !== undefined) return name;
  const file = nameOf(path);
  return /^(?:Docker|Container)file$/i.test(file) ? `${nameOf(parentDirectory(path))}/${file}` : file;
}
