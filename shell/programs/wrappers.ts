/**
 * Programs that only run another one: sudo(8), doas(1), env(1), nice(1), nohup(1), timeout(1), stdbuf(1) and chroot(1) of the
 * coreutils, time(1), ionice(1), setsid(1) and setarch(8) of util-linux, xargs(1), https://pubs.opengroup.org/onlinepubs/9799919799/,
 * busybox(1), fakeroot(1), chronic(1), unbuffer(1), arch-chroot(8), https://github.com/tianon/gosu, https://github.com/ncopa/su-exec,
 * https://github.com/Yelp/dumb-init, https://github.com/krallin/tini
 */
import type { Program } from './grammar.ts';

const wrapper = (name: string, options = '', more: Partial<Program> = {}): Program => ({
  names: [name],
  abbreviates: true,
  ...(!more.subcommands && { runs: 0 }),
  options,
  ...more,
});

export const WRAPPERS: readonly Program[] = [
  wrapper(
    'sudo',
    `
      -A,--askpass  -B,--bell  -b,--background  -C,--close-from=N  -D,--chdir=FOLDER  -E,--preserve-env[=LIST]
      -e,--edit  -g,--group=GROUP  -H,--set-home  --help  -h,--host=HOST  -i,--login  -K,--remove-timestamp
      -k,--reset-timestamp  -l,--list  -N,--no-update  -n,--non-interactive  -P,--preserve-groups  -p,--prompt=TEXT
      -R,--chroot=FOLDER  -r,--role=ROLE  -S,--stdin  -s,--shell  -t,--type=TYPE  -U,--other-user=USER
      -T,--command-timeout=TIME  -u,--user=USER  -V,--version  -v,--validate
    `,
    { assignments: true, runsNothingWith: ['--edit', '--list', '--remove-timestamp', '--validate', '--version'] },
  ),
  wrapper('doas', '-C=FILE  -L  -n  -s  -u=USER  -a=STYLE', { runsNothingWith: ['-C', '-L'] }),
  wrapper(
    'env',
    `
      -i,--ignore-environment  -0,--null  -u,--unset=NAME  -C,--chdir=FOLDER  -S,--split-string=TEXT
      --block-signal[=SIGNALS]  --default-signal[=SIGNALS]  --ignore-signal[=SIGNALS]  --list-signal-handling
      -v,--debug  --help  --version
    `,
    { assignments: true, runsNothingWith: ['--split-string'] },
  ),
  wrapper(
    'time',
    `
    -o,--output=FILE  -a,--append  -f,--format=FORMAT  -p,--portability  -v,--verbose  -q,--quiet  -V,--version
  `,
  ),
  wrapper('nice', '-n,--adjustment=N  --help  --version'),
  wrapper('ionice', '-c,--class=CLASS  -n,--classdata=LEVEL  -p,--pid=PID  -P,--pgid=PGID  -t,--ignore  -u,--uid=UID', {
    runsNothingWith: ['--pid', '--pgid', '--uid'],
  }),
  wrapper('nohup', '--help  --version'),
  wrapper('setsid', '-c,--ctty  -f,--fork  -w,--wait  -V,--version  -h,--help'),
  wrapper('exec', '-a=NAME  -c  -l'),
  wrapper('command', '-p  -v  -V', { runsNothingWith: ['-v', '-V'] }),
  wrapper('builtin'),
  wrapper('stdbuf', '-i,--input=MODE  -o,--output=MODE  -e,--error=MODE  --help  --version'),
  wrapper(
    'xargs',
    `
      -0,--null  -a,--arg-file=FILE  -d,--delimiter=CHARACTER  -E=TEXT  -e,--eof[=TEXT]  -I=TEXT  -i,--replace[=TEXT]
      -L=N  -l,--max-lines[=N]  -n,--max-args=N  -P,--max-procs=N  -o,--open-tty  -p,--interactive
      --process-slot-var=NAME  -r,--no-run-if-empty  -s,--max-chars=N  --show-limits  -t,--verbose  -x,--exit  --help
      --version
    `,
  ),
  wrapper('chroot', '--groups=GROUPS  --userspec=USER  --skip-chdir  --help  --version', { runs: 1 }),
  // The installers of Debian and Ubuntu, on the system that they install: https://curtin.readthedocs.io/
  wrapper('in-target', '--pass-stdout'),
  wrapper('curtin', '--showtrace  -v,--verbose  --log-file=FILE  -c,--config=FILE  --set=SETTING', {
    subcommands: {
      'in-target': { runs: 0, options: '-a,--allow-daemons  -i,--interactive  --capture  -t,--target=FOLDER' },
    },
  }),
  wrapper('arch-chroot', '-N  -u=USER  -h', { runs: 1 }),
  wrapper(
    'timeout',
    `
    --preserve-status  --foreground  -k,--kill-after=TIME  -s,--signal=SIGNAL  -v,--verbose
  `,
    { runs: 1 },
  ),
  wrapper('eatmydata'),
  wrapper('fakeroot', '-l,--lib=FILE  --faked=FILE  -s=FILE  -i=FILE  -u,--unknown-is-real  -b=FD  -h  -v'),
  wrapper('chronic', '-v  -e'),
  wrapper('unbuffer', '-p'),
  wrapper('gosu', '', { runs: 1 }),
  wrapper('su-exec', '', { runs: 1 }),
  wrapper('setarch', '-v,--verbose  -3,--3gb  -B,--32bit  -R,--addr-no-randomize  --list  --show', {
    runs: 1,
    runsNothingWith: ['--list', '--show'],
  }),
  wrapper('linux32', '-v,--verbose  -3,--3gb  -R,--addr-no-randomize'),
  wrapper('linux64', '-v,--verbose  -R,--addr-no-randomize'),
  wrapper('dumb-init', '-c,--single-child  -r,--rewrite=SIGNALS  -v,--verbose  -h,--help  -V,--version'),
  wrapper('tini', '-p=SIGNAL  -e=CODE  -s  -v  -w  -g  -l  -h  --version'),
  wrapper('busybox', '--list  --list-full  --install  --help', {
    runsNothingWith: ['--list', '--list-full', '--install'],
  }),
];
