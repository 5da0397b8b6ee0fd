import { nameOf } from '../../../core/path.ts';
import { dockerIgnoreOf } from '../../../languages/dockerfile/docker-ignore.ts';
import { everyInstruction } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'copy-of-ignored-file',
  summary: 'A file is copied that the `.dockerignore` keeps out of the build',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['buildkit:CopyIgnoredFile', 'tally:buildkit/CopyIgnoredFile'],
  *check(file) {
    const ignore = dockerIgnoreOf(file);
    if (!ignore) return;
    for (const instruction of everyInstruction(file)) {
      if ((instruction.kind !== 'copy' && instruction.kind !== 'add') || instruction.trigger) continue;
      if (instruction.origin.kind !== 'context') continue;
      for (const { literal, span } of instruction.sources) {
        // A pattern may find other files; an address is no file of the context.
        if (literal === undefined || /[*?[\\:]|\{\{|<%|@@/.test(literal) || !ignore.ignoresAll(literal)) continue;
        yield {
          message: `\`${nameOf(ignore.path)}\` keeps \`${literal}\` out of the build, so there is nothing to copy and the build fails.`,
          span,
        };
      }
    }
  },
});
