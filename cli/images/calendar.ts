/** Dates of images as a calendar: https://www.rfc-editor.org/rfc/rfc5545 */
import { harmless } from '../format/terminal.ts';
import type { ReportedImage } from './report.ts';

/** Octets of a line without its break. */
const LONGEST_LINE = 75;

interface Event {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly what: 'support' | 'retirement' | 'refresh';
  readonly summary: string;
  readonly image: ReportedImage;
  /** How it comes again. */
  readonly rule?: string;
}

/** All-day events for ends of support, retirements and refreshes, in the category of the owner. `today` is `YYYY-MM-DD`. */
export function imagesCalendar(images: readonly ReportedImage[], today: string): string {
  const events = images
    .flatMap(image => eventsOf(image, today))
    .sort((a, b) => compared(a.image.owner ?? '\uffff', b.image.owner ?? '\uffff') || compared(a.date, b.date));
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Bakelint//Images//EN',
    'CALSCALE:GREGORIAN',
    'X-WR-CALNAME:Images',
    ...events.flatMap(one => linesOf(one, today)),
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n');
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function eventsOf(image: ReportedImage, today: string): readonly Event[] {
  const ends = new Map<string, string>();
  for (const { name, supportEnds, use } of image.bases)
    if (use === 'base' && supportEnds !== null) ends.set(`${supportEnds} ${name}`, name);
  const events: Event[] = [...ends].map(([key, base]) => ({
    date: key.slice(0, 10),
    what: 'support',
    summary: `Support of ${base} ends (${image.name})`,
    image,
  }));
  const retirement = dateIn(image.retirement);
  if (retirement !== undefined)
    events.push({ date: retirement, what: 'retirement', summary: `${image.name} is retired`, image });
  const refresh = image.refresh === null ? undefined : refreshOf(image.refresh, today);
  if (refresh) events.push({ ...refresh, what: 'refresh', summary: `Rebuild ${image.name}`, image });
  return events;
}

/** The first day that a text names; labels may say more. */
function dateIn(text: string | null): string | undefined {
  const date = /(?<!\d)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)/.exec(text ?? '')?.[0];
  return date !== undefined && !Number.isNaN(Date.parse(date)) && nextDay(date, 0) === date ? date : undefined;
}

const NAMED: Readonly<Record<string, readonly [string, number]>> = {
  daily: ['DAILY', 1],
  weekly: ['WEEKLY', 1],
  monthly: ['MONTHLY', 1],
  quarterly: ['MONTHLY', 3],
  yearly: ['YEARLY', 1],
  annually: ['YEARLY', 1],
};
const UNITS: Readonly<Record<string, string>> = { d: 'DAILY', w: 'WEEKLY', m: 'MONTHLY' };

/** A date, or a rhythm that begins today: `monthly`, `30 days`, `6w`. */
function refreshOf(text: string, today: string): Pick<Event, 'date' | 'rule'> | undefined {
  const date = dateIn(text);
  if (date !== undefined) return { date };
  const word = text.trim().toLowerCase();
  const counted = /^([1-9]\d{0,3}) ?(d|w|m)(?:ays?|eeks?|onths?)?$/.exec(word);
  const [unit, count] = counted
    ? [UNITS[counted[2]!]!, Number(counted[1])]
    : Object.hasOwn(NAMED, word)
      ? NAMED[word]!
      : [undefined, 0];
  return unit === undefined ? undefined : { date: today, rule: `FREQ=${unit};INTERVAL=${count}` };
}

function linesOf({ date, what, summary, image, rule }: Event, today: string): readonly string[] {
  const compact = (day: string): string => day.replaceAll('-', '');
  return [
    'BEGIN:VEVENT',
    `UID:${what}-${hashOf(`${image.id} ${summary}`)}@bakelint`,
    `DTSTAMP:${compact(today)}T000000Z`,
    `DTSTART;VALUE=DATE:${compact(date)}`,
    `DTEND;VALUE=DATE:${compact(nextDay(date, 1))}`,
    ...(rule === undefined ? [] : [`RRULE:${rule}`]),
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(`${image.path}${image.owner === null ? '' : `\nOwner: ${image.owner}`}`)}`,
    ...(image.owner === null ? [] : [`CATEGORIES:${escaped(image.owner)}`]),
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

const nextDay = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

/** https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11 */
const escaped = (text: string): string =>
  text
    .split('\n')
    .map(line => harmless(line).replace(/[\\;,]/g, '\\$&'))
    .join('\\n');

/** The same for the same image on every day, so that a calendar that is imported again has no event twice. */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(36);
}

/** Lines of at most 75 octets, continued by a space, cut between characters: https://www.rfc-editor.org/rfc/rfc5545#section-3.1 */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let out = '';
  let octets = 0;
  for (const character of line) {
    const length = encoder.encode(character).length;
    if (octets + length > LONGEST_LINE) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += length;
  }
  return out;
}
