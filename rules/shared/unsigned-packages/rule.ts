import type { ImageBuild } from '../../../core/build.ts';
import { type Finding, type Fix, fix } from '../../../core/finding.ts';
import { memo } from '../../../core/memo.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { SourceText, Span } from '../../../core/text.ts';
import { configFiles, isOff } from '../../../facts/config-files.ts';
import { downloads } from '../../../facts/downloads.ts';
import { installOf } from '../../../facts/package-installs.ts';
import { type ManagerCommand, managerCommand, setting } from '../../../facts/packages/commands.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { setupTexts } from '../../../facts/setup-texts.ts';
import { isSought } from '../../../facts/sought-texts.ts';
import { SIGNATURE_WORDS, unsignedSources } from '../../../facts/unsigned-sources.ts';
import { type Invocation, invocationsOf } from '../../../shell/invocations.ts';
import { type Option, readArguments } from '../../../shell/programs/index.ts';
import { removeOption } from '../../../shell/word-edits.ts';

/** Where the missing key goes, by manager. */
const RPM_HELP = 'Name the key of the repository in `gpgkey`, or import it with `rpm --import`';
const HELP: Readonly<Record<string, string>> = {
  apt: 'Install the repository key and name it in `signed-by`',
  apk: 'Put the key of the repository into `/etc/apk/keys`',
};

/** Options that turn the check off, by manager. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  apt: ['--allow-unauthenticated', '--force-yes', '--allow-insecure-repositories'],
  apk: ['--allow-untrusted'],
  yum: ['--nogpgcheck'],
  dnf: ['--nogpgcheck'],
  microdnf: ['--nogpgcheck'],
  tdnf: ['--nogpgcheck'],
  zypper: ['--no-gpg-checks', '--allow-unsigned-rpm', '--no-gpgcheck', '--gpgcheck-allow-unsigned-package'],
};
/** It is about the files on the command line: packages of repositories are still checked. https://manpages.opensuse.org/Tumbleweed/zypper/zypper.8.en.html */
const ONLY_FILES: ReadonlySet<string> = new Set(['--allow-unsigned-rpm']);
const APT_SETTINGS = ['APT::Get::AllowUnauthenticated', 'Acquire::AllowInsecureRepositories', 'APT::Get::force-yes'];

