/** Which packages a build asks for, by command or by name. */
import type { ImageBuild, PackagesStep, RunStep, Stage, WriteFileStep } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Word } from '../core/shell-tree.ts';
import { type SourceText, type Span, UNRESOLVED } from '../core/text.ts';
import { type Invocation, invocationsIn } from '../shell/invocations.ts';
import { type Arguments, type OptionValue, readArguments } from '../shell/programs/index.ts';
import { runsOneOf } from '../shell/programs-run.ts';
import { type ManagerCommand, managerCommand } from './packages/commands.ts';
import { MANAGER_PROGRAMS, type ManagerSpec, managerOf, type PackageManager } from './packages/managers.ts';
import type { PackageKind, PackageText } from './packages/names.ts';

export type { PackageManager } from './packages/managers.ts';
export type { PackageKind } from './packages/names.ts';

/** One command or list that asks for packages. */
export interface PackageInstall {
  readonly manager: PackageManager;
  /** The word that says to install: `install`, `add`, `-S`; `undefined` for cloud-init's `packages:` and a bare `yarn`. */
  readonly verb: Word | undefined;
  /** In the order they are written; what is to be removed or kept out is not among them. */
  readonly packages: readonly InstalledPackage[];
  /** The command's options, in front of its verb and after it, and its operands; `undefined` without a command. */
  readonly arguments: Arguments | undefined;
  /** False when there may be more packages or options than one sees (`$PACKAGES`, `xargs apt-get install`). */
  readonly complete: boolean;
  readonly invocation: Invocation | undefined;
  readonly step: RunStep | WriteFileStep | PackagesStep;
  readonly stage: Stage;
}

/** One package that is asked for. */
export interface InstalledPackage {
  /** `list`: a file with more of them (`-r requirements.txt`); `local`: a project (`.`); `file`: a package file. */
  readonly kind: PackageKind;
  /** The bare name, for `name` and `group`; for others the path or URL. `undefined` when it cannot be known. */
  readonly name: string | undefined;
  /** As written after the name or in an option; holds `UNRESOLVED`s where it is given but unknown. `undefined`: none is given. */
  readonly version: string | undefined;
  /** What joins name and version (`=`, `==`, `~=`, `@`), or the option that gives it. */
  readonly operator: string | undefined;
  /** Its text, for edits. */
  readonly source: SourceText;
  /** The shell's word; `undefined` for cloud-init's `packages:`. */
  readonly word: Word | undefined;
  readonly span: Span;
}

/** Whether the command has one of these options, in front of its verb or after it, switched on or off. */
export function installHas(
  { arguments: given }: Pick<PackageInstall, 'arguments'>,
  ...names: readonly string[]
): boolean {
  return given?.find(...names) !== undefined;
}

/** No package has a longer name; it keeps the patterns cheap. */
const LONGEST_NAME = 1000;

/** Every installation of a build in the order of the file, or only those of one manager. */
export function packageInstalls(build: ImageBuild, manager?: PackageManager): readonly PackageInstall[] {
  const all = allInstalls(build);
  return manager === undefined ? all : all.filter(install => install.manager === manager);
}

const allInstalls: (build: ImageBuild) => readonly PackageInstall[] = memo(build => {
  const found: PackageInstall[] = [];
  const byStep = new Map<unknown, PackageInstall[]>();
  // Scripts that cloud-init writes are run by its other modules.
  const invocations = runsOneOf(build, MANAGER_PROGRAMS)
    ? invocationsIn(build, { written: build.language === 'cloud-init' })
    : [];
  for (const { invocation, step, stage } of invocations) {
    const install = installOf(invocation);
    if (!install) continue;
    const list = byStep.get(step);
    if (list) list.push({ ...install, step, stage });
    else byStep.set(step, [{ ...install, step, stage }]);
  }
  for (const stage of build.stages)
    for (const step of stage.steps) {
      for (const install of byStep.get(step) ?? []) if (install.stage === stage) found.push(install);
      if (step.kind === 'packages') found.push(fromNames(step, stage));
    }
  return found;
});

function fromNames(step: PackagesStep, stage: Stage): PackageInstall {
  const packages = step.names.map(({ source, literal, span }): InstalledPackage => {
    const text = literal ?? source.text;
    // `name=version` and `name-version` mean what the distribution's manager makes of them.
    const equals = text.indexOf('=');
    const name = equals > 0 ? text.slice(0, equals) : text;
    const known = !name.includes(UNRESOLVED);
    return {
      kind: known ? 'name' : 'unknown',
      name: known ? name : undefined,
      version: equals > 0 ? text.slice(equals + 1) : undefined,
      operator: equals > 0 ? '=' : undefined,
      source,
      word: undefined,
      span,
    };
  });
  const complete = packages.every(({ kind }) => kind !== 'unknown');
  return {
    manager: 'system',
    verb: undefined,
    packages,
    arguments: undefined,
    complete,
    invocation: undefined,
    step,
    stage,
  };
}

