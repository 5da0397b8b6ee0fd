import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptOfficialImagesData } from '../../data/official-images.json';
import type { Keeper } from './data-file.ts';

/** What a file of tags has: that of the official images, and those of other publishers. */
export type ImageTags = KeptOfficialImagesData;
type Data = ImageTags;

/** Keeps `data/official-images.json`. */
export const OFFICIAL_IMAGES: Keeper<Data> = {
  file: 'data/official-images.json',
  input: 'a checkout of docker-library/official-images; --date: the day of its commit',
  levels: 3,
  problems: tagProblems,
  async refresh(data, input) {
    if (input === undefined) return { data: inOrder(data), report: [] };
    if (input.date === undefined) throw new Error('pass the day of the commit with --date');
    const groups = readLibrary(join(input.place, 'library'));
    const fresh = { ...data, date: input.date, commit: commitOf(input.place), ...packed(groups) };
    const gone = Object.keys(data.images).filter(name => !Object.hasOwn(fresh.images, name));
    const added = Object.keys(fresh.images).filter(name => !Object.hasOwn(data.images, name));
    return {
      data: inOrder(fresh),
      report: [...gone.map(name => `${name} is no longer listed`), ...added.map(name => `${name} is new`)],
    };
  },
};

/** Tags that name one image, and what it runs on. */
export interface TagGroup {
  readonly tags: readonly string[];
  readonly architectures: readonly string[];
}

/** A release before the release: nobody pins to one by a fix. */
const PRERELEASE = /\d-?(?:rc|alpha|beta)\d*|-(?:rc|ea|alpha|beta|nightly|preview)(?:[.-]|$)|\d[abm]\d/i;

/** The groups that fixes can use: released, and for Linux. */
const isUsed = ({ tags, architectures }: TagGroup): boolean =>
  !tags.some(tag => PRERELEASE.test(tag)) && architectures.some(one => !one.startsWith('windows-'));

/** The groups in the form of the file. */
export function packed(images: Readonly<Record<string, readonly TagGroup[]>>): Pick<Data, 'architectures' | 'images'> {
  const rows: string[] = [];
  const written = Object.entries(images).map(([name, groups]) => [
    name,
    groups.filter(isUsed).map(({ tags, architectures }) => {
      const row = [...architectures].sort().join(' ');
      if (!rows.includes(row)) rows.push(row);
      return `${rows.indexOf(row)} ${tags.join(' ')}`;
    }),
  ]);
  return { architectures: rows, images: Object.fromEntries(written.filter(([, groups]) => groups!.length > 0)) };
}

/**
 * The groups in one file of the library: paragraphs of `Key: value` lines, a first one with defaults.
 * https://github.com/docker-library/official-images#instruction-format
 */
export function readGroups(text: string): readonly TagGroup[] {
  const paragraphs = text
    .replace(/^#.*\n/gm, '')
    .replace(/,\s*\n\s+/g, ', ')
    .split(/\n\s*\n/)
    .map(paragraph => new Map(paragraph.split('\n').flatMap(line => keyAndValue(line))));
  const [defaults] = paragraphs;
  return paragraphs.flatMap(keys => {
    const tags = [...listOf(keys.get('Tags')), ...listOf(keys.get('SharedTags'))];
    const architectures = listOf(keys.get('Architectures') ?? defaults?.get('Architectures') ?? 'amd64');
    return tags.length > 0 ? [{ tags, architectures }] : [];
  });
}

function keyAndValue(line: string): [string, string][] {
  const found = /^([\w-]+):\s*(.*)$/.exec(line);
  return found ? [[found[1]!, found[2]!]] : [];
}

const listOf = (value = ''): string[] => value.split(/[\s,]+/).filter(Boolean);

function readLibrary(folder: string): Record<string, readonly TagGroup[]> {
  const names = readdirSync(folder).filter(name => statSync(join(folder, name)).isFile());
  if (names.length === 0) throw new Error(`${folder} has no files`);
  return Object.fromEntries(names.map(name => [name, readGroups(readFileSync(join(folder, name), 'utf8'))]));
}

/** The commit that is checked out, where the checkout says so in the plainest way. */
export function commitOf(place: string): string {
  try {
    const head = readFileSync(join(place, '.git', 'HEAD'), 'utf8').trim();
    const named = /^ref: (.*)$/.exec(head)?.[1];
    return (named === undefined ? head : readFileSync(join(place, '.git', named), 'utf8').trim()).slice(0, 10);
  } catch {
    return 'unknown';
  }
}

function inOrder(data: Data): Data {
  const images = Object.entries(data.images).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { ...data, images: Object.fromEntries(images) };
}

/** What is wrong with the groups of a file. */
export function tagProblems({ architectures, images }: Pick<Data, 'architectures' | 'images'>): readonly string[] {
  return Object.entries(images).flatMap(([name, groups]) =>
    groups.flatMap(group => {
      const [index = '', ...tags] = group.split(' ');
      return [
        ...(architectures[Number(index)] === undefined ? [`${name} has a group of unknown architectures`] : []),
        ...(tags.length === 0 ? [`${name} has a group without tags`] : []),
        ...tags.filter(tag => !/^\w[\w.-]{0,127}$/.test(tag)).map(tag => `${name} has an invalid tag ${tag}`),
      ];
    }),
  );
}
