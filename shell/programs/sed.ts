/** sed(1), https://www.gnu.org/software/sed/manual/sed.html */
import type { Program } from './grammar.ts';

export const SED: Program = {
  names: ['sed', 'gsed'],
  abbreviates: true,
  options: `
    -n,--quiet,--silent  --debug  -e,--expression=SCRIPT  -f,--file=FILE  --follow-symlinks  -i,--in-place[=SUFFIX]
    -l,--line-length=N  --posix  -E,-r,--regexp-extended  -s,--separate  --sandbox  -u,--unbuffered  -z,--null-data
    --help  --version
  `,
};
