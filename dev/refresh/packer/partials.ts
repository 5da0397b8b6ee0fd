/** What the generated pieces of documentation (`docs-partials`) say of attributes, as far as it is a fact. */
export interface Documented {
  /** A string that Go reads as a duration. */
  readonly duration: boolean;
  readonly deprecated: boolean;
  /** Names in code that the text mentions, in order. */
  readonly mentions: readonly string[];
}

/** By struct and attribute. `pieces` are path and text: `docs-partials/builder/common/RunConfig-not-required.mdx`. */
export function documentedIn(
  pieces: Iterable<readonly [path: string, text: string]>,
): ReadonlyMap<string, ReadonlyMap<string, Documented>> {
  const structs = new Map<string, Map<string, Documented>>();
  for (const [path, piece] of pieces) {
    const struct = path.replace(/^.*\//, '').replace(/(?:-not-required|-required)?\.mdx$/, '');
    const found = structs.get(struct) ?? new Map<string, Documented>();
    structs.set(struct, found);
    for (const entry of piece.split(/^(?=- `)/m)) {
      const [, name, type, text] = /^- `(\w+)` \(((?:[^()]|\([^()]*\))*)\) - ([\s\S]*)$/.exec(entry) ?? [];
      if (name === undefined) continue;
      found.set(name, {
        duration: /^duration string/.test(type!),
        deprecated: /^\W*deprecated\b/i.test(text!),
        mentions: [...text!.matchAll(/`(\w+)`/g)].map(match => match[1]!),
      });
    }
  }
  return structs;
}
