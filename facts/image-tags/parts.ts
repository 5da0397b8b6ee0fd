import { tagReading } from '../end-of-life/images.ts';
import { cycleOf, releaseOfCodename } from '../end-of-life/lookup.ts';
import { DISTRIBUTIONS } from '../end-of-life/of-image.ts';

/** A tag taken apart: `3.12.4-slim-bookworm` is a version, a variant and a system. */
export interface TagParts {
  readonly tag: string;
  /** The version it starts with: `3.12.4`. */
  readonly version: string | undefined;
  /** The release line of that version, `3.12`, where it is known. */
  readonly cycle: string | undefined;
  /** How many numbers of the version name its release line; 0 where that is not known. */
  readonly lineNumbers: number;
  /** The distribution below, and the word for it: Debian and `bookworm`, Alpine Linux and `alpine3.20`. */
  readonly system:
    | { readonly product: string; readonly word: string; readonly release: string | undefined }
    | undefined;
  /** The day it was built on, `20260803`. */
  readonly date: string | undefined;
  /** All other words in order, joined: `slim`, `fpm`, `jdk`. */
  readonly variant: string;
}

const VERSION = /^v?\d{1,7}(?:[._]\d+)*$/;
const DATE = /^20\d{6}(?:\.\d+){0,3}$/;
const SYSTEMS = ['Debian', 'Ubuntu'];

export function tagParts(repository: string, tag: string): TagParts {
  const product = tagReading(repository)?.version;
  let version: string | undefined;
  let system: TagParts['system'];
  let date: string | undefined;
  const variant: string[] = [];
  for (const [i, word] of tag.split('-').entries()) {
    const named = system ? undefined : systemNamed(word);
    if (DATE.test(word) && date === undefined) date = word;
    else if (i === 0 && VERSION.test(word)) version = word;
    else if (named) system = named;
    else variant.push(word);
  }
  const cycle = product === undefined || version === undefined ? undefined : cycleOf(product, version);
  // Tags of .NET 10 begin with `10.0`.
  const lineNumbers = cycle === undefined ? 0 : product === '.NET' ? 2 : numbersIn(cycle);
  return { tag, version, cycle, lineNumbers, system, date, variant: variant.join('-') };
}

function systemNamed(word: string): TagParts['system'] {
  const named = releaseOfCodename(SYSTEMS, word);
  if (named) return { product: named.product, word, release: named.cycle };
  const found = /^([a-z]+)(\d[\d.]*)?$/.exec(word);
  const product = found?.[1] === undefined ? undefined : DISTRIBUTIONS.get(found[1]);
  // `alpine` alone is a variant that names its system; `ubi` and the like always have a number.
  if (product === undefined || (found![2] === undefined && word !== 'alpine')) return undefined;
  return { product, word, release: found![2] };
}

/**
 * How many numbers the version has beyond those that name its release line: 0 for Python `3.12`, 1 for `3.12.4`, -1 for `3`;
 * of a product that is not known, all of them. `undefined`: no version.
 */
export function depthOf({ version, lineNumbers }: TagParts): number | undefined {
  return version === undefined ? undefined : numbersIn(version) - lineNumbers;
}

/** How many numbers a version is made of. */
export const numbersIn = (version: string): number => version.split(/[._]/).length;

/** Negative when `a` is the older version; numbers are compared as numbers. */
export function compareVersions(a = '', b = ''): number {
  const [left, right] = [a, b].map(text => text.replace(/^v/, '').split(/[._]/).map(Number)) as [number[], number[]];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
