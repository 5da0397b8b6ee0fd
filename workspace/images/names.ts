/** Which images of a workspace a name leads to. */
import { nameOf, parentDirectory } from '../../core/path.ts';
import { mayBe } from '../../facts/built-images/names.ts';
import { UNKNOWN, withGaps } from '../../facts/built-images/variables.ts';
import { parseImageReference } from '../../facts/image-reference.ts';
import type { NamedContext } from './calls.ts';
import { Fitting, toldByTag } from './fitting.ts';
import { MachineNames } from './machine-names.ts';
import type { ImageTag, NamedImage, StageFacts } from './model.ts';
import { untagged } from './naming.ts';
import { resembling } from './resembling.ts';

/** A name, and the file that gives or uses it. */
export type PlacedName = NamedImage & Pick<ImageTag, 'path'>;

/** As people see it. */
export const shownTag = ({ path, span, name, shown, certain }: PlacedName): ImageTag => ({
  path,
  span,
  name: shown ?? name,
  certain,
});

/** An image while its names are collected. */
export interface Draft {
  readonly id: string;
  readonly path: string;
  readonly stage: StageFacts;
  readonly number: number;
  readonly tags: PlacedName[];
  /** Names that are known in parts, without tags and with their gaps marked. */
  readonly parts: string[];
  /** The same with tags that are known: `ghcr.io/…:web`. */
  readonly tagged: string[];
  /** The same as they are written. */
  readonly written: PlacedName[];
  /** By file and as they are written, the names of which a loop gives a part. */
  readonly spelled: Set<string>;
  /** Where those that build it start it. */
  readonly started: PlacedName[];
  /** What it is called where it has no name. */
  readonly aliases: Set<string>;
  /** The labels that those that build it give it. */
  readonly labels: Map<string, string>;
  /** What those that build it give its arguments. */
  readonly arguments: Readonly<Record<string, string>>[];
  /** What those that build it give the names of contexts. */
  readonly contexts: Map<string, readonly NamedContext[]>;
}

interface Found {
  readonly draft: Draft;
  readonly certain: boolean;
}

export class ImageNames {
  private readonly byName = new Map<string, Draft[]>();
  private readonly byAlias = new Map<string, Draft[]>();
  private readonly byLikeness: ReadonlyMap<string, Draft>;
  private readonly byParts: Fitting;
  private readonly byTag: ReadonlyMap<string, Draft>;
  readonly machines: MachineNames;

  /** `asked`: all names that something is built on or starts; `bases`: the keys of the former. */
  constructor(drafts: Iterable<Draft>, asked: Iterable<string>, bases: () => ReadonlySet<string> = () => new Set()) {
    const all = [...drafts];
    for (const draft of all)
      for (const key of new Set(draft.tags.map(({ name }) => keyOf(name)))) push(this.byName, key, draft);
    for (const draft of all) for (const alias of draft.aliases) push(this.byAlias, keyOf(alias), draft);
    this.byParts = new Fitting(all);
    this.machines = new MachineNames(all);
    const names = [...asked];
    const isNamed = (key: string): boolean => this.byName.has(key);
    this.byLikeness = resembling(all, names, isNamed, bases);
    this.byTag = toldByTag(all, names, isNamed);
  }

