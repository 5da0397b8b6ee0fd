/** apt-get(8), apt(8), aptitude(8), apt-key(8), apt-mark(8), https://manpages.debian.org */
import type { Program } from './grammar.ts';

const COMMON = `
  -q,--quiet  -y,--yes,--assume-yes  --assume-no  -d,--download-only  -f,--fix-broken  -c,--config-file=FILE
  -o,--option=SETTING  -t,--target-release,--default-release=RELEASE  -v,--version  -h,--help
`;

/** Every option may precede or follow the verb; `--no-` and `=false` take back what is a flag. */
export const APT: Program = {
  names: ['apt', 'apt-get'],
  negates: true,
  ignoresCase: true,
  shortEquals: true,
  everywhere: `
    ${COMMON} --install-recommends  --install-suggests  -m,--ignore-missing,--fix-missing  --no-download
    -s,--simulate,--just-print,--dry-run,--recon,--no-act  -u,--show-upgraded  -V,--verbose-versions
    -a,--host-architecture=ARCHITECTURE  -P,--build-profiles=PROFILES  -b,--compile,--build  --ignore-hold
    --with-new-pkgs  --no-upgrade  --only-upgrade  --allow-downgrades  --allow-remove-essential
    --allow-change-held-packages  --force-yes  --print-uris  --purge  --reinstall  --list-cleanup  --trivial-only
    --mark-auto  --no-remove  --auto-remove,--autoremove  --only-source  --diff-only  --dsc-only  --tar-only
    --arch-only  --indep-only  --allow-unauthenticated  --allow-insecure-repositories  --allow-releaseinfo-change
    --show-progress  --with-source=FILE  -e,--error-on=MODE  --fix-policy  --solver=NAME  --color
  `,
  subcommands: {},
};

const APTITUDE: Program = {
  names: ['aptitude'],
  abbreviates: true,
  everywhere: `
    ${COMMON} --add-user-tag=TAG  --add-user-tag-to=TAG  --allow-new-upgrades  --allow-new-installs  --allow-untrusted
    --disable-columns  -D,--show-deps  -F,--display-format=FORMAT  --group-by=MODE  --log-file=FILE  --log-level=LEVEL
    --no-new-installs  --no-new-upgrades  -O,--sort=ORDER  -P,--prompt  --purge-unused  -r,--with-recommends
    -R,--without-recommends  --remove-user-tag=TAG  --remove-user-tag-from=TAG  -s,--simulate  --safe-resolver
    --full-resolver  --schedule-only  --show-package-names=WHEN  --show-summary[=MODE]  --task-of=TASK
    -V,--show-versions  --visual-preview  -w,--width=COLUMNS  -W,--show-why  -Z  -S=FILE  -u  -i
  `,
  subcommands: {},
};

const APT_KEY: Program = {
  names: ['apt-key'],
  options: '--keyring=FILE',
  subcommands: {
    add: {},
    adv: { options: '--keyring=FILE  --keyserver=URL  --keyserver-options=LIST  --recv-keys  --recv' },
  },
};

export const DEBIAN: readonly Program[] = [APT, APTITUDE, APT_KEY];
