import { fix } from '../../../core/finding.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { withoutInstruction } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { isForWindows } from '../../../languages/dockerfile/stages.ts';

export default defineDockerfileRule({
  id: 'ungraceful-stopsignal',
  summary: '`STOPSIGNAL` is a signal that programs cannot handle',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['STOPSIGNAL'] },
  derived: true,
  since: '2026.11',
  aliases: ['tally:no-ungraceful-stopsignal'],
  *check(file) {
    for (const instruction of everyInstruction(file)) {
      if (instruction.kind !== 'stopsignal' || !instruction.signal) continue;
      // Windows has no signals.
      if (isForWindows(instruction.stage, file)) continue;
      const text = instruction.signal.literal ?? instruction.signal.byDefault ?? '';
      const name = text.toUpperCase().replace(/^SIG/, '');
      const kills = name === 'KILL' || name === '9';
      if (!kills && name !== 'STOP' && name !== '19') continue;
      yield {
        message: kills
          ? '`SIGKILL` ends the program without a clean shutdown'
          : '`SIGSTOP` pauses the program and does not stop it',
        help: 'Use a signal that the program handles, such as `SIGTERM`',
        span: instruction.signal.span,
        fixes: [
          fix(
            'suggested',
            'Remove it, so that the signal of the base image applies',
            withoutInstruction(file, instruction),
          ),
        ],
      };
    }
  },
});
