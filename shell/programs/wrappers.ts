/**
 * Programs that only run another one: sudo(8), doas(1), env(1), nice(1), nohup(1), timeout(1), stdbuf(1) and chroot(1) of the
 * coreutils, time(1), ionice(1), setsid(1) and setarch(8) of util-linux, xargs(1), https://pubs.opengroup.org/onlinepubs/9799919799/,
 * busybox(1), fakeroot(1), chronic(1), unbuffer(1), arch-chroot(8), https://github.com/tianon/gosu, https://github.com/ncopa/su-exec,
 * https://github.com/Yelp/dumb-init, https://github.com/krallin/tini, nsenter(1), unshare(1), runuser(1), setpriv(1), flock(1),
 * taskset(1), chrt(1) and prlimit(1) of util-linux, systemd-run(1), systemd-nspawn(1), pkexec(1), retry(1), xvfb-run(1),
 * dbus-run-session(1), `curtin in-target` and `in-target` of the installers of Ubuntu and Debian, and `cloud-init-per`,
 * https://docs.cloud-init.io/en/latest/reference/cli.html. What `ssh` and `docker exec` run is for another machine.
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
  {
    ...wrapper('arch-chroot', '-N  -a  -u=USER  -h', { runs: 1 }),
    names: ['arch-chroot', 'artix-chroot', 'manjaro-chroot'],
  },
  wrapper(
    'proot',
    `
      -r,--rootfs=DIR  -b,-m,--bind,--mount=PATHS  -q,--qemu=COMMAND  -w,--pwd,--cwd=DIR  --kill-on-exit  -v,--verbose=N
      -V,--version,--about  -h,--help,--usage  -k,--kernel-release=TEXT  -0,--root-id  -i,--change-id=ID  -p=PORTS  -n
      -l,--link2symlink  -R=DIR  -S=DIR
    `,
  ),
  wrapper(
    'fakechroot',
    '-c,--config-dir=DIR  -d,--elfloader=FILE  -e,--environment=TYPE  -l,--lib=FILE  -s,--use-system-libs',
  ),
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
  wrapper('log-output', '-t=TAG  --pass-stdout'),
  wrapper('cloud-init-per', '', { runs: 2 }),
  wrapper(
    'nsenter',
    `
      -a,--all  -t,--target=PID  -m,--mount[=FILE]  -u,--uts[=FILE]  -i,--ipc[=FILE]  -n,--net[=FILE]  -p,--pid[=FILE]
      -U,--user[=FILE]  -C,--cgroup[=FILE]  -T,--time[=FILE]  -S,--setuid=UID  -G,--setgid=GID
      --preserve-credentials  -r,--root[=DIR]  -w,--wd[=DIR]  -W,--wdns=DIR  -e,--env  -F,--no-fork  -Z,--follow-context
    `,
  ),
  wrapper(
    'unshare',
    `
      -m,--mount[=FILE]  -u,--uts[=FILE]  -i,--ipc[=FILE]  -n,--net[=FILE]  -p,--pid[=FILE]  -U,--user[=FILE]
      -C,--cgroup[=FILE]  -T,--time[=FILE]  -f,--fork  --kill-child[=SIGNAL]  --mount-proc[=DIR]  -r,--map-root-user
      -c,--map-current-user  --map-auto  --map-user=UID  --map-group=GID  --propagation=MODE  --setgroups=MODE
      -R,--root=DIR  -w,--wd=DIR  -S,--setuid=UID  -G,--setgid=GID
    `,
  ),
  wrapper(
    'setpriv',
    `
      -d,--dump  --clear-groups  --groups=LIST  --inh-caps=LIST  --ambient-caps=LIST  --bounding-set=LIST  --init-groups
      --keep-groups  --list-caps  --no-new-privs  --rgid=GID  --egid=GID  --regid=GID  --ruid=UID  --euid=UID  --reuid=UID
      --reset-env  --securebits=LIST  --pdeathsig=SIGNAL
    `,
    { runsNothingWith: ['--dump', '--list-caps'] },
  ),
  wrapper(
    'systemd-run',
    `
      --no-ask-password  --scope  -u,--unit=NAME  -p,--property=SETTING  --description=TEXT  --slice=NAME
      --slice-inherit  --expand-environment=YES  -r,--remain-after-exit  --send-sighup  --service-type=TYPE  --uid=USER
      --gid=GROUP  --nice=N  --working-directory=DIR  -d,--same-dir  -E,--setenv=SETTING  -t,--pty  -P,--pipe  -S,--shell
      -q,--quiet  --on-active=TIME  --on-boot=TIME  --on-startup=TIME  --on-unit-active=TIME  --on-unit-inactive=TIME
      --on-calendar=TIME  --on-clock-change  --on-timezone-change  --path-property=SETTING  --socket-property=SETTING
      --timer-property=SETTING  --no-block  --wait  -G,--collect  --user  --system  -H,--host=HOST  -M,--machine=NAME
    `,
    { runsNothingWith: ['--host', '--machine', '--shell'] },
  ),
  wrapper(
    'systemd-nspawn',
    `
      -q,--quiet  -P,--pipe  -D,--directory=DIR  --template=DIR  -x,--ephemeral  -i,--image=FILE  --root-hash=HASH  -a,--as-pid2
      -b,--boot  --chdir=DIR  -E,--setenv=SETTING  -u,--user=USER  -M,--machine=NAME  --hostname=NAME  --uuid=ID
      -S,--slice=NAME  -U  --private-users[=UIDS]  --private-network  -n,--network-veth  --capability=LIST
      --drop-capability=LIST  --kill-signal=SIGNAL  --link-journal=MODE  -j  --read-only  --bind=PATHS  --bind-ro=PATHS
      --tmpfs=PATH  --overlay=PATHS  --resolv-conf=MODE  --timezone=MODE  --register=YES  --keep-unit  --console=MODE
      --system-call-filter=LIST
    `,
    { runsNothingWith: ['--boot'] },
  ),
  wrapper('flock', '-s,--shared  -x,-e,--exclusive  -u,--unlock  -n,--nonblock  -w,--timeout=N  -E=N  -o,--close  -F', {
    runs: 1,
  }),
  wrapper('taskset', '-a,--all-tasks  -c,--cpu-list  -p,--pid', { runs: 1, runsNothingWith: ['--pid'] }),
  wrapper('chrt', '-b  -d  -f  -i  -o  -r  -R  -a  -m,--max  -p,--pid  -v', {
    runs: 1,
    runsNothingWith: ['--pid', '--max'],
  }),
  wrapper(
    'prlimit',
    '-p,--pid=PID  --nofile[=N]  --nproc[=N]  --core[=N]  --memlock[=N]  --stack[=N]  --as[=N]  --cpu[=N]',
    {
      runsNothingWith: ['--pid'],
    },
  ),
  wrapper('pkexec', '--user=USER  --disable-internal-agent  --version  --help'),
  wrapper(
    'strace',
    '-f  -ff  -F  -c  -C  -q  -qq  -v  -T  -t  -tt  -ttt  -y  -yy  -z  -Z  -k  -i  -r  -o=FILE  -e=EXPRESSION  -s=N  -u=USER  -E=SETTING  -p=PID  -S=ORDER  -P=PATH  -O=N  -a=N',
  ),
  wrapper('ltrace', '-f  -c  -C  -i  -S  -T  -t  -o=FILE  -e=EXPRESSION  -s=N  -u=USER  -p=PID  -l=PATTERN  -n=N'),
  wrapper('faketime', '-f  -m  -p=PID  --exclude-monotonic', { runs: 1 }),
  wrapper(
    'numactl',
    `
    -i,--interleave=NODES  -m,--membind=NODES  -N,--cpunodebind=NODES  -C,--physcpubind=CPUS  -l,--localalloc
    -p,--preferred=NODE  -a,--all  -s,--show  -H,--hardware
  `,
  ),
  wrapper('cgexec', '-g=GROUPS  --sticky'),
  wrapper('torsocks', '-a,--address=ADDRESS  -P,--port=PORT  -i,--isolate  -q,--quiet  -d,--debug'),
  wrapper('proxychains', '-q  -f=FILE'),
  wrapper('proxychains4', '-q  -f=FILE'),
  wrapper('systemd-inhibit', '--what=WHAT  --who=WHO  --why=WHY  --mode=MODE  --list  --no-pager'),
  wrapper(
    'run0',
    `
    -u,--user=USER  -g,--group=GROUP  --nice=N  -D,--chdir=DIR  --setenv=SETTING  --unit=NAME  --property=SETTING
    --description=TEXT  --slice=NAME  --slice-inherit  --background=COLOR  --pty  --pipe  --no-ask-password
  `,
  ),
  wrapper(
    'dbus-launch',
    '--sh-syntax  --csh-syntax  --auto-syntax  --binary-syntax  --close-stderr  --exit-with-session  --autolaunch=ID  --config-file=FILE',
  ),
  wrapper('ssh-agent', '-a=ADDRESS  -t=TIME  -E=HASH  -P=PATTERN  -c  -s  -d  -D  -k', {
    runsNothingWith: ['-c', '-s', '-k'],
  }),
  wrapper('caffeinate', '-d  -i  -m  -s  -u  -t=SECONDS  -w=PID'),
  wrapper(
    'ccache',
    `
    -C,--clear  -c,--cleanup  -z,--zero-stats  -s,--show-stats  -p,--show-config  -M,--max-size=SIZE
    -F,--max-files=N  -o,--set-config=SETTING  -k,--get-config=KEY  -V,--version
  `,
  ),
  wrapper('rlwrap', '-a  -A  -c  -i  -n  -N  -r  -R  -f=FILE  -H=FILE  -b=TEXT  -p=COLOR  -s=N  -l=FILE'),
  wrapper('travis_retry'),
  wrapper('run-one'),
  wrapper('catatonit', '-g  -P'),
  // https://cr.yp.to/daemontools.html, http://smarden.org/runit/, https://skarnet.org/software/s6/
  wrapper('envdir', '', { runs: 1 }),
  wrapper('s6-envdir', '-I  -i  -n  -f  -c=CHARACTER', { runs: 1 }),
  wrapper('softlimit', '-a=N  -c=N  -d=N  -f=N  -l=N  -m=N  -o=N  -p=N  -r=N  -s=N  -t=N'),
  wrapper('s6-applyuidgid', '-z  -U  -u=UID  -g=GID  -G=GIDS'),
  wrapper(
    'chpst',
    '-u=USER  -U=USER  -e=DIR  -/=ROOT  -C=DIR  -n=N  -l=FILE  -L=FILE  -m=N  -d=N  -o=N  -p=N  -f=N  -c=N  -v  -P  -0  -1  -2',
  ),
  // Version managers and environments: what they run is on this machine.
  ...['rbenv', 'pyenv', 'jenv', 'nodenv', 'asdf'].map(name =>
    wrapper(name, '', { subcommands: { exec: { runs: 0 } } }),
  ),
  wrapper('mise', '-C,--cd=DIR  -q,--quiet  -v,--verbose  -y,--yes', {
    subcommands: {
      'exec|x': { runs: 0, options: '-c,--command=COMMAND  -j,--jobs=N  --raw', runsNothingWith: ['--command'] },
    },
  }),
  wrapper('opam', '', {
    subcommands: { exec: { runs: 0, options: '--switch=NAME  --set-root  --set-switch  --root=DIR' } },
  }),
  wrapper('direnv', '', { subcommands: { exec: { runs: 1 } } }),
  // A script's own function of this name takes the number of attempts, and often a pause, as operands.
  wrapper('retry', '-t,--times=N  -d,--delay=N  -u,--until=CONDITION  -w,--while=CONDITION  -m,--message=TEXT', {
    numbers: true,
  }),
  wrapper(
    'xvfb-run',
    '-a,--auto-servernum  -e,--error-file=FILE  -n,--server-num=N  -s,--server-args=TEXT  -w,--wait=N',
  ),
  wrapper('dbus-run-session', '--dbus-daemon=FILE  --config-file=FILE'),
  wrapper('setuidgid', '', { runs: 1 }),
  wrapper('s6-setuidgid', '', { runs: 1 }),
  wrapper('with-contenv'),
  wrapper('setarch', '', {
    subcommands: {
      'x86_64|i386|i486|i586|i686|amd64|linux32|linux64|aarch64|arm64|armv7l|ppc64le|s390x|uname26': {
        runs: 0,
        options:
          '-v,--verbose  -3,--3gb  --4gb  -B,--32bit  -F,--fdpic-funcptrs  -I,--short-inode  -L,--addr-compat-layout  -R,--addr-no-randomize  -S,--whole-seconds  -T,--sticky-timeouts  -X,--read-implies-exec  -Z,--mmap-page-zero',
      },
    },
  }),
  wrapper('linux32', '-v,--verbose  -3,--3gb  -R,--addr-no-randomize'),
  wrapper('linux64', '-v,--verbose  -R,--addr-no-randomize'),
  wrapper('dumb-init', '-c,--single-child  -r,--rewrite=SIGNALS  -v,--verbose  -h,--help  -V,--version'),
  wrapper('tini', '-p=SIGNAL  -e=CODE  -s  -v  -w  -g  -l  -h  --version'),
  wrapper('busybox', '--list  --list-full  --install  --help', {
    runsNothingWith: ['--list', '--list-full', '--install'],
  }),
];
