import type { Finding } from '../../../core/finding.ts';
import type { Span } from '../../../core/text.ts';
import { boundBelow } from '../../../languages/packer/components/bound.ts';
import { conditionsOf, type Implied, type Term } from '../../../languages/packer/components/conditions.ts';
import { type Configured, configured } from '../../../languages/packer/components/configured.ts';
import { certainlyHolds, holds, isSetIn } from '../../../languages/packer/components/holds.ts';
import type { UsedComponent } from '../../../languages/packer/components/resolve.ts';
import { shownTerm } from '../../../languages/packer/components/shown.ts';
import { versionIn, words } from '../../../languages/packer/components/table.ts';
import {
  allowsBefore,
  allowsFrom,
  compareVersions,
  type Version,
  versionOf,
} from '../../../languages/packer/components/versions.ts';
import { isInDocument } from '../../../languages/packer/nodes.ts';
import type { PackerTree } from '../../../languages/packer/tree.ts';

/** What the plugin refuses when it is empty: of sources that a build uses, of data sources, of steps, and of the blocks in them. */
export function* missingInComponents(tree: PackerTree): Iterable<Finding> {
  const seen = new Set<string>();
  for (const one of configured(tree)) {
    if (one.unused) continue;
    for (const finding of inComponent(one)) {
      // Builds may use a source in several ways.
      const key = `${finding.span.start} ${finding.span.file ?? ''} ${finding.message}`;
      if (!seen.has(key)) yield finding;
      seen.add(key);
    }
  }
}

function* inComponent(one: Configured): Iterable<Finding> {
  const { contents, nested, used } = one;
  if (nested) for (const name of contents.required) if (!isGiven(one, name)) yield missing(one, [name]);
  if (!nested) yield* required(one, used);
  for (const condition of conditionsOf(contents).needs) yield* needed(one, condition);
}

function* required(one: Configured, used: UsedComponent): Iterable<Finding> {
  const { component, range } = used;
  for (const name of words(component.required)) {
    const since = versionIn(component.requiredSince, name);
    if (isGiven(one, name) || (since !== undefined && !allowsFrom(range, versionOf(since)))) continue;
    // Older versions of the plugin accept it.
    if (since === undefined || !allowsBefore(range, versionOf(since))) yield missing(one, [name]);
    else if (!isMeantFor(used, versionOf(since)) && !usesRemoved(one, versionOf(since)))
      yield {
        ...missing(one, [name]),
        message: `${one.subject} has no \`${name}\`, required since version ${since}`,
        fixes: [boundBelow(used, since)],
        severity: 'warning',
      };
  }
  for (const names of component.requiredOneOf ?? [])
    if (!words(names).some(name => isGiven(one, name))) yield missing(one, words(names));
}

/** One that is misspelled is reported as such: `elevated_username`. */
function isGiven({ block, contents, settings }: Configured, name: string): boolean {
  return (
    isSetIn(settings, name) !== 'unset' ||
    block.attributes.some(other => other.name.startsWith(name) && !contents.types.has(other.name))
  );
}

/** `~> 1` allows version 2 as well, and is written for version 1. */
function isMeantFor({ required: plugin }: UsedComponent, [since = 0]: Version): boolean {
  const [, major] = /^\s{0,20}~>\s{0,20}v?(\d{1,9})\s{0,20}$/.exec(plugin?.version?.text ?? '') ?? [];
  return major !== undefined && Number(major) < since;
}

/** It sets what that version no longer has, which is the first thing to say. */
function usesRemoved({ block, used }: Configured, since: Version): boolean {
  return block.attributes.some(({ name }) => {
    const removed = versionIn(used.component.attributesRemoved, name);
    return removed !== undefined && compareVersions(versionOf(removed), since) <= 0;
  });
}

