/** Which grammar reads the command line of a program, and the one reader of all of them. */
import { memo } from '../../core/memo.ts';
import type { Word } from '../../core/shell-tree.ts';
import { UNRESOLVED } from '../../core/text.ts';
import type { Invocation } from '../invocations.ts';
import { ACCOUNTS } from './accounts.ts';
import { APK } from './apk.ts';
import { DEBIAN } from './apt.ts';
import { Arguments } from './arguments.ts';
import { ARIA2C } from './aria2c.ts';
import { BREW, SNAP } from './brew.ts';
import { BUILD_TOOLS } from './build-tools.ts';
import { BUN } from './bun.ts';
import { CARGO } from './cargo.ts';
import { CHECKSUMS } from './checksums.ts';
import { CHOCO, WINGET } from './choco.ts';
import { CLOUD } from './cloud.ts';
import { CMDLETS } from './cmdlets.ts';
import { COMPOSER } from './composer.ts';
import { CONDA } from './conda.ts';
import { COREUTILS } from './coreutils.ts';
import { CURL } from './curl.ts';
import { DATABASES } from './databases.ts';
import { RED_HAT } from './dnf.ts';
import { CONTAINERS } from './docker.ts';
import { FIND } from './find.ts';
import { BUNDLE, GEM } from './gem.ts';
import { GH } from './gh.ts';
import { GIT } from './git.ts';
import { GO } from './go.ts';
import { GPG, GPGV } from './gpg.ts';
import type { Program } from './grammar.ts';
import { SEARCHERS } from './grep.ts';
import { HTTPIE } from './httpie.ts';
import { INTERPRETERS } from './interpreters.ts';
import { NPM, NPX } from './npm.ts';
import { OPENSSL } from './openssl.ts';
import { PACMAN } from './pacman.ts';
import { PECL } from './pecl.ts';
import { PIP, PIPX } from './pip.ts';
import { PNPM } from './pnpm.ts';
import { PIPENV, POETRY } from './poetry.ts';
import { readWords } from './reader.ts';
import { RPM, RPMKEYS } from './rpm.ts';
import { SED } from './sed.ts';
import { SERVICES } from './services.ts';
import { SHELL, SWITCHERS } from './sh.ts';
import { SIGNATURES } from './signatures.ts';
import { KEYS } from './ssh.ts';
import { ARCHIVERS } from './tar.ts';
import { TOKENS } from './tokens.ts';
import { UV } from './uv.ts';
import { WGET } from './wget.ts';
import { WRAPPERS } from './wrappers.ts';
import { YARN } from './yarn.ts';
import { ZYPPER } from './zypper.ts';

export { Arguments, type Option, type OptionValue } from './arguments.ts';

/** Every program whose command line is known; most files have one program, some a family. */
export const PROGRAMS: readonly Program[] = [
  ...[
    APK,
    ARIA2C,
    BREW,
    BUN,
    BUNDLE,
    CARGO,
    CHOCO,
    COMPOSER,
    CONDA,
    CURL,
    FIND,
    GEM,
    GH,
    GIT,
    GO,
    GPG,
    GPGV,
    HTTPIE,
    NPM,
    NPX,
    OPENSSL,
    PACMAN,
    PECL,
    PIP,
    PIPENV,
    PIPX,
    PNPM,
    POETRY,
    RPM,
    RPMKEYS,
    SED,
    SHELL,
    SNAP,
    SWITCHERS,
    UV,
    WGET,
    WINGET,
    YARN,
    ZYPPER,
  ],
  ...[
    ...ACCOUNTS,
    ...ARCHIVERS,
    ...BUILD_TOOLS,
    ...CHECKSUMS,
    ...CLOUD,
    ...CMDLETS,
    ...CONTAINERS,
    ...COREUTILS,
    ...DATABASES,
    ...DEBIAN,
    ...INTERPRETERS,
    ...KEYS,
    ...RED_HAT,
    ...SEARCHERS,
    ...SERVICES,
    ...SIGNATURES,
    ...TOKENS,
    ...WRAPPERS,
  ],
];

const BY_NAME: ReadonlyMap<string, Program> = new Map(
  PROGRAMS.flatMap(program => program.names.map(name => [name, program] as const)),
);

/** The grammar of a program by the name that it is called by; `undefined` for one that is not known. */
export function programOf(name: string): Program | undefined {
  const known = BY_NAME.get(name);
  if (known) return known;
  const bare = withoutVersion(name);
  const versioned = bare === name ? undefined : BY_NAME.get(bare);
  return versioned?.versioned ? versioned : undefined;
}

/** A name without the version at its end: `python` of `python3.11`, `clang` of `clang-18`. Walks back, so that it is linear. */
function withoutVersion(name: string): string {
  const isDigit = (at: number): boolean => name[at]! >= '0' && name[at]! <= '9';
  let start = name.length;
  while (start > 0 && (isDigit(start - 1) || (name[start - 1] === '.' && start < name.length && isDigit(start))))
    start--;
  if (name[start] === '.') start++;
  if (start === name.length) return name;
  return name.slice(0, name[start - 1] === '-' ? start - 1 : start);
}

/** Of a program that is not known every option is a flag, unless its value is attached by `=`. */
const ANY: Program = { names: [''] };

const LEVELS = [ANY];
const NONE: readonly never[] = [];
const mayBeOption = ({ text }: Word): boolean => text.length > 1 && text[0] === '-';

/** What the words after a program's name are. */
export const readArguments: (invocation: Invocation) => Arguments = memo(({ program, args }) => {
  const grammar = programOf(program);
  if (!grammar) {
    // What the reader would say of operands alone.
    if (args.some(mayBeOption)) return readWords(args, ANY, program);
    const certain = !args.some(({ text }) => text.startsWith(UNRESOLVED));
    return new Arguments(program, LEVELS, NONE, NONE, NONE, args, NONE, NONE, undefined, certain);
  }
  const given = readWords(args, grammar, grammar.names[0]!);
  const module = grammar.modules && given.value('-m')?.literal;
  const inner = module !== undefined && grammar.modules!.includes(module) ? programOf(module) : undefined;
  return inner ? readWords(given.operands, inner, inner.names[0]!) : given;
});
