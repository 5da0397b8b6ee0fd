import type { Value } from '../../../core/build.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { rootOf } from '../../../languages/dockerfile/stages.ts';
import type { DockerStage, Instruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'unknown-user',
  summary: 'A user is referenced by name in an image without `/etc/passwd`',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['USER', 'COPY', 'ADD'] },
  since: '2026.11',
  aliases: ['tally:named-identity-in-passwdless-stage'],
  *check(file) {
    // Stages from `scratch` that have no `/etc/passwd` at their end.
    const without = new Set<DockerStage>();
    for (const stage of file.stages) {
      const root = rootOf(stage);
      if (!root?.certain || root.stage.base.kind !== 'scratch') continue;
      if (stage.base.kind === 'stage' && !without.has(stage.base.stage)) continue;
      let listed = false;
      for (const instruction of stage.instructions) {
        listed ||= mayBringUsers(instruction);
        if (listed) break;
        const named = nameIn(instruction);
        if (!named) continue;
        // BuildKit looks the name up and takes root where there is no file: solver/llbsolver/file/user_linux.go.
        const isCopy = instruction.kind !== 'user';
        yield {
          message: isCopy
            ? `\`--chown\` gives the files to ${named.isGroup ? 'the group of root' : 'root'}: the image has no \`/etc/passwd\` with ${quoted(named.name)}`
            : `Unknown user or group ${quoted(named.name)}: the image has no \`/etc/passwd\``,
          help: 'Use numeric IDs, such as `65532:65532`',
          span: named.span,
          ...(isCopy && { severity: 'warning' as const }),
        };
      }
      if (!listed) without.add(stage);
    }
  },
});

function nameIn(instruction: Instruction) {
  const value: Value | undefined =
    instruction.kind === 'user'
      ? instruction.user
      : instruction.kind === 'copy' || instruction.kind === 'add'
        ? instruction.flags.findLast(({ name }) => name === 'chown')?.expanded
        : undefined;
  const text = value?.literal ?? value?.byDefault;
  if (!value || text === undefined || !/^[\w.-]+(?::[\w.-]+)?$/.test(text)) return undefined;
  const name = text.split(':').find(part => !/^\d+$/.test(part));
  const isGroup = name !== undefined && !text.startsWith(name);
  return name === undefined || name === 'root' ? undefined : { name, isGroup, span: value.span };
}

/** Whether it may add `/etc/passwd`: commands, archives, and copies to a directory above it or an unknown one. */
function mayBringUsers(instruction: Instruction): boolean {
  if (instruction.kind === 'run' || instruction.kind === 'unknown') return true;
  if (instruction.kind === 'add')
    return !instruction.sources.every(
      ({ literal }) => literal !== undefined && !/\.(?:tar|t?gz|t?xz|t?bz2?)/.test(literal),
    );
  if (instruction.kind !== 'copy') return false;
  const to = instruction.destination?.literal;
  if (to === undefined || !to.startsWith('/')) return true;
  return /^\/+(?:\.?$|etc(?:\/|$))/.test(to);
}
