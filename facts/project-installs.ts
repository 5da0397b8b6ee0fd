/** Commands that install what a project depends on, and whether they keep to its lockfile. */
import type { Invocation } from '../shell/invocations.ts';
import { type Arguments, readArguments } from '../shell/programs/index.ts';

/** One such command. */
export interface ProjectInstall {
  /** The file in which the project names its dependencies. */
  readonly manifest: string;
  /** The files that hold the versions, the usual one first. */
  readonly locks: readonly string[];
  /** `loose`: takes other versions when the manifest asks for them, without a word; `renews`: takes new ones always. */
  readonly lock: 'kept' | 'loose' | 'renews';
  /** The command that keeps to the lockfile. */
  readonly strict: string;
  /** Environment variables that make the loose command keep to it. */
  readonly variables: readonly string[];
}

const NODE = { manifest: 'package.json' } as const;
const NPM = { ...NODE, locks: ['package-lock.json', 'npm-shrinkwrap.json'], strict: 'npm ci', variables: [] } as const;
const YARN = {
  ...NODE,
  locks: ['yarn.lock'],
  strict: 'yarn install --immutable',
  variables: ['CI', 'YARN_ENABLE_IMMUTABLE_INSTALLS'],
} as const;
const PNPM = {
  ...NODE,
  locks: ['pnpm-lock.yaml'],
  strict: 'pnpm install --frozen-lockfile',
  variables: ['CI'],
} as const;
const BUN = { ...NODE, locks: ['bun.lock', 'bun.lockb'], strict: 'bun ci', variables: [] } as const;
const BUNDLE = {
  manifest: 'Gemfile',
  locks: ['Gemfile.lock'],
  strict: 'bundle config set deployment true',
  variables: ['BUNDLE_DEPLOYMENT', 'BUNDLE_FROZEN'],
} as const;
const COMPOSER = {
  manifest: 'composer.json',
  locks: ['composer.lock'],
  strict: 'composer install',
  variables: [],
} as const;
const PIPENV = { manifest: 'Pipfile', locks: ['Pipfile.lock'], strict: 'pipenv sync', variables: [] } as const;
const POETRY = { manifest: 'pyproject.toml', locks: ['poetry.lock'], strict: 'poetry install', variables: [] } as const;
const UV = {
  manifest: 'pyproject.toml',
  locks: ['uv.lock'],
  strict: 'uv sync --locked',
  variables: ['UV_LOCKED', 'UV_FROZEN'],
} as const;
const CARGO = { manifest: 'Cargo.toml', locks: ['Cargo.lock'], variables: ['CARGO_NET_OFFLINE'] } as const;
const GO = { manifest: 'go.mod', locks: ['go.sum'], strict: 'go mod download', variables: [] } as const;

/** What the command installs for a project; `undefined` for other commands, and for packages that are named. */
export function projectInstallOf(invocation: Invocation): ProjectInstall | undefined {
  const given = readArguments(invocation);
  if (!given.certain || given.has('--global', '--help', '--version') || invocation.via.includes('xargs'))
    return undefined;
  return given.program === 'cargo' || given.program === 'go' ? ofCompiler(given) : ofManager(given);
}

function ofManager(given: Arguments): ProjectInstall | undefined {
  const { verb, operands, program } = given;
  if (operands.length > 0) return undefined;
  const by = (of: Omit<ProjectInstall, 'lock'>, keeps: readonly string[], lock: 'loose' | 'renews' = 'loose') => ({
    ...of,
    lock: lock === 'loose' && (given.has('--offline') || given.has(...keeps)) ? ('kept' as const) : lock,
  });
  switch (`${program} ${verb}`) {
    case 'npm install':
      return given.has('--package-lock-only') ? undefined : by(NPM, []);
    case 'npm ci':
      return { ...NPM, lock: 'kept' };
    case 'npm update':
      return by(NPM, [], 'renews');
    case 'yarn install':
    case 'yarn ':
      return by(YARN, ['--frozen-lockfile', '--immutable', '--pure-lockfile']);
    case 'yarn upgrade':
    case 'yarn up':
      return by(YARN, [], 'renews');
    case 'pnpm install':
      return by(PNPM, ['--frozen-lockfile']);
    case 'pnpm update':
      return by(PNPM, [], 'renews');
    case 'bun install':
      return by(BUN, ['--frozen-lockfile']);
    case 'bun update':
      return by(BUN, [], 'renews');
    case 'bundle install':
      return by(BUNDLE, ['--deployment', '--frozen', '--local']);
    case 'bundle update':
      return by(BUNDLE, [], 'renews');
    case 'composer install':
      return { ...COMPOSER, lock: 'kept' };
    case 'composer update':
      return by(COMPOSER, [], 'renews');
    case 'pipenv install':
      return by(PIPENV, ['--deploy', '--ignore-pipfile', '--skip-lock', '--requirements']);
    case 'pipenv sync':
      return { ...PIPENV, lock: 'kept' };
    case 'poetry install':
    case 'poetry sync':
      return { ...POETRY, lock: 'kept' };
    case 'poetry update':
    case 'poetry lock':
      return by(POETRY, [], 'renews');
    case 'uv sync':
      return given.has('--upgrade') ? by(UV, [], 'renews') : by(UV, ['--locked', '--frozen']);
    default:
      return undefined;
  }
}

/** Commands that compile take what they lack. */
function ofCompiler(given: Arguments): ProjectInstall | undefined {
  const { verb, operands } = given;
  if (given.program === 'go') {
    if (verb === 'mod download') return { ...GO, lock: 'kept' };
    const renews = verb === 'mod tidy' || (verb === 'get' && given.has('-u') && operands.every(isOwn));
    return renews ? { ...GO, lock: 'renews' } : undefined;
  }
  const keeps = given.has('--locked', '--frozen', '--offline');
  if (verb === 'update')
    return operands.length > 0 ? undefined : { ...CARGO, strict: 'cargo build --locked', lock: 'renews' };
  const compiles = verb === 'build' || verb === 'test' || verb === 'run' || verb === 'check';
  if (!compiles && !(verb === 'install' && given.has('--path'))) return undefined;
  return { ...CARGO, strict: `cargo ${verb} --locked`, lock: keeps ? 'kept' : 'loose' };
}

/** `./...`: the project's own packages. */
const isOwn = ({ literal }: { readonly literal: string | undefined }): boolean => literal?.startsWith('.') === true;
