import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { containerImages } from '../../../facts/container-images.ts';
import { pinHelp } from '../../../facts/end-of-life/pin-help.ts';
import { isEnvironment } from '../../../facts/environments.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';

/** Variants without a version, which move to each release: `stable`, `lts-alpine`, `apache`. */
const VARIANT =
  /^(?:stable|release|lts|mainline|apache|fpm|cli|alpine|slim)(?:-(?:apache|fpm|cli|alpine|slim|perl|bullseye|bookworm|trixie))*$/i;
/** `latest-alpine`, `8-latest`: the newest of some variant or line. */
const LATEST = /^latest[-_.][a-z][\w.-]*$|^[\w.-]+[-_.]latest$/i;
/** Branches, and what is built of one each night. */
const BRANCH = /^(?:main|master|trunk|head|devel|nightly|edge|canary|unstable|snapshot)$/i;

export default defineBuildRule({
  id: 'moving-tag',
  summary: 'An image tag names an environment, a branch or a variant without a version',
  policies: ['G3', 'G2'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: 'always',
  since: '2026.11',
  *check(build): Iterable<Finding> {
    yield* ofInstances(build);
    for (const { reference, span, definitions, certain, fromRepository } of containerImages(build)) {
      const { tag, digest, repository } = reference;
      if (digest !== undefined || tag === undefined) continue;
      if (
        !(isEnvironment(tag) || BRANCH.test(tag) || VARIANT.test(tag) || LATEST.test(tag)) ||
        fromRepository() !== undefined
      )
        continue;
      yield {
        message: `${certain ? '' : 'By default, '}${quoted(`${repository}:${tag}`)} is a moving tag`,
        help: pinHelp(reference),
        span,
        causes: [`moving ${repository}:${tag}`],
        related: definitions.map(definition => ({ message: 'Default is set here', origin: true, span: definition })),
      };
    }
  },
});

/** Images of LXD and Incus without a release: `images:alpine/edge`, `ubuntu-daily:`. https://images.linuxcontainers.org */
const ROLLING =
  /^[\w-]{1,40}:(?:alpine\/edge|debian\/sid|debian\/testing|fedora\/rawhide|opensuse\/tumbleweed)(?:\/|$)|^ubuntu(?:-minimal)?-daily:/;

function* ofInstances(build: ImageBuild): Iterable<Finding> {
  for (const { invocation } of setupCommands(build)) {
    if (!/^(?:lxc|incus)$/.test(invocation.program)) continue;
    const words = invocation.args;
    if (!/^(?:launch|init|create)$/.test(words[0]?.literal ?? '')) continue;
    const image = words.find(({ literal }) => ROLLING.test(literal ?? ''));
    if (image)
      yield {
        message: `${quoted(image.literal!)} is a rolling image`,
        help: 'Name a release, such as `images:alpine/3.22`',
        span: invocation.script.spanOf(image),
      };
  }
}
