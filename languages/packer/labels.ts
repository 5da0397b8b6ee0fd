/** Which labels or tags does a source put on what it makes, and are they all? */
import type { Label, Output } from '../../core/build.ts';
import { valuesAt } from './attributes.ts';
import type { PackerBuildSource } from './tree.ts';

type Labels = Pick<Output, 'labels' | 'labelsKnown'>;

/** The labels in the attributes that the table has for the source's type; none and not known for other types. */
export function labelsOf(source: PackerBuildSource): Labels {
  const { facts } = source;
  const labels: Label[] = [];
  let labelsKnown = facts !== undefined && facts.produces !== 'none';
  for (const { attribute, form, key: keyName = 'key' } of facts?.labels ?? []) {
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
