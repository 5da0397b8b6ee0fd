import type { Value } from '../../../core/build.ts';
import { type Fix, fix } from '../../../core/finding.ts';
import { isBootable } from '../../../facts/bootable.ts';
import { isRootBase } from '../../../languages/dockerfile/root-base.ts';
import { dropsRoot, isRootExpected } from '../../../languages/dockerfile/root-need.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveUser, finalStages, rootOf, userOnBuild } from '../../../languages/dockerfile/stages.ts';
import { deployedStages, startOf } from '../../../languages/dockerfile/start.ts';
import type { DockerfileTree, DockerStage } from '../../../languages/dockerfile/tree.ts';

/** https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/container-security */
const ROOT = /^(?:root|0)$|^(?:container)?administrator$/i;

/** Words with which a comment gives a reason for root. */
const REASON =
  /\b(?:needs?|needed|requires?|required|must|because|since|otherwise|so that|has to|entrypoint|drops?|privileges?|permissions?|sockets?|devices?|mount(?:s|ed)?|bind|port)\b/i;

/** Whether a comment above the instruction says why. */
function isExplained(user: Value, { comments }: DockerfileTree): boolean {
  return comments.some(
    ({ target, text }) =>
      target !== undefined && target.start <= user.span.start && user.span.end <= target.end && REASON.test(text),
  );
}

/** Ends a stage with a line. */
function lineAtEnd({ source }: DockerfileTree, { instructions }: DockerStage, line: string): Fix | undefined {
  const last = instructions.at(-1);
  if (!last || last.span.file !== undefined) return undefined;
  const eol = source.text.includes('\r\n') ? '\r\n' : '\n';
  return fix('suggested', `End the stage with \`${line}\``, source.insert(last.span.end, `${eol}${line}`));
}

export default defineDockerfileRule({
  id: 'root-user',
  summary: 'The image runs as root',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['USER'] },
  derived: true,
  since: '2026.11',
  aliases: [
    'hadolint:DL3002',
    'tally:hadolint/DL3002',
    'trivy:DS-0002',
    'checkov:CKV_DOCKER_8',
    'kics:last_user_is_root',
    'semgrep:last-user-is-root',
    'sonar:S6471',
    'dockle:CIS-DI-0001',
  ],
  *check(file, { project }, build) {
    if (file.devContainer || isBootable(build)) return;
    for (const stage of deployedStages(file, project.targets)) {
      const { user } = effectiveUser(stage) ?? {};
      const name = (user?.literal ?? user?.byDefault)?.split(':')[0];
      if (!user || name === undefined || !ROOT.test(name) || dropsRoot(file, build, stage)) continue;
      if (userOnBuild(stage)) continue;
      const { base } = rootOf(stage)?.stage ?? {};
      const { command, entrypoint } = startOf(stage);
      // What the base starts may give root up, or was never meant to be started.
      const isOfBase = !command && !entrypoint && base !== undefined && !isRootBase(base);
      const isMinor = isRootExpected(file, build, stage) || isExplained(user, file) || isOfBase;
      yield {
        message: /admin/i.test(name) ? 'Last `USER` is the administrator' : 'Last `USER` is root',
        help: /admin/i.test(name) ? 'End the stage with `USER ContainerUser`' : 'End the stage with a non-root `USER`',
        span: user.span,
        fixes: /admin/i.test(name) ? [lineAtEnd(file, stage, 'USER ContainerUser')] : [],
        ...(isMinor && { preset: 'strict' }),
      };
    }
    for (const stage of finalStages(file, project.targets)) {
      const { user } = userOnBuild(stage) ?? {};
      if (user && ROOT.test((user.literal ?? user.byDefault ?? '').split(':')[0]!))
        yield {
          message: 'Images that are built on this one run as root unless they set a `USER`',
          help: 'End the triggers with `ONBUILD USER` and a non-root user',
          span: user.span,
          preset: 'strict',
        };
    }
  },
});
