/** The images of a workspace and what is between them, from what its files say. */
import { joinPath, nameOf, parentDirectory, parentOf } from '../../core/path.ts';
import { parseImageReference } from '../../facts/image-reference.ts';
import type { ImageIndex } from './index.ts';
import type { BaseEdge, BuildCall, ImageTag, StageBase, StageFacts, WorkspaceImage } from './model.ts';

/** Directories above a file that a command may be run in. */
const MOST_LEVELS = 12;

interface Draft {
  readonly id: string;
  readonly path: string;
  readonly stage: StageFacts;
  readonly number: number;
  readonly tags: ImageTag[];
}

/** The images in the order of their files, each with its edges. */
export function imagesOf(index: ImageIndex): readonly WorkspaceImage[] {
  const drafts = draftsOf(index);
  const byName = new Map<string, Draft[]>();
  for (const draft of drafts.values())
    for (const key of new Set(draft.tags.map(({ name }) => keyOf(name)))) push(byName, key, draft);
  const starts = startsOf(index);
  const edges = new Map([...drafts.values()].map(draft => [draft.id, edgesOf(draft, index, drafts, byName)]));
  const used = new Map<string, string[]>();
  for (const [id, bases] of edges)
    for (const image of new Set(bases.map(base => base.image))) if (image !== undefined) push(used, image, id);
  return [...drafts.values()].map(({ id, path, stage, tags }) => ({
    id,
    path,
    span: stage.span,
    layer: stage.layer,
    name: tags[0]?.name ?? nameFrom(path, stage),
    tags,
    bases: edges.get(id)!,
    owner: stage.owner,
    purpose: stage.purpose,
    refresh: stage.refresh,
    retirement: stage.retirement,
    files: index.get(path)!.files,
    startedBy: [...new Set(tags.map(({ name }) => keyOf(name)))].flatMap(key => starts.get(key) ?? []),
    usedBy: used.get(id) ?? [],
  }));
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const all = map.get(key);
  if (all) all.push(value);
  else map.set(key, [value]);
}

/** Names of the same image have the same key, whatever the tag. */
function keyOf(name: string): string {
  return parseImageReference(name)?.name ?? name;
}

const idOf = (path: string, number: number): string => `${path}#${number}`;

/** The images by their ids: stages that are shipped, and those that something builds by name. */
function draftsOf(index: ImageIndex): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  const add = (path: string, number: number): Draft => {
    const id = idOf(path, number);
    const stage = index.get(path)!.stages[number]!;
    const draft = drafts.get(id) ?? { id, path, stage, number, tags: [] };
    drafts.set(id, draft);
    return draft;
  };
  for (const [path, { stages }] of index)
    stages.forEach((stage, i) => {
      if (stage.final) add(path, i);
    });
  for (const [path, { builds }] of index)
    for (const call of builds) {
      const built = stageOf(call, path, index);
      if (!built) continue;
      const { tags } = add(built.path, built.number);
      for (const { name, certain, span } of call.names)
        tags.push({ path, span, name, certain: certain && built.certain });
    }
  return drafts;
}

/** The stage that a call builds. */
function stageOf(
  call: BuildCall,
  path: string,
  index: ImageIndex,
): { readonly path: string; readonly number: number; readonly certain: boolean } | undefined {
  const found = dockerfileOf(call, path, index);
  const stages = found && index.get(found.path)?.stages;
  if (!stages || stages.length === 0) return undefined;
  const target = call.target?.toLowerCase();
  const number =
    target === undefined
      ? stages.findLastIndex(({ final }) => final)
      : stages.findLastIndex(({ name }, i) => name?.toLowerCase() === target || `${i}` === target);
  return number < 0 ? undefined : { ...found, number };
}

/** A Compose file says where it counts from; a command is run somewhere above its file. */
function dockerfileOf(
  { context, file, by }: BuildCall,
  path: string,
  index: ImageIndex,
): { readonly path: string; readonly certain: boolean } | undefined {
  if (context === undefined && file === undefined) return undefined;
  let folder: string | undefined = parentDirectory(path);
  for (let level = 0; level < MOST_LEVELS && folder !== undefined; level++, folder = parentOf(folder)) {
    for (const one of candidates(folder, context, file, by)) {
      const whole = joinPath(folder, one);
      if (index.get(whole)?.stages.some(({ layer }) => layer === 'application'))
        return { path: whole, certain: by === 'compose' || level === 0 };
    }
    if (by === 'compose') return undefined;
  }
  return undefined;
}

function candidates(folder: string, context: string | undefined, file: string | undefined, by: BuildCall['by']) {
  // Compose counts the file from the context, a command from where it is run.
  if (file !== undefined) return by === 'compose' ? [joinPath(joinPath(folder, context ?? '.'), file)] : [file];
  return ['Dockerfile', 'Containerfile'].map(name => joinPath(joinPath(folder, context ?? '.'), name));
}

/** Where images are started, by the key of their names. */
function startsOf(index: ImageIndex): ReadonlyMap<string, readonly ImageTag[]> {
  const found = new Map<string, ImageTag[]>();
  for (const [path, { starts }] of index)
    for (const { name, certain, span } of starts) push(found, keyOf(name), { path, span, name, certain });
  return found;
}

function edgesOf(
  draft: Draft,
  index: ImageIndex,
  drafts: ReadonlyMap<string, Draft>,
  byName: ReadonlyMap<string, readonly Draft[]>,
): BaseEdge[] {
  const { stages } = index.get(draft.path)!;
  const found: BaseEdge[] = [];
  const passed = new Set([draft.number]);
  /** What a stage that is no image itself is made of, the image is made of. */
  const follow = (base: StageBase): void => {
    const { stage, span, use, name, certain } = base;
    const edge = { path: draft.path, span, use, name };
    if (stage === undefined) {
      const built = byName.get(keyOf(name))?.filter(one => one !== draft) ?? [];
      const [only] = built;
      const same = only?.tags.some(tag => tag.name === name) ?? false;
      found.push({ ...edge, image: only?.id, certain: certain && (!only || (built.length === 1 && same)) });
      return;
    }
    const image = idOf(draft.path, stage);
    if (drafts.has(image)) found.push({ ...edge, image, certain });
    else if (!passed.has(stage)) {
      passed.add(stage);
      stages[stage]?.bases.forEach(follow);
    }
  };
  draft.stage.bases.forEach(follow);
  return found;
}

/** An image without a tag is called as what it is made from. */
function nameFrom(path: string, { name, layer }: StageFacts): string {
  if (layer === 'machine' && name !== undefined) return name;
  const file = nameOf(path);
  return /^(?:Docker|Container)file$/i.test(file) ? `${nameOf(parentDirectory(path))}/${file}` : file;
}
