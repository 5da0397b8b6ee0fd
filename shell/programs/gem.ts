/** gem, https://guides.rubygems.org/command-reference/, and Bundler, https://bundler.io/man/bundle.1.html */
import type { Program } from './grammar.ts';

const SOURCES =
  '-l,--local  -r,--remote  -b,--both  -B,--bulk-threshold=N  --clear-sources  -s,--source=URL  -p,--http-proxy[=URL]';
const INSTALLING = `
  ${SOURCES} -v,--version=VERSION  --platform=PLATFORM  --prerelease,--pre  -i,--install-dir=FOLDER
  -n,--bindir=FOLDER  --document[=TYPES]  --build-root=FOLDER  --vendor  -N,--no-document  -E,--env-shebang
  -f,--force  -w,--wrappers  -P,--trust-policy=POLICY  --ignore-dependencies  --include-dependencies
  --format-executable  --user-install  --development  --development-all  --conservative  --minimal-deps
  --post-install-message  -g,--file=FILE  --without=GROUPS  --default  --explain  --lock  --suggestions
  --target-rbconfig=FILE
`;

export const GEM: Program = {
  names: ['gem'],
  versioned: true,
  negates: true,
  abbreviates: true,
  everywhere:
    '-h,--help  -V,--verbose  -q,--quiet  --silent  --config-file=FILE  --backtrace  --debug  --norc  -C=FOLDER',
  subcommands: {
    'install|i': { options: INSTALLING },
    'update|up': { options: `${INSTALLING} --system[=VERSION]` },
    'uninstall|rm': {
      options: `
          -a,--all  -I,--ignore-dependencies  -x,--executables  -i,--install-dir=FOLDER  -n,--bindir=FOLDER
          -v,--version=VERSION  --platform=PLATFORM
        `,
    },
    sources: { options: '-a,--add=URL  -l,--list  -r,--remove=URL  -c,--clear-all  -u,--update  -f,--force' },
  },
};

export const BUNDLE: Program = {
  names: ['bundle', 'bundler'],
  negates: true,
  everywhere: '-r,--retry=N  -V,--verbose  -h,--help  --no-color',
  subcommands: {
    'install|i': {
      options: `
        --binstubs[=FOLDER]  --clean  --deployment  --frozen  --full-index  --gemfile=FILE  -j,--jobs=N  --local
        --no-cache  --no-prune  --path=FOLDER  --prefer-local  --quiet  --redownload,--force  --shebang=PROGRAM
        --standalone[=GROUPS]  --system  --trust-policy=POLICY  --target-rbconfig=FILE  --without=GROUPS
        --with=GROUPS
      `,
    },
    config: { options: '--global  --local  --delete  --parseable' },
    exec: { stopsAtOperand: true, options: '--keep-file-descriptors  --gemfile=FILE' },
  },
};
