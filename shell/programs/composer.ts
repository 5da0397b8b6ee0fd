/** Composer, https://getcomposer.org/doc/03-cli.md */
import type { Grammar, Program } from './grammar.ts';

const INSTALLING = `
  --prefer-source  --prefer-dist  --prefer-install=MODE  --dry-run  --dev  --no-dev  --no-autoloader  --no-progress
  --no-install  --no-update  --audit  --no-audit  --audit-format=FORMAT  --no-scripts  -v,--verbose
  -o,--optimize-autoloader  -a,--classmap-authoritative  --apcu-autoloader  --apcu-autoloader-prefix=PREFIX
  --ignore-platform-req=NAME  --ignore-platform-reqs  --download-only
`;
const COMMANDS: Readonly<Record<string, Grammar>> = {
  'install|i': { options: INSTALLING },
  'update|u|upgrade': {
    options: `
      ${INSTALLING} --with=CONSTRAINT  --prefer-stable  --prefer-lowest  -m,--minimal-changes  -i,--interactive
      --root-reqs  -w,--with-dependencies  -W,--with-all-dependencies  --lock
    `,
  },
  'require|req|r': {
    options: `
      ${INSTALLING} --fixed  --no-suggest  --update-no-dev  -w,--update-with-dependencies,--with-dependencies
      -W,--update-with-all-dependencies,--with-all-dependencies  --prefer-stable  --prefer-lowest
      -m,--minimal-changes  --sort-packages
    `,
  },
  'remove|rm|uninstall': { options: INSTALLING },
  'create-project': {
    options: `${INSTALLING} -s,--stability=STABILITY  --repository=URL  --repository-url=URL  --add-repository  --keep-vcs`,
  },
  config: {
    options: `
        -g,--global  -e,--editor  -a,--auth  --unset  -l,--list  -f,--file=FILE  --absolute  -j,--json  -m,--merge
        --append
      `,
  },
  'dump-autoload|dumpautoload': { options: INSTALLING },
  'run-script|run': { options: '--timeout=SECONDS  --dev  --no-dev  -l,--list' },
};

export const COMPOSER: Program = {
  names: ['composer', 'composer.phar'],
  everywhere: `
    -h,--help  -q,--quiet  -V,--version  --ansi  --no-ansi  -n,--no-interaction  --profile  --no-plugins
    -d,--working-dir=FOLDER  --no-cache
  `,
  subcommands: { ...COMMANDS, global: { subcommands: COMMANDS } },
};
