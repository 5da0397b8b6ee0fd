/** What a source starts from, by the table of source types. */
import type { BaseImage, Floating, Value } from '../../../core/build.ts';
import { type Attributes, type Found, isSet, valuesAt } from '../attributes.ts';
import type { BaseFacts, FloatFacts } from '../sources/facts.ts';
import { dataFloats } from '../sources/index.ts';
import type { Evaluated, PackerBuildSource, PackerData, PackerModule } from '../tree.ts';

/** The bases of a source; none when its type is not in the table or nothing that names a base is set. */
export function lowerBases(source: PackerBuildSource, module: PackerModule): readonly BaseImage[] {
  for (const facts of source.facts?.bases ?? []) {
    const bases = basesBy(facts, source, module);
    if (bases.length > 0) return bases;
  }
  return [];
}

function basesBy(facts: BaseFacts, source: PackerBuildSource, module: PackerModule): readonly BaseImage[] {
  const { floats, kind } = facts;
  const found = valuesAt(source, facts.attribute);
  if (kind === 'iso') {
    const checksum = facts.checksum === undefined ? undefined : valuesAt(source, facts.checksum)[0]?.value.asValue();
    return each(found).map(({ span, value }) => ({ kind: 'iso', url: value.asValue(), checksum, span }));
  }
  if (kind === 'registry')
    return found.map(({ span, value }) => ({ kind: 'registry', reference: value.asValue(), span }));
  if (floats?.when === 'filter' && floats.block !== '') {
    if (!isSet(source, floats.block)) return [];
    const place = source.attribute(floats.block)?.span ?? source.blocks(floats.block)[0]?.header;
    const span = place ?? source.span;
    return [
      {
        kind: 'cloud',
        provider: source.type,
        selector: found[0]?.value.asValue(),
        floats: floating(floats, source, span),
        span,
      },
    ];
  }
  return each(found).map(({ span, value }) => ({
    kind: 'cloud',
    provider: source.type,
    selector: (nameInData(value, module) ?? value).asValue(),
    floats: floats ? floating(floats, source, span) : floatingData(value, module),
    span,
  }));
}

/** The elements of lists: `iso_urls` are mirrors of one file, of `iso_paths` the first is what is installed. */
function each(found: readonly Found[]): readonly Found[] {
  return found.flatMap(({ value, span }) =>
    value.kind === 'list' ? value.items.map(item => ({ value: item, span: item.span })) : [{ value, span }],
  );
}

/** Whether and why a base floats; `span` is where it is chosen. */
function floating(floats: FloatFacts, from: Attributes, span: Floating['span']): Floating | undefined {
  if (floats.when === 'always') return { reason: 'family', span };
  if (floats.when === 'version') {
    const version = valuesAt(from, floats.version)[0];
    if (!version) return isWritten(from, floats.version) ? undefined : { reason: 'version-missing', span };
    return version.value.byDefault === 'latest' ? { reason: 'version-latest', span: version.span } : undefined;
  }
  if (floats.newest !== 'always') {
    const newest = valuesAt(from, floats.newest)[0];
    if (newest?.value.assumingDefaults.bool !== true) return undefined;
  }
  const names = floats.exact.flatMap(path => valuesAt(from, path));
  const pattern = names.find(({ value }) => isPattern(value.asValue()));
  if (names.length > 0 && !pattern) return undefined;
  // A filter that cannot be read may hold the exact name.
  if (names.length === 0 && !filterIsRead(floats, from)) return undefined;
  const ownerless = floats.owners !== undefined && !isWritten(from, floats.owners);
  return { reason: ownerless ? 'newest-without-owner' : 'newest-of-pattern', span: pattern?.span ?? span };
}

/** A name with `*` or `?` selects whatever fits. */
function isPattern(value: Value): boolean {
  return /[*?]/.test(value.byDefault ?? value.source.text);
}

/** Whether a path is written at all, whatever its value: an unknown value is not a missing one. */
function isWritten(from: Attributes, path: string): boolean {
  const [first = '', ...rest] = path.split('.');
  const attribute = from.attribute(first);
  if (attribute) {
    if (rest.length === 0) return true;
    return !attribute.value.complete || valuesAt(from, path).length > 0;
  }
  return from.blocks(first).some(block => rest.length === 0 || block.dynamic || isWritten(block, rest.join('.')));
}

function filterIsRead(floats: Extract<FloatFacts, { when: 'filter' }>, from: Attributes): boolean {
  return floats.exact.every(path => !isWritten(from, path) && isCompleteTo(from, path));
}

/** Whether every object on the way to a path is known in full. */
function isCompleteTo(from: Attributes, path: string): boolean {
  const [first = '', ...rest] = path.split('.');
  const value: Evaluated | undefined = from.attribute(first)?.value;
  if (value && rest.length > 0) return value.complete;
  return rest.length === 0 || from.blocks(first).every(block => !block.dynamic && isCompleteTo(block, rest.join('.')));
}

/** A base that a data source looks up floats as that one does. */
function floatingData(value: Evaluated, module: PackerModule): Floating | undefined {
  for (const { data, floats } of lookUps(value, module)) {
    const found = floating(floats, data.block, data.header);
    if (found) return found;
  }
  return undefined;
}

/** The name or pattern by which a data source looks the base up. */
function nameInData(value: Evaluated, module: PackerModule): Evaluated | undefined {
  for (const { data, floats } of lookUps(value, module)) {
    if (floats.when !== 'filter') continue;
    const found = floats.exact.flatMap(path => valuesAt(data.block, path))[0];
    if (found) return found.value;
  }
  return undefined;
}

/** The data sources in a value that look images up. */
function lookUps(value: Evaluated, module: PackerModule): readonly { data: PackerData; floats: FloatFacts }[] {
  return value.references.flatMap(({ path, root }) => {
    if (root !== 'data') return [];
    const data = module.data.find(({ name, type }) => type === path[0] && name === path[1]);
    const floats = data && dataFloats(data.type);
    return floats ? { data, floats } : [];
  });
}
