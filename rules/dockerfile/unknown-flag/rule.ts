import { fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { everyInstruction, rewritten } from '../../../languages/dockerfile/edits.ts';
import { FLAGS } from '../../../languages/dockerfile/flags.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** Of these it is not documented what happens to words that look like flags. */
const UNCERTAIN = new Set(['arg', 'onbuild', 'unknown', 'maintainer']);

export default defineDockerfileRule({
  id: 'unknown-flag',
  summary: 'An instruction has a flag that the builder does not know',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: [
    'dockerfile-utils:UNKNOWN_ADD_FLAG',
    'dockerfile-utils:UNKNOWN_COPY_FLAG',
    'dockerfile-utils:UNKNOWN_FROM_FLAG',
    'dockerfile-utils:UNKNOWN_HEALTHCHECK_FLAG',
  ],
  *check(file) {
    if (!followsReference(file)) return;
    for (const { kind, keyword, flags } of everyInstruction(file)) {
      if (UNCERTAIN.has(kind)) continue;
      const known = FLAGS.get(keyword);
      for (const { name, nameSpan } of flags) {
        if (known?.has(name) || !/^[\w-]{1,40}$/.test(name)) continue;
        const guess = known && nearest(name, known.keys());
        const others = [...FLAGS].filter(([, list]) => list.has(name)).map(([other]) => other);
        yield {
          message:
            others.length > 0
              ? `\`--${name}\` is a flag of ${others.join(' and ')}, not of ${keyword}, and the builder refuses it here.`
              : `${keyword} has no flag \`--${name}\`, and the builder refuses it.`,
          span: nameSpan,
          fixes:
            guess === undefined
              ? []
              : [fix('suggested', `Change it to \`--${guess}\``, rewritten(file, nameSpan, `--${guess}`))],
        };
      }
    }
  },
});
