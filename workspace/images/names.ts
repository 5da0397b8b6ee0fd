/** Which images of a workspace a name leads to. */
import { parseImageReference } from '../../facts/image-reference.ts';
import type { NamedContext } from './calls.ts';
import type { ImageTag, StageFacts } from './model.ts';
import { resembling } from './resembling.ts';

/** An image while its names are collected. */
export interface Draft {
  readonly id: string;
  readonly path: string;
  readonly stage: StageFacts;
  readonly number: number;
  readonly tags: ImageTag[];
  /** Names that are known in parts, without tags and with their gaps marked. */
  readonly parts: string[];
  /** The same as they are written. */
  readonly written: ImageTag[];
  /** What those that build it give its arguments. */
  readonly arguments: Readonly<Record<string, string>>[];
  /** What those that build it give the names of contexts, the first that is known. */
  readonly contexts: Map<string, NamedContext>;
}

export class ImageNames {
  private readonly byName = new Map<string, Draft[]>();
  private readonly byLikeness: ReadonlyMap<string, Draft>;

  /** `asked`: all names that something is built on or starts. */
  constructor(drafts: Iterable<Draft>, asked: Iterable<string>) {
    const all = [...drafts];
    for (const draft of all)
      for (const key of new Set(draft.tags.map(({ name }) => keyOf(name)))) push(this.byName, key, draft);
    this.byLikeness = resembling(all, asked, key => this.byName.has(key));
  }

  /** The image that has the name; not `certain` where only its tag differs, or where another name is like it. */
  find(name: string, except?: Draft): { readonly draft: Draft; readonly certain: boolean } | undefined {
    const key = keyOf(name);
    const all = (this.byName.get(key) ?? []).filter(one => one !== except);
    if (all.length === 0) {
      const draft = this.byLikeness.get(key);
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
