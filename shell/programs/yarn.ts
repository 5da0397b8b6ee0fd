/** Yarn, https://classic.yarnpkg.com/en/docs/cli/ and https://yarnpkg.com/cli */
import type { Grammar, Program } from './grammar.ts';

const ADD: Grammar = {
  options: `
    -W,--ignore-workspace-root-check  -D,--dev  -P,--peer  -O,--optional  -E,--exact  -T,--tilde  -C,--caret
    -A,--audit  -F,--fixed  -i,--interactive  --cached  --mode=MODE
  `,
};

export const YARN: Program = {
  names: ['yarn', 'yarnpkg'],
  negates: true,
  spacedBooleans: true,
  everywhere: `
    -v,--version  --no-default-rc  --use-yarnrc=FILE  --verbose  --offline  --prefer-offline  --enable-pnp,--pnp
    --disable-pnp  --strict-semver  --json  --ignore-scripts  --har  --ignore-platform  --ignore-engines
    --ignore-optional  --force  --skip-integrity-check  --check-files  --no-bin-links  --flat
    --prod,--production[=BOOL]  --no-lockfile  --pure-lockfile  --frozen-lockfile  --update-checksums
    --link-duplicates  --link-folder=FOLDER  --global-folder=FOLDER  --modules-folder=FOLDER
    --preferred-cache-folder=FOLDER  --cache-folder=FOLDER  --mutex=TYPE  --emoji[=BOOL]  -s,--silent  --cwd=FOLDER
    --proxy=URL  --https-proxy=URL  --registry=URL  --no-progress  --network-concurrency=N  --network-timeout=MS
    --non-interactive  --scripts-prepend-node-path[=BOOL]  --no-node-version-check  --focus  --otp=CODE  -h,--help
    --prefix=FOLDER  --loglevel=LEVEL  --strict-ssl
  `,
  subcommands: {
    install: { options: '--immutable  --immutable-cache  --check-cache  --inline-builds  --mode=MODE  -g,--global' },
    add: ADD,
    global: { options: '--prefix=FOLDER', subcommands: { add: ADD } },
    config: { subcommands: {} },
    cache: { subcommands: {} },
    set: { subcommands: {} },
    policies: { subcommands: {} },
    plugin: { subcommands: {} },
    workspaces: { subcommands: { focus: { options: '-A,--all  --production  --json' } } },
    workspace: {},
    dlx: { stopsAtOperand: true, options: '-p,--package=NAME  -q,--quiet' },
    run: { stopsAtOperand: true },
  },
};
