import type { ImageBuild } from '../../../core/build.ts';
import type { Finding, Related } from '../../../core/finding.ts';
import { memo } from '../../../core/memo.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { dialectOfShebang, Script } from '../../../core/script.ts';
import type { Command } from '../../../core/shell-tree.ts';
import { SourceText, type Span } from '../../../core/text.ts';
import { installOf } from '../../../facts/package-installs.ts';
import { projectInstallOf } from '../../../facts/project-installs.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages } from '../../../languages/dockerfile/stages.ts';
import { startCommands, startOf } from '../../../languages/dockerfile/start.ts';
import { startScriptFiles } from '../../../languages/dockerfile/start-scripts.ts';
import type { DockerfileTree, DockerStage } from '../../../languages/dockerfile/tree.ts';
import { type Invocation, invocationsOf } from '../../../shell/invocations.ts';
import { shellParser } from '../../../shell/parser.ts';
import { readArguments } from '../../../shell/programs/index.ts';

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
      const { command, entrypoint } = startOf(stage);
      const instruction = entrypoint ?? command;
      const found = instruction && installed(file, build, stage);
      if (found) yield { span: instruction.keywordSpan, ...found };
    }
  },
});

function installed(
  file: DockerfileTree,
  build: ImageBuild,
  stage: DockerStage,
): (Omit<Finding, 'span'> & { readonly span?: Span }) | undefined {
  const help = 'Install it in a `RUN`';
  const own = firstInstall(startCommands(build, stage));
  if (own)
    return {
      message: `${shown(own)} runs each time a container starts`,
      help: ofProject(own) && !copiesFiles(stage) ? '`COPY` the source, and install it in a `RUN`' : help,
      span: own.script.spanOf({ start: own.programWord.start, end: own.command.words.at(-1)!.end }),
    };
  for (const { path, text } of startScriptFiles(file, build, stage)) {
    const dialect = dialectOfShebang(text) ?? 'posix';
    const script = new Script(SourceText.document(text), { dialect, errexit: false, pipefail: false }, shellParser);
    const install = firstInstall(invocationsOf(script));
    if (install)
      return {
        message: `${shown(install)} in ${quoted(nameOf(path), 30)} runs each time a container starts`,
        help,
        related: copiedBy(path, stage),
      };
  }
  return undefined;
}

/** Whether it installs what is in the working directory: `npm ci`, `pip install .` */
function ofProject(invocation: Invocation): boolean {
  return (
    projectInstallOf(invocation)?.manifest !== undefined ||
    installOf(invocation)?.packages.some(({ kind }) => kind === 'local') === true
  );
}

function copiesFiles(stage: DockerStage): boolean {
  for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
    if (at.instructions.some(({ kind }) => kind === 'copy' || kind === 'add')) return true;
  return false;
}

/** The first command that installs packages by name, or what a project depends on, and that nothing decides about. */
function firstInstall(commands: readonly Invocation[]): Invocation | undefined {
  for (const invocation of commands) {
    const { command, script } = invocation;
    if (!command.mayRun || command.operator === '||' || command.within.some(one => CONDITIONS.has(one))) continue;
    // Words in variables are a choice of whoever starts the container.
    const names = installOf(invocation)?.packages.some(({ kind }) => kind !== 'unknown');
    if (!names && !projectInstallOf(invocation)?.manifest) continue;
    if (isTested(command, script)) continue;
    // A script that may end before it has several ways to start.
    if (firstWayOut(script) > command.start) return invocation;
  }
  return undefined;
}

/** What precedes a group, such as `[ -d vendor ] || { … }`, may decide about it. */
const CONDITIONS: ReadonlySet<string> = new Set(['condition', 'function', 'case', 'group', 'subshell']);

/** `[ -f package.json ] && cd app && npm ci` */
function isTested(command: Command, { commands }: Script): boolean {
  let i = commands.indexOf(command);
  while (i > 0 && /^(?:&&|\|\|)$/.test(commands[i]!.operator ?? ''))
    if (TESTS.has(programOf(commands[--i]))) return true;
  return false;
}
const TESTS: ReadonlySet<string> = new Set(['test', '[', '[[', 'command', 'which', 'grep']);

/** `exec "$@"` and `exit` in a condition; `exit 1` says that something is wrong. */
function leaves(command: Command): boolean {
  if (!command.within.some(one => one === 'condition' || one === 'case') && command.operator !== '&&') return false;
  const program = programOf(command);
  const status = command.words[1];
  return (program === 'exec' && status !== undefined) || (program === 'exit' && (status?.literal ?? '0') === '0');
}

const firstWayOut = memo((script: Script): number => script.commands.find(leaves)?.start ?? Infinity);

const programOf = (command: Command | undefined): string => command?.words[0]?.literal ?? '';

/** Program and verb: what else is in the command may be an address with a password. */
function shown(invocation: Invocation): string {
  const { program: known, verb } = readArguments(invocation);
  // `python3 -m pip install`
  const program = /^python/.test(invocation.program) ? known : invocation.program;
  return quoted(verb === undefined ? program : `${program} ${verb}`, 30);
}

/** Where the script is copied by its name. */
function copiedBy(path: string, stage: DockerStage): readonly Related[] {
  for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
    for (const one of at.instructions)
      if (one.kind === 'copy' || one.kind === 'add')
        for (const { literal, span } of one.sources)
          if (literal !== undefined && literal.replace(/^(?:\.?\/)+/, '') === path)
            return [{ message: `${quoted(path)} is copied here`, span }];
  return [];
}
