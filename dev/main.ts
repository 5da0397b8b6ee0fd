/** `npm run dev -- COMMAND`: what people who work on Bakelint run. */
import { examples } from './examples.ts';
import { generate } from './generate.ts';
import { messages } from './messages.ts';
import { mutants } from './mutants.ts';
import { newRule } from './new-rule.ts';
import { packNpm } from './pack-npm.ts';
import { print } from './print.ts';
import { refresh } from './refresh.ts';
import { releaseNotes } from './release-notes.ts';
import { secretsTable } from './secrets-table.ts';
import { snapshot } from './snapshot.ts';

const HELP = `npm run dev -- COMMAND
  new-rule GROUP/ID        start a rule: rules/GROUP/ID/rule.ts and rule.md
  generate [--check]       write the rule index, the rule pages, the schema and the settings (or say what is stale)
  examples [--update] [ID] lint the examples of the rules and show (or write) their diagnostics and fixes
  messages [--markers] [ID] list the rules' messages with length, help and phrases to avoid, and totals
  mutants [--sample N] [--seed S] [--rules ID,ID] change guards one at a time; print which changes no example shows
  pack-npm                 write the directory that is published on npm (dist/npm) from what is built
  print FILE               show how a file is read: its build, without the text of any secret
  refresh WHAT [INPUT]     update a file in data/ from INPUT, or with --check report the files older than a year
  release-notes TAG        what the change log says of a version; fails when the tag does not fit
  secrets-table            what the generated table of secrets holds, and how many are judged rightly
  snapshot                 write what all rules find in all examples to test/whole/snapshots/
`;

/** Runs one command; resolves to the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case 'new-rule':
      return newRule(rest);
    case 'generate':
      return generate(rest);
    case 'examples':
      return examples(rest);
    case 'messages':
      return messages(rest);
    case 'mutants':
      return mutants(rest);
    case 'pack-npm':
      return packNpm(rest);
    case 'print':
      return print(rest);
    case 'release-notes':
      return releaseNotes(rest);
    case 'refresh':
      return refresh(rest);
    case 'secrets-table':
      return secretsTable();
    case 'snapshot':
      return snapshot();
    default:
      process.stderr.write(HELP);
      return command === undefined || command === '--help' ? 0 : 2;
  }
}
