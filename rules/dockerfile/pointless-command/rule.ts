import type { ImageBuild, RunStep } from '../../../core/build.ts';
import type { Command } from '../../../core/shell-tree.ts';
import { runOf } from '../../../languages/dockerfile/lower.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { hasFlag } from '../../../shell/arguments.ts';
import { type Invocation, invocationsOf } from '../../../shell/invocations.ts';

export default defineDockerfileRule({
  id: 'pointless-command',
  summary: 'A command makes no sense while an image is built',
  policies: ['G4'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  aliases: [
    'hadolint:DL3001',
    'tally:hadolint/DL3001',
    'kics:run_utilities_and_posix_commands',
    'semgrep:nonsensical-command',
  ],
  *check(_file, _context, build) {
    for (const step of runs(build)) {
      const run = runOf(step);
      if (!run || !step.script) continue;
      const invocations = invocationsOf(step.script);
      const top = step.script.commands.filter(({ within }) => within.length === 0);
      const behind = new Map(top.map((command, i) => [command, top[i + 1]]));
      for (const invocation of invocations) {
        const { command } = invocation;
        // In conditions, substitutions and pipes a command answers a question of the script.
        if (command.within.length > 0 || command.pipeline.length > 1 || command.redirects.length > 0) continue;
        if (guarded(command, behind.get(command))) continue;
        const alone = top.length === 1;
        const last = top.at(-1) === command;
        const insecure =
          run.security?.literal === 'insecure' || (run.security?.literal === undefined && run.security !== undefined);
        const why = reason(invocation, {
          alone,
          last,
          privileged: insecure,
          ssh: run.mounts.some(({ type }) => type === 'ssh'),
        });
        if (why) yield { message: why, span: invocation.script.spanOf(command) };
      }
    }
  },
});

function runs(build: ImageBuild): RunStep[] {
  return build.stages.flatMap(({ steps }) =>
    steps.filter((step): step is RunStep => step.kind === 'run' && step.phase === 'build'),
  );
}

/** Whether somebody has thought of its failing: `|| true`. */
function guarded(command: Command, next: Command | undefined): boolean {
  return command.operator === '||' || next?.operator === '||';
}

interface Place {
  /** It is all that the RUN does. */
  readonly alone: boolean;
  /** Nothing in the RUN comes after it. */
  readonly last: boolean;
  readonly privileged: boolean;
  readonly ssh: boolean;
}

function reason(invocation: Invocation, { alone, last, privileged, ssh }: Place): string | undefined {
  const { program, programWord, args } = invocation;
  const named = `\`${program}\``;
  if (programWord.literal?.startsWith('/etc/init.d/'))
    return last && args[0]?.literal === 'start' ? gone(`\`${programWord.literal}\``) : undefined;
  const flags = args.some(({ literal }) => literal === undefined || /^[-+]/.test(literal));
  switch (program) {
    case 'vi':
    case 'vim':
    case 'nvim':
    case 'nano':
    case 'pico':
    case 'emacs':
      return flags ? undefined : `${named} waits for somebody at a keyboard, and a build has none.`;
    case 'top':
    case 'htop':
    case 'free':
    case 'ps':
    case 'ifconfig':
    case 'uptime':
    case 'who':
      return alone
        ? `${named} shows the state of the build machine at that moment and leaves nothing in the image.`
        : undefined;
    case 'shutdown':
    case 'reboot':
    case 'halt':
    case 'poweroff':
      return `${named} has no machine to act on while an image is built.`;
    case 'kill':
    case 'killall':
    case 'pkill':
      return alone
        ? `${named} finds nothing to end: processes of earlier steps are gone when their \`RUN\` ends.`
        : undefined;
    case 'mount':
      return alone && !privileged
        ? `${named} needs rights that a build does not have, and what is mounted is gone when the \`RUN\` ends.`
        : undefined;
    case 'ssh':
      return alone && !ssh && !hasFlag(invocation, '-V')
        ? `${named} has no key and nobody to ask while an image is built.`
        : undefined;
    case 'service':
    case 'rc-service':
    case 'systemctl':
    case 'initctl':
      return last &&
        starts(
          program,
          args.map(({ literal }) => literal),
        )
        ? gone(named)
        : undefined;
    default:
      return undefined;
  }
}

const gone = (named: string): string =>
  `The service that ${named} starts ends with this \`RUN\`: no later step and no container will find it running.`;

function starts(program: string, words: readonly (string | undefined)[]): boolean {
  const verb = program === 'systemctl' || program === 'initctl' ? words.find(word => !word?.startsWith('-')) : words[1];
  if (program === 'systemctl' && words.some(word => word === undefined || /^--(?:user|root)/.test(word))) return false;
  return verb === 'start' || verb === 'restart' || verb === 'reload';
}
