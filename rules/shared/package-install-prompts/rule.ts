import type { ImageBuild } from '../../../core/build.ts';
import { fix } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Command, Word } from '../../../core/shell-tree.ts';
import { buildSays, setsAptOption } from '../../../facts/package-settings.ts';
import { type ManagerCommand, managerCommand, setting } from '../../../facts/packages/commands.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { type Invocation, invocationBy, invocationsIn } from '../../../shell/invocations.ts';
import { insertAfter } from '../../../shell/word-edits.ts';

/** How a manager is kept from asking. */
interface Prompting {
  readonly asks: RegExp;
  /** Options that answer, or that leave nothing to ask. */
  readonly quiet: readonly string[];
  /** What the fix writes, and whether it goes after the program rather than after the verb. */
  readonly add: string;
  readonly global?: boolean;
  /** Settings that answer when they are true. */
  readonly setting?: string;
}

const APT: Prompting = {
  asks: /^(?:install|reinstall|upgrade|dist-upgrade|full-upgrade|remove|purge|autoremove|auto-remove|build-dep|satisfy)$/,
  quiet: [...['--yes', '--assume-no', '--trivial-only', '--print-uris', '--simulate']],
  add: '-y',
  setting: 'APT::Get::Assume-Yes',
};
const RPM: Prompting = {
  asks: /^(?:install|localinstall|reinstall|update|upgrade|distro-sync|downgrade|swap|remove|erase|autoremove|builddep|groupinstall|groupupdate|groupremove|group (?:install|upgrade|remove)|module (?:install|enable|disable|reset|remove|update|switch-to))$/,
  quiet: ['--assumeyes', '--assumeno', '--help'],
  add: '-y',
  setting: 'assumeyes',
};
/** conda and mamba take the default, which is yes, when there is nobody to answer. */
const PROMPTING: Readonly<Record<string, Prompting>> = {
  apt: APT,
  yum: RPM,
  dnf: RPM,
  tdnf: RPM,
  zypper: {
    asks: /^(?:install|update|dist-upgrade|patch|remove|install-new-recommends)$/,
    quiet: ['--non-interactive', '--no-confirm', '--dry-run'],
    add: '-n',
    global: true,
  },
  pacman: {
    asks: /^(?:sync|upgrade|remove)$/,
    quiet: ['--noconfirm', '--print'],
    add: '--noconfirm',
  },
};
/** With these `pacman -S` searches or fetches. */
const ONLY_ASKS = ['--groups', '--info', '--list', '-s', '--search', '--downloadonly'];
const TRUE: ReadonlySet<string> = new Set(['1', 'true', 'yes', 'on', 'enable', 'with', 'True']);

export default defineBuildRule({
  id: 'package-install-prompts',
  summary: 'A package manager may ask for confirmation',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: programsOf(Object.keys(PROMPTING)) },
  since: '2026.11',
  aliases: [
    ...['hadolint:DL3014', 'hadolint:DL3030', 'hadolint:DL3034', 'hadolint:DL3038'],
    ...['tally:hadolint/DL3014', 'tally:hadolint/DL3030', 'tally:hadolint/DL3034', 'tally:hadolint/DL3038'],
    ...['trivy:DS-0021', 'sonar:S6584', 'dockerfilelint:apt-get_missing_param'],
    ...['kics:apt_get_missing_flags_to_avoid_manual_input', 'kics:yum_install_allows_manual_input'],
    ...['kics:missing_flag_from_dnf_install', 'kics:missing_zypper_non_interactive_switch'],
    ...['semgrep:missing-assume-yes-switch', 'semgrep:missing-yum-assume-yes-switch'],
    ...['semgrep:missing-dnf-assume-yes-switch', 'semgrep:missing-zypper-no-confirm-switch'],
  ],
  *check(build) {
    for (const { invocation, step } of invocationsIn(build)) {
      // A container may be started in a terminal.
      if (build.language === 'dockerfile' && step.kind === 'run' && step.phase === 'boot') continue;
      const command = managerCommand(invocation);
      const prompting = command && PROMPTING[command.manager];
      if (!command || !prompting || !asks(command, prompting, build)) continue;
      const { program, programWord, script } = invocation;
      const { word } = command;
      if (command.manager === 'apt' && (addsOnlyItself(invocation, word) || repairsNothing(command))) continue;
      yield {
        message: `\`${program} ${command.verb}\` without \`${prompting.add}\` may prompt and abort`,
        help: `Add \`${prompting.add}\``,
        ...(REMOVES.test(command.action) && { severity: 'info' as const, preset: 'strict' as const }),
        span: script.spanOf({ start: Math.min(programWord.start, word.start), end: word.end }),
        fixes: [
          fix(
            'safe',
            `Add \`${prompting.add}\``,
            insertAfter(script, prompting.global ? programWord : word, ` ${prompting.add}`),
          ),
        ],
      };
    }
  },
});

