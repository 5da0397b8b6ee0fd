/** What was asked for last, by key: at least `most` of it by weight, and no more than twice as much. */
export class Recent<T> {
  private recent = new Map<string, T>();
  private older = new Map<string, T>();
  private weight = 0;

  constructor(
    private readonly most: number,
    private readonly weightOf: (value: T) => number = () => 1,
  ) {}

  get(key: string): T | undefined {
    const found = this.recent.get(key);
    if (found !== undefined || !this.older.has(key)) return found;
    const kept = this.older.get(key)!;
    this.older.delete(key);
    this.set(key, kept);
    return kept;
  }

  set(key: string, value: T): void {
    const before = this.recent.get(key);
    if (before !== undefined) this.weight -= this.weightOf(before);
    this.recent.set(key, value);
    this.weight += this.weightOf(value);
    if (this.weight < this.most) return;
    this.older = this.recent;
    this.recent = new Map();
    this.weight = 0;
  }

  delete(key: string): void {
    const before = this.recent.get(key);
    if (before !== undefined) this.weight -= this.weightOf(before);
    this.recent.delete(key);
    this.older.delete(key);
  }
}
