/** What an entry weighs beside its text, in characters. */
const ENTRY = 20;

/**
 * Keeps the values of what was asked for lately: of texts of `least` characters, up to twice as many. Where texts come
 * again that it has just let go of, as those of a large file do while it is edited, it keeps more, `most` at the most.
 */
export class Kept<V> {
  /** What was asked for lately, and before that: where the first is full it takes the place of the second. */
  private recent = new Map<string, V>();
  private earlier = new Map<string, V>();
  private characters = 0;
  /** Texts that were let go of, in the same two parts. */
  private gone = new Set<string>();
  private goneEarlier = new Set<string>();
  private goneCharacters = 0;
  private limit: number;
  /** Characters of what came again, since the last time that it was full. */
  private again = 0;

  constructor(
    private readonly least: number,
    private readonly most: number,
    private readonly compute: (key: string) => V,
  ) {
    this.limit = least;
  }

  get(key: string): V {
    const known = this.recent.get(key);
    if (known !== undefined) return known;
    const before = this.earlier.get(key);
    const value = before ?? this.compute(key);
    const weight = key.length + ENTRY;
    if (before !== undefined || this.gone.has(key) || this.goneEarlier.has(key)) this.again += weight;
    if (this.characters > this.limit) this.turn();
    this.recent.set(key, value);
    this.characters += weight;
    return value;
  }

  private turn(): void {
    for (const key of this.earlier.keys()) {
      if (this.recent.has(key)) continue;
      this.gone.add(key);
      this.goneCharacters += key.length + ENTRY;
    }
    if (this.goneCharacters > this.most) {
      this.goneEarlier = this.gone;
      this.gone = new Set();
      this.goneCharacters = 0;
    }
    this.earlier = this.recent;
    this.recent = new Map();
    const isUsedAgain = this.again * 2 > this.characters;
    this.limit = isUsedAgain ? Math.min(2 * this.limit, this.most) : Math.max(this.limit / 2, this.least);
    this.characters = 0;
    this.again = 0;
  }
}
