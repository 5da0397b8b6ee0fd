/** Bun, https://bun.sh/docs/cli */
import type { Grammar, Program } from './grammar.ts';

const INSTALLING: Grammar = {
  options: `
    -c,--config=FILE  -y,--yarn  -p,--production  --no-save  --save  --ca=PEM  --cafile=FILE  --dry-run
    --frozen-lockfile  -f,--force  --cache-dir=FOLDER  --no-cache  --silent  --verbose  --no-progress  --no-summary
    --no-verify  --ignore-scripts  --trust  -g,--global  --backend=BACKEND  --registry=URL  --concurrent-scripts=N
    --network-concurrency=N  --save-text-lockfile  --omit=TYPE  --lockfile-only  --linker=LINKER
    -d,-D,--dev,--development  --optional  --peer  -E,--exact  --filter=PATTERN  -a,--analyze  --only-missing
    --minimum-release-age=SECONDS
  `,
};

export const BUN: Program = {
  names: ['bun'],
  everywhere: '--cwd=FOLDER  -h,--help',
  options: `
    -v,--version  -e,--eval=CODE  -p,--print=CODE  -r,--preload,--require,--import=MODULE  -c,--config=FILE  -b,--bun
    --watch  --hot  --smol  --env-file=FILE  --port=N  --tsconfig-override=FILE  -d,--define=PAIR  --revision
    --filter=PATTERN  --shell=SHELL  --elide-lines=N  --inspect[=ADDRESS]  -i
  `,
  subcommands: {
    'install|i': INSTALLING,
    'add|a': INSTALLING,
    'remove|rm': INSTALLING,
    update: INSTALLING,
    run: { stopsAtOperand: true, options: '-b,--bun  --watch  --hot  --silent  --if-present  --env-file=FILE' },
    x: { stopsAtOperand: true, options: '--bun  -p,--package=NAME' },
    pm: { subcommands: {} },
    build: {
      options:
        '--outdir=FOLDER  --outfile=FILE  --target=TARGET  --entry-naming=TEXT  --external=NAME  --compile  --minify',
    },
  },
};