type Install = Omit<PackageInstall, 'step' | 'stage'>;

/** The installation that one command makes; `undefined` when it makes none. */
export const installOf: (invocation: Invocation) => Install | undefined = memo(invocation => {
  const given = readArguments(invocation);
  const spec = managerOf(given.program);
  if (!spec) return undefined;
  const command = managerCommand(invocation);
  if (command) return isInstall(command, spec) ? install(invocation, spec, given, command) : undefined;
  // `yarn` alone installs the project.
  const alone = spec.manager === 'yarn' && given.path.length === 0 && given.operands.length === 0;
  return alone && !given.has('--version', '--help') ? install(invocation, spec, given, undefined) : undefined;
});

/** Options with which `pacman -S` and `pacman -U` only ask, clean or fetch. */
const PACMAN_ASKS = ['-c', '--clean', '-s', '--search', '--info', '--list', '--groups', '--downloadonly', '--print'];

function isInstall({ manager, action, arguments: given }: ManagerCommand, { installs }: ManagerSpec): boolean {
  return installs.includes(action) && (manager !== 'pacman' || !given.has(...PACMAN_ASKS));
}

function install(
  invocation: Invocation,
  spec: ManagerSpec,
  given: Arguments,
  command: ManagerCommand | undefined,
): Install {
  const { version = [], sources = {}, named = [] } = spec;
  const packages: InstalledPackage[] = [];
  const isGroup = /group|module/.test(command?.action ?? '');
  for (const word of packageWords(spec.manager, given)) {
    const found = packageOf(invocation, spec, word, isGroup);
    if (found) packages.push(found);
  }
  for (const { canonical, value } of given.options) {
    const kind = sources[canonical];
    if (kind && value) packages.push(fromOption(invocation, spec, kind, value));
    else if (value && named.includes(canonical))
      packages.push({
        ...fromOption(invocation, spec, 'list', value),
        kind: value.literal === undefined ? 'unknown' : 'name',
      });
  }
  const pin = given.find(...version);
  const pinned = packages.map(found =>
    pin?.value && found.version === undefined
      ? { ...found, version: pin.value.source.text, operator: pin.name }
      : found,
  );
  pinned.sort((a, b) => a.word!.start - b.word!.start);
  return {
    manager: spec.manager,
    verb: command?.word,
    packages: pinned,
    arguments: given,
    complete: complete(invocation, given, pinned),
    invocation,
  };
}

/** The operands that name packages. */
function packageWords(manager: PackageManager, { operands, afterDoubleDash, path }: Arguments): readonly Word[] {
  // What follows the program of `go run` is for that program.
  if (manager === 'go' && path[0] === 'run') return operands.slice(0, 1);
  // What follows `--` is for the compiler: `gem install ffi -- --enable-x`.
  return manager === 'gem' ? operands.filter(word => !afterDoubleDash.includes(word)) : operands;
}

function complete(invocation: Invocation, given: Arguments, packages: readonly InstalledPackage[]): boolean {
  return given.certain && !invocation.via.includes('xargs') && packages.every(({ kind }) => kind !== 'unknown');
}

function packageOf(invocation: Invocation, spec: ManagerSpec, word: Word, group = false): InstalledPackage | undefined {
  const text = word.literal ?? word.text;
  const found: PackageText | undefined =
    text.length > LONGEST_NAME
      ? { kind: 'unknown', name: '', version: undefined, operator: undefined }
      : spec.read(text);
  if (!found) return undefined;
  const { operator, version } = found;
  const known = !found.name.includes(UNRESOLVED) && found.name !== '';
  return {
    kind: !known ? 'unknown' : group && found.kind === 'name' ? 'group' : found.kind,
    name: known ? found.name : undefined,
    version,
    operator,
    source: word.value,
    word,
    span: invocation.script.spanOf(word),
  };
}

function fromOption(
  invocation: Invocation,
  spec: ManagerSpec,
  kind: 'list' | 'local' | 'vcs',
  { word, source, literal }: OptionValue,
): InstalledPackage {
  // `-e git+https://…` is not a local project.
  const read = kind === 'local' && literal !== undefined ? spec.read(literal) : undefined;
  return {
    kind: literal === undefined ? 'unknown' : read && read.kind !== 'name' ? read.kind : kind,
    name: literal,
    version: undefined,
    operator: undefined,
    source,
    word,
    span: invocation.script.spanOf(word),
  };
}
