import { fix } from '../../../core/finding.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { withoutInstruction } from '../../../languages/dockerfile/edits.ts';
import { isTemplateMark } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Instruction } from '../../../languages/dockerfile/tree.ts';

/** A stage has only one of each, the last. */
const SINGLE: ReadonlySet<string> = new Set(['cmd', 'entrypoint', 'healthcheck']);

export default defineDockerfileRule({
  id: 'overridden-instruction',
  summary: 'A stage has more than one `CMD`, `ENTRYPOINT` or `HEALTHCHECK`',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL4003',
    'tally:hadolint/DL4003',
    'hadolint:DL4004',
    'tally:hadolint/DL4004',
    'hadolint:DL3012',
    'buildkit:MultipleInstructionsDisallowed',
    'tally:buildkit/MultipleInstructionsDisallowed',
    'trivy:DS-0016',
    'trivy:DS-0007',
    'trivy:DS-0023',
    'kics:multiple_cmd_instructions_listed',
    'kics:multiple_entrypoint_instructions_listed',
    'semgrep:multiple-cmd-instructions',
    'semgrep:multiple-entrypoint-instructions',
    'sonar:S6589',
    'dockerfile-utils:MULTIPLE_INSTRUCTIONS',
  ],
  *check(file) {
    for (const stage of file.stages) {
      const last = new Map<string, Instruction>();
      const single = instructionsOf(stage).filter(({ kind }) => SINGLE.has(kind));
      for (const instruction of single) last.set(placeOf(instruction), instruction);
      for (const instruction of single) {
        const later = last.get(placeOf(instruction));
        if (!later || later === instruction || mayBeAlone(instruction, later)) continue;
        const { keyword } = instruction;
        yield {
          message: `This \`${keyword}\` is overridden by a later one`,
          help:
            instruction.kind === 'healthcheck'
              ? 'Remove it; only the last one applies'
              : 'Remove it; use a script to start several programs',
          span: instruction.lineSpan,
          related: [{ message: 'Overridden here', span: later.lineSpan }],
          fixes: [
            fix(
              instruction.trigger ? 'suggested' : 'safe',
              `Remove this \`${keyword}\``,
              withoutInstruction(file, instruction.trigger ?? instruction),
            ),
          ],
        };
      }
    }
  },
});

/** Whether a condition of a template is between them: then the file has one or the other. */
const mayBeAlone = (first: Instruction, later: Instruction): boolean =>
  first.stage?.instructions.some(one => one.index > first.index && one.index < later.index && isTemplateMark(one)) ===
  true;

/** Triggers run in another build, where they are in effect together. */
function placeOf({ kind, trigger }: Instruction): string {
  return trigger ? `onbuild ${kind}` : kind;
}
