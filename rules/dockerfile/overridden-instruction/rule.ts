import { fix } from '../../../core/finding.ts';
import { withoutInstruction } from '../../../languages/dockerfile/edits.ts';
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
    for (const { instructions } of file.stages) {
      const last = new Map<string, Instruction>();
      for (const instruction of instructions) if (SINGLE.has(instruction.kind)) last.set(instruction.kind, instruction);
      for (const instruction of instructions) {
        const later = last.get(instruction.kind);
        if (!later || later === instruction) continue;
        const { keyword } = instruction;
        yield {
          message: `This \`${keyword}\` is overridden by a later one`,
          help:
            instruction.kind === 'healthcheck'
              ? 'Remove it; only the last one applies'
              : 'Remove it; use a script to start several programs',
          span: instruction.lineSpan,
          related: [{ message: 'Overridden here', span: later.lineSpan }],
          fixes: [fix('safe', `Remove this \`${keyword}\``, withoutInstruction(file, instruction))],
        };
      }
    }
  },
});
