import type { Finding } from '../../../core/finding.ts';
import type { Span } from '../../../core/text.ts';
import {
  conditionsOf,
  type Implied,
  type Ordered,
  type Term,
} from '../../../languages/packer/components/conditions.ts';
import { type Configured, configured } from '../../../languages/packer/components/configured.ts';
import { certainlyHolds, isSetIn } from '../../../languages/packer/components/holds.ts';
import { shownTerm } from '../../../languages/packer/components/shown.ts';
import { allowsBefore, versionOf } from '../../../languages/packer/components/versions.ts';
import { isOwn, usedSources } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { type BlockSchema, knownBlocks } from '../../../languages/packer/schema.ts';
import { shownName } from '../../../languages/packer/shown-name.ts';
import type { PackerBlock, PackerTree } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'conflicting-attributes',
  summary: 'A block sets two attributes that conflict',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  hclOnly: true,
  *check(tree) {
    const { file } = tree;
    if (file.kind !== 'template') return;
    yield* setTwice(tree);
    const known = knownBlocks(tree);
    for (const { block, schema } of known) yield* repeatedBlocks(block, schema);
    for (const { block } of known)
      if (/^(?:error-cleanup-)?provisioner$|^post-processor$/.test(block.type)) yield* onlyAndExcept(block);
    for (const block of file.top.blocks()) if (block.type === 'build') yield* secondCleanup(block);
    yield* registries(tree);
    const seen = new Set<string>();
    for (const one of configured(tree))
      for (const finding of [...exclusive(one), ...forbidden(one), ...ordered(one)]) {
        // Builds may use a source in several ways.
        const key = `${finding.span.start} ${finding.span.file ?? ''} ${finding.message}`;
        if (!seen.has(key)) yield finding;
        seen.add(key);
      }
  },
});

/** An attribute of a `source` block in a build that the source has too: the two blocks are merged, and neither wins. */
function* setTwice(tree: PackerTree): Iterable<Finding> {
  for (const { source: use } of usedSources(tree)) {
    const { overrides, source } = use;
    if (!overrides || overrides.dynamic || !source || !isOwn(tree, overrides)) continue;
    for (const { name, nameSpan } of overrides.attributes) {
      const first = source.block.attribute(name);
      if (!first || name === 'name') continue;
      yield {
        message: `${shownName(name, 'This attribute')} is already set in the source`,
        help: 'Set it in one of the two blocks; a build cannot override it',
        span: nameSpan,
        related: [{ message: 'Also set here', span: first.nameSpan }],
      };
    }
  }
}

/** A build may have one. */
function* secondCleanup(build: PackerBlock): Iterable<Finding> {
  const [first, ...more] = build.blocks('error-cleanup-provisioner').filter(({ dynamic }) => !dynamic);
  for (const { header } of first ? more : []) yield second(header, first!.header, 'error-cleanup-provisioner');
}

/** A template may have one registry, at the top level or in a build. */
function* registries(tree: PackerTree): Iterable<Finding> {
  const type = 'hcp_packer_registry';
  const all = tree.module.files
    .filter(({ kind }) => kind === 'template')
    .flatMap(({ top }) => [...top.blocks(type), ...top.blocks('build').flatMap(build => build.blocks(type))])
    .filter(({ dynamic }) => !dynamic);
  for (const block of all) {
    if (!isOwn(tree, block)) continue;
    if (block !== all[0]) yield second(block.header, all[0]!.header, type);
    yield* conflict(block, ['labels', 'bucket_labels'], 'Keep `bucket_labels`; `labels` is its old name');
  }
}

function second(span: Span, first: Span, type: string): Finding {
  return {
    message: `Second \`${type}\` block: only one is allowed`,
    help: 'Merge the two blocks',
    span,
    related: [{ message: 'First one', span: first }],
  };
}

