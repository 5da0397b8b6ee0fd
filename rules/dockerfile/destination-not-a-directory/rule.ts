import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Instruction } from '../../../languages/dockerfile/tree.ts';

/** BuildKit copies into a directory that is there; the classic builder refuses the missing `/`. */
const NEEDS_BUILDKIT = /^[ \t]{0,40}RUN[ \t]{1,40}--mount=|^#[ \t]{0,8}syntax=/im;

/** Whether a `WORKDIR` before the instruction makes the directory, or one in it. */
function isMadeBefore(path: string, { stage, span }: Instruction): boolean {
  return (stage?.instructions ?? []).some(
    one =>
      one.kind === 'workdir' &&
      one.span.start < span.start &&
      `${(one.path?.literal ?? '').replaceAll('\\', '/')}/`.startsWith(`${path.replaceAll('\\', '/')}/`),
  );
}

export default defineDockerfileRule({
  id: 'destination-not-a-directory',
  summary: 'Several files are copied to a destination that does not end with `/`',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['COPY', 'ADD'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL3021',
    'tally:hadolint/DL3021',
    'trivy:DS-0011',
    'kics:copy_with_more_than_two_arguments_not_ending_with_slash',
    'dockerfile-utils:INVALID_DESTINATION',
    'dockerfilelint:add_dest_invalid',
  ],
  *check(file) {
    for (const instruction of everyInstruction(file)) {
      if ((instruction.kind !== 'copy' && instruction.kind !== 'add') || !instruction.destination) continue;
      const { sources, heredocs, destination, args } = instruction;
      const count = sources.length + heredocs.length;
      const text = destination.literal ?? destination.source.text;
      // A `#` starts a comment in the wrong place.
      if (count < 2 || args.some(({ source }) => /^#|\{\{|<%|\}\}|%>/.test(source.text))) continue;
      if (text === '' || text.endsWith(UNRESOLVED) || /(?:[/\\]|(?:^|[/\\])\.{1,2}|@@)$/.test(text)) continue;
      if (NEEDS_BUILDKIT.test(file.source.text) && isMadeBefore(text, instruction)) continue;
      const shown = quoted(destination.source.text, 30);
      yield {
        message: `Destination ${shown} of ${count} files does not end with \`/\``,
        help: /^[\w./-]{1,60}$/.test(text)
          ? `Write ${quoted(`${text}/`)} to make it a directory`
          : 'End it with `/` to make it a directory',
        span: destination.span,
        fixes: [fix('safe', 'Add `/`', destination.source.insert(destination.source.text.length, '/'))],
      };
    }
  },
});
