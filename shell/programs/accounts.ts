/**
 * useradd(8), usermod(8), userdel(8), groupadd(8), gpasswd(1), passwd(1), chpasswd(8) and chage(1) of shadow,
 * https://github.com/shadow-maint/shadow, and adduser(8), addgroup(8), deluser(8) of Debian, BusyBox and Red Hat
 */
import type { Program } from './grammar.ts';

const program = (names: readonly string[], options: string): Program => ({ names, abbreviates: true, options });

const USERADD = program(
  ['useradd'],
  `
    --badname,--badnames  -b,--base-dir=FOLDER  --btrfs-subvolume-home  -c,--comment=TEXT  -d,--home-dir,--home=FOLDER
    -D,--defaults  -e,--expiredate=DATE  -f,--inactive=DAYS  -F,--add-subids-for-system  -g,--gid=GROUP
    -G,--groups=GROUPS  -h,--help  -k,--skel=FOLDER  -K,--key=SETTING  -l,--no-log-init  -m,--create-home
    -M,--no-create-home  -N,--no-user-group  -o,--non-unique  -p,--password=PASSWORD  -r,--system  -R,--root=FOLDER
    -P,--prefix=FOLDER  -s,--shell=SHELL  -u,--uid=UID  -U,--user-group  -Z,--selinux-user=NAME
  `,
);
const USERMOD = program(
  ['usermod'],
  `
    -a,--append  -b,--badname  -c,--comment=TEXT  -d,--home=FOLDER  -e,--expiredate=DATE  -f,--inactive=DAYS
    -g,--gid=GROUP  -G,--groups=GROUPS  -h,--help  -l,--login=NAME  -L,--lock  -m,--move-home  -o,--non-unique
    -p,--password=PASSWORD  -r,--remove  -R,--root=FOLDER  -P,--prefix=FOLDER  -s,--shell=SHELL  -u,--uid=UID
    -U,--unlock  -v,--add-subuids=RANGE  -V,--del-subuids=RANGE  -w,--add-subgids=RANGE  -W,--del-subgids=RANGE
    -Z,--selinux-user=NAME
  `,
);
const USERDEL = program(
  ['userdel', 'groupdel'],
  '-f,--force  -h,--help  -r,--remove  -R,--root=FOLDER  -P,--prefix=FOLDER  -Z,--selinux-user',
);
const GROUPADD = program(
  ['groupadd'],
  `
    -f,--force  -g,--gid=GID  -h,--help  -K,--key=SETTING  -o,--non-unique  -p,--password=PASSWORD  -r,--system
    -R,--root=FOLDER  -P,--prefix=FOLDER  -U,--users=USERS
  `,
);
const GPASSWD = program(
  ['gpasswd'],
  `
    -a,--add=USER  -d,--delete=USER  -h,--help  -Q,--root=FOLDER  -r,--remove-password  -R,--restrict
    -A,--administrators=USERS  -M,--members=USERS
  `,
);
/** Red Hat's has `--stdin`. */
const PASSWD = program(
  ['passwd'],
  `
    -a,--all  -d,--delete  -e,--expire  -h,--help  -i,--inactive=DAYS  -k,--keep-tokens  -l,--lock
    -n,--mindays,--minimum=DAYS  -q,--quiet  -r,--repository=NAME  -R,--root=FOLDER  -P,--prefix=FOLDER  -S,--status
    -u,--unlock  -w,--warndays,--warning=DAYS  -x,--maxdays,--maximum=DAYS  -s,--stdin  -f,--force
  `,
);
const CHPASSWD = program(
  ['chpasswd'],
  `
    -c,--crypt-method=METHOD  -e,--encrypted  -h,--help  -m,--md5  -R,--root=FOLDER  -P,--prefix=FOLDER
    -s,--sha-rounds=N
  `,
);
const CHAGE = program(
  ['chage'],
  `
    -d,--lastday=DATE  -E,--expiredate=DATE  -h,--help  -i,--iso8601  -I,--inactive=DAYS  -l,--list  -m,--mindays=DAYS
    -M,--maxdays=DAYS  -R,--root=FOLDER  -W,--warndays=DAYS
  `,
);

/** Debian has long options, BusyBox short ones, and Red Hat's is `useradd`: their values are at the same letters. */
const ADDUSER = program(
  ['adduser'],
  `
    --add-extra-groups  --add_extra_groups  --allow-all-names  --allow-bad-names,--allow-badname,--force-badname
    -c,--comment,--gecos=TEXT  --conf=FILE  --debug  --disabled-login  -D,--disabled-password  --firstuid=ID
    --lastuid=ID  --firstgid=ID  --lastgid=ID  -g,--gid=GROUP  --group  --help  -h,-d,--home=FOLDER
    -G,--ingroup=GROUP  -H,-M,--no-create-home  -q,--quiet  -s,--shell=SHELL  -S,-r,--system  -u,--uid=UID  --verbose
    -v,--version  -k=FOLDER  -m  -p=PASSWORD  -b=FOLDER  -e=DATE  -f=DAYS  -K=SETTING  -R=FOLDER  -P=FOLDER  -Z=NAME
    -l  -N  -o  -U
  `,
);
const ADDGROUP = program(
  ['addgroup'],
  `
    --conf=FILE  --debug  --firstgid=ID  --lastgid=ID  -g,--gid=GID  --group  --help  -q,--quiet  -S,-r,--system
    --verbose  -v,--version  --allow-bad-names,--force-badname  -f  -o  -K=SETTING  -p=PASSWORD  -R=FOLDER  -P=FOLDER
  `,
);
const DELUSER = program(
  ['deluser', 'delgroup'],
  `
    --backup  --backup-suffix=TEXT  --backup-to=FOLDER  --conf=FILE  --debug  --group  --help  --only-if-empty
    --quiet  --remove-all-files  --remove-home  --system  --verbose  --version
  `,
);

export const ACCOUNTS: readonly Program[] = [
  ...[USERADD, USERMOD, USERDEL, GROUPADD, GPASSWD, PASSWD, CHPASSWD, CHAGE, ADDUSER, ADDGROUP, DELUSER],
];
