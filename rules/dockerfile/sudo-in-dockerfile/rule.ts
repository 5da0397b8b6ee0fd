import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Word } from '../../../core/shell-tree.ts';
import type { Edit } from '../../../core/text.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { isRootBase } from '../../../languages/dockerfile/root-base.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages, rootOf, userAt } from '../../../languages/dockerfile/stages.ts';
import { startCommands } from '../../../languages/dockerfile/start.ts';
import { dockerStagesOf, instructionOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { DockerStage, Instruction } from '../../../languages/dockerfile/tree.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { programName } from '../../../shell/program-name.ts';
import { removeWord } from '../../../shell/word-edits.ts';
import { wrappersOf } from '../../../shell/wrappers.ts';

/** https://wiki.alpinelinux.org/wiki/Abuild_and_Helpers, makepkg(8) */
const PACKAGERS = /\b(?:abuild(?:-keygen)?|makepkg|yay|paru|brew)\b/;

export default defineDockerfileRule({
  id: 'sudo-in-dockerfile',
  summary: 'A build step uses `sudo`',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { programs: ['sudo'] },
  derived: true,
  since: '2026.11',
  aliases: [
    'hadolint:DL3004',
    'tally:hadolint/DL3004',
    'trivy:DS-0010',
    'checkov:CKV2_DOCKER_1',
    'kics:run_using_sudo',
    'semgrep:no-sudo-in-dockerfile',
    'dockle:DKL-DI-0001',
    'dockerfilelint:sudo_usage',
  ],
  *check(file, { project }, build) {
    if (file.devContainer) return;
    // The content of a build stage is not shipped.
    const shipped = new Set(dockerStagesOf(build, shippedStages(build, project.targets)));
    const uses = new Map<Instruction, { sudo: Word; invocation: Invocation }[]>();
    for (const { invocation, step } of setupCommands(build)) {
      // A script may be for machines too.
      const instruction = step.kind === 'run' && step.calledBy ? undefined : instructionOf(step);
      const sudo = sudoOf(invocation);
      if (!instruction?.stage || !sudo || !shipped.has(instruction.stage)) continue;
      const list = uses.get(instruction);
      if (list) list.push({ sudo, invocation });
      else uses.set(instruction, [{ sudo, invocation }]);
    }
    for (const [instruction, all] of uses) {
      const user = userAt(instruction);
      const name = user?.user?.literal;
      const root = user
        ? name !== undefined && /^(?:root|0)(?::|$)/.test(name)
        : isRootBase(rootOf(instruction.stage!)?.stage.base);
      // An unknown base image may run as a user who needs `sudo`.
      if (!root && name === undefined) continue;
      const [first, ...others] = root ? all.filter(one => !movesHome(one.invocation, instruction.stage!)) : all;
      if (!first) continue;
      yield {
        message: root
          ? '`sudo` has no effect: this step already runs as root'
          : `Step needs \`sudo\` in the image, so ${quoted(name!.split(':')[0]!, 20)} can become root in containers`,
        help: root
          ? 'Remove `sudo`'
          : `Run the step under \`USER root\`, and switch back with ${quoted(`USER ${name!.split(':')[0]!}`)}`,
        span: first.invocation.script.spanOf(first.sudo),
        // Builders of packages refuse root, and call `sudo` themselves; who works in a container is root where that is needed.
        ...(!root &&
          (file.purpose !== undefined || PACKAGERS.test(first.invocation.script.text.text)) && {
            severity: 'info' as const,
            preset: 'strict' as const,
          }),
        // One mend for all steps of the stage that run as the same user.
        causes: [`sudo ${instruction.stage!.from.lineSpan.start} ${root ? '' : name}`],
        related: others.map(({ sudo, invocation }) => ({ message: 'Also here', span: invocation.script.spanOf(sudo) })),
        fixes: [root ? fix('suggested', 'Remove `sudo`', ...[first, ...others].map(dropped)) : undefined],
      };
    }
    for (const stage of finalStages(file, project.targets)) {
      const [first] = startCommands(build, stage).filter(command => sudoOf(command));
      if (first)
        yield {
          message: `Container starts ${first.program === 'sudo' ? 'its program' : quoted(first.program, 30)} with \`sudo\``,
          help: 'Start it without `sudo`: set the user that it needs with `USER`',
          span: first.script.spanOf(sudoOf(first)!),
        };
    }
  },
});

/** The word `sudo` itself, before the program. */
function sudoOf(invocation: Invocation): Word | undefined {
  const { command, via, program, programWord } = invocation;
  if (program === 'sudo') return programWord;
  if (!via.includes('sudo') || becomesAnother(invocation)) return undefined;
  return command.words.find(({ literal }) => literal !== undefined && programName(literal) === 'sudo');
}

/** `sudo -H`, where the home directory may be another one than root's. */
function movesHome(invocation: Invocation, { base, instructions }: DockerStage): boolean {
  if (!wrappersOf(invocation).some(given => given.program === 'sudo' && given.has('--set-home', '--login')))
    return false;
  return (
    !isRootBase(base) || instructions.some(one => one.kind === 'env' && one.pairs.some(({ key }) => key === 'HOME'))
  );
}

/** `sudo -u app`: it changes the user, to one that is not root or not known. */
function becomesAnother(invocation: Invocation): boolean {
  return wrappersOf(invocation).some(given => {
    const user = given.program === 'sudo' ? given.all('--user').at(-1)?.value : undefined;
    return user !== undefined && !/^(?:root|#?0)$/.test(user.literal ?? '');
  });
}

/** Only a `sudo` without options is removed: with options or variables it does more than becoming root. */
function dropped({ sudo, invocation }: { sudo: Word; invocation: Invocation }): Edit | undefined {
  const { words } = invocation.command;
  const [given] = wrappersOf(invocation);
  return words[0] === sudo && given?.program === 'sudo' && given.command?.[0] === words[1]
    ? removeWord(invocation.script, sudo)
    : undefined;
}
