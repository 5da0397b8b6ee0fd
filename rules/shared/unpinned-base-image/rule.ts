import type { CloudBase, Floating, ImageBuild, Stage } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { overlaps } from '../../../core/text.ts';
import { type ContainerImage, containerImages } from '../../../facts/container-images.ts';
import { distributionOf } from '../../../facts/distribution.ts';
import { tagReading } from '../../../facts/end-of-life/images.ts';

const FLOATS: Readonly<Record<Floating['reason'], string>> = {
  'newest-of-pattern':
    'The newest image that matches this pattern is taken, so the same template builds on another base tomorrow.',
  'newest-without-owner':
    'The newest image of that name is taken whoever published it, so anybody can put a base under this build.',
  family: 'An image family names its newest image, so the same template builds on another base tomorrow.',
  'version-latest': '`latest` is whatever was published last, so the same template builds on another base tomorrow.',
  'version-missing':
    'No version is given, which means the latest one, so the same template builds on another base tomorrow.',
};

export default defineBuildRule({
  id: 'unpinned-base-image',
  summary: 'The base image can change under the same name',
  policies: ['G2'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer'],
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
  *check(build) {
    for (const image of containerImages(build)) {
      const { reference, use, span, definitions, certain } = image;
      if (reference.tag !== undefined || reference.digest !== undefined) continue;
      if (use !== 'base' && use !== 'copy' && use !== 'mount') continue;
      if (mayBeContext(image)) continue;
      yield {
        message: `\`${reference.repository}\`${certain ? '' : ' (by default)'} has neither a tag nor a digest, so every build may start from something else.`,
        span,
        related: definitions.map(definition => ({ message: 'The default comes from here.', span: definition })),
      };
    }
    for (const stage of build.stages) {
      if (recordsItsBase(stage, build)) continue;
      for (const base of stage.bases) if (base.kind === 'cloud' && base.floats) yield floating(base, base.floats);
    }
  },
});

/**
 * Whether a name could be one of the build's own contexts (`docker build --build-context assets=…`): a single word behind
 * `--from` that is not known as an image. https://docs.docker.com/build/concepts/context/#named-contexts
 */
function mayBeContext({ reference: { repository, name }, use }: ContainerImage): boolean {
  return use !== 'base' && !repository.includes('/') && !distributionOf(name) && !tagReading(name);
}

function floating(base: CloudBase, { reason, span }: Floating): Finding {
  const apart = base.selector && !overlaps(base.selector.span, span);
  const related = apart ? [{ message: 'The image is chosen here.', span: base.selector.span }] : [];
  return { message: FLOATS[reason], span, related };
}

/**
 * Whether the output's tags say which base was taken (`{{ .SourceAMI }}`): rebuilding on the newest base is a good
 * rhythm when every image tells where it came from.
 */
function recordsItsBase(stage: Stage, build: ImageBuild): boolean {
  return stage.outputs.some(({ labels }) =>
    labels.some(
      ({ value: { span } }) =>
        span.file === undefined && /\bSourceAMI|\.SourceImage/.test(build.source.text.slice(span.start, span.end)),
    ),
  );
}
