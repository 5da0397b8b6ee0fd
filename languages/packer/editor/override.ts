/** Keys in `override = { … }`: the sources of the build, and in them the attributes of the step. */
import type { Completion } from '../../../core/editor.ts';
import type { PackerTree } from '../tree.ts';
import { shownType, typeIn } from './facts.ts';
import type { Place } from './place.ts';

export function overrideKeys(
  { module }: PackerTree,
  { attribute, blocks, schema }: Place,
  offset: number,
  typed: string,
): readonly Completion[] {
  const value = attribute?.hcl.value;
  if (value?.kind !== 'object') return [];
  const replaces = { start: offset - typed.length, end: offset };
  const inside = value.items.find(({ value }) => value.start < offset && offset <= value.end);
  if (inside)
    return (schema?.offered ?? [])
      .filter(name => schema?.own.has(name) !== true)
      .map(label => ({
        label,
        kind: 'attribute',
        detail: shownType(schema && typeIn(schema, label)),
        snippet: `${label} = $1`,
        replaces,
      }));
  const build = module.builds.find(({ block }) => block === blocks[0]);
  const given = new Set(attribute!.value.entries.map(({ key }) => key));
  const names = new Set(build?.sources.map(({ name, overrides }) => overrides?.attribute('name')?.value.text ?? name));
  return [...names]
    .filter(name => !given.has(name))
    .map(label => ({ label, kind: 'reference', snippet: `${label} = {\n  $1\n}`, replaces }));
}
