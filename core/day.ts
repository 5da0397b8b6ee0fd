/** Days in a row by their numbers, without the last one: infinity where there is no first or no last. */
export interface Days {
  readonly from: number;
  readonly to: number;
}

export const EVER: Days = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** The days that are in both. */
export const common = (a: Days, b: Days): Days => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) });

/** The day that a document is linted on, which remembers on which other days its answers would be the same. */
export class Day {
  private readonly number: number;
  private from = EVER.from;
  private to = EVER.to;

  /** `date`: `2026-08-22`. */
  constructor(date: string) {
    this.number = dayNumber(date);
  }

  /**
   * Whether it comes more than `days` days after a date, which is an ISO date as well. Nothing is known of text that is no
   * date, and so the answer is no.
   */
  isAfter(date: string, days = 0): boolean {
    const first = dayNumber(date) + days + 1;
    const isAfter = this.number >= first;
    if (isAfter) this.from = Math.max(this.from, first);
    else if (first < this.to) this.to = first;
    return isAfter;
  }

  /** The days on which all answers so far would be the same. */
  get alike(): Days {
    return { from: this.from, to: this.to };
  }
}

/** Days since 1 March of the year 0 of the proleptic Gregorian calendar; NaN for text that is not a date. */
export function dayNumber(date: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (match === null) return Number.NaN;
  const month = Number(match[2]);
  // Counting years from March puts the leap day last, so that the months before it follow one formula.
  const year = month > 2 ? Number(match[1]) : Number(match[1]) - 1;
  const days = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + Number(match[3]) - 1;
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + days;
}
