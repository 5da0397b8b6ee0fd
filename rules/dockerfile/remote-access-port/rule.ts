import { stringList } from '../../../core/options.ts';
import { shippedStages } from '../../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

const SERVICES: ReadonlyMap<number, string> = new Map([
  [22, 'SSH'],
  [23, 'Telnet'],
  [3389, 'Remote Desktop'],
  [5900, 'VNC'],
]);

export default defineDockerfileRule({
  id: 'remote-access-port',
  summary: 'The image exposes a port of a remote login',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  since: '2026.11',
  aliases: ['trivy:DS-0004', 'checkov:CKV_DOCKER_1', 'kics:exposing_port_22', 'sonar:S6473'],
  options: { allow: stringList('Ports that this project exposes on purpose: `22`') },
  *check(file, { options, project }) {
    for (const stage of shippedStages(file, project.targets))
      for (const instruction of stage.instructions) {
        if (instruction.kind !== 'expose') continue;
        for (const { value } of instruction.ports) {
          const number = /^(\d{1,5})(?:\/tcp)?$/i.exec(value.literal ?? value.byDefault ?? '')?.[1];
          const service = SERVICES.get(Number(number));
          if (number === undefined || !service || options.allow.includes(number)) continue;
          yield {
            message: `Port ${number} is ${service}: a way into the container past its program, with logins and patches of its own to look after; \`docker exec\` needs none.`,
            span: value.span,
          };
        }
      }
  },
});
