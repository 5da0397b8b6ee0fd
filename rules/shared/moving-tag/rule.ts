import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { containerImages } from '../../../facts/container-images.ts';
import { pinHelp } from '../../../facts/end-of-life/pin-help.ts';
import { isEnvironment } from '../../../facts/environments.ts';

/** Branches, and what is built of one each night. */
const BRANCH = /^(?:main|master|trunk|head|devel|nightly|edge|canary|unstable|snapshot)$/i;

export default defineBuildRule({
  id: 'moving-tag',
  summary: 'An image tag is the name of an environment or branch',
  policies: ['G3', 'G2'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: 'always',
  since: '2026.11',
  *check(build): Iterable<Finding> {
    for (const { reference, span, definitions, certain, fromRepository } of containerImages(build)) {
      const { tag, digest, repository } = reference;
      if (digest !== undefined || tag === undefined) continue;
      if (!(isEnvironment(tag) || BRANCH.test(tag)) || fromRepository() !== undefined) continue;
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
