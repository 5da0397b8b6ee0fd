/**
 * pacman(8), https://man.archlinux.org/man/pacman.8, and the helpers that take its options. Short options mean something else
 * with each operation (`-Su`, `-Ru`), so only those that do not are joined with a long one.
 */
import type { Program } from './grammar.ts';

export const PACMAN: Program = {
  names: ['pacman', 'yay', 'paru'],
  abbreviates: true,
  options: `
    -D,--database  -Q,--query  -R,--remove  -S,--sync  -T,--deptest  -U,--upgrade  -F,--files  -V,--version  -h,--help
    -b,--dbpath=FOLDER  -r,--root=FOLDER  -v,--verbose  --arch=ARCHITECTURE  --cachedir=FOLDER  --color=WHEN
    --config=FILE  --debug  --gpgdir=FOLDER  --hookdir=FOLDER  --logfile=FILE  --noconfirm  --confirm
    --disable-download-timeout  --sysroot=FOLDER  -d,--nodeps  --assume-installed=PACKAGE  --dbonly  --noprogressbar
    --noscriptlet  -p,--print  --print-format=FORMAT  --asdeps  --asexplicit  --ignore=PACKAGES  --ignoregroup=GROUPS
    --needed  --overwrite=GLOB  -q,--quiet  -y,--refresh  -w,--downloadonly  -c  --clean  --cascade  -g,--groups
    -i,--info  -l,--list  -s  --search  --recursive  -n,--nosave  -u  --sysupgrade  --unneeded  -k,--check  -m  -t
    -e,--explicit  -o,--owns
  `,
};
