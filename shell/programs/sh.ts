/** sh(1), https://pubs.opengroup.org/onlinepubs/9799919799/utilities/sh.html, bash(1), dash(1), ksh(1), zsh(1), csh(1), fish(1) */
import type { Program } from './grammar.ts';

/** What `-c` runs is the first operand, not a value: `sh -c -e 'make'`. */
export const SHELL: Program = {
  names: ['sh', 'bash', 'dash', 'ash', 'ksh', 'ksh93', 'mksh', 'zsh', 'csh', 'tcsh', 'fish'],
  plus: true,
  detached: true,
  stopsAtOperand: true,
  options: `
    -c  -s  -i  -l,--login  -r,--restricted  -a  -b  -e  -f  -h  -k  -m  -n  -p  -t  -u  -v,--verbose  -x  -B  -C  -E
    -H  -P  -T  -o=OPTION  +o=OPTION  -O=OPTION  +O=OPTION  --rcfile,--init-file=FILE  --norc  --noprofile
    --noediting  --posix  --debugger  --version  --help
  `,
};

/** su(1) and runuser(1); what follows `runuser -u USER` is a command line of its own. */
export const SWITCHERS: Program = {
  names: ['su', 'runuser'],
  abbreviates: true,
  runs: 0,
  runsOnlyWith: ['--user'],
  options: `
    -c,--command=COMMAND  --session-command=COMMAND  -f,--fast  -g,--group=GROUP  -G,--supp-group=GROUP  -l,--login
    -m,-p,--preserve-environment  -P,--pty  -s,--shell=SHELL  -u,--user=USER  -w,--whitelist-environment=NAMES
    -h,--help  -V,--version
  `,
};

/** script(1), which runs a command and records what is shown. */
export const RECORDER: Program = {
  names: ['script'],
  abbreviates: true,
  options: `
    -a,--append  -B,--log-io=FILE  -c,--command=COMMAND  -E,--echo=WHEN  -e,--return  -f,--flush  --force
    -I,--log-in=FILE  -O,--log-out=FILE  -m,--logging-format=FORMAT  -o,--output-limit=SIZE  -q,--quiet
    -t,--timing[=FILE]  -T,--log-timing=FILE  -h,--help  -V,--version
  `,
};
