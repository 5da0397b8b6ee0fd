import type { ImageBuild, RunStep } from '../../../core/build.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Command } from '../../../core/shell-tree.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { runOf } from '../../../languages/dockerfile/step-instruction.ts';
import { execScript } from '../../../shell/exec-form.ts';
import { type Invocation, invocationsOf } from '../../../shell/invocations.ts';
import { type Arguments, readArguments } from '../../../shell/programs/index.ts';

export default defineDockerfileRule({
  id: 'pointless-command',
  summary: 'A command has no effect or cannot work during a build',
  policies: ['G4'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['RUN'] },
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
      const script = step.script ?? (step.argv && execScript(step.argv));
      if (!run || !script) continue;
      const invocations = invocationsOf(script).filter(mayBePointless);
      if (invocations.length === 0) continue;
      const top = script.commands.filter(({ within }) => within.length === 0);
      const nextOf = new Map(top.map((command, i) => [command, top[i + 1]]));
      for (const invocation of invocations) {
        const { command } = invocation;
        // In conditions, substitutions and pipes a command answers a question of the script.
        if (command.within.length > 0 || command.pipeline.length > 1 || command.redirects.length > 0) continue;
        if (guarded(command, nextOf.get(command))) continue;
        const alone = top.length === 1;
        const last = top.at(-1) === command;
        const insecure =
          run.security?.literal === 'insecure' || (run.security?.literal === undefined && run.security !== undefined);
        const problem = problemOf(invocation, {
          alone,
          last,
          privileged: insecure,
          ssh: run.mounts.some(({ type }) => type === 'ssh'),
        });
        if (problem) yield { ...problem, span: invocation.script.spanOf(command) };
      }
    }
  },
});

function runs(build: ImageBuild): RunStep[] {
  return build.stages.flatMap(({ steps }) =>
    steps.filter((step): step is RunStep => step.kind === 'run' && step.phase === 'build'),
  );
}

/** Whether the script handles its failure: `|| true`. */
function guarded(command: Command, next: Command | undefined): boolean {
  return command.operator === '||' || next?.operator === '||';
}

/** Programs that {@link problemOf} knows. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['vi', 'vim', 'nvim', 'nano', 'pico', 'emacs'],
  ...['top', 'htop', 'free', 'ps', 'ifconfig', 'uptime', 'who', 'nvidia-smi', 'rocm-smi'],
  ...['shutdown', 'reboot', 'halt', 'poweroff'],
  ...['kill', 'killall', 'pkill', 'mount', 'ssh'],
  ...['service', 'rc-service', 'systemctl', 'initctl'],
]);
const INIT_SCRIPTS = '/etc/init.d/';

function mayBePointless({ program, programWord }: Invocation): boolean {
  return KNOWN.has(program) || programWord.literal?.startsWith(INIT_SCRIPTS) === true;
}

interface CommandPosition {
  /** The RUN does nothing else. */
  readonly alone: boolean;
  /** Nothing in the RUN comes after it. */
  readonly last: boolean;
  readonly privileged: boolean;
  readonly ssh: boolean;
}

interface Problem {
  readonly message: string;
  readonly help: string;
}

function problemOf(invocation: Invocation, { alone, last, privileged, ssh }: CommandPosition): Problem | undefined {
  const { program, programWord } = invocation;
  const given = readArguments(invocation);
  const named = `\`${program}\``;
  if (programWord.literal?.startsWith(INIT_SCRIPTS))
    return last && given.operands[0]?.literal === 'start' ? gone(programWord.literal, given) : undefined;
  const flags = given.options.length > 0 || given.operands.some(({ literal }) => literal?.startsWith('+') ?? true);
  switch (program) {
    case 'vi':
    case 'vim':
    case 'nvim':
    case 'nano':
    case 'pico':
    case 'emacs':
      return flags
        ? undefined
        : {
            message: `${named} needs a terminal, which a build does not have`,
            help: 'Edit the file with `sed`, or copy it',
          };
    case 'top':
    case 'htop':
    case 'free':
    case 'ps':
    case 'ifconfig':
    case 'uptime':
    case 'who':
    case 'nvidia-smi':
    case 'rocm-smi':
      return alone ? { message: `${named} has no effect on the image`, help: 'Remove this `RUN`' } : undefined;
    case 'shutdown':
    case 'reboot':
    case 'halt':
    case 'poweroff':
      return { message: `${named} has no effect: a build has no machine to stop`, help: 'Remove it' };
    case 'kill':
    case 'killall':
    case 'pkill':
      return alone
        ? {
            message: `${named} has no effect: processes end with their \`RUN\``,
            help: 'Stop the process in the `RUN` that starts it',
          }
        : undefined;
    case 'mount':
      return alone && !privileged
        ? {
            message: `${named} needs privileges that a build does not have`,
            help: 'Use `RUN --mount`, or mount it when the container starts',
          }
        : undefined;
    case 'ssh':
      return alone && !ssh && !given.has('-V')
        ? {
            message: `${named} has no SSH keys in a build`,
            help: 'Use `RUN --mount=type=ssh`, which forwards your SSH agent',
          }
        : undefined;
    case 'service':
    case 'rc-service':
    case 'systemctl':
    case 'initctl':
      return last && starts(given) ? gone(program, given) : undefined;
    default:
      return undefined;
  }
}

/** `service ssh start` */
function gone(program: string, { operands, verb }: Arguments): Problem {
  const words = [program, ...(verb === '' ? [] : [verb]), ...operands.flatMap(({ literal }) => literal ?? [])];
  return {
    message: `The service of ${quoted(words.join(' '))} stops when its \`RUN\` ends`,
    help: 'Start the service in `CMD` or `ENTRYPOINT`',
  };
}

function starts(given: Arguments): boolean {
  const { program, operands } = given;
  const verb = program === 'systemctl' ? given.verb : (program === 'initctl' ? operands[0] : operands[1])?.literal;
  if (
    program === 'systemctl' &&
    (operands.some(({ literal }) => literal === undefined) || given.has('--user', '--root'))
  )
    return false;
  return verb === 'start' || verb === 'restart' || verb === 'reload';
}