/** A block that may be there once. */
function* repeatedBlocks(block: PackerBlock, { contents }: BlockSchema): Iterable<Finding> {
  if (!contents) return;
  const first = new Map<string, PackerBlock>();
  for (const inner of block.blocks()) {
    const type = contents.types.get(inner.type);
    if (type?.kind !== 'block' || type.many || inner.dynamic) continue;
    const before = first.get(inner.type);
    if (!before) first.set(inner.type, inner);
    else yield second(inner.header, before.header, inner.type);
  }
}

function* onlyAndExcept(block: PackerBlock): Iterable<Finding> {
  yield* conflict(block, ['only', 'except'], 'Keep one of them');
}

/** Of each row one may be set. */
function* exclusive({ contents, settings, used }: Configured): Iterable<Finding> {
  // Two steps, one with each attribute, do what both together cannot.
  const splits = used.kind === 'provisioner' || used.kind === 'post-processor';
  const help = splits ? 'Keep one of them, or split the block into two' : 'Keep one of them';
  for (const names of conditionsOf(contents).exclusive) yield* conflict(settings, names, help);
}

function* conflict(settings: Configured['settings'], names: readonly string[], help: string): Iterable<Finding> {
  const [first, second] = names
    .flatMap(name => (isSetIn(settings, name) === 'set' ? (placeOf(settings, name) ?? []) : []))
    .sort((a, b) => a.span.start - b.span.start);
  if (!first || !second) return;
  yield {
    message: `\`${second.name}\` conflicts with \`${first.name}\``,
    help,
    span: second.span,
    related: [{ message: `\`${first.name}\` is set here`, span: first.span }],
  };
}

/** Where an attribute or block is. */
function placeOf(settings: Configured['settings'], name: string): { name: string; span: Span } | undefined {
  const span = settings.attribute(name)?.nameSpan ?? settings.blocks(name)[0]?.header;
  return span && { name, span };
}

/** What another setting rules out. */
function* forbidden({ contents, settings, used }: Configured): Iterable<Finding> {
  for (const { since, asks, when } of conditionsOf(contents).forbids) {
    if (since !== undefined && allowsBefore(used.range, versionOf(since))) continue;
    if (!when.every(term => certainlyHolds(settings, term))) continue;
    for (const term of asks) yield* ruledOut(settings, term, when.at(-1)!);
  }
}

function* ruledOut(
  settings: Configured['settings'],
  term: Term,
  by: Implied<unknown>['when'][number],
): Iterable<Finding> {
  const place = certainlyHolds(settings, term) ? placeOf(settings, term.name) : undefined;
  const cause = placeOf(settings, by.name);
  if (!place) return;
  yield {
    message: `${shownTerm(term)} conflicts with ${shownTerm(by, settings)}`,
    help: 'Keep one of them',
    span: place.span,
    ...(cause && { related: [{ message: `\`${by.name}\` is set here`, span: cause.span }] }),
  };
}

/** A range whose beginning is after its end. */
function* ordered({ contents, settings }: Configured): Iterable<Finding> {
  for (const { greatest, least } of conditionsOf(contents).ordered) {
    const [first, last] = [numberOf(settings, least), numberOf(settings, greatest)];
    if (first === undefined || last === undefined || first <= last) continue;
    const place = placeOf(settings, least[0]) ?? placeOf(settings, greatest[0]);
    if (!place) continue;
    const other = place.name === least[0] ? greatest : least;
    const isDefault = !placeOf(settings, other[0]);
    yield {
      message: `\`${place.name}\` is ${place.name === least[0] ? 'greater' : 'less'} than ${isDefault ? `the default of \`${other[0]}\`, ${other[1]}` : `\`${other[0]}\``}`,
      help: isDefault ? `Set \`${other[0]}\` too` : 'Exchange or correct the numbers',
      span: place.span,
    };
  }
}

function numberOf(settings: Configured['settings'], [name, byDefault]: Ordered['least']): number | undefined {
  const value = settings.attribute(name)?.value;
  if (!value || value.kind === 'null') return byDefault;
  const number = value.text === undefined ? Number.NaN : Number(value.text);
  return number === 0 ? byDefault : Number.isFinite(number) ? number : undefined;
}
