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
    if ((SHORT[product] ?? []).some(word => isWord(segment, word + release))) return true;
    const name = segment.replace(/[^a-z0-9]/g, '');
    return words.some(word => name.includes(word + digits)) || (digits.length >= 4 && name.includes(digits));
  });
}

/** How products are called for short, with the number of a release behind it: `al2`, `el7`. */
const SHORT: Readonly<Record<string, readonly string[]>> = {
  'Amazon Linux': ['al', 'amzn'],
  'CentOS Linux': ['el'],
  'Red Hat Enterprise Linux': ['el', 'rhel'],
};

/** Whether a name has the word at the beginning of one of its own: `release-al2`, and neither `al2023` nor `final2`. */
function isWord(name: string, word: string): boolean {
  for (let at = name.indexOf(word); at >= 0; at = name.indexOf(word, at + 1))
    if (!/[a-z0-9]/.test(name[at - 1] ?? '') && !/\d/.test(name[at + word.length] ?? '')) return true;
  return false;
}

/** A file that something else writes, where a change does not last. */
const GENERATED = /\bdo not (?:edit|modify)\b|@generated\b|\b(?:auto)?generated (?:by|from|with|file)\b/i;
/** How much of a file says what it is, in UTF-16 code units. */
const HEAD = 1_500;

/**
 * Whether a file depends on the release in other lines than those of its images, or is written by something else: then another
 * base alone does not take the release's place. Comments do not count, nor do numbers without a point, which may mean anything.
 */
export function dependsOnRelease(text: string, { cycle, product }: Ending): boolean {
  if (GENERATED.test(text.slice(0, HEAD))) return true;
  const codename = codenameOf(product, cycle);
  const words = [
    ...(codename === undefined ? [] : [codename]),
    ...(/\d\.\d|^\d{4,}$/.test(cycle) ? [cycle.toLowerCase()] : []),
    ...(product.startsWith('CentOS') ? ['fastestmirror', 'vault.centos'] : []),
  ];
  return text
    .slice(0, LONGEST)
    .split('\n')
    .filter(line => !/^\s{0,80}(?:#|FROM\b|ARG\b|COPY\s{1,20}--from)/i.test(line))
    .map(line => line.slice(0, LONGEST_LINE).toLowerCase())
    .some(line => words.some(word => names(line, word)));
}

/** Whether a line has the word, and not as a part of a longer number. */
function names(line: string, word: string): boolean {
  for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1))
    if (!/[\d.]/.test(line[at - 1] ?? '') && !/^(?:\d|\.\d)/.test(line.slice(at + word.length, at + word.length + 2)))
      return true;
  return false;
}

const LONGEST = 200_000;
const LONGEST_LINE = 2_000;
