import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { type ContainerImage, containerImages } from '../../../facts/container-images.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';

const LATEST = 'latest';

export default defineBuildRule({
  id: 'latest-tag',
  summary: 'An image is used by its `latest` tag',
  policies: ['G3'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
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
  *check(build) {
    for (const image of containerImages(build)) {
      const { reference, span, definitions } = image;
      if (reference.digest !== undefined) continue;
      if (reference.tag !== LATEST && !(reference.tag === undefined && isService(image))) continue;
      const shown = `\`${reference.repository}${reference.tag === undefined ? '' : `:${reference.tag}`}\``;
      yield {
        message:
          reference.tag === undefined
            ? `${shown} has no tag and means \`latest\`, so nobody can say which version runs or go back to it.`
            : `${shown}${image.certain ? '' : ' (by default)'} is whatever was pushed last, so nobody can say which version this is or go back to it.`,
        span,
        related: definitions.map(definition => ({ message: 'The default comes from here.', span: definition })),
      };
    }
    yield* behindUnknown(build);
  },
});

/** `${REGISTRY}/app:latest`: whatever stands in front, the tag is certain. */
function* behindUnknown(build: ImageBuild): Iterable<Finding> {
  for (const { reference, span } of build.images) {
    const { parts, literal, byDefault } = reference;
    const tail = parts.at(-1);
    if (parts.length < 2 || typeof tail !== 'string' || !/(?:^|[\w-]):latest$/.test(tail)) continue;
    if (
      parseImageReference(literal ?? byDefault ?? '') ||
      parts.some(part => typeof part === 'string' && part.includes('@'))
    )
      continue;
    yield {
      message: '`latest` is whatever was pushed last, so nobody can say which version this is or go back to it.',
      span,
    };
  }
}

/** An image that is started or fetched; a base without a tag is the matter of another rule. */
function isService({ use }: ContainerImage): boolean {
  return use === 'run' || use === 'pull' || use === 'service';
}
