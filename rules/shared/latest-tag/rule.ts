import type { ImageBuild, ImageUse } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { imagesInFiles } from '../../../facts/config-files/images.ts';
import { configFiles } from '../../../facts/config-files.ts';
import { type ContainerImage, containerImages } from '../../../facts/container-images.ts';
import { pinHelp } from '../../../facts/end-of-life/pin-help.ts';
import { followsNewest, isForDevelopers } from '../../../facts/environments.ts';
import { fileWrites } from '../../../facts/file-writes.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { pinFixes } from '../../../facts/image-tags/fixes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';

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
      const own = image.fromRepository();
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
    yield* afterUnknown(build);
    yield* inVariables(build);
    yield* inOtherFiles(build);
    yield* inOptions(build);
  },
});

/** `${REGISTRY}/app:latest`: the tag is certain, the rest of the name is not. */
function* afterUnknown(build: ImageBuild): Iterable<Finding> {
  const inFiles = imagesInFiles(build).map(
    ({ reference }): ImageUse => ({ reference, use: 'service', span: reference.span }),
  );
  for (const { fromRepository, reference, span } of [...build.images, ...inFiles]) {
    const { parts, literal, byDefault } = reference;
    const tail = parts.at(-1);
    if (parts.length < 2 || typeof tail !== 'string' || !/(?:^|[\w-]):latest$/.test(tail)) continue;
    if (
      parseImageReference(literal ?? byDefault ?? '') ||
      parts.some(part => typeof part === 'string' && part.includes('@'))
    )
      continue;
    const own = fromRepository?.();
    if (own === 'built') continue;
    yield {
      message: '`latest` is a moving tag',
      help: 'Pin a version or a digest',
      span,
      ...(own === 'given' && { preset: 'strict', severity: 'info' }),
    };
  }
}

/** `TAG=latest` in a unit or in a file of variables, for `image:${TAG}` in a unit or a Compose file. */
function* inVariables(build: ImageBuild): Iterable<Finding> {
  const files = configFiles(build);
  const uses = files.filter(({ kind }) => kind === 'unit' || kind === 'compose' || kind === 'quadlet');
  if (uses.length === 0) return;
  for (const { kind, settings = [] } of files) {
    if (kind !== 'unit' && kind !== 'environment') continue;
    for (const { path, value, span } of settings) {
      const given =
        kind === 'environment' ? `${path.at(-1)}=${value.text}` : path.at(-1) === 'Environment' ? value.text : '';
      const name = /^"?([A-Za-z_]\w{0,60})="?latest"?$/.exec(given)?.[1];
      const used =
        name !== undefined &&
        uses.some(({ text }) => text.text.includes(`:\${${name}`) || text.text.includes(`:$${name}`));
      if (used)
        yield {
          message: `\`${name}=latest\` makes the image tag a moving one`,
          help: 'Pin a version or a digest',
          span,
        };
    }
  }
}

/** Files of orchestrators and of configuration management, whose other keys say nothing here: `image = "app:latest"`. */
const NAMED_IMAGE =
  /^[ \t-]{0,60}["']?(?:image|docker_image)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?((?:[\w.-]{1,80}(?::\d{1,5})?\/){0,4}[\w.-]{1,80}:latest)["']?[ \t]{0,8},?[ \t]{0,8}$/gm;

function* inOtherFiles(build: ImageBuild): Iterable<Finding> {
  if (build.language === 'dockerfile') return;
  const known = new Set(configFiles(build).map(({ path }) => path));
  for (const { path, text } of fileWrites(build)) {
    if (/\/docs?\/|example|sample/i.test(path)) continue;
    const isVariables = /\.env$|\/etc\/(?:default|sysconfig)\//.test(path);
    if (!isVariables && (known.has(path) || !/\.(?:ya?ml|json|hcl|nomad|toml)$/i.test(path))) continue;
    for (const match of text.text.matchAll(isVariables ? IMAGE_VARIABLE : NAMED_IMAGE)) {
      const at = match.index + match[0].lastIndexOf(match[1]!);
      yield {
        message: `${quoted(match[1]!, 60)} is a moving tag`,
        help: 'Pin a version or a digest',
        span: text.spanOf(at, at + match[1]!.length),
      };
    }
  }
}
const IMAGE_VARIABLE =
  /^(?:export[ \t]{1,8})?\w{0,60}IMAGE=["']?((?:[\w.-]{1,80}(?::\d{1,5})?\/){0,4}[\w.-]{1,80}:latest)["']?[ \t]{0,8}$/gm;

/** `docker service update --image`, `kubectl set image x=IMAGE`, `helm … --set image.tag=latest`, `docker run app:${TAG:-latest}` */
function* inOptions(build: ImageBuild): Iterable<Finding> {
  if (build.language === 'dockerfile') return;
  for (const { invocation } of setupCommands(build)) {
    const { program, args, script } = invocation;
    if (!/^(?:docker|podman|nerdctl|kubectl|oc|helm3?)$/.test(program)) continue;
    const words = args.map(({ literal, raw }) => literal ?? raw);
    const found = args.find((word, i) => {
      const text = words[i]!;
      if (program.startsWith('helm'))
        return /(?:^|[.,])tag=latest(?:,|$)/.test(text) && /^--set/.test(words[i - 1] ?? text);
      if (program === 'kubectl' || program === 'oc')
        return words[0] === 'set' && words[1] === 'image' && /^[\w*-]{1,80}=[\w./:-]{1,200}:latest$/.test(text);
      if (words[0] === 'service' && words[1] === 'update')
        return words[i - 1] === '--image' && text.endsWith(':latest');
      return (
        /^(?:run|create|pull)$/.test(words[0]!) &&
        word.literal === undefined &&
        /^["']?[\w./:-]{1,200}:\$\{\w{1,60}:?-latest\}["']?$/.test(word.raw)
      );
    });
    if (found)
      yield { message: '`latest` is a moving tag', help: 'Pin a version or a digest', span: script.spanOf(found) };
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
