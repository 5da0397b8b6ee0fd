/** What a package manager is asked to do, whichever verb it is: installing is one of many. */
import { memo } from '../../core/memo.ts';
import type { Word } from '../../core/shell-tree.ts';
import type { Invocation } from '../../shell/invocations.ts';
import { type Arguments, readArguments } from '../../shell/programs/index.ts';
import { managerOf, type PackageManager } from './managers.ts';

/** A command of a package manager, taken apart. */
export interface ManagerCommand {
  readonly manager: PackageManager;
  /** What it does, whichever of its names is used: `install`, `update`, `module install`; `sync` of `pacman -S`. */
  readonly action: string;
  /** As it is written: `in` of zypper, `-Syu` of pacman. */
  readonly verb: string;
  /** The word that ends the verb. */
  readonly word: Word;
  /** Its options, in front of the verb and after it, and the words after it that are none. */
  readonly arguments: Arguments;
  readonly invocation: Invocation;
}

/** The command of a package manager; `undefined` for other programs, and where no verb is written for certain. */
export const managerCommand: (invocation: Invocation) => ManagerCommand | undefined = memo(invocation => {
  const given = readArguments(invocation);
  const spec = managerOf(given.program);
  if (!spec) return undefined;
  const { manager } = spec;
  if (manager === 'pacman') return pacman(given, invocation);
  const word = given.pathWords.at(-1);
  if (!word) return undefined;
  const verb = given.pathWords.map(({ literal }) => literal).join(' ');
  return { manager, action: given.verb, verb, word, arguments: given, invocation };
});

const OPERATIONS = ['--sync', '--upgrade', '--remove', '--query', '--database', '--deptest', '--files'];

function pacman(given: Arguments, invocation: Invocation): ManagerCommand | undefined {
  const operation = given.find(...OPERATIONS);
  if (!operation) return undefined;
  const word = operation.words[0]!;
  const action = operation.canonical.slice(2);
  return { manager: 'pacman', action, verb: word.literal ?? action, word, arguments: given, invocation };
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
  zypper: /^(?:update|dist-upgrade|patch)$/,
};

/** Whether the command brings packages of the distribution up to date: those it names as operands, all of them where it names none. */
export function isUpgrade({ manager, action, arguments: given }: ManagerCommand): boolean {
  if (manager === 'pacman') return action === 'sync' && given.has('-u', '--sysupgrade');
  return UPGRADES[manager]?.test(action) ?? false;
}

/** The last value of `-o NAME=value` or `--setopt=NAME=value`, by the option's name without regard to case. */
export function setting({ arguments: given }: ManagerCommand, setting: string): string | undefined {
  for (const { literal: text = '' } of given.values('--option', '--setopt').toReversed()) {
    const equals = text.indexOf('=');
    if (equals > 0 && text.slice(0, equals).toLowerCase() === setting.toLowerCase()) return text.slice(equals + 1);
  }
  return undefined;
}
