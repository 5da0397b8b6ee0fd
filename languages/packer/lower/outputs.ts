/** What a source produces: its name and labels. */
import type { Output } from '../../../core/build.ts';
import { valuesAt } from '../attributes.ts';
import { labelsOf } from '../labels.ts';
import type { PackerBuildSource } from '../tree.ts';

/** The output of a source; none for a type that is not in the table or makes nothing. */
export function lowerOutput(source: PackerBuildSource): readonly Output[] {
  const { facts } = source;
  if (!facts || facts.produces === 'none') return [];
  const name = facts.names.flatMap(path => valuesAt(source, path))[0];
  return [{ name: name?.value.asValue(), ...labelsOf(source), span: source.source?.header ?? source.span }];
}
