import type { Value } from '../../../core/build.ts';
import { quoted } from '../../../core/quoted.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { dockerStagesOf } from '../../../languages/dockerfile/step-instruction.ts';

/** Directories of what users give to an application, and what a program leaves when it dies. */
const UPLOADS =
  /(?:^|\/)(?:(?:user[-_]?|customer[-_]?|client[-_]?)?uploads?|uploaded(?:[-_]files)?|user[-_]?(?:files|media|content)|attachments?|customer[-_]?(?:data|files|documents)|mailboxes|maildir|spool)(?:\.(?:tar(?:\.\w{2,4})?|tgz|zip))?(?:\/.{0,200})?$/i;
const DUMPS = /(?:^|\/)(?:core(?:\.\d{1,10}|dump)|[^/]{1,100}\.(?:hprof|coredump|mdmp|dmp))$/i;
/** Names of code and of settings. */
const CODE =
  /\.(?:[cm]?[jt]sx?|py|rb|php|go|java|kt|rs|cs|vue|svelte|html?|css|scss|erb|twig|sh|conf|ya?ml|json|toml|ini|md|gitkeep|htaccess)$|(?:^|\/)(?:src|app|lib|test|tests|fixtures?|samples?|examples?|node_modules|components?|templates?|views|modules)\//i;

export default defineDockerfileRule({
  id: 'uploads-copied',
  summary: 'User uploads or memory dumps are copied into the image',
  policies: ['G11'],
  category: 'separation',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['COPY', 'ADD'] },
  since: '2026.11',
  *check(_, { project }, build) {
    for (const stage of dockerStagesOf(build, shippedStages(build, project.targets)))
      for (const instruction of instructionsOf(stage)) {
        if ((instruction.kind !== 'copy' && instruction.kind !== 'add') || instruction.origin.kind !== 'context')
          continue;
        for (const source of instruction.sources) {
          const what = kindOf(source);
          if (what === undefined) continue;
          const them = what === DUMP ? 'it' : 'them';
          yield {
            message: `${what} copied into the image: ${quoted(source.literal ?? '')}`,
            help: `Keep ${them} in a volume or object store, and exclude ${them} in \`.dockerignore\``,
            span: source.span,
          };
        }
      }
  },
});

const DUMP = 'A memory dump is';

function kindOf({ literal }: Value): string | undefined {
  if (literal === undefined || literal.length > 300 || CODE.test(literal)) return undefined;
  if (UPLOADS.test(literal)) return 'User files are';
  return DUMPS.test(literal) ? DUMP : undefined;
}
