import { mkdirSync, writeFileSync } from 'node:fs';
import { RULE_GROUPS, rulePlaces } from './rules-index.mjs';

const RULE = (id: string): string => `import { defineBuildRule } from '../../../core/rule.ts';

export default defineBuildRule({
  id: '${id}',
  summary: 'One line that says what is wrong',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile'],
  since: '2026.11',
  *check(build) {
    for (const stage of build.stages) {
      yield { message: 'One sentence: what is wrong and why it matters here.', span: stage.span };
    }
  },
});
`;

const PAGE = `Two to five sentences: what happens, why it matters, what to do instead.

## Examples

\`\`\`dockerfile bad
FROM debian:12
\`\`\`

\`\`\`dockerfile good
FROM debian:12
\`\`\`

## Cases

What real files do that looks like it and is fine.
`;

/** Writes the two files of a new rule, `GROUP/ID`; refuses a taken or badly formed name. */
export function newRule([place = '']: readonly string[]): number {
  const [group = '', id = '', ...rest] = place.split('/');
  const taken = rulePlaces().some(other => other.id === id);
  if (!RULE_GROUPS.includes(group) || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || rest.length > 0 || taken) {
    process.stderr.write(
      `new-rule takes GROUP/ID: GROUP is ${RULE_GROUPS.join(', ')}; ID is a new name in kebab case for the problem\n`,
    );
    return 2;
  }
  const folder = `rules/${group}/${id}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/rule.ts`, RULE(id));
  writeFileSync(`${folder}/rule.md`, PAGE);
  process.stdout.write(`Created ${folder}/rule.ts and rule.md. Next: npm run dev -- examples --update ${id}\n`);
  return 0;
}
