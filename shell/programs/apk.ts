/** apk(8) and the pages of its commands, https://man.archlinux.org/man/extra/apk-tools/apk.8 */
import type { Program } from './grammar.ts';

export const APK: Program = {
  names: ['apk'],
  abbreviates: true,
  negates: true,
  everywhere: `
    -p,--root=FOLDER  -X,--repository=URL  -q,--quiet  -v,--verbose  -i,--interactive  -V,--version  -f,--force
    -h,--help  --force-binary-stdout  --force-broken-world  --force-missing-repositories  --force-no-chroot
    --force-non-repository  --force-old-apk  --force-overwrite  --force-refresh  -U,--update-cache,--update
    --progress  --progress-fd=FD  --purge  --allow-untrusted  --wait=SECONDS  --keys-dir=FOLDER
    --repositories-file=FILE  --no-network  --no-cache  --cache-dir=FOLDER  --cache-max-age=MINUTES  --cache-packages
    --arch=ARCHITECTURE  --timeout=SECONDS  --no-interactive  --preserve-env  --root-tmpfs  --sync=MODE  --usermode
    --no-logfile  -s,--simulate  --clean-protected  --overlay-from-stdin  --no-scripts  --no-commit-hooks
    --initramfs-diskless-boot  -l,--latest  --no-chown
  `,
  subcommands: {
    add: { options: '-t,--virtual=NAME  --initdb  -u,--upgrade' },
    del: { options: '-r,--rdepends' },
    upgrade: { options: '-a,--available  --no-self-upgrade  --self-upgrade-only  --prune  --ignore' },
    fetch: { options: '-o,--output=FOLDER  -L,--link  -R,--recursive  --stdout  --url' },
    cache: { subcommands: {} },
  },
};
