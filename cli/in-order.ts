/** What comes in any order, handed on in the order of its numbers. */
export class InOrder<T> {
  private next = 0;
  private readonly waiting = new Map<number, T>();

  constructor(private readonly hand: (one: T) => void) {}

  add(i: number, one: T): void {
    this.waiting.set(i, one);
    for (let first = this.waiting.get(this.next); first; first = this.waiting.get(this.next)) {
      this.waiting.delete(this.next++);
      this.hand(first);
    }
  }
}
