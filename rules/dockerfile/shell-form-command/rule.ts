import type { ImageBuild, RunStep, Stage } from '../../../core/build.ts';
import { placeCause } from '../../../core/causes.ts';
import { memo } from '../../../core/memo.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { copyOf } from '../../../facts/copies.ts';
import { shellOf } from '../../../facts/distribution.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { inExecForm, withExec } from '../../../languages/dockerfile/exec-form.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveShell, isForWindows, rootOf, stageGraph } from '../../../languages/dockerfile/stages.ts';
import { startOf } from '../../../languages/dockerfile/start.ts';
import { startScriptFiles, startScripts } from '../../../languages/dockerfile/start-scripts.ts';
import { isPrompt } from '../../../languages/dockerfile/starts-nothing.ts';
import { dockerStagesOf, instructionOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { DockerfileTree, DockerStage } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'shell-form-command',
  summary: '`CMD` or `ENTRYPOINT` starts the program through a shell',
  policies: ['G4'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['CMD', 'ENTRYPOINT'] },
  derived: true,
  since: '2026.11',
  aliases: [
    'hadolint:DL3025',
    'tally:hadolint/DL3025',
    'buildkit:JSONArgsRecommended',
    'tally:buildkit/JSONArgsRecommended',
    'kics:not_using_json_in_cmd_and_entrypoint_arguments',
    'semgrep:prefer-json-notation',
    'sonar:S7019',
  ],
  *check(file, { project }, build) {
    // The command of a stage that others only copy from is never started.
    const shipped = new Set(dockerStagesOf(build, shippedStages(build, project.targets)));
    const made = stageGraph(file).reachableFrom(shipped);
    for (const stage of build.stages)
      for (const step of stage.steps) {
        const instruction = step.kind === 'run' ? instructionOf(step) : undefined;
        if (step.kind !== 'run' || (instruction?.kind !== 'cmd' && instruction?.kind !== 'entrypoint')) continue;
        if (instruction.stage && made.has(instruction.stage) && !shipped.has(instruction.stage)) continue;
        // Windows stops its containers in another way.
        if (isForWindows(instruction.stage, file)) continue;
        if (instruction.command?.form === 'exec') {
          const kept = keptShell(step, instruction.stage, build);
          if (kept)
            yield {
              message: `\`${kept.program} -c\` without \`exec\` may not forward SIGTERM`,
              help: 'Start the last program of the script with `exec`',
              span: kept.span,
              preset: 'strict',
              causes: [placeCause('form', instruction.command.span)],
            };
          continue;
        }
        if (instruction.command?.form !== 'shell') continue;
        const runner = instruction.kind === 'cmd' ? runnerOf(instruction.stage) : undefined;
        if (runner !== undefined) {
          yield {
            message: `\`CMD\` in shell form: \`ENTRYPOINT\` starts ${quoted(runner, 30)} with \`/bin/sh -c …\` as arguments`,
            help: 'Use exec form for the arguments: `CMD ["…"]`',
            span: instruction.command.span,
            causes: [placeCause('form', instruction.command.span)],
            fixes: [inExecForm(file, instruction.command, step)],
          };
          continue;
        }
        // A `SHELL` instruction says that a shell is meant; `exec` replaces it.
        if (
          effectiveShell(instruction).instruction ||
          step.script?.commands.some(({ words }) => words[0]?.literal === 'exec')
        )
          continue;
        const isReplaced =
          replacesShell(step, instruction.stage, build) || ignoresSignals(step, instruction.stage, file, build);
        if ((isReplaced || signalsAll(instruction.stage)) && instruction.kind === 'cmd') continue;
        const plain = plainScript(step, instruction.stage, file, build);
        const inExec = plain === undefined ? inExecForm(file, instruction.command, step) : undefined;
        yield {
          message:
            instruction.kind === 'cmd'
              ? '`CMD` in shell form may not forward SIGTERM'
              : inExec || isReplaced || plain !== undefined
                ? `\`ENTRYPOINT\` in shell form ignores arguments${isReplaced ? '' : ' and may not forward SIGTERM'}`
                : '`ENTRYPOINT` in shell form may not forward SIGTERM',
          ...(isReplaced && { severity: 'info' }),
          help:
            plain !== undefined
              ? `Add a \`#!\` line to ${quoted(plain, 30)}, and use exec form`
              : isReplaced && !inExec
                ? PASSES_ARGUMENTS
                : helpFor(instruction.keyword, step, inExec !== undefined),
          span: instruction.command.span,
          causes: [placeCause('form', instruction.command.span)],
          fixes: [inExec ?? withExec(step)],
        };
      }
  },
});

/** The program that an entrypoint starts, if it is one that runs no command that it is given. */
function runnerOf(stage: DockerStage | undefined): string | undefined {
  const entrypoint = stage && startOf(stage).entrypoint?.command;
  const [first] = entrypoint?.form === 'exec' ? entrypoint.words : [];
  const name = nameOf(first?.literal ?? '');
  return /^(?:python[\d.]{0,5}|node|java|ruby|php|perl|dotnet|deno|bun)$/.test(name) ? name : undefined;
}

const PASSES_ARGUMENTS = 'Use exec form with a script that ends in `exec … "$@"`';

/** The script of the repository that is started and has no `#!` line: only a shell can start it. */
function plainScript(
  { script }: RunStep,
  stage: DockerStage | undefined,
  file: DockerfileTree,
  build: ImageBuild,
): string | undefined {
  const [only, ...others] = script?.commands ?? [];
  const program = only?.words[0]?.literal;
  if (!stage || program === undefined || others.length > 0 || !program.includes('/')) return undefined;
  const found = startScriptFiles(file, build, stage).find(({ path }) => nameOf(path) === nameOf(program));
  return found && !found.text.startsWith('#!') ? nameOf(program) : undefined;
}

