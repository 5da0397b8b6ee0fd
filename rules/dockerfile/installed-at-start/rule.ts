import type { ImageBuild } from '../../../core/build.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { installOf } from '../../../facts/package-installs.ts';
import { projectInstallOf } from '../../../facts/project-installs.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages } from '../../../languages/dockerfile/stages.ts';
import { startCommands, startOf } from '../../../languages/dockerfile/start.ts';
import { startScripts } from '../../../languages/dockerfile/start-scripts.ts';
import type { DockerfileTree, DockerStage } from '../../../languages/dockerfile/tree.ts';

/**
 * A line of a script, outside of conditions and functions, that installs packages by name or what a project depends on.
 * Words in variables are a choice of whoever starts the container.
 */
const LINE =
  /^((?:apt-get|apt|dnf|yum|microdnf)(?:[ \t]{1,8}-[\w=-]{1,40}){0,6}[ \t]{1,8}install(?=[ \t])(?![ \t]{1,8}(?:-[\w=-]{1,40}[ \t]{1,8}){0,6}["']?\$)|apk[ \t]{1,8}(?:--?[\w=-]{1,40}[ \t]{1,8}){0,4}add(?=[ \t])(?![ \t]{1,8}(?:-[\w=-]{1,40}[ \t]{1,8}){0,6}["']?\$)|(?:python3?[ \t]{1,8}-m[ \t]{1,8})?pip3?[ \t]{1,8}install(?=[ \t])(?![ \t]{1,8}(?:-[\w=-]{1,40}[ \t]{1,8}){0,6}["']?\$)|npm[ \t]{1,8}(?:ci|install|i)\b|yarn[ \t]{1,8}install\b|pnpm[ \t]{1,8}install\b|bundle[ \t]{1,8}install\b|composer[ \t]{1,8}install\b|poetry[ \t]{1,8}install\b)/m;

export default defineDockerfileRule({
  id: 'installed-at-start',
  summary: 'Packages or dependencies are installed each time a container starts',
  policies: ['G5', 'G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['CMD', 'ENTRYPOINT'] },
  since: '2026.11',
  *check(file, { project }, build) {
    if (file.devContainer || file.forDevelopers) return;
    for (const stage of finalStages(file, project.targets)) {
      const shown = installed(file, build, stage);
      const { command, entrypoint } = startOf(stage);
      const instruction = entrypoint ?? command;
      if (shown === undefined || !instruction) continue;
      yield {
        message: `${quoted(shown)} runs each time a container starts`,
        help: 'Install it in a `RUN`, so that the image has it',
        span: instruction.keywordSpan,
      };
    }
  },
});

/** The command that installs, as it is shown. */
function installed(file: DockerfileTree, build: ImageBuild, stage: DockerStage): string | undefined {
  for (const invocation of startCommands(build, stage)) {
    if (invocation.command.within.some(one => one === 'condition' || one === 'function' || one === 'case')) continue;
    const install = installOf(invocation);
    const names = install?.packages.some(({ kind }) => kind !== 'unknown');
    if (names || projectInstallOf(invocation)?.manifest)
      return [nameOf(invocation.programWord.text), ...invocation.args.map(({ text }) => text)].slice(0, 2).join(' ');
  }
  for (const script of startScripts(file, build, stage)) {
    const line = LINE.exec(script)?.[1];
    if (line !== undefined) return line.replace(/[ \t]+/g, ' ');
  }
  return undefined;
}
