import { everyInstruction } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'ungraceful-stopsignal',
  summary: '`STOPSIGNAL` is a signal that no program can answer',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['tally:no-ungraceful-stopsignal'],
  *check(file) {
    for (const instruction of everyInstruction(file)) {
      if (instruction.kind !== 'stopsignal' || !instruction.signal) continue;
      const text = instruction.signal.literal ?? instruction.signal.byDefault ?? '';
      const name = text.toUpperCase().replace(/^SIG/, '');
      const kills = name === 'KILL' || name === '9';
      if (!kills && name !== 'STOP' && name !== '19') continue;
      yield {
        message: kills
          ? 'SIGKILL ends the program at once, so every stop of the container is a crash: nothing is written, finished or closed.'
          : 'SIGSTOP freezes the program and does not end it, so every stop of the container waits and then kills it.',
        span: instruction.signal.span,
      };
    }
  },
});
