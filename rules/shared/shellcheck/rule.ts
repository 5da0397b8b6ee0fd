import { fix } from '../../../core/finding.ts';
import { oneOf, stringList } from '../../../core/options.ts';
import { REMARK_LEVELS } from '../../../core/remarks.ts';
import { defineBuildRule } from '../../../core/rule.ts';

export default defineBuildRule({
  id: 'shellcheck',
  summary: 'ShellCheck finds a mistake in a script',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { steps: ['run', 'write-file'] },
  since: '2026.11',
  aliases: ['hadolint:SHELLCHECK', 'tally:shellcheck/all', 'sonar:S6570', 'sonar:S6573'],
  options: {
    level: oneOf('The lowest level of remarks that is reported.', REMARK_LEVELS, 'warning'),
    ignore: stringList('Codes that are not reported, such as `SC2086`.'),
  },
  *check(build, { options, checkScript }) {
    if (!checkScript) return;
    const levels = REMARK_LEVELS.slice(0, REMARK_LEVELS.indexOf(options.level) + 1);
    const steps = build.stages.flatMap(stage => stage.steps);
    for (const step of steps) {
      const script = step.kind === 'run' || step.kind === 'write-file' ? step.script : undefined;
      if (!script?.readable || (script.dialect !== 'posix' && script.dialect !== 'bash')) continue;
      for (const remark of checkScript(script.text.text, script.dialect) ?? []) {
        const { code, message, replacements } = remark;
        if (!levels.includes(remark.level) || options.ignore.includes(code)) continue;
        yield {
          message: `${message.replace(/\.$/, '')} (${code})`,
          help: `See https://www.shellcheck.net/wiki/${code}`,
          span: script.spanOf(remark),
          fixes: [
            fix(
              'suggested',
              `Apply the fix of ${code}`,
              ...replacements.map(({ start, end, text }) => script.text.replace(start, end, text)),
            ),
          ],
          aliases: [`hadolint:${code}`],
        };
      }
    }
  },
});
