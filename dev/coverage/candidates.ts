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
  found('packer/base-ami-too-wide', 'The image filter does not name an owner', 'unpinned-base-image'),
  found('packer/base-azure-latest', 'A marketplace or gallery image without a version', 'unpinned-base-image'),
  found('packer/base-family-floating', 'An image family is the base', 'unpinned-base-image'),
  found('packer/iso-checksum-none', 'An installer is not verified', 'iso-checksum-none'),
  found(
    'packer/iso-checksum-unpinned',
    'The checksum is downloaded from the same server as the installer',
    'iso-checksum-unpinned',
  ),
  found('packer/iso-checksum-weak', 'The checksum is MD5 or SHA-1', 'iso-checksum-weak'),
  found('packer/iso-url-mutable', 'The URL of the installer is mutable', 'iso-url-mutable'),
  found('packer/insecure-source-url', 'An installer is fetched over plain HTTP', 'iso-over-http'),
  found(
    'packer/docker-image-unpinned',
    'A container image without a version is the base',
    'unpinned-base-image',
    'latest-tag',
  ),
  found('packer/clone-of-live-vm', 'A machine that is in use is cloned', 'cloned-live-machine'),
  found('packer/eol-base', 'The base is end-of-life', 'end-of-life-base', 'end-of-life-soon'),

  // Packer: versions and the way back
  found('packer/output-name-fixed', 'Every build has the same name', 'output-name-fixed'),
  found('packer/force-deregister', 'A build deletes its predecessor', 'output-overwritten'),
  found('packer/docker-tag-latest', 'The image is only tagged `latest`', 'docker-tag-latest'),
  found('packer/plugin-unpinned', 'Any newer plugin is used', 'unpinned-plugin'),
  found(
    'packer/no-required-plugins / -required-version',
    'Required plugins or the required Packer version are missing',
    'missing-required-plugins',
    'missing-required-version',
  ),

  // Packer: owners, records, retirement
  found('packer/image-no-owner', 'The image has no owner', 'image-without-owner'),
  found('packer/image-no-purpose', 'The image has no purpose', 'image-without-purpose', 'undescribed-build'),
  found('packer/image-no-retirement', 'The image has no retirement date', 'image-without-retirement'),
  none(
    'packer/image-no-refresh',
    'The image has no refresh interval',
    'The schedule is in a pipeline and not in the template.',
  ),
  found('packer/no-manifest', 'The build writes no manifest', 'image-without-manifest'),
  found(
    'packer/near-duplicate-sources (sprawl)',
    'Many sources are almost the same',
    'near-duplicate-sources',
    'template-per-environment',
    'environment-named-image',
    'environment-in-machine-image',
  ),

  // Packer: machine and application
  found('packer/app-code-in-image', 'The image contains an application', 'app-code-in-machine-image'),
  found(
    'packer/app-image-prepull',
    'Container images without a version are pulled into it',
    'app-image-prepulled',
    'latest-tag',
  ),
  found('packer/project-on-build-host-path', 'Files are uploaded from a path of one computer', 'host-path-upload'),
  found('packer/database-in-image', 'A database or its data is part of the image', 'database-in-machine-image'),
  found(
    'packer/only-an-application',
    'A template ships only an application',
    'app-code-in-machine-image',
    'app-image-prepulled',
  ),
  found('packer/unpinned-download', 'A download has no version or checksum', 'moving-reference', 'unverified-download'),

  // Packer: access and hygiene
  found(
    'packer/no-generalise-step',
    'The identity of the build machine remains in the image',
    'ungeneralized-image',
    'ungeneralized-cloud-image',
  ),
  found('packer/ami-public', 'The image is public', 'public-image'),
  found('packer/no-imdsv2', 'Machines allow version 1 of the metadata service', 'imds-v1'),
  found('packer/unencrypted-image', 'The disk of the image is not encrypted', 'unencrypted-image'),
  found('packer/temp-sg-open', 'The build machine is open to the internet', 'open-build-security-group'),
  found('packer/insecure-tls', 'TLS or its verification is off', 'winrm-without-tls', 'tls-verification-off-builder'),
  found(
    'packer/root-login-left',
    'Password or root logins, or passwordless sudo, remain in the image',
    'root-login-left',
    'ssh-password-login-left',
    'passwordless-sudo-left',
  ),
  found('packer/curl-pipe-shell', 'A download is run without verification', 'pipe-to-shell'),
  found(
    'packer/insecure-download',
    'Verification of downloads or packages is off',
    'tls-verification-off',
    'unsigned-packages',
  ),
  found('packer/breakpoint-left', 'A breakpoint stops the build', 'breakpoint-left'),
  found(
    'packer/bare names',
    'Names that do not exist where they are, and functions that do not exist',
    'unknown-reference',
    'computed-default',
    'env-outside-default',
    'invalid-function-call',
  ),
  found('packer/init', 'Version constraints and plugin addresses that `packer init` rejects', 'invalid-requirement'),
  found(
    'packer/components',
    'Attributes and blocks that a plugin does not know, requires, or takes another value for',
    'unknown-attribute',
    'unknown-block',
    'missing-attribute',
    'mistyped-value',
    'conflicting-attributes',
  ),
  found(
    'packer/files',
    'A file that does not exist, or a template file without its variables',
    'missing-script',
    'missing-template-variable',
  ),
  found(
    'packer/unused-variable / unused-source / undeclared-variable / duplicate-declaration',
    'Names that are not declared, not used, or declared twice',
    'unused-variable',
    'unused-source',
    'undeclared-variable',
    'duplicate-declaration',
  ),
  found('packer/deprecated-syntax', 'Deprecated syntax', 'deprecated-syntax', 'legacy-json-template'),
  found('packer/swap', 'A swap file is part of the image', 'swap-file-left'),
  found('packer/archives', 'Downloaded archives remain in the image', 'archive-left'),
  found('packer/authorized-keys', 'SSH keys of people remain in the image', 'authorized-key-left'),
  found('packer/cloud-init-wait', 'Packages are installed before cloud-init is done', 'packages-before-cloud-init'),
  found(
    'packer/windows',
    'Windows without Sysprep or updates, WinRM without encryption',
    'ungeneralized-image',
    'unpatched-image',
    'winrm-unencrypted',
    'winrm-without-tls',
  ),
  found(
    'packer/data-upload',
    'Databases, dumps and uploads of users are copied into the image',
    'database-in-machine-image',
  ),
  found(
    'packer/container-rights',
    'Containers with the rights of the machine: privileged, host mounts, the engine socket',
    'privileged-container',
    'privileged-build',
    'docker-socket',
  ),
  none(
    'packer/repository-upload',
    'The whole repository is uploaded (`source = "."`)',
    'Builds upload it to run its scripts, and delete it. It counts as a sign of an application beside others.',
  ),
  none(
    'packer/unnamed-script',
    'A script that lies beside one that a template names, and that nothing names',
    'Nothing says that the build runs it. One that is copied and that a command calls is read.',
  ),
  none(
    'packer/token-without-format',
    'A token of an issuer whose format is not known, under a name that does not suggest a secret',
    'Such tokens are found by their names only: the value alone may as well be an id or a checksum.',
  ),
  none(
    'packer/base-by-command',
    'A disk image is downloaded and written to a device by commands',
    'What is unpacked or run is reported without a checksum; images that `qemu-img` and `dd` write are not followed.',
  ),
  none(
    'packer/app-unit',
    'An uploaded service unit runs a container',
    'Its image is pulled when the machine starts; containers that the build itself starts or pulls are reported.',
  ),
  none(
    'packer/tee-hides-failure',
    'A script is piped into `tee`, which hides its failure',
    'Such steps mostly write a log and test the result later.',
  ),
  found('packer/error-swallowed', 'A failing step does not fail the build', 'swallowed-error'),

  // cloud-init
  found('cloudinit/missing-header', 'The first line is missing, so cloud-init ignores the file', 'missing-header'),
  found(
    'cloudinit/unknown-key, wrong-type',
    'Unknown keys and invalid values',
    'unknown-key',
    'misplaced-key',
    'wrong-type',
    'unknown-value',
    'missing-key',
  ),
  found('cloudinit/deprecated-key', 'Deprecated keys and values', 'deprecated-key', 'deprecated-value'),
  found('cloudinit/duplicate-key', 'Duplicate keys', 'duplicate-key'),
  found('cloudinit/runcmd-not-a-string', 'A command that YAML does not read as a string', 'command-not-a-string'),
  found('cloudinit/block-broken-by-heredoc', 'A heredoc at the margin ends the YAML block', 'syntax-error'),
  found('cloudinit/permissions-not-quoted', 'Permissions that YAML reads as another number', 'unquoted-permissions'),
  found('cloudinit/plain-password', 'A plaintext password', 'plain-password', 'weak-credential'),
  found('cloudinit/password-hash', 'The hash of a password', 'password-hash'),
  found('cloudinit/secret-in-user-data', 'A secret in user-data', 'baked-secret'),
  found('cloudinit/secret-via-template', 'A template puts a secret into user-data', 'secret-through-template'),
  found('cloudinit/ssh-password-login', 'SSH allows password logins', 'ssh-password-login', 'ssh-password-login-left'),
  found('cloudinit/root-enabled', 'Root logins are enabled', 'root-account-enabled', 'root-login-left'),
  found('cloudinit/users-drop-default', '`users` drops the default user', 'users-without-default'),
  found(
    'cloudinit/passwordless-sudo',
    'Sudo for everything without a password',
    'passwordless-sudo',
    'sudo-without-password',
    'passwordless-sudo-left',
  ),
  found('cloudinit/docker-group', 'Members of the group `docker`', 'docker-group-member', 'docker-group-left'),
  found('cloudinit/unlocked-no-key', 'An account whose password is not locked', 'unlocked-account'),
  found('cloudinit/world-writable-file', 'A world-writable file', 'world-writable'),
  found(
    'cloudinit/unsigned-repo',
    'Unsigned package repositories, or a missing key',
    'unsigned-packages',
    'unsigned-repository',
    'repository-without-key',
    'key-for-all-repositories',
  ),
  found('cloudinit/no-security-updates', 'Security updates are not installed', 'no-security-updates'),
  found('cloudinit/curl-pipe-shell', 'A download is run without verification', 'pipe-to-shell'),
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
    'This is the recommended way to run containers on a machine. Other rules check the versions of images.',
  ),
  found(
    'machine/container-engine',
    'A container engine is installed without limits on logs, live restore, updates or a version',
    'container-engine-without-log-rotation',
    'container-engine-without-live-restore',
    'no-security-updates',
    'unpatched-image',
    'automatic-updates-off',
    'unpinned-container-engine',
    'unpinned-apt-package',
    'unpinned-rpm-package',
  ),
  none(
    'machine/firewall',
    'A machine that runs containers has no firewall',
    'A platform has its own, and Docker writes rules past the one of the machine. One that is switched off is reported.',
  ),
  none(
    'machine/monitoring',
    'A machine that runs containers has no monitoring and no backups',
    'Agents come with base images, platforms and configuration management; no file shows that there are none.',
  ),
  found('cloudinit/database-on-instance', 'A database without a disk for its data', 'data-on-root-disk'),
  none(
    'cloudinit/no-owner-header',
    'The file names no owner of the machine',
    'The owner is in the tags of the template or command that launches the machine.',
  ),
  none(
    'cloudinit/world-ssh-key',
    "One person's public key in a shared file",
    'A public key is not secret, and the file does not show whether it belongs to a person or a team.',
  ),
  none(
    'cloudinit/schema-dialect',
    'The file is for another program that reads `#cloud-config`',
    'The file is recognized and not linted. A hover in the editor says so.',
  ),
];
