/** Commands that build an application from its source. */
import type { Invocation } from '../shell/invocations.ts';
import { type Arguments, readArguments } from '../shell/programs/index.ts';

/** Repositories with tools for machines rather than applications. */
const TOOL_REPOSITORIES =
  /(?:vcpkg|homebrew|flutter|bash-commons|nvm|pyenv|rbenv|nodenv|asdf|sdkman|oh-my-zsh|dotfiles|ansible|terraform|lynis|cis-|hardening|kernel|driver|firmware|dkms|efs-utils|amazon-|aws-|google-cloud|azure|chruby|ruby-build|ruby-install|swiftenv|jenv|emsdk|depot_tools|powershell|fzf|vim|tmux)/i;

/** Whether a repository, by its URL, holds tools for machines rather than an application. */
export function isToolRepository(url: string): boolean {
  return TOOL_REPOSITORIES.test(url);
}

/**
 * The command when it installs or builds what a project's own files say: `npm ci`; `npm install -g x` is a tool.
 * `undefined` when it does not for certain.
 */
export function projectBuildOf(invocation: Invocation): string | undefined {
  const given = readArguments(invocation);
  if (!buildsProject(given)) return undefined;
  return [given.program, ...given.pathWords.map(({ literal }) => literal)].join(' ');
}

/** Tasks of Maven and Gradle that make something to ship. */
const PACKAGING = /^(?:package|install|build|assemble|bootJar|shadowJar)$/;

function buildsProject(given: Arguments): boolean {
  const { verb, operands } = given;
  switch (given.program) {
    case 'npm':
    case 'pnpm':
      return (
        verb === 'ci' || (verb === 'install' && operands.length === 0 && !given.has('--global')) || runsBuild(given)
      );
    case 'yarn':
      return verb === 'install' || (isBare(given) && !given.has('--version')) || runsBuild(given);
    case 'pip':
      return verb === 'install' && (given.has('--requirement') || operands.some(({ literal }) => literal === '.'));
    case 'bundle':
    case 'composer':
    case 'poetry':
      return verb === 'install';
    case 'uv':
      return verb === 'sync';
    case 'mvn':
    case 'gradle':
      return operands.some(({ literal }) => PACKAGING.test(literal ?? ''));
    case 'mvnw':
    case 'gradlew':
      return operands.some(({ literal }) => PACKAGING.test(literal ?? ''));
    case 'go':
    case 'cargo':
      return verb === 'build';
    case 'dotnet':
      return verb === 'publish';
    default:
      return false;
  }
}

/** `npm run build`, `yarn build`. */
function runsBuild({ operands, path }: Arguments): boolean {
  const words = [...path, ...operands.map(({ literal }) => literal)];
  return /^(?:(?:run|run-script) )?build\b/.test(words.join(' '));
}

/** `yarn` alone installs what the project needs. */
function isBare({ path, operands }: Arguments): boolean {
  return path.length === 0 && operands.length === 0;
}
