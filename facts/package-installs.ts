/** Which packages a build asks for, by command or by name. */
import type { ImageBuild, PackagesStep, RunStep, Stage, WriteFileStep } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Word } from '../core/shell-tree.ts';
import { HOLE, type SourceText, type Span } from '../core/text.ts';
import { type Arguments, type OptionValue, splitArguments } from '../shell/arguments.ts';
import { type Invocation, invocationsIn } from '../shell/invocations.ts';
import { managerCommand } from './packages/commands.ts';
import { GO, MANAGERS, type ManagerGrammar, PACMAN, type PackageManager } from './packages/managers.ts';
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
  /** Options and the words that are none, behind the verb; `undefined` without a command. */
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
  /** As written behind the name or in an option; holds `HOLE`s where it is given but unknown. `undefined`: none is given. */
  readonly version: string | undefined;
  /** What joins name and version (`=`, `==`, `~=`, `@`), or the option that gives it. */
  readonly operator: string | undefined;
  /** Its text, for edits. */
  readonly source: SourceText;
  /** The shell's word; `undefined` for cloud-init's `packages:`. */
  readonly word: Word | undefined;
  readonly span: Span;
}

/** Whether the command has one of these options, in front of its verb or behind it. */
export function installHas(
  { arguments: given, invocation }: Pick<PackageInstall, 'arguments' | 'invocation'>,
  ...names: readonly string[]
): boolean {
  const all = invocation && managerCommand(invocation)?.arguments;
  return [...(given?.options ?? []), ...(all?.options ?? [])].some(({ name }) => names.includes(name));
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
  for (const { invocation, step, stage } of invocationsIn(build, { written: build.language === 'cloud-init' })) {
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
    const known = !name.includes(HOLE);
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
  const { program, args } = invocation;
  if (/^python(?:\d+(?:\.\d+)?)?$/.test(program)) {
    const module = args.findIndex(word => word.literal === '-m');
    const named = args[module + 1]?.literal;
    if (module < 0 || !args.slice(0, module).every(word => word.literal?.startsWith('-'))) return undefined;
    const grammar = MANAGERS.find(({ manager }) => manager === named);
    return grammar && (named === 'pip' || named === 'pipx' || named === 'uv')
      ? byVerb(invocation, grammar, args.slice(module + 2))
      : undefined;
  }
  if (PACMAN.programs.test(program)) return byPacman(invocation);
  if (GO.programs.test(program)) return byGo(invocation);
  const grammar = MANAGERS.find(({ programs }) => programs.test(program));
  return grammar && byVerb(invocation, grammar, args);
});

function byVerb(invocation: Invocation, grammar: ManagerGrammar, args: readonly Word[]): Install | undefined {
  const [first, second] = splitArguments(args, [
    ...grammar.global,
    ...(grammar.manager === 'npm' ? grammar.valued : []),
  ]).operands;
  const named = first?.literal;
  // `yarn` alone installs the project.
  if (!first)
    return grammar.manager === 'yarn' && args.length === 0 ? install(invocation, grammar, undefined, []) : undefined;
  if (named === undefined) return undefined;
  const two = `${named} ${second?.literal ?? ''}`;
  const verb = grammar.verbs.includes(two) ? second! : grammar.verbs.includes(named) ? first : undefined;
  return verb && install(invocation, grammar, verb, args.slice(args.indexOf(verb) + 1), verb === second ? two : named);
}

/** `-S`, `-Syu` and `-U` install; `-Ss`, `-Si`, `-Sc`, `-Sl`, `-Sg` and `-Sw` only ask, clean or fetch. */
function byPacman(invocation: Invocation): Install | undefined {
  const verb = invocation.args.find(
    ({ literal }) =>
      literal !== undefined &&
      (literal === '--sync' || literal === '--upgrade' || /^-[SU](?![a-z]*[csilgwp])[a-z]*$/.test(literal)),
  );
  if (!verb) return undefined;
  return install(
    invocation,
    PACMAN,
    verb,
    invocation.args.filter(word => word !== verb),
  );
}

function byGo(invocation: Invocation): Install | undefined {
  const { args } = invocation;
  const operands: Word[] = [];
  for (let i = 0; i < args.length; i++) {
    const literal = args[i]!.literal;
    if (literal === undefined || !literal.startsWith('-')) operands.push(args[i]!);
    else if (GO.valued.includes(literal.replace(/^--/, '-'))) i++;
  }
  const verb = operands[0];
  if (!verb || !GO.verbs.includes(verb.literal ?? '')) return undefined;
  // What stands behind the program of `go run` is for that program.
  const named = verb.literal === 'run' ? operands.slice(1, 2) : operands.slice(1);
  const behind = splitArguments(named);
  const packages = named.flatMap(word => packageOf(invocation, GO, word) ?? []);
  return {
    manager: 'go',
    verb,
    packages,
    arguments: behind,
    complete: complete(invocation, behind, packages),
    invocation,
  };
}

function install(
  invocation: Invocation,
  grammar: ManagerGrammar,
  verb: Word | undefined,
  behind: readonly Word[],
  verbText = '',
): Install {
  const { version = [], sources = {} } = grammar;
  // What stands behind `--` is for the compiler: `gem install ffi -- --enable-x`.
  const end = grammar.manager === 'gem' ? behind.findIndex(({ literal }) => literal === '--') : -1;
  const own = end < 0 ? behind : behind.slice(0, end);
  const given = splitArguments(own, [...grammar.valued, ...version, ...Object.keys(sources)]);
  const packages: InstalledPackage[] = [];
  for (const word of given.operands) {
    const found = packageOf(invocation, grammar, word, grammar.groups?.test(verbText) === true);
    if (found) packages.push(found);
  }
  for (const { name, value } of given.options) {
    const kind = sources[name];
    if (kind && value) packages.push(fromOption(invocation, grammar, kind, value));
  }
  const pin = given.options.find(option => version.includes(option.name));
  const pinned = packages.map(found =>
    pin?.value && found.version === undefined
      ? { ...found, version: pin.value.source.text, operator: pin.name }
      : found,
  );
  pinned.sort((a, b) => a.word!.start - b.word!.start);
  return {
    manager: grammar.manager,
    verb,
    packages: pinned,
    arguments: given,
    complete: complete(invocation, given, pinned),
    invocation,
  };
}

function complete(invocation: Invocation, given: Arguments, packages: readonly InstalledPackage[]): boolean {
  return given.complete && !invocation.via.includes('xargs') && packages.every(({ kind }) => kind !== 'unknown');
}

function packageOf(
  invocation: Invocation,
  grammar: ManagerGrammar,
  word: Word,
  group = false,
): InstalledPackage | undefined {
  const text = word.literal ?? word.value.text;
  const found: PackageText | undefined =
    text.length > LONGEST_NAME
      ? { kind: 'unknown', name: '', version: undefined, operator: undefined }
      : grammar.read(text);
  if (!found) return undefined;
  const { operator, version } = found;
  const known = !found.name.includes(HOLE) && found.name !== '';
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
  grammar: ManagerGrammar,
  kind: 'list' | 'local' | 'vcs',
  { word, source, literal }: OptionValue,
): InstalledPackage {
  // `-e git+https://…` is no local project.
  const read = kind === 'local' && literal !== undefined ? grammar.read(literal) : undefined;
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
