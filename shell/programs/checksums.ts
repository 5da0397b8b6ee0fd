/** sha256sum(1) and its kin of the coreutils, b3sum(1), shasum(1) and rhash(1) */
import type { Program } from './grammar.ts';

const OPTIONS = `
  -b,--binary  -c,--check  --tag  -t,--text  -z,--zero  --ignore-missing  --quiet  -s,--status  --strict  -w,--warn
  --help  --version
`;
/** Each by its own name: the name is the algorithm. */
const SUMS: readonly Program[] = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'b2', 'b3'].map(hash => ({
  names: [`${hash}sum`],
  abbreviates: true,
  options: hash === 'b2' || hash === 'b3' ? `${OPTIONS} -l,--length=BITS  --num-threads=N` : OPTIONS,
}));

const SHASUM: Program = {
  names: ['shasum'],
  abbreviates: true,
  options: `
    -a,--algorithm=BITS  -b,--binary  -c,--check  --tag  -t,--text  -U,--UNIVERSAL  -0,--01  --ignore-missing
    -q,--quiet  -s,--status  -S,--strict  -w,--warn  -h,--help  -v,--version
  `,
};

const RHASH: Program = {
  names: ['rhash'],
  options: `
    -c,--check  -u,--update=FILE  -k,--check-embedded  --btih  -C,--crc32  -M,--md5  -H,--sha1  --sha224  --sha256
    --sha384  --sha512  -a,--all  -r,--recursive  -m,--message=TEXT  --file-list=FILE  -v,--verbose  --brief
    -P,--percents  --skip-ok  -i,--ignore-missing,--ignore-case  --speed  -e,--embed-crc  --embed-crc-delimiter=TEXT
    --path-separator=TEXT  -q,--accept=LIST  --exclude=LIST  -t,--crc-accept=LIST  --maxdepth=N  -o,--output=FILE
    -l,--log=FILE  --openssl=LIST  --bt-batch=FILE  --bt-piece-length=N  --bt-announce=URL  --template=FILE
    -p,--printf=FORMAT
  `,
};

export const CHECKSUMS: readonly Program[] = [...SUMS, SHASUM, RHASH];
