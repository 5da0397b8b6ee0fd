/** Which image is meant by a name of which only parts are known: `${REGISTRY}/shop/web`. Nothing of it is certain. */
import { mayBe } from '../../facts/built-images/names.ts';
import { UNKNOWN } from '../../facts/built-images/variables.ts';
import { parseImageReference } from '../../facts/image-reference.ts';
import { type Draft, keyOf, push } from './names.ts';

/** Names with one end that are looked at: of more, none is meant. */
const MOST = 200;

interface Named {
  /** Without its tag; its gaps are marked. */
  readonly name: string;
  readonly draft: Draft;
}

export class Fitting {
  /** By what they end in, where that is known. */
  private readonly byEnd = new Map<string, Named[]>();
  private readonly byPattern = new Map<string, Set<Draft>>();

  constructor(drafts: readonly Draft[]) {
    for (const draft of drafts) {
      const names = new Set([...draft.tags.map(({ name }) => keyOf(name)), ...draft.parts]);
      for (const name of names) if (isTelling(endOf(name))) push(this.byEnd, endOf(name), { name, draft });
      for (const part of draft.parts) this.byPattern.set(part, (this.byPattern.get(part) ?? new Set()).add(draft));
    }
  }

  /** `undefined` where it may be several, or none. `known` has no tag, and marked gaps. */
  find(known: string, except?: Draft): Draft | undefined {
    const end = endOf(known);
    if (!isTelling(end.replaceAll(UNKNOWN, ''))) return undefined;
    const same = this.byPattern.get(known);
    if (same) return only(same, except);
    if (!isTelling(end)) return undefined;
    const all = this.byEnd.get(end) ?? [];
    if (all.length > MOST) return undefined;
    const fitting = all.filter(({ name }) => mayBeSame(known, name));
    return only(new Set(fitting.map(({ draft }) => draft)), except);
  }
}

/**
 * Images of one repository that only their tags tell apart, `ghcr.io/${{ github.repository }}:web`: by the names that are
 * asked for, where at least three of them differ in such tags alone.
 */
export function toldByTag(
  drafts: readonly Draft[],
  asked: readonly string[],
  isNamed: (key: string) => boolean,
): ReadonlyMap<string, Draft> {
  const byTag = new Map<string, Set<Draft>>();
  for (const draft of drafts)
    for (const one of draft.tagged) {
      const [, registry, tag] = /^([^/\0]{1,200})\/\0:(.{2,100})$/.exec(one) ?? [];
      const key = `${registry}:${tag}`;
      if (registry !== undefined) byTag.set(key, (byTag.get(key) ?? new Set()).add(draft));
    }
  if (byTag.size < TELLING) return new Map();
  const groups = new Map<string, Map<string, Draft>>();
  for (const name of asked) {
    const reference = parseImageReference(name);
    if (reference?.tag === undefined || isNamed(reference.name)) continue;
    const registry = reference.name.slice(0, reference.name.indexOf('/'));
    const draft = only(byTag.get(`${registry}:${reference.tag}`) ?? new Set(), undefined);
    if (draft) groups.set(reference.name, (groups.get(reference.name) ?? new Map<string, Draft>()).set(name, draft));
  }
  return new Map([...groups.values()].filter(({ size }) => size >= TELLING).flatMap(group => [...group]));
}

/** So many names that fit are no chance. */
const TELLING = 3;

const endOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** Whether a part of a name tells it from others. */
const isTelling = (part: string): boolean => /^[\w.-]{3,200}$/.test(part);

function only(all: ReadonlySet<Draft>, except: Draft | undefined): Draft | undefined {
  const [first, ...others] = [...all].filter(one => one !== except);
  return others.length === 0 ? first : undefined;
}

/** From the end to the first part that is not known, which may be several. */
function mayBeSame(one: string, other: string): boolean {
  const [parts, others] = [
    one.split('/').reverse(),
    other
      .replace(/^docker\.io\/(?:library\/)?/, '')
      .split('/')
      .reverse(),
  ];
  for (let i = 0; i < Math.min(parts.length, others.length); i++) {
    const [a, b] = [parts[i]!, others[i]!];
    if (a === UNKNOWN || b === UNKNOWN) return true;
    if (a.includes(UNKNOWN) ? !(b.includes(UNKNOWN) || mayBe(a, b)) : b.includes(UNKNOWN) ? !mayBe(b, a) : a !== b)
      return false;
  }
  return true;
}
