/**
 * The concerns that reviews of real Packer templates and cloud-init files raised before there were rules, and what became
 * of each: the rules that find it, or why there is none.
 */
export interface Candidate {
  /** The name it had on the list, `packer/…` or `cloudinit/…`. */
  readonly id: string;
  readonly concern: string;
  /** Ids of our rules; empty only where `why` says why. */
  readonly rules: readonly string[];
  readonly why?: string;
}

const found = (id: string, concern: string, ...rules: readonly string[]): Candidate => ({ id, concern, rules });
const none = (id: string, concern: string, why: string): Candidate => ({ id, concern, rules: [], why });

export const CANDIDATES: readonly Candidate[] = [
  // Packer: secrets
  found('packer/credential-literal', 'A credential is written into the template', 'baked-secret'),
  found(
    'packer/build-login-default',
    'The login of the build stays in the image',
    'build-login-left',
    'weak-credential',
  ),
  found('packer/secret-default-value', 'A variable has a secret as its default', 'baked-secret', 'weak-credential'),
  found('packer/secret-not-sensitive', 'A secret variable is not marked sensitive', 'secret-variable-not-sensitive'),
  found('packer/secret-baked', 'A secret is written to the disk of the image', 'baked-secret'),
  found('packer/secret-file-upload', 'A file that holds secrets is uploaded', 'secret-file-copied'),
  found('packer/secret-in-boot-command', 'A password is typed at the boot prompt', 'baked-secret', 'weak-credential'),

  // Packer: what it starts from
  found('packer/base-ami-floating', 'The newest image of a pattern is the base', 'unpinned-base-image'),
  found('packer/base-ami-too-wide', 'Anybody may publish what the filter finds', 'unpinned-base-image'),
  found('packer/base-azure-latest', 'A marketplace or gallery image without a version', 'unpinned-base-image'),
  found('packer/base-family-floating', 'An image family is the base', 'unpinned-base-image'),
  found('packer/iso-checksum-none', 'An installer is not checked', 'iso-checksum-none'),
  found('packer/iso-checksum-unpinned', 'The checksum comes from beside the installer', 'iso-checksum-unpinned'),
  found('packer/iso-checksum-weak', 'The checksum is MD5 or SHA-1', 'iso-checksum-weak'),
  found('packer/iso-url-mutable', 'The address gives another installer tomorrow', 'iso-url-mutable'),
  found('packer/insecure-source-url', 'An installer is fetched over plain HTTP', 'iso-over-http'),
  found(
    'packer/docker-image-unpinned',
    'A container image without a version is the base',
    'unpinned-base-image',
    'latest-tag',
  ),
  found('packer/clone-of-live-vm', 'A machine that is in use is cloned', 'cloned-live-machine'),
  found('packer/eol-base', 'The base gets no updates any more', 'end-of-life-base', 'end-of-life-soon'),

  // Packer: versions and the way back
  found('packer/output-name-fixed', 'Every build has the same name', 'output-name-fixed'),
  found('packer/force-deregister', 'A build deletes its predecessor', 'output-overwritten'),
  found('packer/docker-tag-latest', 'The image is only tagged `latest`', 'docker-tag-latest'),
  found('packer/plugin-unpinned', 'Any newer plugin is taken', 'unpinned-plugin'),
  found(
    'packer/no-required-plugins / -required-version',
    'Nothing says which plugins and which Packer it needs',
    'missing-required-plugins',
    'missing-required-version',
  ),

  // Packer: owners, records, retirement
  found('packer/image-no-owner', 'Nobody can tell whose image it is', 'image-without-owner'),
  found('packer/image-no-purpose', 'Nobody can tell what it is for', 'image-without-purpose', 'undescribed-build'),
  found('packer/image-no-retirement', 'Nothing says when it goes', 'image-without-retirement'),
  none(
    'packer/image-no-refresh',
    'Nothing shows that the image is rebuilt on a rhythm',
    'The rhythm stands in a pipeline, not in the template; a template alone cannot show that there is none.',
  ),
  found('packer/no-manifest', 'No record of what was built', 'image-without-manifest'),
  found(
    'packer/near-duplicate-sources (sprawl)',
    'Many sources that hardly differ',
    'near-duplicate-sources',
    'environment-named-image',
  ),

  // Packer: machine and application
  found('packer/app-code-in-image', 'The image carries an application', 'app-code-in-machine-image'),
  found(
    'packer/app-image-prepull',
    'Container images without a version are pulled into it',
    'app-image-prepulled',
    'latest-tag',
  ),
  found('packer/project-on-build-host-path', 'Files come from a path of one computer', 'host-path-upload'),
  found('packer/database-in-image', 'A database or its data is part of the image', 'database-in-machine-image'),
  found(
    'packer/unpinned-download',
    'What is downloaded may be another thing tomorrow',
    'moving-reference',
    'unverified-download',
  ),

  // Packer: access and hygiene
  found(
    'packer/no-generalise-step',
    'The identity of the build machine stays in',
    'ungeneralised-image',
    'ungeneralised-cloud-image',
  ),
  found('packer/ami-public', 'Everybody may start the image', 'public-image'),
  found('packer/no-imdsv2', 'Machines answer the old metadata requests', 'imds-v1'),
  found('packer/unencrypted-image', 'The disk of the image is not encrypted', 'unencrypted-image'),
  found('packer/temp-sg-open', 'The build machine is open to the internet', 'open-build-security-group'),
  found('packer/insecure-tls', 'TLS is off or not checked', 'winrm-without-tls', 'tls-verification-off-builder'),
  found(
    'packer/root-login-left',
    'Logins by password or as root, and sudo for everything, stay in',
    'root-login-left',
    'ssh-password-login-left',
    'passwordless-sudo-left',
  ),
  found('packer/curl-pipe-shell', 'A download is run unseen', 'pipe-to-shell'),
  found(
    'packer/insecure-download',
    'Checks of downloads or packages are off',
    'tls-verification-off',
    'unsigned-packages',
  ),
  found('packer/breakpoint-left', 'A breakpoint stops the build', 'breakpoint-left'),
  found(
    'packer/unused-variable / unused-source / undeclared-variable / duplicate-declaration',
    'Names that are not declared, not used, or declared twice',
    'unused-variable',
    'unused-source',
    'undeclared-variable',
    'duplicate-declaration',
  ),
  found('packer/deprecated-syntax', 'Syntax that Packer gives up', 'deprecated-syntax', 'legacy-json-template'),
  found('packer/error-swallowed', 'A failing step does not fail the build', 'swallowed-error'),

  // cloud-init
  found('cloudinit/missing-header', 'cloud-init ignores the file for want of its first line', 'missing-header'),
  found(
    'cloudinit/unknown-key, wrong-type',
    'Keys and values that cloud-init does not take',
    'unknown-key',
    'misplaced-key',
    'wrong-type',
    'unknown-value',
    'missing-key',
  ),
  found('cloudinit/deprecated-key', 'Keys that have another name now', 'deprecated-key', 'deprecated-value'),
  found('cloudinit/duplicate-key', 'A key is written twice and the first is lost', 'duplicate-key'),
  found('cloudinit/runcmd-not-a-string', 'A command that YAML reads as something else', 'command-not-a-string'),
  found('cloudinit/block-broken-by-heredoc', 'A heredoc at the margin ends the YAML block', 'syntax-error'),
  found('cloudinit/permissions-not-quoted', 'Permissions that YAML reads as another number', 'unquoted-permissions'),
  found('cloudinit/plain-password', 'A password in clear', 'plain-password', 'weak-credential'),
  found('cloudinit/password-hash', 'The hash of a password', 'password-hash'),
  found('cloudinit/secret-in-user-data', 'A secret in user-data', 'baked-secret'),
  found('cloudinit/secret-via-template', 'A template puts a secret into user-data', 'secret-through-template'),
  found('cloudinit/ssh-password-login', 'SSH takes passwords', 'ssh-password-login', 'ssh-password-login-left'),
  found('cloudinit/root-enabled', 'Root can be logged in to', 'root-account-enabled', 'root-login-left'),
  found('cloudinit/users-drop-default', 'The list of users drops the default one', 'users-without-default'),
  found(
    'cloudinit/passwordless-sudo',
    'Sudo for everything without a password',
    'passwordless-sudo',
    'sudo-without-password',
    'passwordless-sudo-left',
  ),
  found('cloudinit/docker-group', 'Members of the group `docker`', 'docker-group-member', 'docker-group-left'),
  found('cloudinit/unlocked-no-key', 'An account whose password is not locked', 'unlocked-account'),
  found('cloudinit/world-writable-file', 'A file that everybody may change', 'world-writable'),
  found(
    'cloudinit/unsigned-repo',
    'Packages from sources that nobody signs, or whose key is missing',
    'unsigned-packages',
    'unsigned-repository',
    'repository-without-key',
    'key-for-all-repositories',
  ),
  found('cloudinit/no-security-updates', 'Nothing brings packages up to date', 'no-security-updates'),
  found('cloudinit/curl-pipe-shell', 'A download is run unseen', 'pipe-to-shell'),
  found(
    'cloudinit/app-built-at-boot',
    'An application is cloned and built at boot',
    'app-built-at-boot',
    'heavy-first-boot',
  ),
  found('cloudinit/unpinned-app', 'Clones and images without a version', 'moving-reference', 'latest-tag'),
  none(
    'cloudinit/compose-up',
    'Containers are started with Compose',
    'Containers on a machine are what is recommended; only their versions matter, which other rules look at.',
  ),
  found('cloudinit/database-on-instance', 'A database without a disk for its data', 'data-on-root-disk'),
  none(
    'cloudinit/no-owner-header',
    'Nothing in the file says whose machine it is',
    'The template or the command that launches the machine owns it, and carries its tags.',
  ),
  none(
    'cloudinit/world-ssh-key',
    "One person's public key in a shared file",
    'A public key is no secret, and a comment behind it does not tell a person from a team for certain.',
  ),
  none(
    'cloudinit/schema-dialect',
    'The file is for another program that reads `#cloud-config`',
    'Nothing is wrong with it: the file is recognised and left alone, and the editor says so.',
  ),
];
