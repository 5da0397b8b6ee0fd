import type { VersionElsewhere } from '../../../core/across-files.ts';
import type { ImageUse, Value } from '../../../core/build.ts';
import { type Finding, fix } from '../../../core/finding.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { type ImageReference, parseImageReference } from '../../../facts/image-reference.ts';
import { compareVersions, type TagParts, tagParts } from '../../../facts/image-tags/parts.ts';
import { rewriteValue } from '../../../facts/rewrite-value.ts';

export default defineBuildRule({
  id: 'base-version-drift',
  summary: 'A base image is older than in other Dockerfiles of the repository',
  policies: ['G12', 'G2'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'strict',
  languages: ['dockerfile'],
  needs: { instructions: ['FROM', 'COPY --from'] },
  asksAcrossFiles: true,
  since: '2026.11',
  *check(build, { acrossFiles }): Iterable<Finding> {
    if (!acrossFiles || acrossFiles.bases.every(({ versions }) => versions.length === 0)) return;
    const bases = build.images.flatMap(image => referenceOf(image) ?? []);
    for (const name of new Set(bases.map(base => base.literal))) {
      const [own] = bases.filter(({ literal }) => literal === name) as [Base, ...Base[]];
      // A file that uses several versions does so on purpose.
      const versionsHere = bases
        .filter(base => base.name === own.name)
        .map(base => tagParts(own.name, base.tag).version);
      if (new Set(versionsHere).size > 1) continue;
      const most = mostUsed(acrossFiles.bases.find(base => base.name === name)?.versions ?? [], own);
      if (!most) continue;
      const others = most.files === 1 ? quoted(shortPath(most.places[0]!.file!)) : `${most.files} other Dockerfiles`;
      const newer = `${own.repository}:${most.tag}`;
      // The digest of the newer one is not known here.
      const edits = bases
        .filter(({ literal, digest }) => literal === name && digest === undefined)
        .map(({ reference }) => rewriteValue(reference, newer, build));
      yield {
        message: `${quoted(withoutDigest(name))} is older than ${quoted(most.tag)} in ${others}`,
        help: `Use ${quoted(newer)} here too`,
        span: own.reference.span,
        causes: [`${own.name} in several versions`],
        related: most.places.map(span => ({ message: `${quoted(newer)} is used here`, span })),
        fixes: own.digest === undefined ? [fix('suggested', `Use ${quoted(newer)}`, ...edits)] : [],
      };
    }
  },
});

/** A base whose name is known for certain. */
interface Base extends ImageReference {
  readonly literal: string;
  readonly tag: string;
  readonly reference: Value;
}

function referenceOf({ reference, use }: ImageUse): Base | undefined {
  const { literal } = reference;
  if (literal === undefined || (use !== 'base' && use !== 'copy')) return undefined;
  const found = parseImageReference(literal);
  return found?.tag === undefined ? undefined : { ...found, tag: found.tag, literal, reference };
}

const withoutDigest = (name: string): string => name.split('@', 1)[0]!;

/** The version that most files use, of several the newest; `undefined` where it is no newer one of the same major version. */
function mostUsed(versions: readonly VersionElsewhere[], { name, tag }: Base): VersionElsewhere | undefined {
  const own = tagParts(name, tag);
  const alike = versions.filter(other => isLike(tagParts(name, other.tag), own));
  const [most] = alike.sort(
    (a, b) => b.files - a.files || compareVersions(tagParts(name, b.tag).version, tagParts(name, a.tag).version),
  );
  if (!most || most.places.length === 0) return undefined;
  const version = tagParts(name, most.tag).version!;
  return compareVersions(version, own.version) > 0 && !isPart(own.version!, version) ? most : undefined;
}

/** Whether two tags are the same variant in the same major version. */
function isLike(a: TagParts, b: TagParts): boolean {
  return (
    a.version !== undefined &&
    b.version !== undefined &&
    a.variant === b.variant &&
    a.system?.product === b.system?.product &&
    a.date === b.date &&
    majorOf(a.version) === majorOf(b.version)
  );
}

const majorOf = (version: string): string => version.replace(/^v/, '').split(/[._]/, 1)[0]!;
/** `3.12` is `3.12.4` on some days. */
const isPart = (a: string, b: string): boolean => `${b}.`.startsWith(`${a}.`);

/** The name of a file and the directory that it is in. */
function shortPath(path: string): string {
  const directory = path.slice(0, Math.max(0, path.length - nameOf(path).length - 1));
  return directory === '' ? nameOf(path) : `${nameOf(directory)}/${nameOf(path)}`;
}
