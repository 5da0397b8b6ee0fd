/** Kinds of mistakes in cloud-init files, and the rules for them or the reason why there is none. */

export interface Kind {
  readonly kind: string;
  readonly rules: readonly string[];
  readonly why?: string;
}

const rules = (kind: string, ...found: readonly string[]): Kind => ({ kind, rules: found });
const none = (kind: string, why: string): Kind => ({ kind, rules: [], why });

/** The part of `docs/coverage.md` on cloud-init, by heading. */
export const KINDS: Readonly<Record<string, readonly Kind[]>> = {
  'The file as a whole': [
    rules(
      'No header, a misspelled one, or one below other lines; also where the keys are misspelled',
      'missing-header',
    ),
    rules('Commands without `#!`, or `#!` after blank lines', 'missing-header', 'indented-shebang'),
    rules('`#cloud-config` below `#!`', 'cloud-config-below-shebang'),
    rules('A MIME message without `MIME-Version`', 'missing-header'),
    rules('Jinja that cannot be rendered: tags, blocks, filters, names', 'syntax-error', 'unknown-jinja-name'),
    rules(
      'Jinja that is not rendered: the marker is missing, lower, or misspelled',
      'jinja-header',
      'jinja-without-header',
    ),
    none(
      'Mistakes in templates of Terraform, Go, ERB and other engines',
      'Their expressions are unknown values here; their own tools check them.',
    ),
    rules('What merging drops, in parts and in vendor-data beside user-data', 'replaced-setting', 'invalid-merge-type'),
    none('What included documents replace', 'They are on a server. Bakelint uses no network.'),
    rules('Parts of a message or archive that are empty or mislabeled', 'empty-archive-part', 'mislabeled-part'),
    none(
      'Parts of a type that cloud-init has no handler for',
      'A `#part-handler` in another part, or the image, may bring one.',
    ),
    rules('YAML that PyYAML rejects, and values of another type', 'syntax-error', 'wrong-type', 'unquoted-text'),
    rules('Numbers that YAML 1.1 reads otherwise', 'unquoted-permissions'),
    rules('Encoded files that cannot be decoded', 'unreadable-encoding'),
    rules('Unknown, misplaced and missing keys, in network-config too', 'unknown-key', 'misplaced-key', 'missing-key'),
    rules('Values that cloud-init reads although its schema rejects them', 'wrong-type', 'missing-key'),
    rules('A version of network-config that does not exist, or none', 'unknown-value', 'missing-key'),
    none(
      'Interfaces that network-config names and does not define, addresses without a prefix',
      'Netplan rejects them and other renderers do not; the image decides which one a machine has.',
    ),
    none(
      'What one renderer of the network ignores and another does not',
      'The image decides which one a machine has (Netplan, NetworkManager, sysconfig …).',
    ),
    rules('Passwords of Wi-Fi and keys of tunnels in network-config', 'baked-secret', 'weak-credential'),
    rules('Keys that the oldest supported version does not have, by the schemas of the releases', 'key-too-new'),
    rules('Forms of older keys that the oldest supported version skips or fails on', 'key-too-new'),
    none(
      'Values that only the schema of an older version rejects, such as `locale: false` or a list in `sudo`',
      'The older versions read them, and do the same with them.',
    ),
    rules('Deprecated and removed keys and values, by version', 'deprecated-key', 'deprecated-value', 'unknown-key'),
    rules("Sections and storage of Ubuntu's installer", 'invalid-storage', 'unknown-key', 'missing-key'),
    rules(
      "The file of Ubuntu's installer, with keys beside `autoinstall`, and keys of cloud-init below it",
      'misplaced-key',
    ),
    none(
      'Autoinstall without `identity` and `user-data`',
      'The installer of the server needs one of them, that of the desktop does not; the file does not say which it is for.',
    ),
    rules('A seed directory without `meta-data`, by what serves or packs it', 'missing-meta-data'),
    rules('User-data that EC2, Azure or Compute Engine rejects for its size', 'user-data-too-large'),
    rules(
      'User-data that a template passes in an encoding that Azure, launch templates, Compute Engine, vSphere, DigitalOcean or NoCloud do not read',
      'misencoded-user-data',
    ),
    none(
      'Other differences between datasources',
      'The directory seldom shows the datasource: what the platform stores and encodes is up to the tool that calls it.',
    ),
    rules(
      'Lines of csh, and commands that Python, Perl and Ruby hand to a shell, as strings or lists that are written out',
      'pipe-to-shell',
      'unverified-download',
      'plain-password',
    ),
    rules('Tags that PyYAML does not know', 'unknown-tag'),
    rules(
      'Parts of a message without a type and a header, an archive that is a mapping',
      'mislabeled-part',
      'empty-archive-part',
    ),
    none(
      'A list without a header, in a file called user-data',
      'Ansible and many other programs read lists; nothing in it says that it is for cloud-init.',
    ),
    none('What is in `meta-data`', 'Its keys belong to the datasource, and hypervisors and Terraform add their own.'),
    none(
      'Addresses, mount options, file systems and groups that do not exist',
      'The machine and its kernel decide what exists; types and known values are checked against the schemas.',
    ),
    none(
      'Keys of cloud-config beside `autoinstall` in user-data, and `late-commands` outside of the target',
      'They are for the live system of the installer, which uses them: for its own login, for a disk, for a package of its own.',
    ),
    none(
      'Scripts that lie beside a seed',
      'Of the files of a seed, the machine reads user-data, meta-data, vendor-data and network-config. Another one gets to it only through a mount or a download of its own, and which file that is does not show.',
    ),
    none(
      'Other parts of scripts in csh, Python and other languages',
      'Their control flow and their own functions are not read; secrets are looked for in all of the text.',
    ),
  ],
  Meaning: [
    rules('A password on an account that stays locked', 'locked-password'),
    rules('Passwords that remain after the first login', 'initial-password-kept'),
    rules('Plaintext in `passwd`, where a hash belongs', 'plain-password'),
    rules(
      'Who can log in: with passwords, keys, as root, and with which rights',
      'ssh-password-login',
      'root-account-enabled',
      'account-without-password',
      'passwordless-sudo',
      'users-without-default',
      'login-of-dropped-user',
    ),
    rules('A disk that is erased at every boot', 'destructive-bootcmd'),
    rules('`overwrite` and `partition: none` for a disk that may come back with data', 'disk-overwritten'),
    none(
      '`overwrite: true` for a disk that has partitions already, with `layout: true`',
      'cloud-init leaves it alone.',
    ),
    rules('Appending to files and upgrading the system at every boot', 'one-time-bootcmd'),
    rules('A reboot in a list of commands, and lines of `/etc/fstab`', 'reboot-in-commands', 'manual-fstab-entry'),
    rules('Kernel parameters, modules, mounts, routes and swap that are lost at the next boot', 'lost-setting'),
    none(
      'Rules of iptables and limits that `runcmd` sets until the next boot',
      'A package such as iptables-persistent may save them, and the image may have it.',
    ),
    rules('A hostname that `preserve_hostname` keeps from being set', 'hostname-not-applied'),
    none('`export` in an item of `runcmd`', 'It reaches the later items: cloud-init makes one script of all of them.'),
    rules('Commands and files that come before what they need', 'command-before-package', 'file-before-user'),
    rules('Files that a mount hides', 'file-hidden-by-mount'),
    rules('Work at boot that belongs in an image', 'heavy-first-boot', 'app-built-at-boot'),
    rules(
      'Updates that are not installed, and `package_update` without an upgrade',
      'no-security-updates',
      'automatic-updates-off',
    ),
    rules(
      'Containers started at boot: tags, rights, registries, data',
      'latest-tag',
      'moving-tag',
      'privileged-container',
      'insecure-registry',
      'docker-api-without-tls',
      'container-engine-without-log-rotation',
      'container-engine-without-live-restore',
      'published-database-port',
      'data-on-root-disk',
    ),
    rules(
      'Package sources that are not verified, or move',
      'unsigned-repository',
      'repository-without-key',
      'key-for-all-repositories',
      'unsigned-packages',
      'unstable-snap-channel',
      'unpinned-snap',
      'chef-without-verification',
    ),
    none(
      'Puppet and Salt without verification',
      'cloud-init has no switch for it: the agents trust the server that they meet first, or its key in their configuration.',
    ),
    none(
      "Packages of PowerShell's `Install-Package` and of Scoop without a version",
      'Which source `Install-Package` takes them from is a setting of the machine, and a bucket of Scoop describes only the newest version.',
    ),
    rules('A Salt master that accepts every minion, in a file that user-data writes', 'open-service'),
    none(
      '`open_mode` and `auto_accept` in `salt_minion.conf`',
      'They are settings of a master, and a minion ignores them.',
    ),
    none(
      'The firewall of a machine that runs containers',
      'A platform has its own, outside of the file. One that is switched off is reported: firewall-disabled.',
    ),
    rules(
      'Versions of packages, the container engine included',
      'unpinned-apt-package',
      'unpinned-rpm-package',
      'unpinned-container-engine',
    ),
    rules('Tokens that a template fills in', 'secret-through-template'),
    rules('Nothing says what the file sets up', 'undescribed-user-data'),
    rules('User-data that each environment has a copy of', 'user-data-per-environment'),
  ],
};
