/** What a source starts from, by the table of source types. */
import type { BaseImage, CloudBase, Value } from '../../../core/build.ts';
import { type Found, isSet, valuesAt } from '../attributes.ts';
import { floating, floatingData, movingName, nameInData } from '../floating.ts';
import { runsRescue } from '../images.ts';
import { labelsOf } from '../labels.ts';
import type { BaseFacts } from '../sources/facts.ts';
import { steadyFix } from '../steady-base.ts';
import type { PackerBuildSource, PackerModule } from '../tree.ts';

/** The bases of a source; none when its type is not in the table or nothing that names a base is set. */
export function lowerBases(source: PackerBuildSource, module: PackerModule): readonly BaseImage[] {
  if (runsRescue(source)) return [];
  for (const facts of source.facts?.bases ?? []) {
    const bases = basesBy(facts, source, module);
    if (bases.length > 0) return bases;
  }
  return [];
}

/** The checksum of a medium; before Packer 1.6 `iso_checksum_type` set to `none` turned off what `iso_checksum` says. */
function checksumOf({ checksum }: BaseFacts, source: PackerBuildSource): Value | undefined {
  if (checksum === undefined) return undefined;
  const type = checksum === 'iso_checksum' ? valuesAt(source, 'iso_checksum_type')[0]?.value.asValue() : undefined;
  if (type?.literal?.trim().toLowerCase() === 'none') return type;
  return valuesAt(source, checksum)[0]?.value.asValue();
}

function basesBy(facts: BaseFacts, source: PackerBuildSource, module: PackerModule): readonly BaseImage[] {
  const { floats, kind } = facts;
  const found = valuesAt(source, facts.attribute);
  if (kind === 'iso') {
    const checksum = checksumOf(facts, source);
    return each(found).map(({ span, value }) => ({ kind: 'iso', url: value.asValue(), checksum, span }));
  }
  if (kind === 'registry') {
    const platform = valuesAt(source, 'platform')[0]?.value.asValue();
    return found.map(({ span, value }) => ({
      kind: 'registry',
      reference: value.asValue(),
      span,
      ...(platform ? { platform } : {}),
    }));
  }
  if (floats?.when === 'filter' && floats.block !== '') {
    if (!isSet(source, floats.block)) return [];
    const place = source.attribute(floats.block)?.span ?? source.blocks(floats.block)[0]?.header;
    const span = place ?? source.span;
    return [
      {
        kind: 'cloud',
        provider: source.type,
        selector: (found[0] ?? floats.patterns?.flatMap(path => valuesAt(source, path))[0])?.value.asValue(),
        ...releaseOf(facts, source),
        floats: floating(floats, source, span),
        recorded: recordsBase(source) || isInRegistry(source, module),
        steady: () => steadyFix(source),
        span,
      },
    ];
  }
  const offer = facts.offer === undefined ? undefined : valuesAt(source, facts.offer)[0]?.value.asValue();
  return each(found).map(({ span, value }) => ({
    kind: 'cloud',
    provider: source.type,
    ...(offer && { offer }),
    selector: (nameInData(value, module) ?? value).asValue(),
    floats: (floats ? floating(floats, source, span) : floatingData(value, module)) ?? movingName(value, span),
    recorded: recordsBase(source) || isInRegistry(source, module),
    steady: () => steadyFix(source),
    span,
  }));
}

/** The system and its release that a filter asks for. */
function releaseOf({ release }: BaseFacts, source: PackerBuildSource): Pick<CloudBase, 'release'> {
  const [system, version] = (release ?? []).map(path => valuesAt(source, path)[0]?.value.asValue());
  return system && version ? { release: { system, version } } : {};
}

/** Whether a label of the output is filled in with the base that was taken: `{{ .SourceAMI }}`, or what a data source found. */
function recordsBase(source: PackerBuildSource): boolean {
  return labelsOf(source).labels.some(({ value: { parts } }) =>
    parts.some(
      part =>
        typeof part !== 'string' &&
        /\.Source(?:AMI|Image)|^data\.amazon-ami\.[\w-]{1,80}\.(?:id|name)$/.test(part.name),
    ),
  );
}

/** HCP Packer keeps what each version was built from: https://developer.hashicorp.com/hcp/docs/packer/manage/ancestry */
function isInRegistry(source: PackerBuildSource, { builds, registries }: PackerModule): boolean {
  return (
    registries.length > 0 ||
    builds.some(({ block, sources }) => sources.includes(source) && block.blocks('hcp_packer_registry').length > 0)
  );
}

/** The elements of lists: `iso_urls` are mirrors of one file, of `iso_paths` the first is what is installed. */
function each(found: readonly Found[]): readonly Found[] {
  return found.flatMap(({ value, span }) =>
    value.kind === 'list' ? value.items.map(item => ({ value: item, span: item.span })) : [{ value, span }],
  );
}
