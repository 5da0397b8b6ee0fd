import { fix } from '../../../core/finding.ts';
import { isBourne } from '../../../core/script.ts';
import { installHas, packageInstalls } from '../../../facts/package-installs.ts';
import { buildSays, setsVariable } from '../../../facts/package-settings.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { userAt } from '../../../languages/dockerfile/stages.ts';
import { instructionOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { Instruction } from '../../../languages/dockerfile/tree.ts';
import { insertAfter } from '../../../shell/word-edits.ts';

export default defineDockerfileRule({
  id: 'install-scripts-as-root',
  summary: 'npm or Yarn can run package scripts as root',
  policies: ['G10'],
  category: 'security',
  severity: 'info',
  preset: 'all',
  needs: { programs: ['npm', 'yarn', 'yarnpkg'] },
  since: '2026.11',
  aliases: ['sonar:S6505'],
  *check(_file, _, build) {
    if (setsVariable(build, 'npm_config_ignore_scripts', 'NPM_CONFIG_IGNORE_SCRIPTS', 'YARN_ENABLE_SCRIPTS')) return;
    if (buildSays(build, 'ignore-scripts true') || buildSays(build, 'ignore-scripts=true')) return;
    for (const install of packageInstalls(build)) {
      const { manager, invocation, verb, step } = install;
      if ((manager !== 'npm' && manager !== 'yarn') || !invocation || verb?.literal === 'dlx') continue;
      if (!isBourne(invocation.script.dialect)) continue;
      if (install.arguments?.certain === false || installHas(install, '--ignore-scripts', '--mode', '--dry-run'))
        continue;
      const instruction = instructionOf(step);
      if (instruction?.kind !== 'run' || !isRootAt(instruction) || invocation.via.length > 0) continue;
      const { program, programWord, script } = invocation;
      const last = verb ?? programWord;
      yield {
        message: `\`${program}${verb ? ` ${verb.literal}` : ''}\` runs the install scripts of all packages as root`,
        help: 'Add `--ignore-scripts`, or install as another user',
        span: script.spanOf({ start: programWord.start, end: last.end }),
        fixes: [fix('suggested', 'Add `--ignore-scripts`', insertAfter(script, last, ' --ignore-scripts'))],
      };
    }
  },
});

/** Whether root runs the instruction, as far as the file shows: images of Node.js start as root. */
function isRootAt(instruction: Instruction): boolean {
  const user = userAt(instruction);
  return !user || /^(?:root|0)(?::|$)/.test(user.user?.literal ?? '');
}
