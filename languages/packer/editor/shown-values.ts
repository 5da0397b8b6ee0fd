/** Which values may be shown: none of what is sensitive, or a secret by its name, nor of what is made of such a thing. */
import type { ValuePlace } from '../../../core/editor.ts';
import { declared, dependsOnSecret, setValue } from '../hidden-values.ts';
import type { Evaluated, PackerTree } from '../tree.ts';

const LONGEST = 80;

/** A value with the defaults of variables, if it is short, known and no secret. Hosts hide what may be one by its looks. */
export function shownValue(value: Evaluated | undefined, tree: PackerTree): string | undefined {
  const text = value?.assumingDefaults.raw;
  if (!value || text === undefined || text === '' || text.length > LONGEST || /[\r\n`]/.test(text)) return undefined;
  return dependsOnSecret(value, tree.module) ? undefined : text;
}

/** Every place that a value comes from, in any number of steps; `undefined` when one is not known. */
export function placesOf(value: Evaluated, tree: PackerTree): readonly ValuePlace[] | undefined {
  const from = new Map<string, Evaluated>([['', value]]);
  for (const { references } of from.values()) {
    for (const { root, path } of references) {
      const name = path[0] ?? '';
      const set = declared(root, name, tree.module);
      const next = set && setValue(set);
      if (!next) return undefined;
      from.set(`${root}.${name}`, next);
    }
  }
  return [...from.values()].map(({ source, span }) => ({ span, text: source.text }));
}
