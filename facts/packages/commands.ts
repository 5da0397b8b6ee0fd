/** What a package manager is asked to do, whichever verb it is: installing is one of many. */
import { memo } from '../../core/memo.ts';
import type { Word } from '../../core/shell-tree.ts';
import { type Arguments, splitArguments } from '../../shell/arguments.ts';
import type { Invocation } from '../../shell/invocations.ts';
import { MANAGERS, PACMAN, type PackageManager } from './managers.ts';

/** A command of a package manager, taken apart. */
export interface ManagerCommand {
  readonly manager: PackageManager;
  /** `install`, `update`, `clean`; of two words for groups and modules (`module install`); pacman's operation: `-Syu`. */
  readonly verb: string;
  /** The word that ends the verb. */
  readonly word: Word;
  /** The options in front of the verb and behind it, and the words behind it that are none. */
  readonly arguments: Arguments;
  readonly invocation: Invocation;
}

const TWO_WORDS: ReadonlySet<string> = new Set([
  'group',
  'groups',
  'module',
  'cache',
  'config',
  'store',
  'self',
  'env',
]);

/** The command of a package manager; `undefined` for other programs, and where no verb is written for certain. */
export const managerCommand: (invocation: Invocation) => ManagerCommand | undefined = memo(invocation => {
  const { program, args } = invocation;
  if (PACMAN.programs.test(program)) return pacman(invocation);
  const grammar = MANAGERS.find(({ programs }) => programs.test(program));
  if (!grammar) return undefined;
  const all = splitArguments(args, [...grammar.global, ...grammar.valued]);
  const [first, second, ...rest] = all.operands;
  if (first?.literal === undefined) return undefined;
  const two = TWO_WORDS.has(first.literal) && second?.literal !== undefined;
  return {
    manager: grammar.manager,
    verb: two ? `${first.literal} ${second.literal}` : first.literal,
    word: two ? second : first,
    arguments: { ...all, operands: two ? rest : all.operands.slice(1) },
    invocation,
  };
});

function pacman(invocation: Invocation): ManagerCommand | undefined {
  const word = invocation.args.find(
    ({ literal }) => literal !== undefined && /^(?:-[SURQDTFV][a-z]*|--(?:sync|upgrade|remove))$/.test(literal),
  );
  if (!word) return undefined;
  const rest = splitArguments(
    invocation.args.filter(one => one !== word),
    PACMAN.valued,
  );
  return { manager: 'pacman', verb: word.literal!, word, arguments: rest, invocation };
}

const APT = /^(?:upgrade|dist-upgrade|full-upgrade|safe-upgrade)$/;
const RPM = /^(?:update|upgrade|update-minimal|upgrade-minimal|distro-sync|distribution-synchronization)$/;
/** What the managers of a distribution's packages call bringing what is installed up to date. */
const UPGRADES: Partial<Record<PackageManager, RegExp>> = {
  apt: APT,
  apk: /^upgrade$/,
  yum: RPM,
  dnf: RPM,
  microdnf: RPM,
  tdnf: RPM,
  zypper: /^(?:update|up|dist-upgrade|dup|patch)$/,
  pacman: /^-S[a-z]*u/,
};

/** Whether the command brings packages of the distribution up to date: those it names as operands, all of them where it names none. */
export function isUpgrade({ manager, verb }: ManagerCommand): boolean {
  return UPGRADES[manager]?.test(verb) ?? false;
}

/** Whether the command has one of these options, with any value or none. */
export function hasOption({ arguments: { options } }: ManagerCommand, ...names: readonly string[]): boolean {
  return options.some(({ name }) => names.includes(name));
}

/** The last value of `-o NAME=value` or `--setopt=NAME=value`, by the option's name without regard to case. */
export function setting({ arguments: { options } }: ManagerCommand, setting: string): string | undefined {
  for (const { name, value } of options.toReversed()) {
    if (name !== '-o' && name !== '--option' && name !== '--setopt') continue;
    const text = value?.literal ?? '';
    const equals = text.indexOf('=');
    if (equals > 0 && text.slice(0, equals).toLowerCase() === setting.toLowerCase()) return text.slice(equals + 1);
  }
  return undefined;
}
