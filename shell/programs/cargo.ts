/** cargo, https://doc.rust-lang.org/cargo/commands/, and cargo-binstall; `+TOOLCHAIN` may precede the command. */
import type { Program } from './grammar.ts';

const COMPILING = `
  -F,--features=FEATURES  --all-features  --no-default-features  -j,--jobs=N  --keep-going  --profile=PROFILE
  --target=TRIPLE  --target-dir=FOLDER  --timings[=FORMATS]  --message-format=FORMAT  --ignore-rust-version  --bins
  --examples
`;
const BUILDING = `
  ${COMPILING} -p,--package=SPEC  --workspace  --all  --exclude=SPEC  --lib  --bin=NAME  --example=NAME  --tests
  --test=NAME  --benches  --bench=NAME  --all-targets  -r,--release  --artifact-dir,--out-dir=FOLDER
  --manifest-path=FILE
`;

export const CARGO: Program = {
  names: ['cargo'],
  plus: true,
  shortEquals: true,
  everywhere: `
    -V,--version  --list  --explain=CODE  -v,--verbose  -q,--quiet  --color=WHEN  -C=FOLDER  --locked  --offline
    --frozen  --config=SETTING  -Z=FLAG  -h,--help
  `,
  subcommands: {
    install: {
      options: `
        ${COMPILING} --version,--vers=VERSION  --index=URL  --registry=NAME  --git=URL  --branch=BRANCH  --tag=TAG
        --rev=REVISION  --path=FOLDER  --root=FOLDER  -f,--force  -n,--dry-run  --no-track  --debug  --bin=NAME
        --example=NAME
      `,
    },
    binstall: {
      options: `
        --version=VERSION  --git=URL  --manifest-path=FILE  --targets=TRIPLES  --root=FOLDER  --install-path=FOLDER
        --registry=NAME  --index=URL  --strategies=LIST  --disable-strategies=LIST  --rate-limit=LIMIT
        --github-token=TOKEN  --min-tls-version=VERSION  --root-certificates=FILE  --log-level=LEVEL  -y,--no-confirm
        --force  --no-symlinks  --secure
      `,
    },
    'build|b': { options: BUILDING },
    'test|t': { options: BUILDING },
    'check|c': { options: BUILDING },
    'run|r': { options: BUILDING, stopsAtOperand: true },
    fetch: { options: '--target=TRIPLE  --manifest-path=FILE' },
    new: { options: '--bin  --lib  --name=NAME  --edition=YEAR  --vcs=VCS  --registry=NAME' },
    init: { options: '--bin  --lib  --name=NAME  --edition=YEAR  --vcs=VCS  --registry=NAME' },
  },
};
