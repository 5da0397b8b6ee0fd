/** Values of files of YAML and JSON, as names and paths. */

import { SourceText, type Span } from '../../core/text.ts';
import type { Setting } from '../../facts/config-files/setting.ts';
import { readYaml } from '../../facts/config-files/yaml.ts';
import type { BuildCall, NamedImage, Retag } from './model.ts';
import type { Naming } from './naming.ts';

/** Entries of one file. */
export const MOST = 500;

export const settingsOf = (text: string): readonly Setting[] => readYaml(SourceText.document(text)) ?? [];

/** Settings by the path in front of a number of keys. */
export function grouped(settings: readonly Setting[], depthOf: (one: Setting) => number | undefined): Setting[][] {
  const groups = new Map<string, Setting[]>();
  for (const one of settings) {
    const depth = depthOf(one);
    if (depth === undefined) continue;
    const key = one.path.slice(0, depth).join('\0');
    const group = groups.get(key);
    if (group) group.push(one);
    else if (groups.size < MOST) groups.set(key, [one]);
  }
  return [...groups.values()];
}

export function nameIn(one: Setting, naming: Naming): readonly NamedImage[] {
  const name = naming.named(one.literal, one.value.span);
  return name ? [name] : [];
}

/** The same of an image that is started: its name may be known in parts only. */
export function startIn(one: Setting, naming: Naming): readonly NamedImage[] {
  const name = naming.started(one.literal, one.value.span);
  return name && (name.known === undefined || /\w/.test(name.known)) ? [name] : [];
}

export function knownIn(one: Setting | undefined, naming: Naming): string | undefined {
  return one?.literal === undefined ? undefined : naming.known(one.literal);
}

/** So many of what a pattern finds: the rest of the text is not read. */
export function firstOf<T>(all: Iterable<T>, most: number, isWanted: (one: T) => boolean = () => true): readonly T[] {
  const first: T[] = [];
  for (const one of all) {
    if (first.length >= most) break;
    if (isWanted(one)) first.push(one);
  }
  return first;
}

/** Each row with each item, up to so many. */
export function crossed<R, I>(
  rows: readonly R[],
  items: readonly I[],
  most: number,
  join: (row: R, item: I) => R,
): readonly R[] {
  const all: R[] = [];
  for (const row of rows)
    for (const item of items) {
      if (all.length >= most) return all;
      all.push(join(row, item));
    }
  return all;
}

/** A call at another place of the file. */
export const movedTo = ({ names, parts, ...call }: BuildCall, span: Span): BuildCall => ({
  ...call,
  span,
  names: names.map(one => ({ ...one, span })),
  ...(parts ? { parts: parts.map(one => ({ ...one, span })) } : {}),
});

export const retagOf = ({ name, known, shown }: NamedImage, to: NamedImage): Retag => ({
  from: name,
  ...(known === undefined ? {} : { known }),
  ...(shown === undefined ? {} : { shown }),
  to,
});

export const retagMovedTo = (one: Retag, span: Span): Retag => ({ ...one, to: { ...one.to, span } });

const MOST_BEFORE = 300;

/** What a line has in front of a place; of a longer line its last characters. */
export function lineBefore(text: string, index: number): string {
  const before = text.slice(Math.max(0, index - MOST_BEFORE), index);
  return before.slice(before.lastIndexOf('\n') + 1);
}

/** A comment, or words that are only shown. */
export function isShown(text: string, index: number): boolean {
  const line = lineBefore(text, index);
  return (
    /^(?:#|\/\/|[@-]?[ \t]{0,20}(?:echo|printf|printf?ln|info|log|usage)\b)/.test(line.trimStart()) ||
    /\becho[ \t]/.test(line.slice(Math.max(line.lastIndexOf(';'), line.lastIndexOf('&'), line.lastIndexOf('|')) + 1))
  );
}
