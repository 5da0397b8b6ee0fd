import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { isWhole } from '../../../languages/dockerfile/context.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { instructionOf, runOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { CopyInstruction } from '../../../languages/dockerfile/tree.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineDockerfileRule({
  id: 'dependencies-after-source',
  summary: 'Dependencies are installed again after every change of the source code',
  policies: ['G14'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  needs: {
    programs: [
      ...['npm', 'yarn', 'pnpm', 'pip', 'pip3', 'bundle', 'composer', 'go', 'pipenv', 'uv', 'poetry', 'pdm'],
      ...['R', 'Rscript', 'mix', 'dotnet', 'cargo', 'mvn', 'mvnw', 'dart', 'flutter', 'cpanm', 'julia'],
    ],
  },
  since: '2026.11',
  *check(file, _context, build) {
    const installed = file.stages.map(() => new Set<string>());
    for (const [i, stage] of build.stages.entries()) {
      const { base } = file.stages[i]!;
      const known = installed[i]!;
      if (base.kind === 'stage') for (const program of installed[base.stage.index] ?? []) known.add(program);
      let whole: CopyInstruction | undefined;
      for (const step of stage.steps) {
        const instruction = instructionOf(step);
        if (step.kind === 'copy' && instruction?.kind === 'copy' && step.origin === 'context') {
          if (step.sources.some(({ literal }) => literal !== undefined && isWhole(literal))) whole = instruction;
        }
        const run = step.kind === 'run' ? runOf(step) : undefined;
        if (step.kind !== 'run' || !run) continue;
        for (const invocation of invocationsOfStep(step)) {
          const manifest = manifestOf(invocation);
          const again = known.has(invocation.program);
          if (manifest === undefined) {
            // What it does may have brought the dependencies already: `cargo chef cook`, `mvn dependency:go-offline`.
            if (BUILDERS.has(invocation.program)) known.add(invocation.program);
            continue;
          }
          known.add(invocation.program);
          if (!whole || again || run.mounts.length > 0) continue;
          yield {
            message: `\`${invocation.program}\` installs dependencies after the whole context is copied`,
            help:
              manifest === NAMED
                ? 'Install them before the copy'
                : `Copy ${manifest} first, install, then copy the rest`,
            span: invocation.script.spanOf(invocation.command),
            related: [{ message: 'Whole context is copied here', span: whole.lineSpan }],
          };
        }
      }
    }
  },
});

/** Programs that fetch what is missing while they build. */
const BUILDERS: ReadonlySet<string> = new Set(['go', 'cargo', 'mvn', 'mvnw']);

/** What the command itself names, without a file. */
const NAMED = 'nothing';

/** The files that an installation of a project's dependencies reads; `undefined` for other commands and for named packages. */
function manifestOf(invocation: Invocation): string | undefined {
  const given = readArguments(invocation);
  const { verb, operands } = given;
  if (!given.certain || given.has('--global')) return undefined;
  const bare = operands.length === 0;
  switch (given.program) {
    case 'npm':
    case 'pnpm':
      return bare && (verb === 'ci' || verb === 'install') ? '`package.json` and its lockfile' : undefined;
    case 'yarn':
      return bare && (verb === 'install' || (verb === '' && !given.has('--version')))
        ? '`package.json` and its lockfile'
        : undefined;
    case 'pip': {
      const list = given.value('--requirement')?.literal;
      return verb === 'install' && bare && list !== undefined ? quoted(nameOf(list)) : undefined;
    }
    case 'bundle':
      return verb === 'install' ? '`Gemfile` and `Gemfile.lock`' : undefined;
    case 'composer':
      return verb === 'install' ? '`composer.json` and `composer.lock`' : undefined;
    case 'go':
      // A tool of some version, the standard library and vendored modules need no list of modules.
      if (given.has('-mod') || operands.some(({ literal }) => literal === undefined || /@|^std$/.test(literal)))
        return undefined;
      return verb === 'mod download' || verb === 'build' || verb === 'install' ? '`go.mod` and `go.sum`' : undefined;
    case 'R':
    case 'Rscript':
      return ofR(invocation);
    case 'julia':
      return codeOf(invocation).some(code => /\bPkg\.instantiate\(/.test(code))
        ? '`Project.toml` and `Manifest.toml`'
        : undefined;
    case 'mix':
      return operandsAre(invocation, 'deps.get') ? '`mix.exs` and `mix.lock`' : undefined;
    case 'dotnet':
      return operandsAre(invocation, 'restore') ? 'the project files' : undefined;
    case 'cargo':
      return operandsAre(invocation, 'fetch') || (operandsAre(invocation, 'build') && given.has('--release', '-r'))
        ? '`Cargo.toml` and `Cargo.lock`'
        : undefined;
    case 'mvn':
    case 'mvnw':
      return invocation.args.some(({ literal }) => /^(?:package|verify|install)$/.test(literal ?? '')) &&
        !invocation.args.some(({ literal }) => /^(?:-o|--offline)$/.test(literal ?? ''))
        ? '`pom.xml`'
        : undefined;
    case 'uv':
    case 'poetry':
    case 'pdm':
      return verb === 'sync' || (verb === 'install' && given.program !== 'uv')
        ? '`pyproject.toml` and its lockfile'
        : undefined;
    case 'dart':
    case 'flutter':
      return operandsAre(invocation, 'pub', 'get') ? '`pubspec.yaml` and `pubspec.lock`' : undefined;
    case 'cpanm':
      return given.has('--installdeps') ? '`cpanfile`' : undefined;
    case 'pipenv':
      return (verb === 'install' || verb === 'sync') && bare ? '`Pipfile` and its lockfile' : undefined;
    default:
      return undefined;
  }
}

/** Whether these are the first words of a command. */
function operandsAre({ args }: Invocation, ...words: readonly string[]): boolean {
  return words.every((word, i) => args[i]?.literal === word);
}

/** The code that an interpreter is given. */
const codeOf = ({ args }: Invocation): readonly string[] => args.map(({ literal }) => (literal ?? '').slice(0, 5_000));

/** R installs packages of a lockfile, or by name. */
function ofR(invocation: Invocation): string | undefined {
  const code = codeOf(invocation);
  if (code.some(text => /\brenv::restore\(/.test(text))) return '`renv.lock`';
  if (code.some(text => /\binstall_deps\(/.test(text))) return '`DESCRIPTION`';
  return code.some(text =>
    /\b(?:install\.packages|install_(?:github|version|cran|gitlab|bioc)|BiocManager::install|pak::pkg_install)\(/.test(
      text,
    ),
  )
    ? NAMED
    : undefined;
}
