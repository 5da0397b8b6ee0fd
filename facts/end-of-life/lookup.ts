import type { Day } from '../../core/day.ts';
import table, { type Cycle, type Product } from '../../data/end-of-life.json';
import type { Ending } from './ending.ts';

let byName: ReadonlyMap<string, Product> | undefined;

/** The table's entry for a product; the table is read when first asked. */
function productNamed(name: string): Product | undefined {
  byName ??= new Map(table.products.map(product => [product.name, product]));
  return byName.get(name);
}

/**
 * When the given version of a product ends: `('Node.js', '16.20.2')`, `('Windows Server', '2012 R2')`.
 * A version shorter than a release's name (`python:2`) means the newest release of that line, and is answered only for
 * a line that a newer one has followed; of its releases the last to end counts. `undefined`: no such product or release
 * in the table, or no end announced.
 */
export function endOf(product: string, version: string): Ending | undefined {
  const entry = productNamed(product);
  if (entry === undefined) return undefined;
  // The point release belongs to the longest release name that it starts with: 9.6.24 to 9.6, 12.22 to 12.
  for (let length = version.length; length > 0; length = version.lastIndexOf('.', length - 1)) {
    const name = version.slice(0, length);
    const cycle = entry.cycles.find(candidate => candidate[0] === name);
    if (cycle !== undefined) return ending(product, cycle);
  }
  return entry.exact ? undefined : endOfLine(entry, version);
}

function endOfLine(product: Product, version: string): Ending | undefined {
  const line = product.cycles.filter(([name]) => name.startsWith(`${version}.`));
  const followed = product.cycles.some(([name]) => isLater(name, version));
  if (!followed || line.some(([, end]) => end == null)) return undefined;
  const last = line.reduce<Cycle | undefined>((a, b) => (a !== undefined && a[1]! >= b[1]! ? a : b), undefined);
  return last && ending(product.name, last);
}

/** Whether a release comes after a whole line of them: 3.0 after 2, but not 2.7. */
function isLater(name: string, line: string): boolean {
  const parts = name.split('.');
  for (const [index, part] of line.split('.').entries()) {
    const difference = Number(parts[index] ?? 0) - Number(part);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** A release to move to, and its end; `undefined` when that is not announced yet. */
export interface Release {
  readonly cycle: string;
  readonly end: string | undefined;
}

/** Whether two releases are of one branch: even numbers are nginx's stable one. https://nginx.org/en/download.html */
export function isSameBranch(product: string, one: string, other: string): boolean {
  const minor = (release: string): number => Number(release.split('.')[1] ?? 0);
  return product !== 'nginx' || minor(one) % 2 === minor(other) % 2;
}

/**
 * The release of a product that is supported longest, of the branch of `from`; a later one without an announced end counts as longer. `undefined`
 * when support of all of them has ended by `today`.
 */
export function supportedRelease(product: string, today?: Day, from?: string): Release | undefined {
  const all = productNamed(product)?.cycles ?? [];
  const cycles = from === undefined ? all : all.filter(([name]) => isSameBranch(product, name, from));
  const dated = cycles.filter(([, end]) => end != null && !today?.isAfter(end));
  const last = dated.reduce<Cycle | undefined>((a, b) => (a !== undefined && a[1]! >= b[1]! ? a : b), undefined);
  const open = cycles.find(([name, end]) => end == null && (!last || isLater(name, last[0])));
  const found = open ?? last;
  return found && { cycle: found[0], end: found[1] ?? undefined };
}

/** The releases after one that are supported on a day, the nearest first. */
export function laterReleases(product: string, from: string, today: Day): readonly Release[] {
  const cycles = productNamed(product)?.cycles ?? [];
  const own = Number.parseFloat(from);
  return cycles
    .filter(([name, end]) => Number.parseFloat(name) > own && !(end != null && today.isAfter(end)))
    .map(([cycle, end]) => ({ cycle, end: end ?? undefined }))
    .reverse();
}

/**
 * The name of the release that a version belongs to: `('Node.js', '16.20.2')` is of `16`; of a whole line (`2` of Python)
 * the newest one. `undefined`: none in the table.
 */
export function cycleOf(product: string, version: string): string | undefined {
  const cycles = productNamed(product)?.cycles ?? [];
  for (let length = version.length; length > 0; length = version.lastIndexOf('.', length - 1)) {
    const name = version.slice(0, length);
    if (cycles.some(candidate => candidate[0] === name)) return name;
  }
  return cycles.find(([name]) => name.startsWith(`${version}.`))?.[0];
}

/** The code name of a release, in lower case. */
export function codenameOf(product: string, cycle: string): string | undefined {
  return productNamed(product)?.cycles.find(([name]) => name === cycle)?.[2];
}

/** The release with this code name (lower case), of the first of the given products that has one. */
export function releaseOfCodename(
  products: readonly string[],
  codename: string,
): { readonly product: string; readonly cycle: string } | undefined {
  for (const product of products) {
    const cycle = productNamed(product)?.cycles.find(candidate => candidate[2] === codename);
    if (cycle !== undefined) return { product, cycle: cycle[0] };
  }
  return undefined;
}

/** The ending of the release with this code name (lower case) of one of the given products. */
export function endOfCodename(products: readonly string[], codename: string): Ending | undefined {
  for (const product of products) {
    const cycle = productNamed(product)?.cycles.find(candidate => candidate[2] === codename);
    if (cycle !== undefined) return ending(product, cycle);
  }
  return undefined;
}

function ending(product: string, [cycle, date]: Cycle): Ending | undefined {
  return date == null ? undefined : { product, cycle, date };
}
