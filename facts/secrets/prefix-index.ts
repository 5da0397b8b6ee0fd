/** Where in a text any of many literal strings occur, in one pass: Aho and Corasick's automaton, flattened to a table. */

/** Calls `found` with the number of the literal and the offset at which it begins, in the order of their ends. */
export type PrefixIndex = (text: string, found: (literal: number, start: number) => void) => void;

const lower = (code: number) => (code >= 65 && code <= 90 ? code + 32 : code);

/** Compiles the automaton. Literals are non-empty ASCII; upper and lower case are the same. */
export function prefixIndex(literals: readonly string[]): PrefixIndex {
  // Characters that occur in no literal share column 0, which keeps the table small.
  const column = new Uint8Array(128);
  let columns = 1;
  for (const literal of literals) {
    for (let i = 0; i < literal.length; i++) {
      const code = lower(literal.charCodeAt(i));
      if (column[code] === 0) column[code] = columns++;
    }
  }
  for (let code = 65; code <= 90; code++) column[code] = column[code + 32] ?? 0;

  const children: Map<number, number>[] = [new Map()];
  const ends: number[][] = [[]];
  literals.forEach((literal, number) => {
    let state = 0;
    for (let i = 0; i < literal.length; i++) {
      const step = column[literal.charCodeAt(i)] ?? 0;
      let next = children[state]?.get(step);
      if (next === undefined) {
        next = children.length;
        children.push(new Map());
        ends.push([]);
        children[state]?.set(step, next);
      }
      state = next;
    }
    ends[state]?.push(number);
  });

  const table = new Uint16Array(children.length * columns);
  const fallback = new Uint16Array(children.length);
  const queue: number[] = [0];
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0;
    const back = fallback[state] ?? 0;
    for (let step = 1; step < columns; step++) {
      const elsewhere = state === 0 ? 0 : (table[back * columns + step] ?? 0);
      const child = children[state]?.get(step);
      table[state * columns + step] = child ?? elsewhere;
      if (child === undefined) continue;
      fallback[child] = elsewhere;
      ends[child]?.push(...(ends[elsewhere] ?? []));
      queue.push(child);
    }
  }
  const endsAt = ends.map(numbers => (numbers.length > 0 ? numbers : undefined));

  return (text, found) => {
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      state = code < 128 ? (table[state * columns + (column[code] ?? 0)] ?? 0) : 0;
      const hits = endsAt[state];
      if (hits !== undefined) for (const number of hits) found(number, i + 1 - (literals[number]?.length ?? 0));
    }
  };
}
