/** Values of files of YAML and JSON, as names and paths. */

import { SourceText } from '../../core/text.ts';
import type { Setting } from '../../facts/config-files/setting.ts';
import { readYaml } from '../../facts/config-files/yaml.ts';
import type { NamedImage } from './model.ts';
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

export function knownIn(one: Setting | undefined, naming: Naming): string | undefined {
  return one?.literal === undefined ? undefined : naming.known(one.literal);
}
