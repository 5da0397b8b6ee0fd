import { fix } from '../../../core/finding.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { rootOf } from '../../../languages/dockerfile/stages.ts';
import { instructionOf } from '../../../languages/dockerfile/step-instruction.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { insertAfter } from '../../../shell/word-edits.ts';
import { writesNoRecords } from './login-records.ts';

/** A log file of this many records makes a layer noticeably larger. */
const LONG = 100_000;

export default defineDockerfileRule({
  id: 'useradd-long-uid',
  summary: '`useradd` with a large UID makes the layer huge',
  policies: ['G14'],
  category: 'size',
  severity: 'warning',
  preset: 'recommended',
  needs: { programs: ['useradd'] },
  since: '2026.11',
  aliases: ['hadolint:DL3046', 'tally:hadolint/DL3046'],
  *check(_file, _context, build) {
    for (const { invocation, step } of setupCommands(build)) {
      const { program, programWord, script } = invocation;
      const given = readArguments(invocation);
      if (program !== 'useradd' || !given.lacks('--no-log-init', '--defaults')) continue;
      const uid = given.value('--uid');
      if (uid?.literal === undefined || !/^\d{1,10}$/.test(uid.literal) || Number(uid.literal) < LONG) continue;
      const stage = instructionOf(step)?.stage;
      const base = stage && rootOf(stage)?.stage.base;
      const image = base?.kind === 'image' ? (base.image.literal ?? base.image.byDefault) : undefined;
      if (image !== undefined && writesNoRecords(image)) continue;
      yield {
        message: `UID ${uid.literal} makes \`useradd\` write a huge log file into the layer`,
        help: 'Add `--no-log-init`',
        span: script.spanOf(programWord),
        fixes: [fix('safe', 'Add `--no-log-init`', insertAfter(script, programWord, ' --no-log-init'))],
      };
    }
  },
});
