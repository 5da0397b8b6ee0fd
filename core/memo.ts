import { copied } from './copy.ts';

/**
 * Answers that are kept with the object that they are about, as long as it lives. They lie on the object itself, in a
 * property that nothing enumerates or copies: tables beside the objects (`WeakMap`) grow until the next full garbage
 * collection, are hashed again and again while they do, and make each collection slower.
 */
const ANSWERS = Symbol('answers');

/** Up to so many answers are searched one after the other. */
const FEW = 8;
const NONE = Symbol('none');

class Answers {
  /** The number of a memo, its answer, the number of the next one, … */
  private readonly few: unknown[] = [];
  private many: Map<number, unknown> | undefined;

  /** {@link NONE} where nothing is kept. */
  get(memo: number): unknown {
    const { few } = this;
    for (let i = 0; i < few.length; i += 2) if (few[i] === memo) return few[i + 1];
    const { many } = this;
    if (many === undefined) return NONE;
    const found = many.get(memo);
    return found !== undefined || many.has(memo) ? found : NONE;
  }

  set(memo: number, answer: unknown): void {
    if (this.few.length < 2 * FEW) this.few.push(memo, answer);
    else (this.many ??= new Map()).set(memo, answer);
  }
}

interface Holder {
  [ANSWERS]?: Answers;
}

function answersOf(key: Holder): Answers {
  const known = key[ANSWERS];
  if (known !== undefined) return known;
  const answers = new Answers();
  // Not enumerable: a copy of the object must not get answers about another one.
  Object.defineProperty(key, ANSWERS, { value: answers });
  return answers;
}

let memos = 0;

/**
 * A function of an object whose answer is computed once and kept as long as the object lives. Facts are made of these.
 * For functions of modules: one that is made for each document leaves its answers on objects that outlive the document.
 */
export function memo<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const number = ++memos;
  return key => {
    const answers = (key as Holder)[ANSWERS];
    const known = answers === undefined ? NONE : answers.get(number);
    return known === NONE ? first(key, number, compute) : (known as V);
  };
}

function first<K extends object, V>(key: K, number: number, compute: (key: K) => V): V {
  const answers = answersOf(key as Holder);
  const value = compute(key);
  // Where the computation has asked for itself on the way, everyone gets the same answer.
  const meanwhile = answers.get(number);
  if (meanwhile !== NONE) return meanwhile as V;
  answers.set(number, value);
  return value;
}

/** The same for a function of two objects, of which the second may outlive the first: the answers are kept with the first. */
export function memoOfTwo<K extends object, L extends object, V>(
  compute: (key: K, other: L) => V,
): (key: K, other: L) => V {
  const answersFor = memo((_: K) => new Map<L, { readonly value: V }>());
  return (key, other) => {
    const answers = answersFor(key);
    let known = answers.get(other);
    if (!known) answers.set(other, (known = { value: compute(key, other) }));
    return known.value;
  };
}

/** Longer texts are not kept, in UTF-16 code units. */
const LONGEST_KEPT = 80;

/**
 * The same for a function of short texts that come again and again, in one document and in the next: the answers to
 * `most` of them are kept, then all are dropped.
 */
export function memoOfText<V>(most: number, compute: (text: string) => V): (text: string) => V {
  const answers = new Map<string, V>();
  return text => {
    if (text.length > LONGEST_KEPT) return compute(text);
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = compute(text);
    if (answers.size >= most) answers.clear();
    answers.set(copied(text), answer);
    return answer;
  };
}
