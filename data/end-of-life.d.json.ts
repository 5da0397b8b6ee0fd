/**
 * One release line: its name as the product writes it (`3.11`, `22.04`, `2012 R2`), the ISO date of the last day of support,
 * and its code name in lower case. No date: supported, with no end announced.
 */
export type Cycle = readonly [name: string, end?: string | null, codename?: string];

export interface Product {
  /** As messages say it, unique. */
  readonly name: string;
  /** A shorter version names no release (`18` is not an Ubuntu), so it is not read as "the newest 18.x". */
  readonly exact?: true;
  /** Newest first. */
  readonly cycles: readonly Cycle[];
}

/** A product with what only the refresh command and people read; bundles leave that out. */
export interface KeptProduct extends Product {
  /** The product's name in the source; without one the cycles are kept by hand. */
  readonly key?: string;
  /** Where the dates of a product without a key come from. */
  readonly source?: string;
  /** Which date of the source counts. Default: the end of standard support. */
  readonly end?: 'extended';
  /** The source knows code names. */
  readonly codenames?: true;
  /** Cycles of the source that are left out. */
  readonly omit?: readonly string[];
  readonly note?: string;
}

export interface EndOfLifeData<P extends Product = Product> {
  readonly source: string;
  /** The day the dates were read: what was announced later is unknown here. */
  readonly date: string;
  readonly products: readonly P[];
}

declare const data: EndOfLifeData;
export default data;