  /**
   * The image that the file at `path` means by the name; not `certain` where only its tag differs, where another name is like
   * it, or where several images have it. `shown` has the tag with its gaps, where it is not known.
   */
  find(name: string, path: string, except?: Draft, shown?: string, isOne = false): Found | undefined {
    if (/[$]|\{\{/.test(name)) return this.fitting(withGaps(untagged(name)), except);
    const key = keyOf(name);
    const all = (this.byName.get(key) ?? []).filter(one => one !== except);
    if (all.length === 0) {
      const aliased = this.byAlias.get(key);
      const draft = aliased?.length === 1 ? aliased[0] : (this.byTag.get(name) ?? this.byLikeness.get(key));
      return draft && draft !== except ? { draft, certain: false } : undefined;
    }
    const agreeing = all.length > 1 ? all.filter(draft => mayHaveTag(draft, key, shown ?? name)) : [];
    // A tag of which parts are known tells images apart, too.
    if (agreeing.length === 1 && (shown !== undefined || hasOpenTag(agreeing[0]!, key)))
      return { draft: agreeing[0]!, certain: false };
    if (all.length > 1 && (agreeing.length === 0 || isOne) && shown !== undefined) return undefined;
    const wanted = wholeOf(name);
    const exact = all.filter(({ tags }) => tags.some(tag => wholeOf(tag.name) === wanted));
    if (exact.length > 0) {
      // A tag that is not known may be the same.
      const said = exact.filter(({ tags }) => tags.some(tag => !tag.open && wholeOf(tag.name) === wanted));
      return {
        draft: nearest(said.length > 0 ? said : exact, path, key),
        certain: exact.length === 1 && said.length === 1,
      };
    }
    // Several images of one name in different versions: only what else their tags say tells them apart.
    const fitting = all.length > 1 ? ofVariant(all, key, name) : all;
    return fitting.length === 0 ? undefined : { draft: nearest(fitting, path, key), certain: false };
  }

  /** The image that is meant by a name of which only parts are known. */
  fitting(known: string, except?: Draft): { readonly draft: Draft; readonly certain: false } | undefined {
    const draft = this.byParts.find(known, except);
    return draft && { draft, certain: false };
  }
}

/**
 * Of images with one name, the one that the file itself names so, or the nearest: examples use one name again and again. Of
 * equally near ones that whose directory is called so: a build file is copied with the name in it.
 */
function nearest([first, ...others]: readonly Draft[], path: string, key: string): Draft {
  const last = key.slice(key.lastIndexOf('/') + 1);
  const closeness = (draft: Draft): number =>
    draft.tags.some(tag => tag.path === path)
      ? Number.POSITIVE_INFINITY
      : sharedParts(draft.path, path) + (nameOf(parentDirectory(draft.path)) === last ? 0.5 : 0);
  return others.reduce((best, draft) => (closeness(draft) > closeness(best) ? draft : best), first!);
}

function sharedParts(one: string, other: string): number {
  const parts = other.split('/');
  const end = one.split('/').findIndex((part, i) => part !== parts[i]);
  return end < 0 ? parts.length : end;
}

const hasOpenTag = (draft: Draft, key: string): boolean => draft.tags.some(tag => tag.open && keyOf(tag.name) === key);

/** Whether a tag of the image may be that of a name; of both, parts may not be known. */
function mayHaveTag({ tags }: Draft, key: string, name: string): boolean {
  const wanted = tagOf(name);
  return tags.some(tag => keyOf(tag.name) === key && mayAgree(tagOf(tag.shown ?? tag.name), wanted));
}

/** The tag of a name as people see it, with its gaps marked. */
function tagOf(shown: string): string {
  const [before = ''] = shown.split('@', 1);
  const colon = before.lastIndexOf(':');
  return colon > before.lastIndexOf('/') ? before.slice(colon + 1).replace(/\{[^{}]{0,100}\}/g, UNKNOWN) : 'latest';
}

function mayAgree(one: string, other: string): boolean {
  if (!one.includes(UNKNOWN)) return mayBe(other, one);
  if (!other.includes(UNKNOWN)) return mayBe(one, other);
  const [a, b] = [one.split(UNKNOWN), other.split(UNKNOWN)];
  const [firstA = '', firstB = ''] = [a[0], b[0]];
  const [lastA = '', lastB = ''] = [a.at(-1), b.at(-1)];
  return (firstA.startsWith(firstB) || firstB.startsWith(firstA)) && (lastA.endsWith(lastB) || lastB.endsWith(lastA));
}

/** Those whose tag ends like that of the name, `demo:1.2-cart` and `demo:latest-cart`; all where they have the same tags. */
function ofVariant(all: readonly Draft[], key: string, name: string): readonly Draft[] {
  const tagsOf = (draft: Draft): readonly string[] =>
    draft.tags.flatMap(tag => (keyOf(tag.name) === key ? (parseImageReference(tag.name)?.tag ?? 'latest') : []));
  const variant = variantOf(parseImageReference(name)?.tag);
  const fitting =
    variant === undefined ? [] : all.filter(draft => tagsOf(draft).some(tag => variantOf(tag) === variant));
  if (fitting.length === 1) return fitting;
  return new Set(all.map(draft => tagsOf(draft).join(' '))).size === 1 ? all : [];
}

/** `cart` of `1.2-cart`. */
const variantOf = (tag: string | undefined): string | undefined => /^[\w.]+-([a-z][\w.-]*)$/.exec(tag ?? '')?.[1];

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
