/** Security settings of sources, by the table of source types. */
import { isOwn, usedSources, valuesAt } from './nodes.ts';
import type { SettingFacts } from './sources/facts.ts';
import type { Data, Evaluated, PackerBlock, PackerSource, PackerTree } from './tree.ts';

/** A source block of the linted document, or a build's block with overrides of one. */
export interface SourceBlock {
  readonly block: PackerBlock;
  readonly source: PackerSource;
}

/** A setting with a value that is bad for its concern. */
export interface BadSetting extends SourceBlock {
  readonly setting: SettingFacts;
  readonly value: Evaluated;
  /** From the name to the end of the value. */
  readonly span: PackerBlock['span'];
  /** Whether the value is certain; false when it is the default of a variable. */
  readonly certain: boolean;
}

/** The source blocks of the linted document whose type is in the table, each with the overrides that builds of it have. */
export function sourceBlocks(tree: PackerTree): readonly SourceBlock[] {
  return sourceBlocksOfModule(tree).filter(({ block }) => isOwn(tree, block));
}

/** Those of all files of the module. */
function sourceBlocksOfModule(tree: PackerTree): readonly SourceBlock[] {
  const own = tree.module.sources.filter(({ facts }) => facts);
  const overrides = usedSources(tree).flatMap(({ source: { overrides: block, source } }) =>
    block && source?.facts ? [{ block, source }] : [],
  );
  return [...own.map(source => ({ block: source.block, source })), ...overrides];
}

/** Sources that a build overrides: it may set what they do not. */
export function overriddenSources(tree: PackerTree): ReadonlySet<PackerSource> {
  return new Set(
    usedSources(tree).flatMap(({ source: { overrides, source } }) => (overrides && source ? [source] : [])),
  );
}

/**
 * The settings of a concern that have a bad value. Defaults of variables count only with `byDefault`; with `module`, those in the
 * other files of the module are among them.
 */
export function* badSettings(
  tree: PackerTree,
  concern: SettingFacts['concern'],
  byDefault: boolean | 'module' = false,
): Iterable<BadSetting> {
  for (const written of byDefault === 'module' ? sourceBlocksOfModule(tree) : sourceBlocks(tree)) {
    for (const setting of written.source.facts!.settings) {
      if (setting.concern !== concern) continue;
      for (const { span, value } of valuesAt(written.block, setting.attribute)) {
        const certain = isBad(setting, value.literal);
        if (certain || (byDefault && isBad(setting, value.byDefault)))
          yield { ...written, setting, value, span, certain };
      }
    }
  }
}

function isBad({ bad }: SettingFacts, value: Data | undefined): boolean {
  if (value === undefined || value === null) return false;
  const values = Array.isArray(value) ? (value as readonly Data[]) : [value];
  return values.some(one => bad.some(candidate => candidate === '*' || String(candidate) === String(one)));
}
