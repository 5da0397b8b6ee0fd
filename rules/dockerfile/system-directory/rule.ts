import type { Value } from '../../../core/build.ts';
import { joinPath } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** System directories by https://refspecs.linuxfoundation.org/fhs.shtml; not those for data and applications. */
const SYSTEM =
  /^\/(?:(?:usr\/|usr\/local\/)?(?:bin|sbin|lib|lib32|lib64|libexec)|usr|usr\/share|boot|etc|run|var|var\/run|(?:dev|proc|sys)(?:\/.*)?)$/;
/** For temporary files and mounts. */
const HARMLESS = /^\/dev\/shm(?:\/|$)/;

export default defineDockerfileRule({
  id: 'system-directory',
  summary: '`WORKDIR` or `VOLUME` is a directory of the operating system',
  policies: ['G9'],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['WORKDIR', 'VOLUME'] },
  since: '2026.11',
  aliases: ['trivy:DS-0030', 'dockle:DKL-DI-0002'],
  *check(file) {
    for (const stage of file.stages)
      for (const instruction of instructionsOf(stage)) {
        if (instruction.kind === 'workdir' && instruction.path && isSystem(instruction.path, false))
          yield {
            message: `\`WORKDIR\` is the system directory ${quoted(textOf(instruction.path))}`,
            help: 'Use a directory of its own, such as `/srv/app`, and absolute paths to programs',
            span: instruction.path.span,
          };
        if (instruction.kind !== 'volume') continue;
        for (const path of instruction.paths)
          if (isSystem(path, true))
            yield {
              message:
                textOf(path) === '/'
                  ? '`VOLUME /` covers the whole file system'
                  : `\`VOLUME\` is the system directory ${quoted(textOf(path))}`,
              help: 'Use a directory for data, such as `VOLUME /var/lib/app`',
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
