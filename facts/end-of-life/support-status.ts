/** How near an end is: `soon` within the next 90 days, the last day included. */
export type SupportStatus = 'past' | 'soon' | 'fine';

const SOON_DAYS = 90;

/**
 * How `today` relates to the last day of support; both are ISO dates (`2026-08-22`). The last day itself is still
 * supported. A date that is not one is `fine`: nothing is known that could be said of it.
 */
export function supportStatus(date: string, today: string): SupportStatus {
  const left = dayNumber(date) - dayNumber(today);
  if (left < 0) return 'past';
  return left <= SOON_DAYS ? 'soon' : 'fine';
}

/** Days since 1 March of the year 0 of the proleptic Gregorian calendar; NaN for text that is not a date. */
function dayNumber(date: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (match === null) return Number.NaN;
  const month = Number(match[2]);
  // Counting years from March puts the leap day last, so that the months before it follow one formula.
  const year = month > 2 ? Number(match[1]) : Number(match[1]) - 1;
  const days = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + Number(match[3]) - 1;
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + days;
}
