/** `npm run dev -- COMMAND`: commands for contributors. */
import { examples } from './examples.ts';
import { fixes } from './fixes.ts';
import { fixesShare } from './fixes-share.ts';
import { generate } from './generate.ts';
import { judge } from './judge.ts';
import { knownSecrets } from './known-secrets.ts';
import { messages } from './messages.ts';
import { mutants } from './mutants.ts';
import { newRule } from './new-rule.ts';
import { packNpm } from './pack-npm.ts';
import { preCommitMirror } from './pre-commit-mirror.ts';
import { print } from './print.ts';
import { refresh } from './refresh.ts';
import { releaseNotes } from './release-notes.ts';
import { secretsTable } from './secrets-table.ts';
import { snapshot } from './snapshot.ts';

const HELP = `npm run dev -- COMMAND
  new-rule GROUP/ID        create rules/GROUP/ID/rule.ts and rule.md
  generate [--check]       write the rule index, rule pages, schema and editor settings (or list stale files)
  examples [--update] [ID] lint the examples of rules and print (or write) their diagnostics and fixes
  fixes DIRECTORY [--each N]
                           apply the fixes of the files in a directory, alone and together, and print what they break
  fixes-share DIRECTORY    print how many warnings and errors have a fix that removes them, by rule
  judge draw DIRECTORY --sheet FILE | record --sheet FILE --reader NAME | report
                           draw findings in checkouts for readers, keep their verdicts, print the figures
  known-secrets            print accuracy on the names, values and places that the detection is written for
  messages [--markers] [ID] print messages with length, help and banned phrases, and totals
  mutants [--sample N] [--seed S] [--rules ID,ID] change conditions one at a time and print the changes that no example detects
  pack-npm                 write the npm package to dist/npm (after a build)
  pre-commit-mirror DIRECTORY [VERSION]
                           write the repository of the pre-commit hook
  print FILE               print the model of a file, with secrets masked
  refresh WHAT [INPUT]     update a file in data/ from INPUT (--check: list files older than a year)
  release-notes TAG        print the CHANGELOG section of a version; fails if the tag does not match
  secrets-table [--per N] [--seed S] [--half NAME] [--carrier ID] [--misses]
                           print what is found of secrets in files written without sight of the detection
  snapshot                 write the findings of all rules in all examples to test/whole/snapshots/
`;

/** Runs one command; resolves to the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case 'new-rule':
      return newRule(rest);
    case 'fixes-share':
      return fixesShare(rest);
    case 'generate':
      return generate(rest);
    case 'examples':
      return examples(rest);
    case 'fixes':
      return fixes(rest);
    case 'judge':
      return judge(rest);
    case 'known-secrets':
      return knownSecrets();
    case 'messages':
      return messages(rest);
    case 'mutants':
      return mutants(rest);
    case 'pack-npm':
      return packNpm(rest);
    case 'pre-commit-mirror':
      return preCommitMirror(rest);
    case 'print':
      return print(rest);
    case 'release-notes':
      return releaseNotes(rest);
    case 'refresh':
      return refresh(rest);
    case 'secrets-table':
      return secretsTable(rest);
    case 'snapshot':
      return snapshot();
    default:
      process.stderr.write(HELP);
      return command === undefined || command === '--help' ? 0 : 2;
  }
}
