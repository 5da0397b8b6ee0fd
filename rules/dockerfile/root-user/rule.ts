import { isBootable } from '../../../facts/bootable.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveUser } from '../../../languages/dockerfile/stages.ts';
import { deployedStages } from '../../../languages/dockerfile/start.ts';

/** https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/container-security */
const ROOT = /^(?:root|0)$|^(?:container)?administrator$/i;

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
      if (!user || name === undefined || !ROOT.test(name)) continue;
      yield {
        message: /admin/i.test(name) ? 'Last `USER` is the administrator' : 'Last `USER` is root',
        help: /admin/i.test(name) ? 'End the stage with `USER ContainerUser`' : 'End the stage with a non-root `USER`',
        span: user.span,
      };
    }
  },
});
