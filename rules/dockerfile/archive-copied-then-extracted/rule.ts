import type { Value } from '../../../core/build.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { instructionOf, runOf } from '../../../languages/dockerfile/step-instruction.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

/** What ADD unpacks by itself: https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives */
const ARCHIVE = /\.(?:tar|tar\.(?:gz|bz2|xz)|tgz|tbz2?|txz)$/;

export default defineDockerfileRule({
  id: 'archive-copied-then-extracted',
  summary: 'An archive is copied and then unpacked, so the image contains both',
  policies: ['G14'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  needs: { programs: ['tar', 'bsdtar'] },
  since: '2026.11',
  aliases: ['hadolint:DL3010', 'tally:hadolint/DL3010'],
  *check(_file, _context, build) {
    for (const stage of build.stages) {
      const copied = new Map<string, Value>();
      for (const step of stage.steps) {
        const instruction = instructionOf(step);
        if (step.kind === 'copy' && step.origin === 'context' && instruction?.kind === 'copy')
          for (const source of step.sources)
            if (source.literal !== undefined && !/[*?[]/.test(source.literal)) {
              const name = nameOf(source.literal);
              const to = step.to?.literal;
              const file = to !== undefined && ARCHIVE.test(to) ? nameOf(to) : name;
              if (ARCHIVE.test(name) && ARCHIVE.test(file)) copied.set(file, source);
            }
        if (step.kind !== 'run' || !runOf(step) || copied.size === 0) continue;
        for (const invocation of invocationsOfStep(step)) {
          const name = unpacked(invocation);
          const source = name === undefined ? undefined : copied.get(name);
          if (name === undefined || !source) continue;
          copied.delete(name);
          yield {
            message: `${quoted(name)} is copied, then unpacked in a later layer`,
            help: 'Unpack it with `ADD`, or with `tar` from a bind mount',
            span: source.span,
            related: [{ message: 'Unpacked here', span: invocation.script.spanOf(invocation.command) }],
          };
        }
      }
    }
  },
});

/** The file name of the archive that `tar` unpacks. */
function unpacked(invocation: Invocation): string | undefined {
  const given = readArguments(invocation);
  if ((given.program !== 'tar' && given.program !== 'bsdtar') || !given.has('--extract')) return undefined;
  const file = given.value('--file')?.literal;
  return file && nameOf(file);
}
