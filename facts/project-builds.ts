/** Commands that build an application from its source. */
import { hasFlag, operands } from '../shell/arguments.ts';
import type { Invocation } from '../shell/invocations.ts';

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
  const { program } = invocation;
  const [verb, ...rest] = operands(invocation, ['--prefix', '-C', '--cwd', '-f', '--file', '-t', '--target']).map(
    word => word.literal,
  );
  const named = `${program} ${verb ?? ''}`.trim();
  switch (program) {
    case 'npm':
      if (verb === 'ci') return named;
      return (verb === 'install' || verb === 'i') && rest.length === 0 && !hasFlag(invocation, '-g', '--global')
        ? named
        : undefined;
    case 'pnpm':
      return (verb === 'install' || verb === 'i') && rest.length === 0 && !hasFlag(invocation, '-g', '--global')
        ? named
        : undefined;
    case 'yarn':
      return (verb === 'install' || verb === undefined) && !hasFlag(invocation, '--version', '-v') ? named : undefined;
    case 'pip':
    case 'pip3':
      return verb === 'install' && (hasFlag(invocation, '-r', '--requirement') || rest.includes('.'))
        ? named
        : undefined;
    case 'bundle':
    case 'composer':
      return verb === 'install' ? named : undefined;
    case 'poetry':
      return verb === 'install' ? named : undefined;
    case 'uv':
      return verb === 'sync' ? named : undefined;
    case 'mvn':
    case 'mvnw':
    case 'gradle':
    case 'gradlew':
      return [verb, ...rest].some(
        word => word !== undefined && /^(?:package|install|build|assemble|bootJar|shadowJar)$/.test(word),
      )
        ? program
        : undefined;
    case 'go':
      return verb === 'build' ? named : undefined;
    case 'dotnet':
      return verb === 'publish' ? named : undefined;
    default:
      return undefined;
  }
}
