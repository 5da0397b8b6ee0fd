import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { renamedUses, rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { usesOf } from '../../../languages/dockerfile/stage-uses.ts';

/** https://docs.docker.com/reference/build-checks/reserved-stage-name/ */
const RESERVED = new Map([
  ['scratch', '`FROM scratch` is the empty image'],
  ['context', 'it names the build context'],
]);

export default defineDockerfileRule({
  id: 'reserved-stage-name',
  summary: 'A stage has a reserved name',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['FROM AS'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL3063',
    'tally:hadolint/DL3063',
    'buildkit:ReservedStageName',
    'tally:buildkit/ReservedStageName',
  ],
  *check(file) {
    const taken = new Set(file.stages.map(({ name }) => name?.toLowerCase()));
    for (const stage of file.stages) {
      const { name, nameSpan } = stage;
      const why = name === undefined ? undefined : RESERVED.get(name.toLowerCase());
      if (why === undefined || !nameSpan) continue;
      // BuildKit alone has a name for the build context.
      if (name!.toLowerCase() === 'context' && file.builtByBuildah) continue;
      const better = `${name!.toLowerCase()}-stage`;
      yield {
        message: `Reserved stage name ${quoted(name!)}: ${why}`,
        help: taken.has(better) ? 'Use another name' : `Use another name, such as ${quoted(better)}`,
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
