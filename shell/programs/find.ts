/** find(1), https://www.gnu.org/software/findutils/manual/: first the paths, then an expression of words with one dash. */
import type { Program } from './grammar.ts';

export const FIND: Program = {
  names: ['find'],
  singleDash: true,
  options: `
    -H  -L  -P  -D=OPTIONS  -O[=LEVEL]  -exec=COMMAND...;  -execdir=COMMAND...;  -ok=COMMAND...;  -okdir=COMMAND...;
    -delete  -print  -print0  -prune  -ls  -quit  -depth  -d  -xdev  -mount  -follow  -empty  -not  -a,-and  -o,-or
    -noleaf  -daystart  -ignore_readdir_race  -executable  -readable  -writable  -nouser  -nogroup  -true  -false
    -warn  -nowarn  -maxdepth=N  -mindepth=N  -name=PATTERN  -iname=PATTERN  -path,-wholename=PATTERN
    -ipath,-iwholename=PATTERN  -regex=PATTERN  -iregex=PATTERN  -regextype=TYPE  -lname=PATTERN  -ilname=PATTERN
    -type=TYPE  -xtype=TYPE  -size=SIZE  -perm=MODE  -user=NAME  -group=NAME  -uid=ID  -gid=ID  -newer=FILE
    -anewer=FILE  -cnewer=FILE  -newermt=DATE  -newerct=DATE  -newerat=DATE  -mtime=DAYS  -atime=DAYS  -ctime=DAYS
    -mmin=MINUTES  -amin=MINUTES  -cmin=MINUTES  -inum=N  -links=N  -samefile=FILE  -fstype=TYPE  -context=PATTERN
    -used=DAYS  -printf=FORMAT  -fprint=FILE  -fprint0=FILE  -fls=FILE  -files0-from=FILE
  `,
};
