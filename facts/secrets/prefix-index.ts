/** Where in a text any of many literal strings occur, in one pass: Aho and Corasick's automaton, flattened to a table. */

/** Calls `found` with the number of the literal and the offset at which it begins, in the order of their ends. */
export type PrefixIndex = (text: string, found: (literal: number, start: number) => void) => void;

const lower = (code: number) => (code >= 65 && code <= 90 ? code + 32 : code);

/** Compiles the automaton. Literals are non-empty ASCII, 65,535 characters together at most; case is ignored. */
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

  // A trie first. The table says where each state goes on. The states that continue another one are a chained list.
  const limit = literals.reduce((sum, literal) => sum + literal.length, 1);
  const table = new Uint16Array(limit * columns);
  const first = new Uint16Array(limit);
  const sibling = new Uint16Array(limit);
  const lastStep = new Uint8Array(limit);
  const endsAt: (number[] | undefined)[] = Array(limit).fill(undefined);
  let states = 1;
  literals.forEach((literal, number) => {
    let state = 0;
    for (let i = 0; i < literal.length; i++) {
      const step = column[literal.charCodeAt(i)] ?? 0;
      let next = table[state * columns + step] ?? 0;
      if (next === 0) {
        next = states++;
        table[state * columns + step] = next;
        lastStep[next] = step;
        sibling[next] = first[state] ?? 0;
        first[state] = next;
      }
      state = next;
    }
    endsAt[state] = [...(endsAt[state] ?? []), number];
  });

  // Then, in the order of their depth, each state takes over what the longest literal that it ends with goes on to.
  const fallback = new Uint16Array(limit);
  const queue = new Uint16Array(limit);
  let tail = 1;
  for (let head = 0; head < tail; head++) {
    const state = queue[head] ?? 0;
    const row = state * columns;
    const back = (fallback[state] ?? 0) * columns;
    if (state !== 0) table.copyWithin(row, back, back + columns);
    for (let next = first[state] ?? 0; next !== 0; next = sibling[next] ?? 0) {
      const step = lastStep[next] ?? 0;
      const elsewhere = state === 0 ? 0 : (table[back + step] ?? 0);
      table[row + step] = next;
      fallback[next] = elsewhere;
      const others = endsAt[elsewhere];
      if (others !== undefined) endsAt[next] = [...(endsAt[next] ?? []), ...others];
      queue[tail++] = next;
    }
  }

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
