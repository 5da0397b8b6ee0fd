import type { Value } from '../../../core/build.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Instruction } from '../../../languages/dockerfile/tree.ts';

const SOCKET = /(?:^|\/)(?:docker|containerd|podman|crio)\.sock$/;

export default defineDockerfileRule({
  id: 'docker-socket',
  summary: 'The image uses the socket of the container engine',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['VOLUME', 'COPY', 'ADD', 'RUN --mount'] },
  derived: true,
  since: '2026.11',
  aliases: ['semgrep:dockerfile-dockerd-socket-mount', 'sonar:S6431'],
  *check(file) {
    for (const stage of file.stages)
      for (const instruction of instructionsOf(stage))
        for (const value of pathsOf(instruction)) {
          if (!SOCKET.test(value.literal ?? value.byDefault ?? '')) continue;
          yield {
            message: `\`${instruction.keyword}\` uses the engine socket, which gives root on the host`,
            help: 'Remove it; build with rootless BuildKit or Buildah, or use an API proxy',
            span: value.span,
          };
        }
  },
});

function pathsOf(instruction: Instruction): readonly Value[] {
  switch (instruction.kind) {
    case 'volume':
      return instruction.paths;
    case 'copy':
    case 'add':
      return instruction.args;
    case 'run':
      return instruction.mounts.flatMap(({ source, target }) => source ?? target ?? []);
    default:
      return [];
  }
}
