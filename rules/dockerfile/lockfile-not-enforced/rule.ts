import type { Finding } from '../../../core/finding.ts';
import { matchesSegment } from '../../../core/glob.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { buildSays } from '../../../facts/package-settings.ts';
import { type ProjectInstall, projectInstallOf } from '../../../facts/project-installs.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { isWhole } from '../../../languages/dockerfile/context.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages, stageGraph } from '../../../languages/dockerfile/stages.ts';
import { runOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { DockerfileTree, DockerStage, RunInstruction } from '../../../languages/dockerfile/tree.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineDockerfileRule({
  id: 'lockfile-not-enforced',
  summary: 'The versions in a lockfile are not enforced',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'strict',
  needs: {
    programs: ['npm', 'yarn', 'pnpm', 'bun', 'bundle', 'bundler', 'composer', 'pipenv', 'poetry', 'uv', 'cargo', 'go'],
  },
  since: '2026.11',
  *check(file, { project }, build) {
    if (file.devContainer) return;
    const used = stageGraph(file).reachableFrom(finalStages(file, project.targets));
    const isFrozen = buildSays(build, 'deployment true') || buildSays(build, 'frozen true');
    for (const [i, stage] of build.stages.entries()) {
      if (!used.has(file.stages[i]!)) continue;
      for (const step of stage.steps) {
        const run = step.kind === 'run' ? runOf(step) : undefined;
        if (step.kind !== 'run' || !run) continue;
        for (const invocation of invocationsOfStep(step)) {
          const install = projectInstallOf(invocation);
          if (!install || install.lock === 'kept' || install.variables.some(name => run.environment.get(name)))
            continue;
          if (install.manifest === 'Gemfile' && isFrozen && install.lock === 'loose') continue;
          const found = finding(invocation, install, givenTo(run, install, file));
          if (found) yield found;
        }
      }
    }
  },
});

/**
 * What of the project is there when a RUN starts: the lockfile by name, perhaps the lockfile, the manifest alone;
 * `missing`: the project has no lockfile.
 */
type Given = 'lock' | 'perhaps' | 'manifest' | 'missing' | undefined;

function givenTo(run: RunInstruction, { manifest, locks }: ProjectInstall, file: DockerfileTree): Given {
  const sources = run.mounts.flatMap(({ type, source, target }) =>
    type === 'bind' ? [source?.literal ?? '.', target?.literal ?? ''] : [],
  );
  for (let at: DockerStage | undefined = run.stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
    for (const one of instructionsOf(at))
      if ((one.kind === 'copy' || one.kind === 'add') && (at !== run.stage || one.index < run.index || run.trigger))
        for (const { literal } of one.sources) sources.push(literal ?? '.');
  const names = (name: string) => sources.some(source => matchesSegment(nameOf(source), name));
  if (locks.some(name => sources.some(source => nameOf(source) === name))) return 'lock';
  // What the manifest is beside is the project, unless the context is another directory.
  const isCopied = names(manifest) || sources.some(isWhole);
  if (isCopied && file.isBeside(manifest) && locks.every(name => file.isBeside(name) === false)) return 'missing';
  if (locks.some(names)) return 'lock';
  if (sources.some(source => isWhole(source) || isFolder(source))) return 'perhaps';
  return names(manifest) ? 'manifest' : undefined;
}

/** By its name: `Gemfile` and `LICENSE` are files. */
function isFolder(source: string): boolean {
  return source.endsWith('/') || /^[^.A-Z][^.]*$/.test(nameOf(source));
}

function finding(invocation: Invocation, install: ProjectInstall, given: Given): Finding | undefined {
  const { program, programWord, script } = invocation;
  if (given === undefined) return undefined;
  const lock = quoted(install.locks[0]!);
  const { pathWords } = readArguments(invocation);
  const shown = quoted([program, ...pathWords.map(({ literal }) => literal)].join(' '));
  const compiles = program === 'cargo' && install.lock === 'loose';
  // A program's dependencies may be in the manifest's own directory, which the file does not show.
  if (compiles && given !== 'lock') return undefined;
  return {
    message:
      install.lock === 'renews'
        ? `${shown} updates the versions in ${lock}`
        : given === 'manifest' || given === 'missing'
          ? `${shown} without ${lock} installs the newest matching versions`
          : `${shown} does not enforce ${lock}`,
    help: helpFor(install, given, lock),
    span: script.spanOf({ start: programWord.start, end: Math.max(programWord.end, pathWords.at(-1)?.end ?? 0) }),
  };
}

function helpFor({ lock: keeps, manifest, strict }: ProjectInstall, given: Given, lock: string): string {
  // Bundler keeps to the lockfile by a setting and not by another command.
  const isSetting = manifest === 'Gemfile';
  const use = isSetting ? `run ${quoted(strict)} first` : `use ${quoted(strict)}`;
  if (keeps === 'renews') return `Update the lockfile in the repository, and ${use}${isSetting ? '' : ' here'}`;
  if (given === 'missing') return `Commit ${lock}, and ${use}`;
  if (given === 'manifest') return `Copy ${lock} too, and ${use}`;
  return isSetting
    ? `Run ${quoted(strict)} before it`
    : `Use ${quoted(strict)}, which fails if the lockfile is outdated`;
}
