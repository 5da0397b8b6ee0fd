import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Keeper } from './data-file.ts';
import { commitOf, type ImageTags, packed, type TagGroup, tagProblems } from './official-images.ts';

/** The pages that list the tags of one repository each. */
const REPOSITORIES = ['aspnet', 'monitor', 'runtime', 'runtime-deps', 'sdk'];

/** Keeps `data/dotnet-images.json`. */
export const DOTNET_IMAGES: Keeper<ImageTags> = {
  file: 'data/dotnet-images.json',
  input: 'a checkout of dotnet/dotnet-docker; --date: the day of its commit',
  levels: 3,
  problems: tagProblems,
  async refresh(data, input) {
    if (input === undefined) return { data, report: [] };
    if (input.date === undefined) throw new Error('pass the day of the commit with --date');
    const images = REPOSITORIES.map((name): [string, readonly TagGroup[]] => {
      const page = join(input.place, `README.${name}.md`);
      if (!existsSync(page)) throw new Error(`${page} does not exist`);
      return [`mcr.microsoft.com/dotnet/${name}`, readTagTables(readFileSync(page, 'utf8'))];
    });
    const fresh = { ...data, date: input.date, commit: commitOf(input.place), ...packed(Object.fromEntries(images)) };
    return { data: fresh, report: [] };
  },
};

/** `10.0.3-noble, 10.0-noble | [Dockerfile](src/sdk/10.0/noble/arm64v8/Dockerfile) | Ubuntu 24.04` */
const ROW = /^([\w.\-, ]+) \| \[Dockerfile\]\((src\/[\w./-]+)\/([\w-]+)\/Dockerfile\)/;
const ARCHITECTURE = /-(?:amd64|arm64v8|arm32v7)$/;

/** The groups of tags in the tables for Linux: one table for each architecture, whose rows are one group by their directory. */
export function readTagTables(page: string): readonly TagGroup[] {
  const groups = new Map<string, { readonly tags: string[]; readonly architectures: string[] }>();
  let isLinux = false;
  for (const line of page.split(/\r?\n/)) {
    if (line.startsWith('#')) isLinux = line.startsWith('### Linux ') || (isLinux && line.startsWith('####'));
    const [, tags = '', directory = '', architecture = ''] = (isLinux && ROW.exec(line)) || [];
    if (directory === '') continue;
    const group = groups.get(directory) ?? { tags: [], architectures: [] };
    groups.set(directory, group);
    group.architectures.push(architecture);
    // The tags of one architecture are the same images again.
    for (const tag of tags.split(', ')) if (!ARCHITECTURE.test(tag) && !group.tags.includes(tag)) group.tags.push(tag);
  }
  return [...groups.values()];
}
