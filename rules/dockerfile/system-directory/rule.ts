import type { Value } from '../../../core/build.ts';
import { joinPath } from '../../../core/path.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** Folders of the system by https://refspecs.linuxfoundation.org/fhs.shtml; not those made for data and applications. */
const SYSTEM =
  /^\/(?:(?:usr\/|usr\/local\/)?(?:bin|sbin|lib|lib32|lib64|libexec)|usr|usr\/share|boot|etc|run|var|var\/run|(?:dev|proc|sys)(?:\/.*)?)$/;
/** Made for temporary things and mounts. */
const HARMLESS = /^\/dev\/shm(?:\/|$)/;

export default defineDockerfileRule({
  id: 'system-directory',
  summary: 'A `WORKDIR` or `VOLUME` is a folder of the system',
  policies: ['G9'],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  since: '2026.11',
  aliases: ['trivy:DS-0030', 'dockle:DKL-DI-0002'],
  *check(file) {
    for (const stage of file.stages)
      for (const instruction of stage.instructions) {
        if (instruction.kind === 'workdir' && instruction.path && isSystem(instruction.path, false))
          yield {
            message: `\`${textOf(instruction.path)}\` belongs to the system, and what the application writes into its working folder ends up among it.`,
            span: instruction.path.span,
          };
        if (instruction.kind !== 'volume') continue;
        for (const path of instruction.paths)
          if (isSystem(path, true))
            yield {
              message: `A volume at \`${textOf(path)}\` covers a folder of the system: an old volume hides what a new image brings there.`,
              span: path.span,
            };
      }
  },
});

function textOf({ literal, byDefault }: Value): string {
  return literal ?? byDefault ?? '';
}

function isSystem(value: Value, root: boolean): boolean {
  const text = textOf(value);
  if (!text.startsWith('/')) return false;
  const path = joinPath('/', text);
  return (root && path === '/') || (SYSTEM.test(path) && !HARMLESS.test(path));
}
