/** brew(1), https://docs.brew.sh/Manpage, and snap(8) */
import type { Grammar, Program } from './grammar.ts';

const INSTALLING: Grammar = {
  options: `
    -d,--debug  -f,--force  -v,--verbose  -n,--dry-run  --formula,--formulae  --cask,--casks  --ignore-dependencies
    --only-dependencies  --cc=COMPILER  -s,--build-from-source  --force-bottle  --HEAD  --fetch-HEAD  --keep-tmp
    --appdir=FOLDER  --fontdir=FOLDER  --language=LANGUAGES  --require-sha  --no-quarantine  --env=KIND  -q,--quiet
  `,
};
export const BREW: Program = {
  names: ['brew'],
  shortEquals: true,
  negates: true,
  subcommands: { 'install|instal': INSTALLING, reinstall: INSTALLING, upgrade: INSTALLING },
};

export const SNAP: Program = {
  names: ['snap'],
  shortEquals: true,
  everywhere: '-h,--help  --no-wait  --color=WHEN  --unicode=WHEN',
  subcommands: {
    install: {
      options: `
        --channel=CHANNEL  --edge  --beta  --candidate  --stable  --devmode  --jailmode  --classic
        --revision=REVISION  --dangerous  --unaliased  --name=NAME  --cohort=KEY  --ignore-validation
        --ignore-running  --prefer  --transaction=MODE  --quota-group=NAME
      `,
    },
    refresh: { options: '--channel=CHANNEL  --revision=REVISION  --cohort=KEY  --hold[=TIME]  --time  --list' },
  },
};