/** What a command needs so that its program gets the signals; only its name is shown. */
function helpFor(keyword: string, { script }: RunStep, fits: boolean): string {
  const commands = script?.commands ?? [];
  const word = commands[0]?.words[0]?.literal;
  const program = word !== undefined && word.length <= 24 && /^[\w./-]+$/.test(word) ? word : undefined;
  if (commands.length !== 1) return 'Start the last program with `exec`, or run each program in its own container';
  if (program === undefined) return 'Start the program with `exec`, so that it replaces the shell';
  const more = commands[0]!.words.length > 1;
  return fits
    ? `Use exec form: \`${keyword} ["${program}"${more ? ', …' : ''}]\``
    : `Add \`exec\`: \`${keyword} exec ${program}${more ? ' …' : ''}\``;
}

/** The stages in which `ln -sf /bin/bash /bin/sh` runs. */
const linksBash = memo(
  (build: ImageBuild): ReadonlySet<Stage> =>
    new Set(
      setupCommands(build).flatMap(({ invocation, stage }) => {
        const { sources, target } = (invocation.program === 'ln' && copyOf(invocation)) || {};
        const isSh = /^\/(?:usr\/)?bin\/sh$/.test(target?.literal ?? '');
        return isSh && sources?.some(({ literal }) => literal !== undefined && nameOf(literal) === 'bash')
          ? [stage]
          : [];
      }),
    ),
);

/** The shell of the image that a stage starts from, or the one that the stages put in its place. */
function shellIn(stage: DockerStage | undefined, build: ImageBuild): ReturnType<typeof shellOf> {
  const linked = linksBash(build);
  for (let at = linked.size > 0 ? stage : undefined; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
    if (linked.has(build.stages[at.index]!)) return 'bash';
  const base = stage && rootOf(stage)?.stage.base;
  const text = base?.kind === 'image' ? (base.image.literal ?? base.image.byDefault) : undefined;
  return text === undefined ? undefined : shellOf(text);
}

/** Whether the shell certainly makes way for the program, which then gets the signals itself. */
function replacesShell({ script }: RunStep, stage: DockerStage | undefined, build: ImageBuild): boolean {
  // What is substituted into the command has ended before it starts.
  const commands = (script?.commands ?? []).filter(({ within }) => !within.includes('substitution'));
  if (
    commands.length === 0 ||
    commands.some(({ background, pipeline, within }) => background || pipeline.length > 1 || within.length > 0)
  )
    return false;
  switch (shellIn(stage, build)) {
    case 'bash':
      return commands.length === 1 && commands[0]!.redirects.length === 0;
    case 'busybox':
      return commands.every(({ operator }) => operator === undefined || operator === '&&');
    default:
      return false;
  }
}

/** Programs that end at once, and those that as the first process of a container ignore SIGTERM in either form. */
const INDIFFERENT: ReadonlySet<string> = new Set(
  (
    'usage help tail sleep cat echo printf true false date env ls id uname whoami pwd man top htop watch less ' +
    'cp mv rm mkdir chmod chown ln touch tar'
  ).split(' '),
);

/** Whether it is all the same to what is started: a shell for people, or a program that waits for nothing. */
function ignoresSignals(
  step: RunStep,
  stage: DockerStage | undefined,
  file: DockerfileTree,
  build: ImageBuild,
): boolean {
  const words = step.script?.commands.at(-1)?.words;
  if (!words) return false;
  if (isPrompt(words.map(({ literal }) => literal)) || INDIFFERENT.has(nameOf(words[0]?.raw ?? ''))) return true;
  const scripts = stage ? startScripts(file, build, stage) : [];
  return scripts.some(text =>
    isPrompt(
      text
        .trimEnd()
        .split('\n')
        .at(-1)!
        .trim()
        .split(/[ \t]+/),
    ),
  );
}

/**
 * `["sh", "-c", "app $PORT"]`: the shell that stays the first process. dash never replaces itself; bash and BusyBox do so
 * when the script is one command.
 */
function keptShell(
  step: RunStep,
  stage: DockerStage | undefined,
  build: ImageBuild,
): { readonly program: string; readonly span: Span } | undefined {
  const words = step.argv ?? [];
  const at = words.findIndex(({ literal }) => /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|a)?sh$/.test(literal ?? ''));
  const inner = at < 0 ? [] : (step.script?.commands ?? []);
  const last = inner.at(-1);
  if (
    !last ||
    inner.some(({ words: [first] }) => first?.literal === 'exec') ||
    !/^-[a-z]*c$/.test(words[at + 1]?.literal ?? '')
  )
    return undefined;
  const program = nameOf(words[at]!.literal!);
  if (program !== 'sh' && program !== 'dash' && inner.length === 1) return undefined;
  if (program === 'sh' && replacesShell(step, stage, build)) return undefined;
  return { program, span: words[at]!.span };
}

/** Whether the entrypoint of the base is `tini -g`, which signals every process: https://github.com/jupyter/docker-stacks */
function signalsAll(stage: DockerStage | undefined): boolean {
  const base = stage && rootOf(stage)?.stage.base;
  const text = base?.kind === 'image' ? (base.image.literal ?? base.image.byDefault) : undefined;
  return /^(?:docker\.io\/|quay\.io\/)?jupyter\//.test(text ?? '');
}
