import { fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { eitherOf, quoted } from '../../../core/quoted.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { FLAGS } from '../../../languages/dockerfile/flags.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** It is not documented how these read words that look like flags. */
const UNCERTAIN = new Set(['arg', 'onbuild', 'unknown', 'maintainer']);

/** Instructions have at most this many flags that a help lists. */
const MOST_LISTED = 5;

export default defineDockerfileRule({
  id: 'unknown-flag',
  summary: 'An instruction has an unknown flag',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
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
          message: `Unknown flag ${quoted(`--${name}`)} for \`${keyword}\``,
          help: helpFor(known, others, guess),
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

function helpFor(
  known: ReadonlyMap<string, unknown> | undefined,
  others: readonly string[],
  guess: string | undefined,
): string {
  if (guess !== undefined) return `Did you mean ${quoted(`--${guess}`)}?`;
  if (others.length > 0) return `Remove it; it is a flag of ${eitherOf(others).replace(' or ', ' and ')}`;
  if (known && known.size <= MOST_LISTED) return `Use ${eitherOf([...known.keys()].map(name => `--${name}`))}`;
  return 'Remove it, or use exec form if it is an argument of the program';
}
