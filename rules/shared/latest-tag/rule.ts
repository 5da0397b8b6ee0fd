import type { ImageBuild, ImageUse } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { imagesInFiles } from '../../../facts/config-files/images.ts';
import { type ContainerImage, containerImages, ownImageOf } from '../../../facts/container-images.ts';
import { pinHelp } from '../../../facts/end-of-life/pin-help.ts';
import { followsNewest, isForDevelopers } from '../../../facts/environments.ts';
import { isUntagged, parseImageReference } from '../../../facts/image-reference.ts';
import { pinFixes } from '../../../facts/image-tags/fixes.ts';
import { latestElsewhere } from './elsewhere.ts';

const LATEST = 'latest';
/** Distributions without releases: another tag is only an older day, with packages that do not fit those of today. */
const ROLLING =
  /^(?:docker\.io\/(?:library\/archlinux|archlinux\/archlinux|kalilinux\/kali-rolling|opensuse\/tumbleweed|gentoo\/stage3|manjarolinux\/base|voidlinux\/voidlinux|blackarchlinux\/blackarch)|registry\.opensuse\.org\/opensuse\/tumbleweed|ghcr\.io\/void-linux\/void-[\w-]{1,40}|cgr\.dev\/chainguard\/[\w-]{1,60})$/;

export default defineBuildRule({
  id: 'latest-tag',
  summary: 'An image has the tag `latest`',
  policies: ['G3', 'G2'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: 'always',
  since: '2026.11',
  aliases: [
    'hadolint:DL3007',
    'tally:hadolint/DL3007',
    'trivy:DS-0001',
    'checkov:CKV_DOCKER_7',
    'kics:image_version_using_latest',
    'semgrep:avoid-latest-version',
    'sonar:S6596',
    'dockle:DKL-DI-0006',
    'dockerfilelint:latest_tag',
  ],
  *check(build, { path = '', today }) {
    const followsAll = followsNewest(path) || isForDevelopers(path);
    for (const image of containerImages(build)) {
      const { reference, span, definitions } = image;
      if (reference.digest !== undefined || isTrial(reference.repository)) continue;
      if (reference.tag !== LATEST && !(reference.tag === undefined && isService(image))) continue;
      const own = ownImageOf(image);
      if (own === 'built') continue;
      const isRolling = ROLLING.test(reference.name);
      const shown = quoted(`${reference.repository}${reference.tag === undefined ? '' : `:${reference.tag}`}`);
      yield {
        message:
          reference.tag === undefined
            ? `${shown} without a tag means \`latest\``
            : `${image.certain ? '' : 'By default, '}${shown} is a moving tag`,
        help: pinHelp(reference),
        span,
        ...(followsAll && { severity: 'info' as const }),
        ...((own === 'given' || isRolling) && { preset: 'strict' as const, severity: 'info' as const }),
        causes: [`latest ${shown}`],
        related: definitions.map(definition => ({ message: 'Default is set here', origin: true, span: definition })),
        fixes: pinFixes(image, today, build),
      };
    }
    for (const finding of afterUnknown(build)) yield followsAll ? { ...finding, severity: 'info' } : finding;
    for (const { image, message, span, isOwn } of latestElsewhere(build)) {
      const reference = image === undefined ? undefined : parseImageReference(image);
      if (reference && isTrial(reference.repository)) continue;
      yield {
        message,
        help: reference ? pinHelp(reference) : 'Pin a version or a digest',
        span,
        ...(followsAll && { severity: 'info' as const }),
        ...((isOwn || (reference && ROLLING.test(reference.name))) && {
          preset: 'strict' as const,
          severity: 'info' as const,
        }),
      };
    }
  },
});

/** `${REGISTRY}/app:latest`, `${REGISTRY}/app`: the tag is certain, the rest of the name is not. */
function* afterUnknown(build: ImageBuild): Iterable<Finding> {
  const inFiles = imagesInFiles(build).map(
    ({ reference }): ImageUse => ({ reference, use: 'service', span: reference.span }),
  );
  for (const { fromRepository, reference, span, use } of [...build.images, ...inFiles]) {
    const { parts, literal, byDefault } = reference;
    const tail = parts.at(-1);
    const isUnnamed = use === 'service' && isUntagged(parts);
    if (!isUnnamed && (parts.length < 2 || typeof tail !== 'string' || !/(?:^|[\w-]):latest$/.test(tail))) continue;
    if (
      parseImageReference(literal ?? byDefault ?? '') ||
      parts.some(part => typeof part === 'string' && part.includes('@'))
    )
      continue;
    const own = fromRepository?.();
    if (own === 'built') continue;
    yield {
      message: isUnnamed ? 'An image without a tag means `latest`' : '`latest` is a moving tag',
      help: 'Pin a version or a digest',
      span,
      ...(own === 'given' && { preset: 'strict', severity: 'info' }),
      // What the variable holds is often a registry of the project's own builds.
      ...(isUnnamed && { preset: 'strict' as const }),
    };
  }
}

/** An image that is started or fetched; `unpinned-base-image` reports a base without a tag. */
function isService({ use }: ContainerImage): boolean {
  return use === 'run' || use === 'pull' || use === 'service';
}

/** An image that says hello and exits: it shows that Docker works, in any version. */
function isTrial(repository: string): boolean {
  return /^(?:docker\.io\/)?(?:library\/)?hello-world$/.test(repository);
}
