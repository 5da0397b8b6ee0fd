/** zypper(8), https://en.opensuse.org/SDB:Zypper_manual: the global options precede the command. */
import type { Program } from './grammar.ts';

const SOLVING = `
  -t,--type=TYPE  -r,--repo,--catalog=REPOSITORY  -y,--no-confirm  -D,--dry-run  --details  -d,--download-only
  --download=MODE  -l,--auto-agree-with-licenses  --auto-agree-with-product-licenses  --no-recommends  --recommends
  --force-resolution  -R,--no-force-resolution  --solver-focus=MODE  --from=REPOSITORY  --replacefiles
  --allow-unsigned-rpm  --allow-downgrade  --allow-name-change  --allow-arch-change  --allow-vendor-change
`;

export const ZYPPER: Program = {
  names: ['zypper'],
  abbreviates: true,
  options: `
    -h,--help  -V,--version  -c,--config=FILE  -v,--verbose  -q,--quiet  --color  --no-color  -A,--no-abbrev
    -s,--table-style=N  -n,--non-interactive  --non-interactive-include-reboot-patches  -x,--xmlout
    -i,--ignore-unknown  -D,--reposd-dir=FOLDER  -C,--cache-dir=FOLDER  --raw-cache-dir=FOLDER
    --solv-cache-dir=FOLDER  --pkg-cache-dir=FOLDER  --userdata=TEXT  --no-gpg-checks  --gpg-auto-import-keys
    -p,--plus-repo=URI  --plus-content=TAG  --disable-repositories  --no-refresh  --no-cd  --no-remote
    --releasever=VERSION  -R,--root=FOLDER  --installroot=FOLDER  --disable-system-resolvables  -t,--terse
  `,
  subcommands: {
    'install|in': { options: `${SOLVING} -n,--name  -C,--capability  -f,--force  --oldpackage` },
    'remove|rm': {
      options:
        '-t,--type=TYPE  -r,--repo=REPOSITORY  -u,--clean-deps  -U,--no-clean-deps  -y,--no-confirm  -D,--dry-run',
    },
    'update|up': { options: `${SOLVING} --best-effort` },
    'dist-upgrade|dup': { options: SOLVING },
    patch: {
      options: `${SOLVING} -b,--bugzilla=ID  --cve=ID  -g,--category=CATEGORY  --severity=SEVERITY  --date=DATE`,
    },
    'refresh|ref': {
      options: '-f,--force  -b,--force-build  -d,--force-download  -r,--repo=REPOSITORY  -s,--services',
    },
    'addrepo|ar': {
      options: `
        -r,--repo=FILE  -t,--type=TYPE  -d,--disable  -c,--check  -C,--no-check  -n,--name=NAME  -p,--priority=N
        -k,--keep-packages  -K,--no-keep-packages  -g,--gpgcheck  --gpgcheck-allow-unsigned  -G,--no-gpgcheck
        -f,--refresh
      `,
    },
    'removerepo|rr': {},
    'modifyrepo|mr': { options: '-n,--name=NAME  -p,--priority=N  -G,--no-gpgcheck  -e,--enable  -d,--disable' },
    'clean|cc': { options: '-r,--repo=REPOSITORY  -m,--metadata  -M,--raw-metadata  -a,--all' },
    'install-new-recommends|inr': { options: SOLVING },
    'search|se': { options: '-t,--type=TYPE  -r,--repo=REPOSITORY' },
  },
};
