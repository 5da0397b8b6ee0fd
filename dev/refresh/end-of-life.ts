import type { Cycle, EndOfLifeData, KeptProduct } from '../../data/end-of-life.json';
import { type Input, isDay, type Keeper } from './data-file.ts';
import { isUrl, readText } from './read-text.ts';

type Data = EndOfLifeData<KeptProduct>;

/** Keeps `data/end-of-life.json`. */
export const END_OF_LIFE: Keeper<Data> = {
  file: 'data/end-of-life.json',
  input: 'https://endoflife.date/api/v1/products/full, or a file with what that answers',
  levels: 4,
  problems,
  refresh,
};

/** Nothing that ended before was ever published as a container image, so new rows begin here. */
const EARLIEST = '2013-01-01';
/** `3.11`, `23H2`, `2012 R2`. */
const CYCLE = /^(?:\d+(?:\.\d+)*|\d\dH[12]|\d{4} R2)$/;

function problems({ products }: Data): readonly string[] {
  const rows = products.flatMap(({ name, cycles }) => cycles.map(cycle => ({ name, cycle })));
  return [
    ...repeated(products.map(({ name }) => name)).map(name => `${name} occurs twice`),
    ...repeated(rows.map(({ name, cycle }) => `${name} ${cycle[0]}`)).map(name => `${name} occurs twice`),
    ...repeated(rows.flatMap(({ cycle }) => cycle[2] ?? [])).map(name => `the code name ${name} occurs twice`),
    ...products.filter(({ cycles }) => cycles.length === 0).map(({ name }) => `${name} has no cycle`),
    ...products.filter(({ key, source }) => !key && !source).map(({ name }) => `${name} has neither key nor source`),
    ...rows.filter(({ cycle }) => !isWellFormed(cycle)).map(({ name, cycle }) => `${name} ${cycle[0]} is malformed`),
  ];
}

function repeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}

function isWellFormed([name, end, codename]: Cycle): boolean {
  return CYCLE.test(name) && (end == null || isDay(end)) && (codename === undefined || /^[a-z]+$/.test(codename));
}

async function refresh(data: Data, input: Input | undefined) {
  if (!input) return { data: { ...data, products: data.products.map(inOrder) }, report: [] };
  const { releases, date } = read(await readText(input.place), input);
  const report: string[] = [];
  const products = data.products.map(product => {
    if (product.key === undefined) return inOrder(product);
    const found = releases.get(product.key);
    if (!found) report.push(`${product.name}: the source has no ${product.key}`);
    const merged = inOrder({ ...product, cycles: merge(product, found ?? []) });
    report.push(...differences(product, merged));
    return merged;
  });
  const same = JSON.stringify(products) === JSON.stringify(data.products.map(inOrder));
  return { data: { ...data, date: same && isRecent(data.date, date) ? data.date : date, products }, report };
}

/** A new date alone is not worth a pull request every week. Days are ISO dates. */
function isRecent(before: string, now: string): boolean {
  return Date.parse(now) - Date.parse(before) < 90 * 86_400_000;
}

/** A release as the source has it. `true`: it has ended, the day is not known. `false`: no end is announced. */
interface Release {
  readonly name: string;
  readonly codename: string | undefined;
  readonly end: string | boolean;
  readonly extendedEnd: string | boolean;
}

/** What an input may hold: the answer of the API, or the same facts with the names of its older version. */
interface Answer {
  readonly generated_at?: string;
  readonly result?: readonly {
    readonly name: string;
    readonly releases: readonly {
      readonly name: string;
      readonly codename?: string | null;
      readonly isEol: boolean;
      readonly eolFrom?: string | null;
      readonly isEoes?: boolean | null;
      readonly eoesFrom?: string | null;
    }[];
  }[];
  /** `endoflife.date, as of 2026-08-22` */
  readonly source?: string;
  readonly products?: Readonly<
    Record<
      string,
      readonly {
        readonly releaseCycle: string;
        readonly codename?: string;
        readonly eol: string | boolean;
        readonly eoes?: string | boolean;
      }[]
    >
  >;
}

