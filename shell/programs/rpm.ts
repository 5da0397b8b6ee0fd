/** rpm(8) and rpmkeys(8), https://rpm.org/docs */
import type { Program } from './grammar.ts';

const COMMON = `
  -?,--help  --version  --quiet  -v,--verbose  --rcfile=FILES  --load=FILE  --macros=FILES  --pipe=COMMAND
  --dbpath=FOLDER  -r,--root=FOLDER  -D,--define=MACRO  --undefine=MACRO  -E,--eval=EXPRESSION
`;

export const RPM: Program = {
  names: ['rpm'],
  options: `
    ${COMMON} -i,--install  -U,--upgrade  -F,--freshen  -e,--erase  -q,--query  -V,--verify  -K,--checksig  --import
    --initdb  --rebuilddb  --showrc  --setperms  --restore  --allfiles  --badreloc  --excludepath=PATH  --excludedocs
    --force  -h,--hash  --ignoresize  --ignorearch  --ignoreos  --includedocs  --justdb  --nodigest  --nomanifest
    --nosignature  --nodeps  --noverify  --nogpgcheck  --noplugins  --noscripts  --notriggers  --oldpackage  --percent
    --prefix=PATH  --relocate=PATHS  --replacefiles  --replacepkgs  --test  --allmatches  --qf,--queryformat=FORMAT
    -a,--all  -f,--file  -g,--group  -p,--package  --httpproxy=HOST  --httpport=PORT  -l,--list  -R,--requires
    -c,--configfiles  -d,--docfiles  -s,--state
  `,
};

export const RPMKEYS: Program = {
  names: ['rpmkeys'],
  options: `${COMMON} -K,--checksig  --import  -d,--delete  -l,--list  --nodigest  --nosignature`,
};
