/** What the files in `data/` have in common: their head, how they are written, when they are too old. */

/** The head of every file in `data/`. */
export interface DataFile {
  /** Where the facts come from. */
  readonly source: string;
  /** The day they were read, `2026-08-22`. */
  readonly date: string;
}

/** How one file in `data/` is kept. */
export interface Keeper<T extends DataFile> {
  /** Path from the root of the project. */
  readonly file: string;
  /** What INPUT is, for the help; `undefined` for data that is kept by hand. */
  readonly input: string | undefined;
  /** How many levels of lists and objects are written with one entry per line. */
  readonly levels: number;
  /** Below those levels, what is longer than this is broken over lines too. Default: nothing is. */
  readonly width?: number;
  /** What is invalid, one phrase each. */
  problems(data: T): readonly string[];
  /**
   * The data in canonical order and updated from `input`; `report` lists the changes and what a person has to check.
   * Throws an Error whose message is for people when the input cannot be used.
   */
  refresh(data: T, input: Input | undefined): Promise<{ readonly data: T; readonly report: readonly string[] }>;
}

/** What was named on the command line. */
export interface Input {
  /** A path, or a URL where the keeper takes one. */
  readonly place: string;
  /** `--date`: the date of the input, where it does not contain one. */
  readonly date: string | undefined;
}

/** A list or object of nothing but plain values stays on its line up to this column. */
const WIDTH = 120;

/** The text of a file in `data/`: the outer levels with one entry per line, the inner ones on a line each. */
export function dataText(value: unknown, { levels, width }: Pick<Keeper<DataFile>, 'levels' | 'width'>): string {
  return `${written(value, levels, width ?? Number.POSITIVE_INFINITY, '')}\n`;
}

function written(value: unknown, levels: number, width: number, indent: string): string {
  if (typeof value !== 'object' || value === null) return inline(value);
  const length = indent.length + inline(value).length;
  const isFlat = Object.values(value).every(item => typeof item !== 'object' || item === null);
  if (levels > 0 ? isFlat && length <= WIDTH : length <= width) return inline(value);
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map(item => written(item, levels - 1, width, inner))
    : defined(value).map(([key, item]) => `${JSON.stringify(key)}: ${written(item, levels - 1, width, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return entries.length === 0
    ? `${open}${close}`
    : `${open}\n${inner}${entries.join(`,\n${inner}`)}\n${indent}${close}`;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = defined(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

const defined = (value: object) => Object.entries(value).filter(([, item]) => item !== undefined);

/** Whether the text is a day of the calendar, `2026-08-22`. */
export function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Whether data of one day is more than a year old on another. Both are ISO dates. */
export function isTooOld(date: string, on: string): boolean {
  return `${Number(date.slice(0, 4)) + 1}${date.slice(4)}` < on;
}
