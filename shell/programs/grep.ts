/** grep(1), https://www.gnu.org/software/grep/manual/grep.html, and ripgrep, rg(1) */
import type { Program } from './grammar.ts';

const GREP: Program = {
  names: ['grep', 'egrep', 'fgrep'],
  abbreviates: true,
  options: `
    --help  -V,--version  -E,--extended-regexp  -F,--fixed-strings  -G,--basic-regexp  -P,--perl-regexp  -e,--regexp=PATTERNS
    -f,--file=FILE  -i,-y,--ignore-case  --no-ignore-case  -v,--invert-match  -w,--word-regexp  -x,--line-regexp  -c,--count
    --color[=WHEN]  -L,--files-without-match  -l,--files-with-matches  -m,--max-count=N  -o,--only-matching
    -q,--quiet,--silent  -s,--no-messages  -b,--byte-offset  -H,--with-filename  -h,--no-filename  --label=TEXT
    -n,--line-number  -T,--initial-tab  -Z,--null  -A,--after-context=N  -B,--before-context=N  -C,--context=N
    --group-separator=TEXT  --no-group-separator  -a,--text  --binary-files=TYPE  -D,--devices=ACTION
    -d,--directories=ACTION  --exclude=GLOB  --exclude-from=FILE  --exclude-dir=GLOB  -I  --include=GLOB  -r,--recursive
    -R,--dereference-recursive  --line-buffered  -U,--binary  -z,--null-data
  `,
};
const RIPGREP: Program = {
  names: ['rg'],
  options: `
    -e,--regexp=PATTERN  -f,--file=FILE  -i,--ignore-case  -v,--invert-match  -w,--word-regexp  -x,--line-regexp  -c,--count
    --color=WHEN  -l,--files-with-matches  -m,--max-count=N  -o,--only-matching  -q,--quiet  -n,--line-number
    -N,--no-line-number  -A,--after-context=N  -B,--before-context=N  -C,--context=N  -g,--glob=GLOB  --iglob=GLOB
    -t,--type=TYPE  -T,--type-not=TYPE  -M,--max-columns=N  -j,--threads=N  -r,--replace=TEXT  -E,--encoding=ENCODING
    -F,--fixed-strings  -P,--pcre2  -S,--smart-case  -s,--case-sensitive  -U,--multiline  -u,--unrestricted  -z,--search-zip
    -d,--max-depth=N  --sort=KEY  --pre=COMMAND  --engine=NAME  -.,--hidden  --no-ignore
  `,
};

export const SEARCHERS: readonly Program[] = [GREP, RIPGREP];
