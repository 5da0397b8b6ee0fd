/** chmod(1), cp(1), rm(1) and others of the GNU coreutils, https://www.gnu.org/software/coreutils/manual/; BusyBox takes a part of these. */
import type { Program } from './grammar.ts';

const BACKUP = '--backup[=CONTROL]  -b  -S,--suffix=SUFFIX';
const DESTINATION = '-t,--target-directory=FOLDER  -T,--no-target-directory  -v,--verbose';
const RECURSING = '-R,--recursive  -H  -L  -P  --preserve-root  --no-preserve-root';
const REPORTING = '-c,--changes  -f,--silent,--quiet  -v,--verbose  --reference=FILE';
const program = (name: string, options: string): Program => ({
  names: [name],
  abbreviates: true,
  options: `${options} --help  --version`,
});

/** A mode may look like an option, `chmod -x FILE`: letters that are none here. */
const CHMOD = program('chmod', `${REPORTING} ${RECURSING}`);
const CHOWN = program('chown', `${REPORTING} ${RECURSING} --dereference  -h,--no-dereference  --from=OWNER`);
const CHGRP = program('chgrp', `${REPORTING} ${RECURSING} --dereference  -h,--no-dereference`);

const CP = program(
  'cp',
  `
    ${BACKUP} ${DESTINATION} -a,--archive  --attributes-only  --copy-contents  -d  -f,--force  -i,--interactive  -H
    -l,--link  -L,--dereference  -n,--no-clobber  -P,--no-dereference  -p  --preserve[=LIST]  --no-preserve=LIST
    --parents  -R,-r,--recursive  --reflink[=WHEN]  --remove-destination  --sparse=WHEN  --strip-trailing-slashes
    -s,--symbolic-link  -u  --update[=WHEN]  -x,--one-file-system  -Z  --context[=CONTEXT]
  `,
);
const MV = program(
  'mv',
  `
    ${BACKUP} ${DESTINATION} -f,--force  -i,--interactive  -n,--no-clobber  --strip-trailing-slashes  -u
    --update[=WHEN]  -Z,--context
  `,
);
const INSTALL = program(
  'install',
  `
    ${BACKUP} ${DESTINATION} -c  -C,--compare  -d,--directory  -D  -g,--group=GROUP  -m,--mode=MODE  -o,--owner=OWNER
    -p,--preserve-timestamps  -s,--strip  --strip-program=PROGRAM  --preserve-context  -Z  --context[=CONTEXT]
  `,
);
const LN = program(
  'ln',
  `
    ${BACKUP} ${DESTINATION} -d,-F,--directory  -f,--force  -i,--interactive  -L,--logical  -n,--no-dereference
    -P,--physical  -r,--relative  -s,--symbolic
  `,
);
const RM = program(
  'rm',
  `
    -f,--force  -i  -I  --interactive[=WHEN]  --one-file-system  --no-preserve-root  --preserve-root[=ALL]
    -r,-R,--recursive  -d,--dir  -v,--verbose
  `,
);
const MKDIR = program('mkdir', '-m,--mode=MODE  -p,--parents  -v,--verbose  -Z  --context[=CONTEXT]');
const TRUNCATE = program('truncate', '-c,--no-create  -o,--io-blocks  -r,--reference=FILE  -s,--size=SIZE');
const TOUCH = program(
  'touch',
  '-a  -c,--no-create  -d,--date=DATE  -f  -h,--no-dereference  -m  -r,--reference=FILE  -t=STAMP  --time=WORD',
);
const TEE = program('tee', '-a,--append  -i,--ignore-interrupts  -p  --output-error[=MODE]');
const SHRED = program(
  'shred',
  `
    -f,--force  -n,--iterations=N  --random-source=FILE  -s,--size=N  -u  --remove[=HOW]  -v,--verbose  -x,--exact
    -z,--zero
  `,
);
const UNLINK = program('unlink', '');
/** macOS has `-D` and `-i FILE`. */
const BASE64 = program('base64', '-d,-D,--decode  -i,--ignore-garbage  -w,--wrap=COLUMNS');

/** The BSD program of that name, https://www.mankier.com/1/srm */
const SRM = program(
  'srm',
  '-r,-R,--recursive  -f,--force  -i,--interactive  -s,--simple  -m,--medium  -z,--zero  -v,--verbose',
);

export const COREUTILS: readonly Program[] = [
  ...[CHMOD, CHOWN, CHGRP, CP, MV, INSTALL, LN, RM, MKDIR, TOUCH, TRUNCATE, TEE, SHRED, UNLINK, BASE64, SRM],
];
