/** pnpm, https://pnpm.io/pnpm-cli */
import type { Program } from './grammar.ts';

export const PNPM: Program = {
  names: ['pnpm'],
  negates: true,
  spacedBooleans: true,
  everywhere: `
    -C,--dir,--prefix=FOLDER  -w,--workspace-root  -F,--filter=PATTERN  --filter-prod=PATTERN  -r,--recursive
    -g,--global  --global-dir=FOLDER  --global-bin-dir=FOLDER  --store-dir=FOLDER  --virtual-store-dir=FOLDER
    --modules-dir=FOLDER  --cache-dir=FOLDER  --state-dir=FOLDER  --lockfile-dir=FOLDER  --registry=URL
    --reporter=NAME  --loglevel=LEVEL  --network-concurrency=N  --child-concurrency=N  --workspace-concurrency=N
    --fetch-retries=N  --fetch-timeout=MS  --package-import-method=METHOD  --node-linker=LINKER
    --hoist-pattern=PATTERN  --public-hoist-pattern=PATTERN  --otp=CODE  --tag=TAG  --userconfig=FILE  --config=FILE
    --script-shell=SHELL  --cafile=FILE  --ca=PEM  --cert=PEM  --key=PEM  --proxy=URL  --https-proxy=URL
    --noproxy=HOSTS  --cpu=CPU  --os=OS  --libc=LIBC  --changed-files-ignore-pattern=PATTERN  --test-pattern=PATTERN
    -P,--prod,--production  -D,--dev,--save-dev  -O,--save-optional  -E,--save-exact  --save-peer  --save-prod
    --optional  --frozen-lockfile  --prefer-frozen-lockfile  --prefer-offline  --offline  --force  --ignore-scripts
    --ignore-workspace  --lockfile-only  --fix-lockfile  --shamefully-hoist  --strict-ssl  --strict-peer-dependencies
    --resume-from=PACKAGE  -s,--silent  --color  --aggregate-output  --stream  -h,--help  -v,--version  -y,--yes
  `,
  subcommands: {
    'install|i': {},
    add: {},
    'remove|rm|uninstall|un': {},
    'update|up|upgrade': {},
    'config|c': { options: '--location=WHERE  --json', subcommands: {} },
    store: { subcommands: {} },
    env: { subcommands: {} },
    cache: { subcommands: {} },
    'run|run-script': { stopsAtOperand: true },
    exec: { stopsAtOperand: true, options: '-c,--shell-mode  --parallel' },
    dlx: { stopsAtOperand: true, options: '--package=NAME  -c,--shell-mode' },
  },
};
