/** Which images of a workspace a name leads to. */
import { nameOf, parentDirectory } from '../../core/path.ts';
import { parseImageReference } from '../../facts/image-reference.ts';
import type { ImageTag, StageFacts } from './model.ts';

/** An image while its names are collected. */
export interface Draft {
  readonly id: string;
  readonly path: string;
  readonly stage: StageFacts;
  readonly number: number;
  readonly tags: ImageTag[];
}

/** Names of one namespace that directories are called like, from which on they are no chance. */
const TELLING = 3;
/** Parts of a name that may be that of a directory. */
const MOST_PARTS = 8;

export class ImageNames {
  private readonly byName = new Map<string, Draft[]>();
  private readonly byDirectory: ReadonlyMap<string, Draft>;

  /** `asked`: all names that something is built on or starts. */
  constructor(drafts: Iterable<Draft>, asked: Iterable<string>) {
    const unnamed: Draft[] = [];
    for (const draft of drafts) {
      for (const key of new Set(draft.tags.map(({ name }) => keyOf(name)))) push(this.byName, key, draft);
      if (draft.tags.length === 0 && draft.stage.layer === 'application') unnamed.push(draft);
    }
    this.byDirectory = calledAfter(unnamed, asked, key => this.byName.has(key));
  }

  /** The image that has the name; not `certain` where only its tag differs, or where it is found by its directory. */
  find(name: string, except?: Draft): { readonly draft: Draft; readonly certain: boolean } | undefined {
    const key = keyOf(name);
    const all = (this.byName.get(key) ?? []).filter(one => one !== except);
    if (all.length === 0) {
      const draft = this.byDirectory.get(key);
      return draft && draft !== except ? { draft, certain: false } : undefined;
    }
    const wanted = wholeOf(name);
    const exact = all.filter(({ tags }) => tags.some(tag => wholeOf(tag.name) === wanted));
    const [draft] = exact.length > 0 ? exact : all;
    // Several images of one name in different versions: none of them is meant more than another.
    if (!draft || (exact.length === 0 && all.length > 1)) return undefined;
    return { draft, certain: exact.length === 1 };
  }
}

export function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const all = map.get(key);
  if (all) all.push(value);
  else map.set(key, [value]);
}

/** Names of the same image have the same key, whatever the tag. */
export function keyOf(name: string): string {
  return parseImageReference(name)?.name ?? name;
}

/** With the tag that holds where none is written. */
function wholeOf(name: string): string {
  const reference = parseImageReference(name);
  return reference ? `${reference.name}:${reference.tag ?? (reference.digest === undefined ? 'latest' : '')}` : name;
}

/**
 * Images by names that nothing in the workspace gives: a pipeline elsewhere builds `example/web` and `example/worker`, or
 * `example/shop-web` and `example/shop-worker`, from the directories `web` and `worker`. Only where several directories
 * beside each other are called like that.
 */
function calledAfter(
  unnamed: readonly Draft[],
  asked: Iterable<string>,
  isNamed: (key: string) => boolean,
): ReadonlyMap<string, Draft> {
  const byName = new Map<string, Draft[]>();
  for (const draft of unnamed)
    if (/^(?:Docker|Container)file$/i.test(nameOf(draft.path)))
      push(byName, nameOf(parentDirectory(draft.path)), draft);
  if (byName.size < TELLING) return new Map();
  const groups = new Map<string, Map<string, Draft>>();
  for (const name of new Set(asked)) {
    const key = keyOf(name);
    if (!key.includes('/') || key.startsWith('docker.io/library/') || isNamed(key)) continue;
    for (const [before, last] of splitsOf(key))
      for (const draft of byName.get(last) ?? []) {
        if (draft.stage.bases.some(base => keyOf(base.name) === key)) continue;
        const group = `${before}\0${parentDirectory(parentDirectory(draft.path))}`;
        const known = groups.get(group) ?? new Map<string, Draft>();
        groups.set(group, known);
        known.set(key, draft);
      }
  }
  const telling = [...groups.values()].filter(({ size }) => size >= TELLING);
  // What most names have in common tells most.
  return new Map(telling.sort((a, b) => a.size - b.size).flatMap(group => [...group]));
}

/** What comes before a part at the end of a name, and that part: `example/shop-`, `web`. */
function splitsOf(key: string): readonly (readonly [before: string, last: string])[] {
  const slash = key.lastIndexOf('/');
  const ends = [...key.slice(slash).matchAll(/[/_-]+/g)].map(({ 0: mark, index }) => slash + index + mark.length);
  return ends.slice(0, MOST_PARTS).map(end => [key.slice(0, end), key.slice(end)]);
}
