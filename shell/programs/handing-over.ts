/**
 * Programs that hand a text to a shell: parallel(1), watch(1), scl(1), capsh(1), and
 * https://nix.dev/manual/nix/latest/command-ref/nix-shell
 */
import type { Program } from './grammar.ts';

/** The command is up to `:::`; what follows is filled in. A command that is given to other machines has `--sshlogin`. */
export const PARALLEL: Program = {
  names: ['parallel', 'env_parallel', 'sem'],
  abbreviates: true,
  stopsAtOperand: true,
  options: `
    -0,--null  -a,--arg-file=FILE  --bar  -C,--colsep=TEXT  -d,--delimiter=TEXT  --delay=TIME  --dry-run  --eta
    --env=NAME  --fg  --halt,--halt-on-error=WHEN  -j,-P,--jobs,--max-procs=N  --joblog=FILE  -k,--keep-order  -I=TEXT
    --id=NAME  --lb,--line-buffer,--linebuffer  --load=N  -L=N  -n,--max-args=N  -N=N  -m  -X  --no-notice  --nice=N
    --pipe  --plus  --progress  -q,--quote  -r,--no-run-if-empty  --results=PATH  --resume  --resume-failed
    --retries=N  --retry-failed  --semaphore  --semaphorename=NAME  --shuf  --tag  --tagstring=TEXT  --timeout=TIME
    --tmpdir=DIR  --tty  -u,--ungroup  -v,--verbose  --wait  --will-cite  --wd,--workdir=DIR  -S,--sshlogin=HOSTS
    --slf,--sshloginfile=FILE  -x  --xargs
  `,
};

export const WATCH: Program = {
  names: ['watch'],
  stopsAtOperand: true,
  options: `
    -b,--beep  -c,--color  -C,--no-color  -d,--differences[=permanent]  -e,--errexit  -g,--chgexit  -n,--interval=SECONDS
    -p,--precise  -q,--equexit=N  -r,--no-rerun  -t,--no-title  -w,--no-wrap  -x,--exec  -h,--help  -v,--version
  `,
};

/** `scl enable COLLECTION … COMMAND`, or `-- COMMAND`. */
export const SCL: Program = {
  names: ['scl'],
  options: '-l,--list  -d,--debug  -x',
  subcommands: { enable: {}, run: {} },
};

export const NIX_SHELL: Program = {
  names: ['nix-shell'],
  options: '--run,--command=COMMAND  -p,--packages  -I=PATH  --pure  --keep=NAME  -A,--attr=PATH  -E,--expr=TEXT',
};

/** What follows `--` are the words of a shell. */
export const CAPSH: Program = {
  names: ['capsh'],
  options:
    '--print  --user=NAME  --uid=UID  --gid=GID  --groups=LIST  --drop=LIST  --caps=TEXT  --keep=N  --addamb=LIST',
};
