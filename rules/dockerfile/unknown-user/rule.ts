import type { Value } from '../../../core/build.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { rootOf } from '../../../languages/dockerfile/stages.ts';
import type { DockerStage, Instruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'unknown-user',
  summary: 'A user is named in an image that has no list of users',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['tally:named-identity-in-passwdless-stage'],
  *check(file) {
    // Stages that start from nothing and got no list of users up to their end.
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
        if (named)
          yield {
            message: `This stage starts from \`scratch\` and has no \`/etc/passwd\`, so nobody knows who \`${named.name}\` is and ${instruction.kind === 'user' ? 'the container does not start' : 'the build fails'}; use numbers.`,
            span: named.span,
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
  return name === undefined || name === 'root' ? undefined : { name, span: value.span };
}

/** Whether it may put `/etc/passwd` there: commands, archives, and copies whose destination is above or unknown. */
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
