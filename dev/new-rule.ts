import { mkdirSync, writeFileSync } from 'node:fs';
import type { LanguageId } from '../core/build.ts';
import { RULE_GROUPS, rulePlaces } from './rules-index.mjs';

const LANGUAGES: readonly LanguageId[] = ['dockerfile', 'packer', 'cloud-init'];

/** One command in each language. */
const running: Readonly<Record<LanguageId, (command: string) => string>> = {
  dockerfile: command => `FROM debian:13\nRUN ${command}\n`,
  packer: command =>
    `source "null" "example" {\n  communicator = "none"\n}\n\nbuild {\n  sources = ["source.null.example"]\n\n  provisioner "shell" {\n    inline = ["${command}"]\n  }\n}\n`,
  'cloud-init': command => `#cloud-config\nruncmd:\n  - ${command}\n`,
};

const code = (
  id: string,
  languages: readonly LanguageId[],
): string => `import { defineBuildRule } from '../../../core/rule.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';

export default defineBuildRule({
  id: '${id}',
  summary: 'One line that names the problem, without a full stop',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  languages: [${languages.map(language => `'${language}'`).join(', ')}],
  needs: { programs: ['replace-me'] },
  since: '2026.11',
  *check(build) {
    for (const { invocation } of setupCommands(build)) {
      const { program, programWord, script } = invocation;
      if (program !== 'replace-me') continue;
      yield {
        message: \`\\\`\${program}\\\` is only an example\`,
        help: 'Say what to do instead',
        span: script.spanOf(programWord),
      };
    }
  },
});
`;

const fence = (info: string, text: string): string => `\`\`\`${info}\n${text}\`\`\`\n`;

const page = (
  languages: readonly LanguageId[],
): string => `Finds …: what is reported, in one sentence, and what is left out.

## Why it matters

What goes wrong, when, and for whom.

## When it is fine

What the rule leaves out, or when the reader may ignore it.

## How to fix

What to write instead, in each language.

## Sources

- [Title of the page of the tool that says so](https://example.com/)

## Examples

${languages
  .flatMap(language => [
    fence(`${language} bad`, running[language]('replace-me --now')),
    fence(`${language} good`, running[language]('replaced --now')),
  ])
  .join('\n')}
## Cases

What real files do that looks like it and is fine.
`;

/** The two files of a new rule by name, which pass the tests as they are once the diagnostics are written. */
export function ruleFiles(group: string, id: string): { readonly 'rule.ts': string; readonly 'rule.md': string } {
  const languages = LANGUAGES.filter(language => group === 'shared' || group === language);
  return { 'rule.ts': code(id, languages), 'rule.md': page(languages) };
}

/** Writes the two files of a new rule, `GROUP/ID`; rejects a taken or badly formed name. */
export function newRule([place = '']: readonly string[]): number {
  const [group = '', id = '', ...rest] = place.split('/');
  const taken = rulePlaces().some(other => other.id === id);
  if (!RULE_GROUPS.includes(group) || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || rest.length > 0 || taken) {
    process.stderr.write(
      `new-rule takes GROUP/ID: GROUP is ${RULE_GROUPS.join(', ')}; ID is a new name in kebab case for the problem\n`,
    );
    return 2;
  }
  const directory = `rules/${group}/${id}`;
  mkdirSync(directory, { recursive: true });
  for (const [name, text] of Object.entries(ruleFiles(group, id))) writeFileSync(`${directory}/${name}`, text);
  process.stdout.write(`Created ${directory}/rule.ts and rule.md. Next: npm run dev -- examples --update ${id}\n`);
  return 0;
}
