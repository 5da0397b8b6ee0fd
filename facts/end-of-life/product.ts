/**
 * The form of the end-of-life table. Dates come from https://endoflife.date/ as of `AS_OF`; a product whose dates come from
 * elsewhere says so beside its rows. "End" is the day after which no security fixes are published to everybody free of
 * charge, so paid extensions (Ubuntu Pro, RHEL ELS, SUSE LTSS, Windows ESU) do not count, and Debian's free LTS does.
 * Missing on purpose: products that only ever support their newest release (Traefik, WordPress, Keycloak), because
 * there "ended" would merely mean "not the newest", and runtimes that a vendor maintains longer than upstream does
 * (RHEL's application streams, AWS Lambda's base images).
 */

/**
 * One release line: its name as the product writes it (`3.11`, `22.04`, `2012 R2`), the ISO date of its end, and its
 * code name in lower case. No date: supported, with no end announced.
 */
export type Cycle = readonly [name: string, end?: string, codename?: string];

export interface Product {
  readonly name: string;
  /** A shorter version names no release (`18` is no Ubuntu), so it is not read as "the newest 18.x". */
  readonly exact?: true;
  /** In no particular order. */
  readonly cycles: readonly Cycle[];
}

/** A release that has an end. */
export interface Ending {
  /** `Node.js` */
  readonly product: string;
  /** `16` */
  readonly cycle: string;
  /** The last day of support, `2023-09-11`. */
  readonly date: string;
}

/** An ending that a text names: `matched` are the half-open offsets of the words in that text that name it. */
export interface EndOfLife extends Ending {
  readonly matched: readonly [start: number, end: number];
}

/** The day the table was made: what was announced later is unknown here. */
export const AS_OF = '2026-08-22';
