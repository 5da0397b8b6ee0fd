import type { RunStep, WriteFileStep } from '../../../core/build.ts';
import { nameOf } from '../../../core/path.ts';
import { isBootable } from '../../../facts/bootable.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveUser, rootOf } from '../../../languages/dockerfile/stages.ts';
import { deployedStages, startSteps } from '../../../languages/dockerfile/start.ts';
import type { StageBase } from '../../../languages/dockerfile/tree.ts';

/** Repositories whose images set a non-root user, by their publishers' documentation. */
const OWN_USER =
  /^(?:cgr\.dev\/|mcr\.microsoft\.com\/windows(?:\/|$)|docker\.io\/(?:bitnami|bitnamilegacy|chainguard|nginxinc\/nginx-unprivileged|jenkins|selenium|apache\/airflow|grafana\/grafana|prom|jupyter|keycloak|sonarsource|confluentinc|hashicorp\/vault)(?:\/|$)|quay\.io\/(?:jupyter|keycloak|prometheus)\/|registry\.(?:access\.)?redhat\.(?:com|io)\/ubi\d+\/(?!ubi|ubi-minimal|ubi-micro|ubi-init))/;
const OWN_USER_IN_TAG = /nonroot|non-root|rootless|unprivileged|chiseled/;

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
    if (file.devContainer || isBootable(build)) return;
    for (const stage of deployedStages(file, project.targets)) {
      const base = rootOf(stage)?.stage.base;
      if (effectiveUser(stage) || !base || !runsAsRoot(base)) continue;
      if (startSteps(build, stage).some(dropsRoot)) continue;
      yield {
        message: 'No `USER`: the container runs as root',
        help: `End the stage with a non-root user, such as \`USER ${userOf(base)}\``,
        span: stage.from.lineSpan,
      };
    }
  },
});

/** An account that the base image has for applications, or a number, for which the image needs no account. */
function userOf(base: StageBase): string {
  const text = base.kind === 'image' ? (base.image.literal ?? base.image.byDefault) : undefined;
  return parseImageReference(text ?? '')?.name === 'docker.io/library/node' ? 'node' : '10001';
}

/** Programs that run another one as a user: https://github.com/tianon/gosu, setpriv(1), runuser(1), chpst(8) */
const SWITCHERS: ReadonlySet<string> = new Set([
  'gosu',
  'su-exec',
  'setpriv',
  'runuser',
  'chpst',
  'setuidgid',
  's6-setuidgid',
]);

/** Whether what the container starts gives root up itself; the program after it may be `"$@"`. */
function dropsRoot(step: RunStep | WriteFileStep): boolean {
  const words = step.script?.commands.flatMap(command => command.words) ?? (step.kind === 'run' ? step.argv : []) ?? [];
  return words.some(({ literal }) => literal !== undefined && SWITCHERS.has(nameOf(literal)));
}

/** Whether the base most likely runs as root; an unknown base does not count. */
function runsAsRoot(base: StageBase): boolean {
  if (base.kind === 'scratch') return true;
  if (base.kind !== 'image') return false;
  const text = base.image.literal ?? base.image.byDefault;
  // Without the tag that a misspelled variable takes away, the repository still says it.
  const reference = text === undefined ? undefined : parseImageReference(text.replace(/:$/, ''));
  return (
    reference !== undefined &&
    !OWN_USER.test(reference.name) &&
    !OWN_USER_IN_TAG.test(`${reference.repository}:${reference.tag ?? ''}`)
  );
}
