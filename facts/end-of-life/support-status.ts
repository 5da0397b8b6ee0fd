import type { Day } from '../../core/day.ts';

/** How near an end is: `soon` within the next 90 days, the last day included. */
export type SupportStatus = 'past' | 'soon' | 'fine';

const SOON_DAYS = 90;

/**
 * How `today` relates to the last day of support, an ISO date (`2026-08-22`). The last day itself is still supported. A
 * date that is not one is `fine`: nothing is known that could be said of it.
 */
export function supportStatus(date: string, today: Day): SupportStatus {
  if (today.isAfter(date)) return 'past';
  return today.isAfter(date, -SOON_DAYS - 1) ? 'soon' : 'fine';
}
