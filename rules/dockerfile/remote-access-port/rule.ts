import { stringList } from '../../../core/options.ts';
import { isBootable } from '../../../facts/bootable.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { dockerStagesOf } from '../../../languages/dockerfile/step-instruction.ts';

const SERVICES: ReadonlyMap<number, string> = new Map([
  [22, 'SSH'],
  [23, 'Telnet'],
  [3389, 'Remote Desktop'],
  [5900, 'VNC'],
]);

export default defineDockerfileRule({
  id: 'remote-access-port',
  summary: 'The image exposes a port for remote login',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['EXPOSE'] },
  derived: true,
  since: '2026.11',
  aliases: ['trivy:DS-0004', 'checkov:CKV_DOCKER_1', 'kics:exposing_port_22', 'sonar:S6473'],
  options: { allow: stringList('Ports that images may expose: `22`') },
  *check(file, { options, project }, build) {
    if (file.devContainer || isBootable(build)) return;
    for (const stage of dockerStagesOf(build, shippedStages(build, project.targets)))
      for (const instruction of instructionsOf(stage)) {
        if (instruction.kind !== 'expose') continue;
        for (const { first = -1, last = -1, protocol, value } of instruction.ports) {
          if (protocol !== undefined && !/^tcp$/i.test(protocol)) continue;
          const found = [...SERVICES].find(
            ([port]) => first <= port && port <= last && !options.allow.includes(`${port}`),
          );
          if (!found) continue;
          const [number, service] = found;
          yield {
            message: `${service} port ${number} is exposed`,
            help: `Remove it and use \`docker exec\`, or allow \`${number}\` in the rule's options`,
            span: value.span,
          };
        }
      }
  },
});
