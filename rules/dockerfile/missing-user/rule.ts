import { isBootable } from '../../../facts/bootable.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { isRootBase } from '../../../languages/dockerfile/root-base.ts';
import {
  dropsRoot,
  isBuiltHere,
  isRootExpected,
  isSaidToNeedRoot,
  isSupervised,
} from '../../../languages/dockerfile/root-need.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveUser, isWindows, rootOf, userOnBuild } from '../../../languages/dockerfile/stages.ts';
import { deployedStages } from '../../../languages/dockerfile/start.ts';
import type { StageBase } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'missing-user',
  summary: 'The image sets no `USER` and most likely runs as root',
  policies: ['G10'],
  category: 'security',
  severity: { recommended: 'info', strict: 'warning' },
  preset: 'recommended',
  needs: { instructions: ['FROM'] },
  derived: true,
  since: '2026.11',
  aliases: [
    'trivy:DS-0002',
    'checkov:CKV_DOCKER_3',
    'kics:missing_user_instruction',
    'semgrep:missing-user',
    'semgrep:missing-user-entrypoint',
    'sonar:S6471',
    'dockle:CIS-DI-0001',
    'tally:stateful-root-runtime',
  ],
  *check(file, { project }, build) {
    if (file.devContainer || isBootable(build) || isSupervised(file)) return;
    for (const stage of deployedStages(file, project.targets)) {
      const root = rootOf(stage)?.stage;
      // Whether an unknown base runs as root is not known, above all of one that the repository builds itself.
      if (effectiveUser(stage) || !root || !isRootBase(root.base) || isWindows(root)) continue;
      const { base } = root;
      if (dropsRoot(file, build, stage) || userOnBuild(stage) || isBuiltHere(base, build)) continue;
      const isMinor = isRootExpected(file, build, stage) || isSaidToNeedRoot(file, stage);
      yield {
        message: 'No `USER`: the container runs as root',
        help: `End the stage with a non-root user, such as \`USER ${userOf(base)}\``,
        span: stage.from.lineSpan,
        ...(isMinor && { preset: 'strict' }),
      };
    }
  },
});

/** An account that the base image has for applications, or a number, for which the image needs no account. */
function userOf(base: StageBase): string {
  const text = base.kind === 'image' ? (base.image.literal ?? base.image.byDefault) : undefined;
  return parseImageReference(text ?? '')?.name === 'docker.io/library/node' ? 'node' : '10001';
}
