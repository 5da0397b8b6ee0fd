/** Which image is meant by a name of which only parts are known: `${REGISTRY}/shop/web`. Nothing of it is certain. */
import { mayBe } from '../../facts/built-images/names.ts';
import { UNKNOWN } from '../../facts/built-images/variables.ts';
import { type Draft, keyOf, push } from './names.ts';

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
    const fitting = (this.byEnd.get(end) ?? []).filter(({ name }) => mayBeSame(known, name));
    return only(new Set(fitting.map(({ draft }) => draft)), except);
  }
}

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
