import type { GivenName, NameElsewhere } from '../../../core/across-files.ts';
import type { Finding } from '../../../core/finding.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { groupsOf } from '../../../facts/image-tags/listed.ts';
import { type TagParts, tagParts } from '../../../facts/image-tags/parts.ts';

export default defineBuildRule({
  id: 'image-version-drift',
  summary: 'Files in the repository use different versions of an image that one of them builds',
  policies: ['G12', 'G3'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile'],
  needs: { instructions: ['FROM', 'COPY --from'] },
  asksAcrossFiles: true,
  since: '2026.11',
  *check({ images, stages }, { acrossFiles }): Iterable<Finding> {
    for (const { reference, use } of acrossFiles ? images : []) {
      const name = reference.literal;
      if (name === undefined || (use !== 'base' && use !== 'copy')) continue;
      const built = acrossFiles!.bases.find(base => base.name === name)?.built ?? [];
      const other = builtInstead(name, built);
      if (other)
        yield {
          message: `${quoted(name)} is used here, but ${fileOf(other)} builds ${tagShown(other)}`,
          help: 'Use the version that is built, or build the one that is used',
          span: reference.span,
          related: built.slice(0, 3).map(related),
        };
    }
    for (const [i, stage] of (acrossFiles ? stages : []).entries()) {
      const pair = apart((acrossFiles?.names ?? []).filter(one => one.stage === i));
      const [base] = stage.bases;
      if (!pair || !base) continue;
      const [a, b] = pair;
      yield {
        message: `Built as ${quoted(a.name)} in ${fileOf(a)}, and as ${tagShown(b)} in ${fileOf(b)}`,
        help: 'Set the version in one place, such as a variable that both files read',
        span: base.span,
        related: pair.map(related),
      };
    }
  },
});

/** The name that is built in place of one that is used: where all that are built have versions, and this is none of them. */
function builtInstead(name: string, built: readonly NameElsewhere[]): NameElsewhere | undefined {
  const own = versionOf(name);
  const [last] = built.slice(-1);
  // A name of Docker's own images is taken by chance.
  if (!own || !last || groupsOf(parseImageReference(name)?.name ?? '').length > 0) return undefined;
  const versions = built.map(one => versionOf(one.name));
  // Where several versions are built, older ones are built elsewhere.
  if (new Set(versions.map(one => one?.version)).size > 1) return undefined;
  return versions.every(version => version && isAnother(version, own)) ? last : undefined;
}

/** Two names of one image in different versions that two files give it; each of the files gives one version. */
function apart(names: readonly GivenName[]): readonly [GivenName, GivenName] | undefined {
  const byImage = new Map<string, Map<string, readonly GivenName[]>>();
  for (const one of names) {
    const key = parseImageReference(one.name)?.name ?? one.name;
    const byFile = byImage.get(key) ?? new Map<string, readonly GivenName[]>();
    byImage.set(key, byFile.set(one.place.file!, [...(byFile.get(one.place.file!) ?? []), one]));
  }
  for (const byFile of byImage.values()) {
    const files = [...byFile.values()];
    if (files.some(given => given.some(one => !versionOf(one.name)) || new Set(given.map(({ name }) => name)).size > 1))
      continue;
    const [first] = files;
    const other = files.find(([one]) => isAnother(versionOf(one!.name)!, versionOf(first![0]!.name)!));
    if (other) return [first![0]!, other[0]!];
  }
  return undefined;
}

function versionOf(name: string): TagParts | undefined {
  const reference = parseImageReference(name);
  if (reference?.tag === undefined || reference.digest !== undefined) return undefined;
  const parts = tagParts(reference.name, reference.tag);
  return parts.version === undefined ? undefined : parts;
}

/** `1.4` and `1.4.2` may be the same. */
function isAnother(a: TagParts, b: TagParts): boolean {
  const [left, right] = [a.version!.replace(/^v/, ''), b.version!.replace(/^v/, '')];
  return a.variant === b.variant && !`${left}.`.startsWith(`${right}.`) && !`${right}.`.startsWith(`${left}.`);
}

const fileOf = ({ place }: NameElsewhere): string => quoted(nameOf(place.file ?? ''), 24);
const tagShown = ({ name }: NameElsewhere): string => quoted(parseImageReference(name)?.tag ?? name, 16);
const related = ({ name, place }: NameElsewhere) => ({ message: `Built as ${quoted(name)} here`, span: place });
