import type { CloudBase, Floating } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { overlaps } from '../../../core/text.ts';
import { type ContainerImage, containerImages, ownImageOf } from '../../../facts/container-images.ts';
import { distributionOf } from '../../../facts/distribution.ts';
import { tagReading } from '../../../facts/end-of-life/images.ts';
import { pinHelp } from '../../../facts/end-of-life/pin-help.ts';
import { followsNewest } from '../../../facts/environments.ts';
import { isUntagged, parseImageReference } from '../../../facts/image-reference.ts';
import { pinFixes } from '../../../facts/image-tags/fixes.ts';

const FLOATS: Readonly<Record<Floating['reason'], string>> = {
  'newest-of-pattern': 'The newest image that matches this pattern changes over time',
  'newest-of-any-name': 'The newest image of any name is the base',
  'newest-without-owner': 'The newest image of this name can come from any publisher',
  family: 'An image family selects a different base over time',
  'version-latest': 'Version `latest` selects a different base over time',
  'moving-name': 'The name of the base moves to each new image',
  slug: 'The name is an alias for the latest image of a release',
  'version-missing': 'No version is set, so the base is the latest image',
  parameter: 'This public parameter names a different image after each release',
};

/** What pins an image whose name is an alias. */
const BY_ID = 'Use the ID of an image or snapshot';

const HELP: Partial<Record<Floating['reason'], string>> = {
  'newest-without-owner': 'Name the owner or publisher of the image',
  'newest-of-any-name': 'Filter by name, and pin one image or record it in the tags',
  'moving-name': 'Use the name of one version, such as `web-base-1.4`',
};

/** What pins the base, by the builder's family. `{{ .SourceAMI }}` is something that only Amazon's builders fill in. */
const PINNED: readonly (readonly [provider: RegExp, help: string])[] = [
  [/^amazon-/, 'Name the exact image, or record `{{ .SourceAMI }}` in the tags of the output'],
  [/^azure-/, 'Set `image_version` to an exact version'],
  [/^googlecompute/, 'Name the exact image in `source_image`'],
  [/^oracle-oci/, 'Name the exact image in `base_image_ocid`'],
  [/^openstack/, 'Name the exact image in `source_image`'],
  [/^yandex/, 'Name the exact image in `source_image_id`'],
  [/^nutanix/, 'Name the exact image in `source_image_uuid`'],
  [/^vagrant$/, 'Set `box_version`'],
  [/^(?:lxd|incus)$/, 'Copy the image to your own server, and use its fingerprint'],
  [/^(?:digitalocean|hcloud|linode|scaleway|vultr)$/, BY_ID],
];
const NAME_IT = 'Name the exact image';

export default defineBuildRule({
  id: 'unpinned-base-image',
  summary: 'A base image is not pinned to a version or digest',
  policies: ['G2'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer'],
  needs: 'always',
  since: '2026.11',
  aliases: [
    'hadolint:DL3006',
    'tally:hadolint/DL3006',
    'trivy:DS-0001',
    'checkov:CKV_DOCKER_7',
    'kics:image_version_not_explicit',
    'semgrep:missing-image-version',
    'sonar:S6596',
    'dockerfilelint:missing_tag',
  ],
  *check(build, { path = '', today }) {
    const isOnPurpose = followsNewest(path);
    for (const image of containerImages(build)) {
      const { reference, use, span, definitions, certain } = image;
      if (reference.tag !== undefined || reference.digest !== undefined) continue;
      if (use !== 'base' && use !== 'copy' && use !== 'mount') continue;
      if (mayBeContext(image)) continue;
      const own = ownImageOf(image);
      if (own === 'built') continue;
      yield {
        message: `${certain ? '' : 'By default, '}${quoted(reference.repository)} has no tag or digest`,
        help: pinHelp(reference),
        span,
        ...(isOnPurpose && { severity: 'info' as const }),
        ...(own === 'given' && { preset: 'strict', severity: 'info' }),
        causes: [`unpinned ${reference.repository}`],
        related: definitions.map(definition => ({ message: 'Default is set here', origin: true, span: definition })),
        fixes: pinFixes(image, today, build),
      };
    }
    for (const { fromRepository, reference, span, use } of build.images) {
      if (use !== 'base' || !isUntagged(reference.parts) || fromRepository?.() === 'built') continue;
      if (parseImageReference(reference.literal ?? reference.byDefault ?? '')) continue;
      yield {
        message: 'Base image has no tag or digest',
        help: 'Pin a version or a digest',
        span,
        // What the variable holds is often a registry of the project's own builds.
        preset: 'strict',
      };
    }
    for (const { bases } of build.stages)
      for (const base of bases) {
        if (base.kind !== 'cloud' || !base.floats) continue;
        // Rebuilding on the newest base is fine when every image says what it was built from, if its publisher is known.
        if (base.recorded && base.floats.reason !== 'newest-without-owner') continue;
        yield floating(base, base.floats);
      }
  },
});

/**
 * Whether a name could be one of the build's own contexts (`docker build --build-context assets=…`): a single word after
 * `--from` that is not known as an image. https://docs.docker.com/build/concepts/context/#named-contexts
 */
function mayBeContext({ reference: { repository, name }, use }: ContainerImage): boolean {
  return use !== 'base' && !repository.includes('/') && !distributionOf(name) && !tagReading(name);
}

function floating(base: CloudBase, { reason, span }: Floating): Finding {
  const apart = base.selector && !overlaps(base.selector.span, span);
  const related = apart ? [{ message: 'The image is selected here', span: base.selector.span }] : [];
  const pinned = PINNED.find(([provider]) => provider.test(base.provider))?.[1] ?? NAME_IT;
  const help = HELP[reason] ?? pinned;
  const fixes =
    reason === 'newest-of-pattern' || reason === 'newest-of-any-name' || reason === 'newest-without-owner'
      ? [base.steady?.()]
      : [];
  // Clouds with few images offer no other names for theirs.
  const mild = reason === 'slug' ? ({ preset: 'strict', severity: 'info' } as const) : {};
  const name = base.selector?.literal;
  const message =
    reason === 'slug' && name !== undefined
      ? `${quoted(name)} is an alias for the latest image of a release`
      : FLOATS[reason];
  return { message, help, span, related, fixes, ...mild };
}
