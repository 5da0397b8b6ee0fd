import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

const RULE = (id: string): string => `import { defineBuildRule } from '../../core/rule.ts';

export default defineBuildRule({
  id: '${id}',
  summary: 'One line that says what is wrong',
  policy: 'G13',
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

/** Writes the two files of a new rule; refuses a taken or badly formed name. */
export function newRule([id = '']: readonly string[]): number {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || existsSync(`rules/${id}`)) {
    process.stderr.write(
      `new-rule takes the name of a rule that is not there yet, in kebab case, naming the bad thing.\n`,
    );
    return 2;
  }
  mkdirSync(`rules/${id}`, { recursive: true });
  writeFileSync(`rules/${id}/rule.ts`, RULE(id));
  writeFileSync(`rules/${id}/rule.md`, PAGE);
  process.stdout.write(
    `rules/${id}/rule.ts and rule.md are there. Write them, then: npm run dev -- examples --update ${id}\n`,
  );
  return 0;
}
