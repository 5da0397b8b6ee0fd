/**
 * Images by names that no file gives them: a pipeline elsewhere builds them, or a registry has them under another name.
 * Nothing of it is certain.
 */
import { nameOf, parentDirectory } from '../../core/path.ts';
import { mayBe } from '../../facts/built-images/names.ts';
import { UNKNOWN } from '../../facts/built-images/variables.ts';
import { type Draft, keyOf, push } from './names.ts';

/** Names of one namespace that are known from elsewhere, from which on they are no chance. */
const TELLING = 3;
/** The same where all are bases: who builds on an image and has a directory of its name mostly builds it. */
const TELLING_BASES = 2;
/** Names whose last part is not known as a whole that are looked at. */
const MOST_OPEN = 100;
/** Names with one end that are looked at: of more, none is meant. */
const MOST_ALIKE = 200;
/** Parts of a name that may be that of a directory. */
const MOST_PARTS = 8;

/** By the key of their name. `asked`: names that something is built on or starts. */
export function resembling(
  drafts: readonly Draft[],
  asked: Iterable<string>,
  isNamed: (key: string) => boolean,
  bases: () => ReadonlySet<string>,
): ReadonlyMap<string, Draft> {
  let known: ReadonlySet<string> | undefined;
  const isBase = (key: string): boolean => (known ??= bases()).has(key);
  const isTelling = (group: ReadonlyMap<string, Draft>): boolean =>
    group.size >= TELLING ||
    (group.size >= TELLING_BASES && [...group.keys()].every(isBase)) ||
    [...group.keys()].every(isOfHere);
  const own = drafts.filter(({ stage }) => stage.layer === 'application');
  const keys = [...new Set([...asked].map(keyOf))].filter(
    key => key.includes('/') && !key.startsWith('docker.io/library/') && !isNamed(key),
  );
  return new Map([...calledAfter(own, keys, isTelling), ...named(own, keys, isTelling), ...alike(own, keys)]);
}

/** Podman calls an image so that is built on the machine. */
const isOfHere = (key: string): boolean => key.startsWith('localhost/');

/** An image is not built on itself under another name. */
const isOn = (draft: Draft, key: string): boolean => draft.stage.bases.some(base => keyOf(base.name) === key);

/**
 * By directories: `example/web` and `example/worker`, or `example/shop-web` and `example/shop-worker`, are built from the
 * directories `web` and `worker`. Only where several directories beside each other are called like that.
 */
function calledAfter(
  drafts: readonly Draft[],
  asked: readonly string[],
  isTelling: (group: ReadonlyMap<string, Draft>) => boolean,
): ReadonlyMap<string, Draft> {
  const byName = new Map<string, Draft[]>();
  for (const draft of drafts)
    if (draft.tags.length === 0 && /^(?:Docker|Container)file$/i.test(nameOf(draft.path)))
      push(byName, nameOf(parentDirectory(draft.path)), draft);
  if (byName.size < TELLING_BASES) return new Map();
  const groups = new Map<string, Map<string, Draft>>();
  for (const key of asked)
    for (const [before, last] of splitsOf(key))
      for (const draft of byName.get(last) ?? [])
        if (!isOn(draft, key)) add(groups, `${before}\0${parentDirectory(parentDirectory(draft.path))}`, key, draft);
  // Where other directories are called so, too, it is not known which ones are meant.
  const isAlone = (draft: Draft): boolean => byName.get(nameOf(parentDirectory(draft.path)))?.length === 1;
  const telling = [...groups.values()].filter(
    group => isTelling(group) && [...group.values()].filter(isAlone).length >= Math.min(group.size, TELLING_BASES),
  );
  // What most names have in common tells most.
  return new Map(telling.sort((a, b) => a.size - b.size).flatMap(group => [...group]));
}

function add(groups: Map<string, Map<string, Draft>>, group: string, key: string, draft: Draft): void {
  groups.set(group, (groups.get(group) ?? new Map<string, Draft>()).set(key, draft));
}

/** What comes before a part at the end of a name, and that part: `example/shop-`, `web`. */
function splitsOf(key: string): readonly (readonly [before: string, last: string])[] {
  const slash = key.lastIndexOf('/');
  const ends = [...key.slice(slash).matchAll(/[/_-]+/g)].map(({ 0: mark, index }) => slash + index + mark.length);
  return ends.slice(0, MOST_PARTS).map(end => [key.slice(0, end), key.slice(end)]);
}

const lastOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** By the last part of names: `web` and `api` are built, and `registry.example.com/shop/web` and `…/api` used. */
function named(
  drafts: readonly Draft[],
  asked: readonly string[],
  isTelling: (group: ReadonlyMap<string, Draft>) => boolean,
): ReadonlyMap<string, Draft> {
  const byLast = new Map<string, Set<Draft>>();
  for (const draft of drafts)
    for (const name of [...draft.tags.map(tag => keyOf(tag.name)), ...draft.parts])
      byLast.set(lastOf(name), (byLast.get(lastOf(name)) ?? new Set()).add(draft));
  const groups = new Map<string, Map<string, Draft>>();
  const totals = new Map<string, number>();
  for (const key of asked) {
    const before = key.slice(0, key.lastIndexOf('/'));
    totals.set(before, (totals.get(before) ?? 0) + 1);
    const draft = only(byLast.get(lastOf(key)));
    if (draft && !isOn(draft, key)) add(groups, before, key, draft);
  }
  // Of another project most names are others.
  const telling = [...groups].filter(([before, group]) => isTelling(group) && group.size * 2 >= totals.get(before)!);
  return new Map(telling.flatMap(([, group]) => [...group]));
}

/**
 * By the last two parts, `shop/web` in another registry, and by names that are known but for a part of them,
 * `ghcr.io/…/web`.
 */
function alike(drafts: readonly Draft[], asked: readonly string[]): ReadonlyMap<string, Draft> {
  const byTwo = new Map<string, Set<Draft>>();
  const byPart = new Map<string, { readonly part: string; readonly draft: Draft }[]>();
  for (const draft of drafts) {
    for (const { name } of draft.tags)
      byTwo.set(lastTwoOf(keyOf(name)), (byTwo.get(lastTwoOf(keyOf(name))) ?? new Set()).add(draft));
    for (const part of draft.parts)
      if (!part.startsWith(UNKNOWN) || IN_SOME_REGISTRY.test(part))
        push(byPart, lastOf(part).includes(UNKNOWN) ? UNKNOWN : lastOf(part), { part, draft });
  }
  // `ghcr.io/…-web`.
  const open = (byPart.get(UNKNOWN) ?? []).filter(({ part }) => /[\w-]{4}$/.test(part)).slice(0, MOST_OPEN);
  const found = new Map<string, Draft>();
  for (const key of asked) {
    const ends = byPart.get(lastOf(key)) ?? [];
    const parts = [...(ends.length > MOST_ALIKE ? [] : ends), ...open].filter(({ part }) => mayBe(part, key));
    const draft = only(byTwo.get(lastTwoOf(key))) ?? only(new Set(parts.map(({ draft }) => draft)));
    if (draft && !isOn(draft, key)) found.set(key, draft);
  }
  return found;
}

/** `${REGISTRY}/shop/web`: two parts are no chance. */
const IN_SOME_REGISTRY = /^\0(?:\/[a-z\d][\w.-]{2,100}){2,8}$/;

const lastTwoOf = (key: string): string => key.split('/').slice(-2).join('/');

function only<T>(all: ReadonlySet<T> | undefined): T | undefined {
  return all?.size === 1 ? [...all][0] : undefined;
}
