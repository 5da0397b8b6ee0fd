import { fix } from '../../../core/finding.ts';
import { renamedUses, rewritten, usesOf } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** https://docs.docker.com/reference/build-checks/reserved-stage-name/ */
const RESERVED = new Map([
  ['scratch', '`FROM scratch` means the empty image, whatever stage has that name'],
  ['context', 'the builder keeps that name for the build context'],
]);

export default defineDockerfileRule({
  id: 'reserved-stage-name',
  summary: 'A stage has a name that the builder keeps for itself',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['hadolint:DL3063', 'buildkit:ReservedStageName', 'tally:buildkit/ReservedStageName'],
  *check(file) {
    const taken = new Set(file.stages.map(({ name }) => name?.toLowerCase()));
    for (const stage of file.stages) {
      const { name, nameSpan } = stage;
      const why = name === undefined ? undefined : RESERVED.get(name.toLowerCase());
      if (why === undefined || !nameSpan) continue;
      const better = `${name!.toLowerCase()}-stage`;
      yield {
        message: `The stage cannot be called \`${name}\` without confusion: ${why}.`,
        span: nameSpan,
        fixes: taken.has(better)
          ? []
          : [
              fix(
                'suggested',
                `Rename the stage to \`${better}\``,
                rewritten(file, nameSpan, better),
                ...renamedUses(usesOf(file, stage).byName, better),
              ),
            ],
      };
    }
  },
});
