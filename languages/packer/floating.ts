/** Does a base float, so that the same template starts from another image later, and why? */
import type { Floating, Value } from '../../core/build.ts';
import { type Attributes, valuesAt } from './attributes.ts';
import type { FloatFacts } from './sources/facts.ts';
import { dataFloats } from './sources/index.ts';
import type { Evaluated, PackerData, PackerModule } from './tree.ts';

/** Whether a base that is chosen like this floats, and why; `span` is where it is chosen. */
export function floating(floats: FloatFacts, from: Attributes, span: Floating['span']): Floating | undefined {
  if (floats.when === 'always') return { reason: 'family', span };
  if (floats.when === 'version') {
    const version = valuesAt(from, floats.version)[0];
    if (floats.of && !floats.of[1].test(textAt(from, floats.of[0]))) return undefined;
    if (!version) return isWritten(from, floats.version) ? undefined : { reason: 'version-missing', span };
    return version.value.byDefault === 'latest' ? { reason: 'version-latest', span: version.span } : undefined;
  }
  if (floats.when === 'slug') {
    const name = textAt(from, floats.attribute);
    if (/-daily:/.test(name)) return { reason: 'moving-name', span };
    return floats.slugs.test(name) ? { reason: floats.reason ?? 'slug', span } : undefined;
  }
  if (floats.newest !== 'always') {
    const newest = valuesAt(from, floats.newest)[0];
    if (newest?.value.assumingDefaults.bool !== true) return undefined;
  }
  const names = floats.exact.flatMap(path => valuesAt(from, path));
  const pattern =
    names.find(({ value }) => isPattern(value.asValue())) ?? floats.patterns?.flatMap(path => valuesAt(from, path))[0];
  const isOpen = floats.anyones === undefined || floats.anyones[1].test(textAt(from, floats.anyones[0]));
  const ownerless = isOpen && floats.owners !== undefined && !isWritten(from, floats.owners);
  if (ownerless && floats.anyones && names.length > 0) return { reason: 'newest-without-owner', span: names[0]!.span };
  if (names.length > 0 && !pattern) return names.flatMap(({ span: at, value }) => movingName(value, at) ?? [])[0];
  // A filter that cannot be read may contain the exact name.
  if (names.length === 0 && !filterIsRead(floats, from)) return undefined;
  if (ownerless) return { reason: 'newest-without-owner', span: pattern?.span ?? span };
  return pattern ? { reason: 'newest-of-pattern', span: pattern.span } : { reason: 'newest-of-any-name', span };
}

/** The value of an attribute as far as the defaults say it, or nothing. */
function textAt(from: Attributes, path: string): string {
  return valuesAt(from, path)[0]?.value.asValue().byDefault?.slice(0, 300) ?? '';
}

/** Whether a name contains `*` or `?`, so that it selects any match. */
function isPattern(value: Value): boolean {
  return /[*?]/.test(value.byDefault ?? value.source.text);
}

/** Whether a path is set at all: an unknown value is not a missing one. */
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

/** Whether every object on a path is completely known. */
function isCompleteTo(from: Attributes, path: string): boolean {
  const [first = '', ...rest] = path.split('.');
  const value: Evaluated | undefined = from.attribute(first)?.value;
  if (value && rest.length > 0) return value.complete;
  return rest.length === 0 || from.blocks(first).every(block => !block.dynamic && isCompleteTo(block, rest.join('.')));
}

/** A word at the end of a name, or a directory, that stands for whatever is newest. */
const MOVING = /(?:^|[-_./: ])(?:latest|current|newest|nightly|daily|rolling|edge|head)$|\/(?:latest|current)\//i;

/** Whether a base is chosen by a name that moves to each new image: `web-base-latest`. */
export function movingName(value: Evaluated, span: Floating['span']): Floating | undefined {
  const name = value.asValue().byDefault;
  return name !== undefined && name.length < 300 && MOVING.test(name) ? { reason: 'moving-name', span } : undefined;
}

/** Whether a value that a data source looks up floats, and why. */
export function floatingData(value: Evaluated, module: PackerModule): Floating | undefined {
  for (const { data, floats } of lookUps(value, module)) {
    const found = floating(floats, data.block, data.header);
    if (found) return found;
  }
  return undefined;
}

/** The name or pattern by which a data source looks up a value; `undefined` when none does. */
export function nameInData(value: Evaluated, module: PackerModule): Evaluated | undefined {
  for (const { data, floats } of lookUps(value, module)) {
    const paths = floats.when === 'filter' ? floats.exact : floats.when === 'slug' ? [floats.attribute] : [];
    const found = paths.flatMap(path => valuesAt(data.block, path))[0];
    if (found) return found.value;
  }
  return undefined;
}

/** The data sources in a value that look up images. */
function lookUps(value: Evaluated, module: PackerModule): readonly { data: PackerData; floats: FloatFacts }[] {
  return value.references.flatMap(({ path, root }) => {
    if (root !== 'data') return [];
    const data = module.data.find(({ name, type }) => type === path[0] && name === path[1]);
    const floats = data && dataFloats(data.type);
    return floats ? { data, floats } : [];
  });
}
