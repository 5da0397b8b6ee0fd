import type { ImageBuild, Stage } from '../../../core/build.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import { configFiles, isOff, type Setting } from '../../../facts/config-files.ts';
import { FILE_WRITE_NEEDS, fileWrites } from '../../../facts/file-writes.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { packageRemovalOf } from '../../../facts/package-removals.ts';
import { REGISTRY_PROGRAMS, registrySettingOf } from '../../../facts/registry-settings.ts';
import { SERVICE_PROGRAMS, type ServiceChange, serviceChangeOf } from '../../../facts/service-changes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { heldPackages } from './held-packages.ts';

const WINDOWS_PROGRAMS = ['Set-Service', 'sc', ...REGISTRY_PROGRAMS];

export default defineBuildRule({
  id: 'automatic-updates-off',
  summary: 'Automatic security updates are turned off',
  policies: ['G6', 'G15'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  languages: ['packer', 'cloud-init'],
  needs: {
    steps: FILE_WRITE_NEEDS.steps!,
    programs: [
      ...FILE_WRITE_NEEDS.programs!,
      ...SERVICE_PROGRAMS,
      ...WINDOWS_PROGRAMS,
      'snap',
      'apt',
      'apt-get',
      'apt-mark',
      'dnf',
      'yum',
      'yum-config-manager',
    ],
  },
  since: '2026.11',
  *check(build) {
    const settings = aptSettings(build);
    // The last one counts.
    const last = new Map(settings.map(one => [one.path.join('::'), one]));
    for (const one of last.values())
      if (SWITCHES.has(one.path.join('::')) && isOff(one))
        yield {
          message: 'Unattended upgrades are disabled: the machine gets no security updates',
          help: HELP,
          span: one.span,
        };
    for (const [first, ...others] of disabledServices(build).values())
      yield {
        message: `${quoted(first!.name)} is ${first!.name === POLICY ? 'set' : 'disabled'}: the machine gets no security updates`,
        help: HELP,
        span: first!.span,
        related: others.map(({ span }) => ({ message: 'Also disabled here', span })),
      };
    for (const { path, text } of fileWrites(build)) {
      const match = /dnf\/automatic\.conf$/.test(path)
        ? /^[ \t]{0,8}apply_updates[ \t]{0,8}=[ \t]{0,8}(?:no|false|0)\b/m.exec(text.text)
        : null;
      if (match)
        yield {
          message: '`dnf-automatic` downloads updates and does not install them',
          help: 'Set `apply_updates = yes`',
          span: text.spanOf(match.index, match.index + match[0].length),
        };
    }
    for (const [name, span] of removedUpdaters(build))
      yield { message: `${quoted(name)} is removed: the machine gets no security updates`, help: HELP, span };
    for (const { name, span } of heldPackages(build))
      yield {
        message: `${quoted(name)} is held back: it gets no security updates`,
        help: 'Leave it out, or say in an ignore comment what updates it',
        span,
      };
    for (const { invocation } of setupCommands(build))
      if (holdsSnaps(invocation))
        yield {
          message: 'Snaps are not refreshed: they get no security updates',
          help: 'Set `refresh.timer` to a maintenance window, or hold them for some days',
          span: invocation.script.spanOf(invocation.command),
        };
  },
});

/** Held for ever, or to a day that is years away. https://snapcraft.io/docs/managing-updates */
function holdsSnaps(invocation: Invocation): boolean {
  const given = readArguments(invocation);
  if (given.program !== 'snap') return false;
  const words = given.operands.map(({ literal = '' }) => literal);
  if (given.verb === 'set' && words[0] === 'system')
    return words.some(word => /^refresh\.hold="?(?:forever|2[1-9]\d\d-|20[4-9]\d-)/.test(word));
  const [hold] = given.verb === 'refresh' && words.length === 0 ? given.all('--hold') : [];
  return hold !== undefined && (hold.value === undefined || hold.value.literal === 'forever');
}

const HELP = 'Keep automatic updates on, or say in an ignore comment what installs them';

/** Without one of them `apt-daily-upgrade` installs nothing. `0` and `false` both say no. */
const SWITCHES: ReadonlySet<string> = new Set(['apt::periodic::enable', 'apt::periodic::unattended-upgrade']);

function aptSettings(build: ImageBuild): readonly Setting[] {
  return configFiles(build).flatMap(({ kind, settings = [] }) => (kind === 'apt-conf' ? settings : []));
}

const UPDATER_PACKAGES: ReadonlySet<string> = new Set([
  'unattended-upgrades',
  'dnf-automatic',
  'dnf5-plugin-automatic',
  'yum-cron',
]);

/** Packages that install updates, where they are removed and not installed again. */
function removedUpdaters(build: ImageBuild): ReadonlyMap<string, Span> {
  const removed = new Map<string, Span>();
  for (const { invocation } of setupCommands(build))
    for (const { literal: name = '' } of packageRemovalOf(invocation)?.names ?? [])
      if (UPDATER_PACKAGES.has(name) && !removed.has(name))
        removed.set(name, invocation.script.spanOf(invocation.command));
  const installed = new Set(packageInstalls(build).flatMap(({ packages }) => packages.map(({ name }) => name)));
  // Another one takes its place.
  if ([...UPDATER_PACKAGES].some(name => installed.has(name) && !removed.has(name))) return new Map();
  return new Map([...removed].filter(([name]) => !installed.has(name)));
}

interface Disabled {
  readonly name: string;
  readonly span: Span;
}

/** Services and timers that install updates, on Debian, Ubuntu, Fedora, RHEL and Windows, and the policy that stops it there. */
const UPDATERS =
  /^(?:unattended-upgrades|apt-daily-upgrade(?:\.timer)?|apt-daily\.timer|dnf-automatic(?:-install)?(?:\.timer)?|dnf5-automatic(?:\.timer)?|yum-cron|wuauserv|NoAutoUpdate)$/;

/** What is disabled and not enabled again, stage by stage. A build stops them to have the lock: that ends with it. */
function disabledServices(build: ImageBuild): ReadonlyMap<Stage, readonly Disabled[]> {
  const off = new Map<Stage, Map<string, Disabled>>();
  for (const { invocation, stage } of setupCommands(build)) {
    const change = serviceChangeOf(invocation) ?? windowsUpdate(invocation) ?? updatePolicy(invocation);
    if (!change || (!change.on && !change.lasting)) continue;
    const names = change.names.filter(name => UPDATERS.test(name));
    if (names.length === 0) continue;
    const ofStage = off.get(stage) ?? new Map<string, Disabled>();
    off.set(stage, ofStage);
    for (const name of names)
      if (change.on) ofStage.delete(name);
      else if (!ofStage.has(name)) ofStage.set(name, { name, span: invocation.script.spanOf(invocation.command) });
  }
  return new Map(
    [...off].flatMap(([stage, names]) =>
      names.size > 0 ? [[stage, onePerCommand([...names.values()])] as const] : [],
    ),
  );
}

/** How the service of Windows Update starts. https://learn.microsoft.com/windows-server/administration/windows-commands/sc-config */
function windowsUpdate(invocation: Invocation): ServiceChange | undefined {
  const given = readArguments(invocation);
  const words = invocation.args.map(({ literal }) => literal?.toLowerCase() ?? '');
  const [name, start] =
    invocation.program === 'Set-Service'
      ? [given.value('-name')?.literal ?? given.operands[0]?.literal, given.value('-startuptype')?.literal]
      : invocation.program === 'sc' && words[0] === 'config'
        ? [words[1], /\bstart= ?([a-z-]{1,20})/.exec(words.join(' '))?.[1]]
        : [];
  if (name?.toLowerCase() !== 'wuauserv' || start === undefined) return undefined;
  return { on: start.toLowerCase() !== 'disabled', lasting: true, names: ['wuauserv'] };
}

/** The policy that turns Windows Update off. https://learn.microsoft.com/windows/deployment/update/waas-wu-settings */
const POLICY = 'NoAutoUpdate';

function updatePolicy(invocation: Invocation): ServiceChange | undefined {
  const setting = registrySettingOf(invocation);
  if (setting?.name.toLowerCase() !== POLICY.toLowerCase() || !/windowsupdate\\au$/.test(setting.key)) return undefined;
  const value = setting.value.text.trim();
  if (!/^(?:0x)?\d{1,8}$/i.test(value)) return undefined;
  return { on: Number(value) === 0, lasting: true, names: [POLICY] };
}

function onePerCommand(list: readonly Disabled[]): readonly Disabled[] {
  return list.filter(({ span }, i) => list.findIndex(other => other.span.start === span.start) === i);
}
