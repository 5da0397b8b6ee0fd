import { fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** https://man7.org/linux/man-pages/man7/signal.7.html, without `SIG`. */
const SIGNALS =
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU UNUSED URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'.split(
    ' ',
  );
const REAL_TIME = /^(?:RTMIN\+(?:[1-9]|1[0-5])|RTMAX-(?:[1-9]|1[0-4]))$/;

export default defineDockerfileRule({
  id: 'invalid-stopsignal',
  summary: '`STOPSIGNAL` is not a Linux signal',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['STOPSIGNAL'] },
  since: '2026.11',
  aliases: ['dockerfile-utils:INVALID_SIGNAL'],
  *check(file) {
    if (!followsReference(file)) return;
    for (const instruction of everyInstruction(file)) {
      if (instruction.kind !== 'stopsignal' || !instruction.signal) continue;
      const { source, span, literal, byDefault } = instruction.signal;
      const text = literal ?? byDefault;
      if (text === undefined || text === '' || /#|\{\{|<%|@@/.test(text)) continue;
      const name = text.toUpperCase().replace(/^SIG/, '');
      if (SIGNALS.includes(name) || REAL_TIME.test(name) || /^(?:[1-9]|[1-5]\d|6[0-4])$/.test(name)) continue;
      const guess = nearest(name, SIGNALS);
      yield {
        message: /^[\w+-]{1,20}$/.test(text) ? `\`${text}\` is not a Linux signal` : 'Invalid signal',
        help:
          guess === undefined
            ? 'Use a name such as `SIGTERM`, or a number from 1 to 64'
            : `Did you mean \`SIG${guess}\`?`,
        span,
        fixes: [
          guess !== undefined && source.text === text
            ? fix('suggested', `Change it to \`SIG${guess}\``, source.replace(0, text.length, `SIG${guess}`))
            : undefined,
        ],
      };
    }
  },
});
