import type { CredentialStep, ImageBuild } from '../../../core/build.ts';
import { type Fix, fix, type Related } from '../../../core/finding.ts';
import { overlaps, type Span, UNRESOLVED } from '../../../core/text.ts';
import { isDocumented } from '../../../facts/documented-passwords.ts';
import { exposuresOf } from '../../../facts/secrets/exposures/concern.ts';
import type { Exposure } from '../../../facts/secrets/exposures/exposure.ts';
import { destinationsOf } from '../../../facts/secrets/exposures/flow.ts';
import { sshdSettings } from '../../../facts/sshd-settings.ts';
import { isThrowAway } from '../../../facts/throw-away-images.ts';
import { accountOf, CLOSES, type ClosedAccounts, closedAccounts } from '../../../languages/packer/closed-accounts.ts';
import { insertLastStep } from '../../../languages/packer/edits.ts';
import { sourceUses } from '../../../languages/packer/images.ts';
import { isFreeBsd, osOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBlock, PackerBuild, PackerBuildSource, PackerTree } from '../../../languages/packer/tree.ts';
import { makesVagrantBox, takesVagrantKey } from '../../../languages/packer/vagrant.ts';
import { invocationsIn } from '../../../shell/invocations.ts';

export default definePackerRule({
  id: 'build-login-left',
  summary: 'An account for the build keeps a guessable password',
  policies: ['G10', 'G9'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { steps: ['credential'], blocks: ['variable', 'variables'] },
  since: '2026.11',
  *check(file, { project }, build) {
    if (project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    // The use of a variables file and the work of other tools are unknown.
    if (file.kind !== 'template' || isUnread(file)) return;
    if (makesVagrantBox(file) || takesVagrantKey(build) || makesNothing(file) || closesAtEnd(file) || isLive(build))
      return;
    const closed = closedAccounts(build);
    if (closed.any) return;
    const lock = lockOf(file);
    const help = isWindows(file)
      ? ON_WINDOWS
      : file.module.sources.some(({ block }) => block.attribute('shutdown_command'))
        ? `Lock the account after its last use: \`${lock}\` in \`shutdown_command\``
        : `Lock the account in the last provisioner: \`${lock}\``;
    const logins = exposuresOf(build, 'login');
    for (const exposure of logins) {
      const { site, span } = exposure;
      // No build uses the default; a guessable password in a variables file is reported there, by `weak-credential`.
      if (build.parameters.some(one => one.default && overlaps(one.default.span, span) && one.isPassed?.())) continue;
      const accounts = accountsOf(exposure, build);
      if (closed.names.size > 0 && accounts.every(account => account === undefined || closed.names.has(account)))
        continue;
      yield {
        message: `Guessable password in ${site.place}, and no step locks the account`,
        help: isUnattended(site.place) ? ON_WINDOWS : help,
        span,
        related: [...destinationsOf(exposure, build), ...emptied(accounts, closed)],
        // Then the password is good for the console and `su` alone.
        ...(!isWindows(file) && takesKeysAlone(build) && { severity: 'info' }),
        // The login of the image itself, of machines with nothing behind it, or of an image that another build goes on with.
        ...((isDocumented(exposure, build) || isThrowAway(build, project) || build.continued) && {
          severity: 'info',
          preset: 'strict',
        }),
        // One account, wherever its password is written.
        causes: [`login ${firstOf(exposure, logins, build)}`],
        fixes: [lockStep(file, accounts)],
      };
    }
  },
});

/** Whether every build leaves an SSH server that takes no passwords. */
function takesKeysAlone(build: ImageBuild): boolean {
  const settings = sshdSettings(build).filter(({ keyword }) => keyword === 'passwordauthentication');
  return build.stages.every(stage => settings.some(one => one.stage === stage && one.value === 'no'));
}

/** The position of the first login in the document that has the same password, as far as can be seen for the same account. */
function firstOf(exposure: Exposure, logins: readonly Exposure[], build: ImageBuild): number {
  const { source } = build;
  const textAt = ({ end, file, start }: Span): string =>
    (file ?? source.text.slice(start, end)).replace(/^["']|["']$/g, '');
  const accounts = (one: Exposure): string =>
    accountsOf(one, build)
      .map(account => account ?? ` ${one.site.place}`)
      .join();
  const [text, own] = [textAt(exposure.span), accounts(exposure)];
  return logins.findIndex(
    one => one === exposure || (one.span.file === undefined && textAt(one.span) === text && accounts(one) === own),
  );
}

const ACCOUNT = /^[a-z_][a-z0-9_-]{0,31}$/;

/** Locks the account in a last step, where no command needs its password after that, and all machines have it. */
function lockStep(tree: PackerTree, accounts: readonly (string | undefined)[]): Fix | undefined {
  const { module } = tree;
  const [account, ...others] = new Set(accounts);
  const [build, ...builds] = module.builds;
  if (account === undefined || others.length > 0 || !ACCOUNT.test(account) || !build || builds.length > 0)
    return undefined;
  const isOf = (source: PackerBuildSource): boolean => source.attribute('ssh_username')?.value.text === account;
  if (
    !build.sourcesKnown ||
    !build.sources.every(isOf) ||
    module.files.some(({ source }) => NEEDS_PASSWORD.test(source.text))
  )
    return undefined;
  if (account === 'root' && mayBeLive(build)) return undefined;
  // Without another `sudo` in the template it may ask for a password.
  if (account !== 'root' && !module.files.some(({ source }) => /\bsudo\b/.test(source.text))) return undefined;
  // The first step would make the machine one that is set up, and asks for more.
  if (build.provisioners.length === 0) return undefined;
  const command = `${account === 'root' ? '' : 'sudo '}${lockOf(tree)} ${account}`;
  const step = `provisioner "shell" {\n  inline = ["${command}"]\n}`;
  const edits = insertLastStep(build.block, step);
  return edits && fix('suggested', `Add a last step that runs \`${command}\``, ...edits);
}

/** The password of root is typed into a system that runs from the medium, or a script may install another one. */
function mayBeLive({ provisioners, sources }: PackerBuild): boolean {
  return (
    provisioners.some(({ scripts }) => scripts.some(({ text }) => text === undefined)) ||
    sources.some(source => /\b(?:ch)?passwd\b/.test(source.attribute('boot_command')?.value.written.text ?? ''))
  );
}

/** `sudo` that gets the password, as many shutdown commands do. */
const NEEDS_PASSWORD = /\bsudo(?: {1,4}-{1,2}[\w=-]{1,30}){0,5} {1,4}(?:-[A-Za-z]{0,8}S[A-Za-z]{0,8}|--stdin)(?!\S)/;

const ON_WINDOWS = 'End the build with Sysprep, or with `Disable-LocalUser` for this account';

/** Whether an element of an answer file for Windows Setup has it. */
function isUnattended(place: string): boolean {
  return /^`(?:Administrator)?Password`$/.test(place);
}

function emptied(accounts: readonly (string | undefined)[], closed: ClosedAccounts): Related[] {
  const spans = accounts.flatMap(account => (account === undefined ? [] : (closed.emptied.get(account) ?? [])));
  return [...new Set(spans)].map(span => ({ message: '`passwd -d` leaves an empty password', span }));
}

/**
 * The accounts that a password is for, `undefined` for one that is not known: of the step that it is written in, or of
 * those that use the variable with it.
 */
function accountsOf({ name, site, span }: Exposure, build: ImageBuild): readonly (string | undefined)[] {
  const steps = build.stages.flatMap(stage => stage.steps).filter(step => step.kind === 'credential');
  const isUsed = ({ value }: CredentialStep): boolean =>
    value.parts.some(part => typeof part !== 'string' && part.name.replace(/^var\./, '') === name);
  const isAt = ({ value }: CredentialStep): boolean => overlaps(value.span, span);
  return steps.filter(site.stage ? isAt : isUsed).map(accountOf);
}

/** Provisioners whose commands are in the template. */
const READABLE = new Set([
  'shell',
  'file',
  'shell-local',
  'powershell',
  'windows-shell',
  'windows-restart',
  'windows-update',
  'breakpoint',
  'sleep',
]);

/** What goes into the machine, or into its disk, from the builder's own. */
const FROM_OUTSIDE =
  /\b(?:ansible|chef|cinc|puppet|salt|pyinfra|ssh|scp|virsh|ovftool|govc|make|vagrant)\b|\b(?:virt|guestfish|qemu-nbd|cloud-localds)\b|\bvirt-|\.(?:sh|ps1|py|pl|rb|bat|cmd|ya?ml)\b/i;

function isUnread({ module }: PackerTree): boolean {
  if (module.builds.length === 0 && (!module.complete || module.sources.length === 0)) return true;
  return module.builds.some(
    ({ postProcessors, provisioners }) =>
      provisioners.some(
        ({ block, type }) => type === undefined || !READABLE.has(type) || (type === 'shell-local' && isOutside(block)),
      ) || postProcessors.flat().some(({ block, type }) => type === 'shell-local' && isOutside(block)),
  );
}

function isOutside({ source, span }: PackerBlock): boolean {
  return source.text
    .slice(span.start, Math.min(span.end, span.start + LONGEST))
    .split('\n')
    .some(line => !/^\s{0,200}(?:#|\/\/)/.test(line) && FROM_OUTSIDE.test(line));
}
const LONGEST = 20_000;

/** Virtual machines for CI on macOS, whose login is public: https://tart.run/quick-start/ */
const PUBLIC_LOGINS = /^(?:tart-cli|veertu-anka.{0,20})$/;

/** What locks an account; `passwd -l` of FreeBSD does something else. https://man.freebsd.org/cgi/man.cgi?pw(8) */
function lockOf(tree: PackerTree): 'passwd -l' | 'pw lock' {
  const uses = sourceUses(tree);
  return uses.length > 0 && uses.every(({ source }) => isFreeBsd(source)) ? 'pw lock' : 'passwd -l';
}

function isWindows(tree: PackerTree): boolean {
  const uses = sourceUses(tree);
  return uses.length > 0 && uses.every(({ source }) => osOf(source) === 'windows');
}

/** Whether the result has no login. */
function makesNothing({ module }: PackerTree): boolean {
  return (
    module.sources.length > 0 &&
    module.sources.every(
      ({ facts, type }) => facts?.produces === 'none' || facts?.produces === 'container' || PUBLIC_LOGINS.test(type),
    )
  );
}

/** A disk as a whole, as a live system sees it. */
const DISK = /^\/dev\/(?:[shv]d[a-z]|xvd[a-z]|nvme\d{1,2}n\d{1,2}|mmcblk\d{1,2}|disk\/by-\S{1,80})$/;
/** Commands that install a system from a live one. */
const INSTALLERS = new Set([
  'archinstall',
  'nixos-install',
  'pacstrap',
  'arch-chroot',
  'coreos-installer',
  'flatcar-install',
  'install_flatcar',
]);

/** Whether the builder logs in to a live system, which writes another one to the disk: its accounts are not in the image. */
function isLive(build: ImageBuild): boolean {
  return invocationsIn(build).some(({ invocation: { args, command, program } }) => {
    if (INSTALLERS.has(program)) return true;
    const words = args.map(({ literal = '' }) => literal);
    if (program === 'dd') return words.some(word => word.startsWith('of=') && DISK.test(word.slice(3)));
    if (program === 'qemu-img') return words.some(word => DISK.test(word.replace(/^of=/, '')));
    return command.redirects.some(({ operator, target }) => operator === '>' && DISK.test(target?.literal ?? ''));
  });
}

/** Whether the command that shuts the machine down closes the account, or cannot be read. */
function closesAtEnd({ module }: PackerTree): boolean {
  return module.sources.some(({ block }) => {
    const command = block.attribute('shutdown_command')?.value.asValue();
    const text = (command?.byDefault ?? command?.source.text ?? '').slice(0, 4_000);
    return text === UNRESOLVED || CLOSES.test(text) || AT_END.test(text);
  });
}
/** Commands that close an account, and files that may do it. */
const AT_END =
  /\b(?:userdel|deluser|chage|passwd -[le]|usermod -[Le]|pw (?:lock|userdel|user del))\b|\.(?:sh|ps1|bat|cmd)\b/;
