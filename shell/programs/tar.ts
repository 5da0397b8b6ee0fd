/** tar(1), https://www.gnu.org/software/tar/manual/, bsdtar(1), unzip(1) and zip(1), https://infozip.sourceforge.net */
import type { Program } from './grammar.ts';

export const TAR: Program = {
  names: ['tar', 'gtar'],
  abbreviates: true,
  bareBundle: true,
  options: `
    -A,--catenate,--concatenate  -c,--create  -d,--diff,--compare  --delete  -r,--append  -t,--list  --test-label
    -u,--update  -x,--extract,--get  --show-defaults  -?,--help  --usage  --version  --check-device
    -g,--listed-incremental=FILE  --hole-detection=METHOD  -G,--incremental  --ignore-failed-read  --level=N
    -n,--seek  --no-check-device  --no-seek  --occurrence[=N]  --restrict  --sparse-version=VERSION  -S,--sparse
    -k,--keep-old-files  --keep-newer-files  --keep-directory-symlink  --no-overwrite-dir  --one-top-level[=FOLDER]
    --overwrite  --overwrite-dir  --recursive-unlink  --remove-files  --skip-old-files  -U,--unlink-first  -W,--verify
    --ignore-command-error  --no-ignore-command-error  -O,--to-stdout  --to-command=COMMAND  --atime-preserve[=METHOD]
    --delay-directory-restore  --group=NAME  --group-map=FILE  --mode=MODE  --mtime=DATE  -m,--touch
    --no-delay-directory-restore  --no-same-owner  --no-same-permissions  --numeric-owner  --owner=NAME
    --owner-map=FILE  -p,--preserve-permissions,--same-permissions  --same-owner  -s,--preserve-order,--same-order
    --sort=ORDER  --acls  --no-acls  --selinux  --no-selinux  --xattrs  --no-xattrs  --xattrs-exclude=PATTERN
    --xattrs-include=PATTERN  -f,--file=ARCHIVE  --force-local  -F,--info-script,--new-volume-script=COMMAND
    -L,--tape-length=N  -M,--multi-volume  --rmt-command=COMMAND  --rsh-command=COMMAND  --volno-file=FILE
    -b,--blocking-factor=BLOCKS  -B,--read-full-records  -i,--ignore-zeros  --record-size=SIZE  -H,--format=FORMAT
    --old-archive,--portability  --pax-option=KEYWORDS  --posix  -V,--label=TEXT  -a,--auto-compress
    -I,--use-compress-program=COMMAND  -j,--bzip2  -J,--xz  --lzip  --lzma  --lzop  --no-auto-compress
    -z,--gzip,--gunzip,--ungzip  -Z,--compress,--uncompress  --zstd  --add-file=FILE  --backup[=CONTROL]
    -C,--directory=FOLDER  --exclude=PATTERN  --exclude-backups  --exclude-caches  --exclude-caches-all
    --exclude-caches-under  --exclude-ignore=FILE  --exclude-ignore-recursive=FILE  --exclude-tag=FILE
    --exclude-tag-all=FILE  --exclude-tag-under=FILE  --exclude-vcs  --exclude-vcs-ignores  -h,--dereference
    --hard-dereference  -K,--starting-file=MEMBER  --newer-mtime=DATE  --no-null  --no-recursion  --no-unquote
    --no-verbatim-files-from  --null  -N,--newer,--after-date=DATE  --one-file-system  -P,--absolute-names
    --recursion  --suffix=TEXT  -T,--files-from=FILE  --unquote  --verbatim-files-from  -X,--exclude-from=FILE
    --strip-components=N  --transform,--xform=EXPRESSION  --anchored  --ignore-case  --no-anchored  --no-ignore-case
    --no-wildcards  --no-wildcards-match-slash  --wildcards  --wildcards-match-slash  --checkpoint[=N]
    --checkpoint-action=ACTION  --clamp-mtime  --full-time  --index-file=FILE  -l,--check-links  --no-quote-chars=TEXT
    --quote-chars=TEXT  --quoting-style=STYLE  -R,--block-number  --show-omitted-dirs
    --show-transformed-names,--show-stored-names  --totals[=SIGNAL]  --utc  -v,--verbose  --warning=KEYWORD
    -w,--interactive,--confirmation  -o
  `,
};

