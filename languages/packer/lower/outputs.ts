/** What a source produces: its name and labels. */
import type { Label, Output } from '../../../core/build.ts';
import { valuesAt } from '../attributes.ts';
import type { LabelAttribute } from '../sources/facts.ts';
import type { PackerBuildSource } from '../tree.ts';

/** The output of a source; none for a type that is not in the table or makes nothing. */
export function lowerOutput(source: PackerBuildSource): readonly Output[] {
  const { facts } = source;
  if (!facts || facts.produces === 'none') return [];
  const name = facts.names.flatMap(path => valuesAt(source, path))[0];
  const labels = labelsBy(source, facts.labels);
  return [{ name: name?.value.asValue(), ...labels, span: source.source?.header ?? source.span }];
}

/** The labels that some attributes of a source hold, and whether they are all there are. */
export function labelsBy(
  source: PackerBuildSource,
  attributes: readonly LabelAttribute[],
): { readonly labels: readonly Label[]; readonly labelsKnown: boolean } {
  const labels: Label[] = [];
  let labelsKnown = true;
  for (const { attribute, form, key: keyName = 'key' } of attributes) {
    if (form === 'blocks') {
      for (const block of source.blocks(attribute)) {
        const key = block.attribute(keyName)?.value.text;
        const value = block.attribute('value')?.value.asValue();
        if (block.dynamic || key === undefined) labelsKnown = false;
        if (key !== undefined && value) labels.push({ key, value, span: block.span });
      }
      continue;
    }
    for (const { span, value } of valuesAt(source, attribute)) {
      if (!value.complete) labelsKnown = false;
      if (form === 'map')
        for (const entry of value.entries)
          labels.push({ key: entry.key, value: entry.value.asValue(), span: entry.span });
      else if (form === 'list') {
        for (const item of value.items) {
          if (item.text === undefined) labelsKnown = false;
          else labels.push({ key: item.text, value: item.asValue(), span: item.span });
        }
      } else {
        const whole = value.asValue();
        if (whole.literal === undefined) labelsKnown = false;
        for (const key of (whole.literal ?? '').split(';'))
          if (key.trim()) labels.push({ key: key.trim(), value: whole, span });
      }
    }
  }
  return { labels, labelsKnown };
}
