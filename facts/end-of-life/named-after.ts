import type { Ending } from './ending.ts';
import { codenameOf } from './lookup.ts';

/** Segments of a path that name what a file is about: the file and the directories around it. */
const MOST_SEGMENTS = 3;

/** Whether a file is named after the release, so that it is old on purpose: `debian-10.pkr.hcl`, `ubuntu/18.04/Dockerfile`. */
export function isNamedAfter(path: string | undefined, { cycle, product }: Ending): boolean {
  if (path === undefined) return false;
  const segments = path.toLowerCase().split('/').slice(-MOST_SEGMENTS);
  const release = cycle.toLowerCase();
  const digits = release.replace(/[^a-z0-9]/g, '');
  const [first = ''] = product.toLowerCase().split(' ');
  const codename = codenameOf(product, cycle);
  const words = [first.replace(/\.js$/, ''), first].map(word => word.replace(/[^a-z0-9]/g, ''));
  return segments.some(segment => {
    if (segment === release || segment === `v${release}`) return true;
    if (codename !== undefined && segment.split(/[._-]/).includes(codename)) return true;
    const name = segment.replace(/[^a-z0-9]/g, '');
    return words.some(word => name.includes(word + digits)) || (digits.length >= 4 && name.includes(digits));
  });
}