export const BSDTAR: Program = {
  names: ['bsdtar'],
  abbreviates: true,
  bareBundle: true,
  options: `
    -a,--auto-compress  -b,--block-size=BLOCKS  -c,--create  -C,--cd,--directory=FOLDER  --exclude=PATTERN
    -f,--file=ARCHIVE  --format=FORMAT  --gid=ID  --gname=NAME  -H  -h  -I,-T,--files-from=FILE  --include=PATTERN
    -j,-y,--bzip2  -J,--xz  -k,--keep-old-files  -L,--dereference  -l  -m,--modification-time
    -n,--norecurse,--no-recursion  --newer=DATE  --newer-than=FILE  --null  --numeric-owner  -O,--to-stdout  -o
    --options=OPTIONS  -P,--absolute-paths  -p,--insecure  --passphrase=TEXT  -q,--fast-read  -r,--append  -S
    -s=PATTERN  --strip-components=N  -t,--list  -U,--unlink,--unlink-first  -u,--update  --uid=ID  --uname=NAME
    --use-compress-program=COMMAND  -v,--verbose  -w,--confirmation,--interactive  -X,--exclude-from=FILE
    -x,--extract,--get  -Z,--compress  -z,--gunzip,--gzip  --zstd  --version  --help
  `,
};

const UNZIP: Program = {
  names: ['unzip'],
  options: `
    -Z  -A  -c  -f  -l  -p  -t  -T  -u  -v  -z  -a  -b  -B  -C  -d=FOLDER  -D  -E  -F  -i  -j  -J  -K  -L  -M  -n  -N
    -o  -P=PASSWORD  -q  -s  -S  -U  -V  -W  -X  -Y  -2
  `,
};
const ZIP: Program = {
  names: ['zip'],
  options: `
    -r,--recurse-paths  -P,--password=PASSWORD  -e,--encrypt  -b,--temp-path=FOLDER  -n,--suffixes=SUFFIXES
    -t,--from-date=DATE  -tt,--before-date=DATE  -O,--output-file,--out=FILE  -s,--split-size=SIZE
    -lf,--logfile-path=FILE  -Z,--compression-method=METHOD  -UN,--unicode=MODE  -TT,--unzip-command=COMMAND
    -j,--junk-paths  -q,--quiet  -v,--verbose  -m,--move  -u,--update  -f,--freshen  -d,--delete  -y,--symlinks
    -X,--strip-extra  -D,--no-dir-entries  -9  -0  -1  -i,--include=PATTERN  -x,--exclude=PATTERN  -T,--test
    -z,--archive-comment  -FS,--filesync
  `,
};

const SEVEN_ZIP: Program = {
  names: ['7z', '7za', '7zr', '7zz'],
  options: `
    -ai[=FILES]  -an  -ao[=MODE]  -ax[=FILES]  -bb[=LEVEL]  -bd  -bs[=STREAM]  -bt  -i[=FILES]  -m[=METHOD]
    -o[=FOLDER]  -p[=PASSWORD]  -r[=MODE]  -sa[=MODE]  -scc[=CHARSET]  -scrc[=HASH]  -sdel  -sfx[=NAME]  -si[=NAME]
    -slp  -slt  -snh  -snl  -so  -spd  -spe  -spf  -ssc  -ssw  -stl  -stm[=MASK]  -t[=TYPE]  -u[=MODE]  -v[=SIZE]
    -w[=FOLDER]  -x[=FILES]  -y
  `,
};

export const ARCHIVERS: readonly Program[] = [TAR, BSDTAR, UNZIP, ZIP, SEVEN_ZIP];
