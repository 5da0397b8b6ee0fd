import { namesOf } from '../../../core/quoted.ts';
import type { Word } from '../../../core/shell-tree.ts';
import { isBootable } from '../../../facts/bootable.ts';
import { type PackageInstall, packageInstalls } from '../../../facts/package-installs.ts';
import { mayBeRemoved } from '../../../facts/package-removals.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages } from '../../../languages/dockerfile/stages.ts';
import { startCommands } from '../../../languages/dockerfile/start.ts';
import { runOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';

/** Compilers, and packages and groups that bring one. */
const COMPILERS =
  /^(?:build-essential|build-base|alpine-sdk|base-devel|gcc(?:-\d[\d.]*)?|g\+\+(?:-\d[\d.]*)?|gcc-c\+\+|gcc-toolset-\d+|clang(?:-\d+)?|rustc|cargo|golang(?:-go)?|(?:c-)?development(?:-tools| tools)|@development(?:-tools)?|patterns-devel-base-devel_basis|maven|gradle)$/i;
/** What belongs to them: headers and tools that only builds use. */
const BESIDE =
  /^(?:make|cmake|ninja(?:-build)?|meson|autoconf|automake|libtool|bison|flex|nasm|yasm|pkg-?config|pkgconf|patch|.{1,60}-dev|.{1,60}-devel|openjdk-\d+-jdk(?:-headless)?|openjdk\d+(?:-jdk)?|linux-headers)$/;

/** A container that starts one of these is there to build or to try things out. */
const WORKSHOP =
  /^(?:make|cmake|ninja|gcc|g\+\+|clang|cargo|rustc|go|mvn|gradle|javac|tail|sleep|tmux|screen|code-server|jupyter(?:-lab|hub|-notebook)?|start-notebook(?:\.sh|\.py)?|sshd)$/;

export default defineDockerfileRule({
  id: 'build-tools-left',
  summary: 'A compiler or build tool remains in the image of an application',
  policies: ['G9', 'G14'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  needs: { steps: ['run'] },
  derived: true,
  since: '2026.11',
  *check(file, { project }, build) {
    if (project.kind !== undefined && project.kind !== 'application') return;
    if (file.devContainer || isBootable(build)) return;
    const installs = packageInstalls(build);
    const seen = new Set<PackageInstall>();
    for (const stage of finalStages(file, project.targets)) {
      if (!runsProgram(startCommands(build, stage))) continue;
      const line = new Set(lineOf(stage).map(one => build.stages[one.index]!));
      for (const install of installs) {
        const { step } = install;
        if (!line.has(install.stage) || step.kind !== 'run' || step.trigger || !runOf(step) || seen.has(install))
          continue;
        const compiler = install.packages.find(({ name }) => name !== undefined && COMPILERS.test(name));
        if (!compiler || mayBeRemoved(install, invocationsOfStep(step))) continue;
        seen.add(install);
        const names = install.packages.flatMap(({ name }) =>
          name !== undefined && (COMPILERS.test(name) || BESIDE.test(name)) ? [name] : [],
        );
        yield {
          message: `Build ${names.length === 1 ? 'dependency' : 'dependencies'} ${namesOf(names)} ${names.length === 1 ? 'stays' : 'stay'} in the image`,
          help: `Move ${names.length === 1 ? 'it' : 'them'} to a build stage, or install, use and remove ${names.length === 1 ? 'it' : 'them'} in one \`RUN\``,
          span: compiler.span,
        };
      }
    }
  },
});

/** A stage and those that it starts from. */
function lineOf(stage: DockerStage): readonly DockerStage[] {
  const line: DockerStage[] = [];
  for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
    line.push(at);
  return line;
}

/** Whether a container is started for a program, and not to build, to be worked in, or for what the base decides. */
function runsProgram(commands: readonly Invocation[]): boolean {
  return (
    commands.length > 0 &&
    commands.every(({ program, args }) => !WORKSHOP.test(program) && !(SHELL.test(program) && args.every(isOption)))
  );
}

/** A shell with options alone reads what somebody types. */
const SHELL = /^(?:ba|z|a|da|k|fi)?sh$/;

function isOption({ literal }: Word): boolean {
  return literal !== undefined && /^-(?!c$)/.test(literal);
}
