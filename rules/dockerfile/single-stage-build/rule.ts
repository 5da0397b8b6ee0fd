import { parseImageReference } from '../../../facts/image-reference.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { rootOf } from '../../../languages/dockerfile/stages.ts';
import { runOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

/** A program that compiles, and its subcommands; without subcommands any use compiles. */
interface Toolchain {
  readonly program: string;
  readonly verbs: readonly string[];
}

const MAVEN: Toolchain = { program: 'mvn', verbs: ['package', 'install', 'verify'] };
const GRADLE: Toolchain = { program: 'gradle', verbs: ['build', 'assemble', 'bootJar', 'shadowJar', 'installDist'] };

/** Images that are only used to build; the result runs without them. */
const IMAGES: ReadonlyMap<string, readonly Toolchain[]> = new Map([
  ['docker.io/library/golang', [{ program: 'go', verbs: ['build'] }]],
  ['docker.io/library/rust', [{ program: 'cargo', verbs: ['build'] }]],
  ['docker.io/library/maven', [MAVEN]],
  ['docker.io/library/gradle', [GRADLE]],
  [
    'docker.io/library/gcc',
    [
      { program: 'gcc', verbs: [] },
      { program: 'g++', verbs: [] },
      { program: 'make', verbs: [] },
    ],
  ],
  ['docker.io/library/swift', [{ program: 'swift', verbs: ['build'] }]],
  [
    'docker.io/library/haskell',
    [
      { program: 'stack', verbs: ['build', 'install'] },
      { program: 'cabal', verbs: ['build', 'install'] },
    ],
  ],
  ['mcr.microsoft.com/dotnet/sdk', [{ program: 'dotnet', verbs: ['publish', 'build'] }]],
]);

export default defineDockerfileRule({
  id: 'single-stage-build',
  summary: 'The image contains the compiler that built its program',
  policies: ['G14'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  needs: { programs: ['go', 'cargo', 'mvn', 'gradle', 'gcc', 'g++', 'make', 'swift', 'stack', 'cabal', 'dotnet'] },
  since: '2026.11',
  aliases: ['tally:prefer-multi-stage-build'],
  *check(file, { project }, build) {
    const stage = file.stages.at(-1);
    const lowered = build.stages.at(-1);
    // Images that run builds need their compilers.
    if (!stage || !lowered || project.kind === 'ci-runner') return;
    const root = rootOf(stage);
    const base = root?.stage.base;
    if (base?.kind !== 'image' || base.image.byDefault === undefined) return;
    const toolchains = IMAGES.get(parseImageReference(base.image.byDefault)?.name ?? '');
    if (!toolchains || !startsProgram(stage, toolchains)) return;
    for (const step of lowered.steps) {
      if (step.kind !== 'run' || !runOf(step)) continue;
      const compile = invocationsOfStep(step).find(invocation => compiles(invocation, toolchains));
      if (!compile) continue;
      const shown = [compile.program, verbOf(compile, toolchains)].filter(Boolean).join(' ');
      yield {
        message: `\`${shown}\` in the final stage: the image contains the compiler`,
        help: 'Build in an earlier stage, and copy the result with `COPY --from`',
        span: compile.programWord.value.span,
        related: [{ message: 'Compiler comes from this image', span: base.image.span }],
      };
      return;
    }
  },
});

function verbOf(invocation: Invocation, toolchains: readonly Toolchain[]): string | undefined {
  const verbs = toolchains.find(({ program }) => program === invocation.program)?.verbs ?? [];
  const { path, operands } = readArguments(invocation);
  return [...path, ...operands.map(({ literal }) => literal ?? '')].find(word => verbs.includes(word));
}

function compiles(invocation: Invocation, toolchains: readonly Toolchain[]): boolean {
  const toolchain = toolchains.find(({ program }) => program === invocation.program);
  return toolchain !== undefined && (toolchain.verbs.length === 0 || verbOf(invocation, toolchains) !== undefined);
}

/** Whether the container starts a program, and neither a shell nor the toolchain itself. */
function startsProgram({ instructions }: DockerStage, toolchains: readonly Toolchain[]): boolean {
  const started = instructions.flatMap(instruction => {
    if ((instruction.kind !== 'cmd' && instruction.kind !== 'entrypoint') || !instruction.command) return [];
    const { command } = instruction;
    const words =
      command.form === 'exec'
        ? command.words.map(({ source }) => source.text)
        : command.script.text.slice(0, 500).trim().split(/\s+/);
    return [words];
  });
  if (started.length === 0) return false;
  return !started.some(([program = '', verb = '']) => {
    const name = program.slice(program.lastIndexOf('/') + 1);
    if (/^(?:ba|z|a|da)?sh$/.test(name)) return true;
    // `dotnet app.dll` needs the runtime alone.
    return name === 'dotnet' ? /^(?:run|test|watch|build)$/.test(verb) : toolchains.some(one => one.program === name);
  });
}