/** On a new system there is often nothing to remove, and nothing to ask: `apt-get remove docker docker-engine`. */
const REMOVES = /^(?:remove|purge|erase|autoremove|auto-remove)$/;

/** Packages whose dependencies and recommended packages every Debian image has: apt-get(8) asks only where it installs others with them. */
const ALONE: ReadonlySet<string> = new Set('dumb-init gosu less make patch tini tree unzip'.split(' '));

function addsOnlyItself({ args, command }: Invocation, verb: Word): boolean {
  const named = args.filter(({ start, literal }) => start >= verb.end && !literal?.startsWith('-'));
  return command.pipeline.length === 1 && named.length === 1 && ALONE.has(named[0]!.literal?.split('=')[0] ?? '');
}

/**
 * `dpkg -i x.deb && apt-get -f install`: where the first succeeds, nothing is broken. After `;` and `||` there may be, unless
 * `set -e` ends the script.
 */
function repairsNothing({ action, arguments: given, invocation }: ManagerCommand): boolean {
  if (action !== 'install' || !given.has('--fix-broken') || given.operands.length > 0) return false;
  const { commands, errexit } = invocation.script;
  let at = commands.indexOf(invocation.command);
  const stops =
    errexit ||
    commands
      .slice(0, at)
      .some(({ words }) => words[0]?.literal === 'set' && /^-\w{0,8}e/.test(words[1]?.literal ?? ''));
  const follows = ({ operator }: Command): boolean => operator === '&&' || (stops && operator === ';');
  while (at > 0 && follows(commands[at]!)) {
    const before = invocationBy(commands[--at]!, invocation.script);
    if (before?.command.pipeline.length !== 1) return false;
    if (before.program === 'dpkg')
      return before.args.some(({ literal = '' }) => /^(?:-[A-Za-z]*i|--install$)/.test(literal));
  }
  return false;
}

function asks(command: ManagerCommand, prompting: Prompting, build: ImageBuild): boolean {
  const { manager, action, arguments: given } = command;
  if (!prompting.asks.test(action) || isAnswered(command) || !given.lacks(...prompting.quiet)) return false;
  if (prompting.setting && TRUE.has(setting(command, prompting.setting) ?? '')) return false;
  if (manager === 'apt') return !isVeryQuiet(command) && !setsAptOption(build, 'Assume-Yes') && !isAssumed(build);
  if (manager === 'pacman') return action !== 'sync' || !(given.has(...ONLY_ASKS) || installsNothing(given));
  if (manager === 'zypper') return true;
  return !buildSays(build, 'assumeyes=');
}

/** `pacman -Sy` alone only fetches the lists. `-Scc` takes the answer no where there is nobody, and goes on: so does `--noconfirm`. */
function installsNothing(given: ManagerCommand['arguments']): boolean {
  if (given.operands.length > 0 || given.has('-u', '--sysupgrade')) return false;
  return given.has('-y', '--refresh', '-c', '--clean');
}

/** The images of CircleCI set `APT::Get::Assume-Yes`: https://github.com/CircleCI-Public/cimg-base */
function isAssumed({ images }: ImageBuild): boolean {
  return images.some(({ reference, use }) =>
    /^(?:docker\.io\/)?(?:cimg|circleci)\//.test(
      use === 'base' ? (reference.literal ?? reference.byDefault ?? '') : '',
    ),
  );
}

/** `yes | apt-get install x`, `apt-get install x <<< y`. */
function isAnswered({ invocation: { command, via } }: ManagerCommand): boolean {
  return (
    command.pipeline.indexOf(command) > 0 ||
    via.includes('xargs') ||
    command.redirects.some(({ operator }) => operator.startsWith('<'))
  );
}

/** `-qq` means yes; `-q=2` does too. https://manpages.debian.org/apt-get.8 */
function isVeryQuiet({ arguments: given }: ManagerCommand): boolean {
  const quiet = given.all('--quiet');
  return quiet.length > 1 || quiet.some(({ value }) => Number(value?.literal) >= 2);
}
