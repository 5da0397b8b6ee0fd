/** What a document must have for rules over the table of source types to have anything to say. */
import type { NamedNeeds } from '../../../core/needs.ts';
import type { SettingFacts, SourceFacts } from './facts.ts';
import { SOURCE_FACTS } from './index.ts';

/** Something is set at one of these paths, as an attribute or in a nested block. */
export function pathNeeds(pathsOf: (facts: SourceFacts) => readonly string[]): NamedNeeds {
  const names = [...new Set(SOURCE_FACTS.flatMap(pathsOf).map(path => path.split('.')[0]!))];
  return { attributes: names, blocks: names };
}

/** A setting of this concern is written, or there is a source of a type for which leaving it out is bad too. */
export function settingNeeds(concern: SettingFacts['concern']): NamedNeeds {
  const settings = SOURCE_FACTS.flatMap(({ settings: all, type }) =>
    all.filter(setting => setting.concern === concern).map(setting => ({ ...setting, type })),
  );
  const names = [...new Set(settings.map(({ attribute }) => attribute.split('.')[0]!))];
  const types = settings.filter(({ badWhenAbsent }) => badWhenAbsent).map(({ type }) => `source.${type}`);
  return { attributes: names, blocks: [...names, ...new Set(types)] };
}
