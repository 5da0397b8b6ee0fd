import { joinPath, nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { dockerIgnoreOf } from '../../../languages/dockerfile/docker-ignore.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'copy-of-ignored-file',
  summary: '`COPY` or `ADD` names a file that `.dockerignore` excludes',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['COPY', 'ADD'] },
  since: '2026.11',
  aliases: ['buildkit:CopyIgnoredFile', 'tally:buildkit/CopyIgnoredFile'],
  *check(file) {
    const ignore = dockerIgnoreOf(file);
    if (!ignore) return;
    for (const instruction of everyInstruction(file)) {
      if ((instruction.kind !== 'copy' && instruction.kind !== 'add') || instruction.trigger) continue;
      // Without a destination it is not known which of its words is missing.
      if (instruction.origin.kind !== 'context' || instruction.destination === undefined) continue;
      for (const { literal, span } of instruction.sources) {
        // A pattern may match other files; a URL is not a file of the context.
        if (literal !== undefined && ignore.ignoresEverything && /^(?:\.?\/?|\*)$/.test(literal)) {
          yield {
            message: `${quoted(nameOf(ignore.path))} excludes everything, so nothing is copied`,
            help: 'Add an exception for each directory that is needed, such as `!src`',
            span,
          };
          continue;
        }
        if (literal === undefined || /[*?[\\:]|\{\{|<%|@@/.test(literal) || !ignore.ignoresAll(literal)) continue;
        yield {
          message: `${quoted(literal)} is excluded by ${quoted(nameOf(ignore.path))}`,
          help: `Remove the pattern from ${quoted(nameOf(ignore.path))}, or add ${quoted(`!${joinPath('/', literal).slice(1)}`)}`,
          span,
        };
      }
    }
  },
});