export default defineBuildRule({
  id: 'unsigned-packages',
  summary: 'Signature checks of a package manager are turned off',
  policies: ['G13', 'G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { steps: ['run', 'write-file'] },
  since: '2026.11',
  aliases: [
    ...['checkov:CKV2_DOCKER_7', 'checkov:CKV2_DOCKER_8', 'checkov:CKV2_DOCKER_9', 'checkov:CKV2_DOCKER_10'],
    ...['checkov:CKV2_DOCKER_11', 'checkov:CKV2_DOCKER_15'],
  ],
  *check(build) {
    const reported: Span[] = [];
    for (const { invocation } of setupCommands(build))
      if (invocation.program === 'snap') yield* inSnap(invocation);
      else if (Object.hasOwn(BOOTSTRAPS, invocation.program))
        for (const finding of inBootstrap(invocation)) {
          yield finding;
          reported.push(finding.span);
        }
      else if (invocation.program === 'rpm' || managerCommand(invocation)) yield* inCommand(invocation, build);
    yield* expiredAccepted(build);
    for (const text of setupTexts(build, SIGNATURE_WORDS))
      for (const finding of unsignedSources(text)) {
        const { file, start } = finding.span;
        if (reported.some(one => one.file === file && one.start <= start && start < one.end)) continue;
        if (isSought(finding.span, build)) continue;
        yield { ...finding, fixes: [signedFix(text, finding.span, build)] };
        reported.push(finding.span);
      }
  },
});

/** Where a package of a vendor that sets up its repository puts the key, and from which version on. */
const VENDOR_KEYS: readonly { readonly source: RegExp; readonly setUp: RegExp; readonly key: string }[] = [
  {
    source: /\/\/repo\.mysql\.com\/apt\//,
    setUp: /\bmysql-apt-config_0\.8\.(?:3\d|[4-9]\d)/,
    key: '/usr/share/keyrings/mysql-apt-config.gpg',
  },
];

/** Names the key that the file installs, instead of trusting the repository without one. */
function signedFix(text: SourceText, { start, end }: Span, build: ImageBuild): Fix | undefined {
  const keys = keysIn(build);
  const at = keys.length > 0 && end - start >= TRUSTED.length ? trustedIn(text).get(start) : undefined;
  if (at === undefined) return undefined;
  const line = text.text.slice(at, at + 300).split('\n')[0]!;
  const key = keys.find(({ source }) => source.test(line))?.key;
  return key === undefined
    ? undefined
    : fix('suggested', 'Name its key in `signed-by`', text.replace(at, at + TRUSTED.length, `signed-by=${key}`));
}
const TRUSTED = 'trusted=yes';

/** Those that the file sets up. */
const keysIn: (build: ImageBuild) => typeof VENDOR_KEYS = memo(({ source: { text } }) =>
  VENDOR_KEYS.filter(({ setUp }) => setUp.test(text.slice(0, LONGEST_FILE))),
);

/** Where the words are in a text, by where they begin in its document. */
const trustedIn: (text: SourceText) => ReadonlyMap<number, number> = memo(text => {
  const places = [...text.text.matchAll(/\btrusted=yes\b/g)].map(({ index }) => index);
  return new Map(places.map(place => [text.spanOf(place, place + TRUSTED.length).start, place]));
});
const LONGEST_FILE = 200_000;

/** What installs a base system of its own, and the words that turn the check off: debootstrap(8), cdebootstrap(1), mmdebstrap(1). */
const BOOTSTRAPS: Readonly<Record<string, RegExp>> = {
  debootstrap: /^--no-check-gpg$/,
  'qemu-debootstrap': /^--no-check-gpg$/,
  cdebootstrap: /^--allow-unauthenticated$/,
  mmdebstrap:
    /^--aptopt=["']?(?:APT::Get::AllowUnauthenticated|Acquire::AllowInsecureRepositories)[ "]{1,4}(?:true|1|yes)/,
};

function* inBootstrap({ args, program, script }: Invocation): Iterable<Finding> {
  const word = args.find(({ text }) => BOOTSTRAPS[program]!.test(text));
  if (!word) return;
  yield {
    message: `\`${program}\` installs the base system without signature checks`,
    help: 'Name the keyring of the archive with `--keyring`',
    span: script.spanOf(word),
  };
}

/** https://snapcraft.io/docs/install-modes */
function* inSnap(invocation: Invocation): Iterable<Finding> {
  const given = readArguments(invocation);
  const [dangerous] = given.verb === 'install' ? given.all('--dangerous') : [];
  if (!dangerous) return;
  yield {
    message: '`--dangerous` installs a snap without a signature',
    help: 'Publish it in a store, or add its assertions with `snap ack`',
    span: invocation.script.spanOf(dangerous.words[0]!),
    preset: 'strict',
  };
}

/** A snapshot of the past has expired by design. https://manpages.debian.org/apt.conf.5 */
const PAST = /snapshot|archive\.debian\.org|old-releases\.ubuntu\.com/i;

function* expiredAccepted(build: ImageBuild): Iterable<Finding> {
  for (const { kind, settings = [] } of configFiles(build))
    for (const one of kind === 'apt-conf' ? settings : []) {
      if (one.path.join('::') !== 'acquire::check-valid-until' || !isOff(one) || PAST.test(build.source.text)) continue;
      yield {
        message: '`Check-Valid-Until` is off: APT accepts old package lists forever',
        help: 'Remove it: an old list, replayed by an attacker, hides security updates',
        span: one.span,
        severity: 'info',
        preset: 'strict',
      };
    }
}

function* inCommand(invocation: Invocation, build: ImageBuild): Iterable<Finding> {
  const { program, script } = invocation;
  const command = managerCommand(invocation);
  const used = command ? switchedOff(command) : program === 'rpm' ? nosignature(invocation) : undefined;
  if (!used || onlyOwnFiles(invocation, build)) return;
  const word = used.words[0]!;
  const isForced = used.name === '--force-yes';
  const confirmed = command?.arguments.has('--yes', '--assume-yes') ?? false;
  const expired = command?.manager === 'apt' && hasExpiredKeys(build);
  yield {
    message: script.standsFor
      ? `\`${program === 'apt-get' ? 'allow_unauthenticated' : 'disable_gpg_check'}\` turns off package signature checks`
      : ONLY_FILES.has(used.name)
        ? `${quoted(used.name)} installs package files without a signature`
        : `${quoted(used.name)} turns off package signature checks in \`${program}\``,
    help: expired
      ? 'The keys of this release have expired: move to a supported release'
      : !isForced
        ? (HELP[command?.manager ?? 'rpm'] ?? RPM_HELP)
        : confirmed
          ? 'Remove it: `-y` is already set'
          : 'Replace it with `-y`',
    span: script.spanOf(word),
    ...(expired && { severity: 'info' as const }),
    fixes: [
      used.value === undefined && !expired && word.literal === used.name
        ? isForced && !confirmed
          ? fix('suggested', 'Change it to `-y`', script.text.replace(word.start, word.end, '-y'))
          : fix('suggested', `Remove \`${used.name}\``, removeOption(script, used))
        : undefined,
    ],
  };
}

/** Whether packages come from the archive of a release of Debian whose keys have expired, so that apt installs none of them otherwise. */
const hasExpiredKeys: (build: ImageBuild) => boolean = memo(({ source: { text } }) =>
  /archive\.debian\.org\/debian\/?["']?[ \t]{1,8}(?:etch|lenny|squeeze|wheezy|jessie)\b/.test(
    text.slice(0, LONGEST_FILE),
  ),
);

function switchedOff(command: ManagerCommand): Option | undefined {
  const given = command.arguments;
  if (REMOVES.test(command.action)) return undefined;
  const found = given.all(...(OPTIONS[command.manager] ?? [])).find(({ off }) => !off);
  // It fetches lists, and asks nothing.
  if (found?.name === '--force-yes' && command.action === 'update') return undefined;
  if (found || command.manager !== 'apt') return found;
  if (!APT_SETTINGS.some(name => /^(?:true|1|yes)$/i.test(setting(command, name) ?? ''))) return undefined;
  const option = given
    .all('--option')
    .find(({ value }) => APT_SETTINGS.some(name => value?.literal?.startsWith(`${name}=`)));
  return option && { ...option, name: option.value!.literal! };
}

/** What fetches no packages. */
const REMOVES = /^(?:remove|purge|autoremove|auto-remove|autopurge|autoclean|auto-clean|clean|erase|del|mark|hold)$/;

/** `rpm -i --nosignature`; with other modes it only reads. */
function nosignature(invocation: Invocation): Option | undefined {
  const given = readArguments(invocation);
  return given.has('--install', '--upgrade', '--freshen', '--reinstall') ? given.find('--nosignature') : undefined;
}

/** Packages that were built here have no signature to check; those that the build downloads should have, or are verified by it. */
function onlyOwnFiles(invocation: Invocation, build: ImageBuild): boolean {
  const { program, script } = invocation;
  const texts =
    program === 'rpm'
      ? readArguments(invocation).operands.map(word => word.literal ?? '')
      : installOf(invocation)?.packages.map(({ kind, name }) =>
          kind === 'file' || kind === 'local' ? (name ?? '') : 'x',
        );
  if (!texts || texts.length === 0 || texts.some(text => text === 'x' || text.includes('://'))) return false;
  const fetched = downloads(build);
  const isVerified = (text: string) => {
    const same = fetched.filter(({ path }) => path !== undefined && nameOf(path) === nameOf(text));
    return same.length > 0 && same.every(({ verified }) => verified === true);
  };
  if (texts.every(isVerified)) return true;
  if (invocationsOf(script).some(one => /^(?:curl|wget|aria2c)$/.test(one.program))) return false;
  // In another step, it may be another file.
  const downloaded = new Set(fetched.map(({ path }) => path && nameOf(path)));
  return !texts.some(text => text !== '' && downloaded.has(nameOf(text)));
}