/** What the rest of the block asks for. */
function* needed(one: Configured, { since, asks, when }: Implied<readonly (readonly Term[])[]>): Iterable<Finding> {
  const { settings, used } = one;
  if (since !== undefined && !allowsFrom(used.range, versionOf(since))) return;
  if (!when.every(term => holds(settings, term) === true)) return;
  const rows = asks.filter(row =>
    row.every(term => holds(settings, term) === false && !(term.values === undefined && isGiven(one, term.name))),
  );
  if (rows.length === 0) return;
  const isNew = since !== undefined && allowsBefore(used.range, versionOf(since));
  if (isNew && (isMeantFor(used, versionOf(since)) || usesRemoved(one, versionOf(since)))) return;
  const trigger = when.findLast(({ name }) => name !== 'communicator' && placeOf(one, name));
  const place = trigger && placeOf(one, trigger.name);
  for (const row of rows)
    yield {
      ...(place ? asked(one, trigger!, place, row) : missingRow(one, row)),
      // A variable may be given as empty.
      ...(!when.every(term => certainlyHolds(settings, term)) && { severity: 'warning' }),
      ...(isNew && { severity: 'warning', fixes: [boundBelow(used, since)] }),
    };
}

/** Where an attribute or block is set, if that is in this document. */
function placeOf({ settings }: Configured, name: string): Span | undefined {
  const attribute = settings.attribute(name);
  if (attribute) return isInDocument(attribute.source) ? attribute.nameSpan : undefined;
  const block = settings.blocks(name)[0];
  return block && isInDocument(block.source) ? block.header : undefined;
}

/** What an attribute or block asks for, by preference in the block itself. */
function asked({ settings, used }: Configured, trigger: Term, span: Span, row: readonly Term[]): Finding {
  const start = `${trigger.name}.`;
  const inner = row.filter(({ name }) => name.startsWith(start));
  const names = inner.length > 0 ? inner.map(term => ({ ...term, name: term.name.slice(start.length) })) : row;
  const { message, others } = listed(`${shownTerm(trigger, settings)} needs`, names);
  const stays = inner.length > 0 || words(used.component.required).includes(trigger.name);
  const instead = stays ? '' : `, or ${trigger.values ? 'change' : 'remove'} \`${trigger.name}\``;
  return { message, help: others ?? `Set ${shownNames(names)}${instead}`, span };
}

const HELP: Readonly<Record<string, string>> = {
  'inline script scripts': 'Write the commands in `inline`, or name a file in `script`',
  'command inline script scripts': 'Write the commands in `inline`, or name a file in `script`',
};

const missing = (one: Configured, names: readonly string[]): Finding =>
  missingRow(
    one,
    names.map(name => ({ name, values: undefined, orUnset: false })),
  );

function missingRow({ block, subject }: Configured, row: readonly Term[]): Finding {
  const { message, others } = listed(`${subject} has no`, row);
  return {
    message,
    help: others ?? HELP[row.map(({ name }) => name).join(' ')] ?? `Set ${shownNames(row)}`,
    span: block.header,
  };
}

/** What the message itself does not name again. */
function shownNames(row: readonly Term[]): string {
  return row.length > 1 ? 'one of them' : shownTerm(row[0]!);
}

/** The longest message and help, in characters. */
const ROOM = { message: 90, help: 80 };

/** `a`, `b` or `c` after the start of a message; of many the first, and a help with the others. */
function listed(start: string, row: readonly Term[]): { message: string; others?: string } {
  const names = row.map(term => shownTerm(term));
  const whole = `${start} ${either(names)}`;
  if (names.length < 2 || whole.length <= ROOM.message) return { message: whole };
  const first = (count: number): string => {
    const left = names.length - count;
    return `${start} ${names.slice(0, count).join(', ')} or ${left > 1 ? `one of ${left} others` : 'one other'}`;
  };
  let count = names.length - 1;
  while (count > 1 && first(count).length > ROOM.message) count--;
  const rest = either(names.slice(count));
  return { message: first(count), others: `Or ${rest.length + 7 > ROOM.help ? '' : 'set '}${rest}` };
}

function either(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : names.join('');
}
