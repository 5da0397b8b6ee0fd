import { copied } from './copy.ts';

/** Up to so many answers are searched one after the other. */
const FEW = 8;
const NONE = Symbol('none');

/** One answer, and the next one that is kept for the same object: most objects have one or two. */
class Answer {
  readonly position: number;

  constructor(
    /** {@link MANY}: the value is a table of the answers. */
    readonly memo: number,
    readonly value: unknown,
    readonly next: Answer | undefined,
  ) {
    this.position = next === undefined ? 1 : next.position + 1;
  }
}

const MANY = 0;

/** Gives back the object that it is made with, so that a class that extends it puts its fields there. */
function given(object: object): object {
  return object;
}
const Given = given as unknown as new (object: object) => object;

/**
 * Answers that are kept with the object that they are about, as long as it lives. They lie on the object itself, in a
 * field that nothing enumerates or copies: tables beside the objects (`WeakMap`) grow until the next full garbage
 * collection, are hashed again and again while they do, and make each collection slower.
 */
class Answers extends Given {
  #kept: Answer;

  constructor(object: object, kept: Answer) {
    super(object);
    this.#kept = kept;
  }

  /** {@link NONE} where nothing is kept. */
  static get(object: object, memo: number): unknown {
    if (!(#kept in object)) return NONE;
    const kept = (object as Answers).#kept;
    for (let one: Answer | undefined = kept; one !== undefined; one = one.next) if (one.memo === memo) return one.value;
    if (kept.memo !== MANY) return NONE;
    const many = kept.value as Map<number, unknown>;
    const found = many.get(memo);
    return found !== undefined || many.has(memo) ? found : NONE;
  }

  static set(object: object, memo: number, value: unknown): void {
    if (!(#kept in object)) {
      new Answers(object, new Answer(memo, value, undefined));
      return;
    }
    const answers = object as Answers;
    const kept = answers.#kept;
    if (kept.memo === MANY) (kept.value as Map<number, unknown>).set(memo, value);
    else if (kept.position < FEW) answers.#kept = new Answer(memo, value, kept);
    else {
      const many = new Map([[memo, value]]);
      for (let one: Answer | undefined = kept; one !== undefined; one = one.next) many.set(one.memo, one.value);
      answers.#kept = new Answer(MANY, many, undefined);
    }
  }
}

let memos = 0;

/**
 * A function of an object whose answer is computed once and kept as long as the object lives. Facts are made of these.
 * For functions of modules: one that is made for each document leaves its answers on objects that outlive the document.
 */
export function memo<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const number = ++memos;
  return key => {
    const known = Answers.get(key, number);
    return known === NONE ? first(key, number, compute) : (known as V);
  };
}

function first<K extends object, V>(key: K, number: number, compute: (key: K) => V): V {
  const value = compute(key);
  // Where the computation has asked for itself on the way, everyone gets the same answer.
  const meanwhile = Answers.get(key, number);
  if (meanwhile !== NONE) return meanwhile as V;
  Answers.set(key, number, value);
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
 * `most` of them are kept, then all are dropped. `help` may make the answer cheaper, and never another one.
 */
export function memoOfText<V, H = undefined>(
  most: number,
  compute: (text: string, help?: H) => V,
): (text: string, help?: H) => V {
  const answers = new Map<string, V>();
  return (text, help) => {
    if (text.length > LONGEST_KEPT) return compute(text, help);
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = compute(text, help);
    if (answers.size >= most) answers.clear();
    answers.set(copied(text), answer);
    return answer;
  };
}