function read(text: string, { date: given, place }: Input) {
  const answer: Answer = JSON.parse(text);
  const said = answer.generated_at?.slice(0, 10) ?? answer.source?.match(/\d{4}-\d\d-\d\d/)?.[0];
  const date = given ?? said ?? (isUrl(place) ? new Date().toISOString().slice(0, 10) : undefined);
  if (date === undefined || !isDay(date)) throw new Error('the input has no date: pass it with --date');
  const releases = new Map<string, readonly Release[]>();
  for (const product of answer.result ?? [])
    releases.set(
      product.name,
      product.releases.map(({ name, codename, isEol, eolFrom, isEoes, eoesFrom }) => ({
        name,
        codename: codename ?? undefined,
        end: eolFrom ?? isEol,
        extendedEnd: eoesFrom ?? isEoes ?? eolFrom ?? isEol,
      })),
    );
  for (const [key, rows] of Object.entries(answer.products ?? {}))
    releases.set(
      key,
      rows.map(({ releaseCycle, codename, eol, eoes }) => ({
        name: releaseCycle,
        codename,
        end: known(eol),
        extendedEnd: known(eoes ?? eol),
      })),
    );
  if (releases.size === 0) throw new Error('the input has no products');
  return { releases, date };
}

function known(end: string | boolean): string | boolean {
  return end === 'true' || end === 'false' ? end === 'true' : end;
}

/** The cycles of a product with what the source says; those that only the table has stay. */
function merge(product: KeptProduct, found: readonly Release[]): readonly Cycle[] {
  const cycles = new Map(product.cycles.map(cycle => [cycle[0], cycle]));
  const fresh = new Map<string, Cycle>();
  for (const release of found) {
    const name = cycleName(release.name);
    const end = product.end === 'extended' ? release.extendedEnd : release.end;
    if (!CYCLE.test(name) || product.omit?.includes(name) || end === true) continue;
    const before = cycles.get(name);
    if (!before && end !== false && end < EARLIEST) continue;
    const last = fresh.get(name);
    // Of a release with service packs the last one counts.
    if (last && (last[1] == null || (end !== false && end <= last[1]))) continue;
    const codename = product.codenames ? release.codename?.split(' ')[0]?.toLowerCase() : before?.[2];
    fresh.set(name, cycleOf(name, end === false ? null : end, codename));
  }
  for (const [name, cycle] of fresh) cycles.set(name, cycle);
  return [...cycles.values()];
}

/** As the product writes it: `2008-r2-sp1` is `2008 R2`, `20h2-sac` is `20H2`. */
function cycleName(name: string): string {
  return name
    .replace(/-(?:sac|ac|sp\d)$/, '')
    .replaceAll('-', ' ')
    .toUpperCase();
}

function cycleOf(name: string, end: string | null, codename: string | undefined): Cycle {
  if (codename !== undefined) return [name, end, codename];
  return end === null ? [name] : [name, end];
}

function inOrder(product: KeptProduct): KeptProduct {
  return { ...product, cycles: product.cycles.toSorted(([a], [b]) => newestFirst(a, b)) };
}

function newestFirst(a: string, b: string): number {
  const [left, right] = [a, b].map(name => name.match(/\d+/g)?.map(Number) ?? []) as [number[], number[]];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (right[at] ?? -1) - (left[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

function differences({ name, cycles }: KeptProduct, { cycles: now }: KeptProduct): readonly string[] {
  const before = new Map(cycles.map(cycle => [cycle[0], cycle]));
  return now.flatMap(cycle => {
    const old = before.get(cycle[0]);
    if (!old) return [`${name} ${cycle[0]}: new, ${cycle[1] ?? 'no end announced'}`];
    const changed = (old[1] ?? undefined) !== (cycle[1] ?? undefined);
    return changed ? [`${name} ${cycle[0]}: ${old[1] ?? 'no end announced'} → ${cycle[1] ?? 'no end announced'}`] : [];
  });
}
