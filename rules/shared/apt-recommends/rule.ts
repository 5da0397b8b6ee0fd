import { fix } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { setsAptOption } from '../../../facts/package-settings.ts';
import { managerCommand, setting } from '../../../facts/packages/commands.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { insertAfter } from '../../../shell/word-edits.ts';

export default defineBuildRule({
  id: 'apt-recommends',
  summary: 'apt also installs recommended packages',
  policies: ['G14'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  languages: ['dockerfile', 'packer'],
  needs: { programs: programsOf(['apt']) },
  since: '2026.11',
  aliases: [
    'hadolint:DL3015',
    'trivy:DS-0029',
    'kics:apt_get_not_avoiding_additional_packages',
    'semgrep:missing-no-install-recommends',
    'sonar:S6500',
    'dockerfilelint:apt-get_recommends',
  ],
  *check(build, { project }) {
    if (setsAptOption(build, 'Install-Recommends')) return;
    const shipped = shippedStages(build, project.targets);
    for (const { invocation, verb, step, stage, complete, packages } of packageInstalls(build, 'apt')) {
      const command = invocation && managerCommand(invocation);
      if (!command || !verb || (step.kind === 'run' && step.phase === 'boot')) continue;
      if (!shipped.has(stage)) continue;
      if (!command.arguments.certain || (!complete && packages.length === 0)) continue;
      if (command.arguments.find('--install-recommends', '--without-recommends', '--with-recommends')) continue;
      if (command.arguments.has('--simulate', '--download-only', '--print-uris')) continue;
      if (setting(command, 'APT::Install-Recommends') !== undefined) continue;
      const { script, program, programWord } = invocation;
      const option = program === 'aptitude' ? '--without-recommends' : '--no-install-recommends';
      yield {
        message: `\`${program} install\` also installs recommended packages`,
        help: `Add \`${option}\``,
        span: script.spanOf({ start: programWord.start, end: verb.end }),
        fixes: [fix('suggested', `Add \`${option}\``, insertAfter(script, verb, ` ${option}`))],
      };
    }
  },
});
