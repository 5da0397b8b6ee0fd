/** Poetry, https://python-poetry.org/docs/cli/, and Pipenv, https://pipenv.pypa.io/en/latest/cli.html */
import type { Grammar, Program } from './grammar.ts';

const ADD: Grammar = {
  options: `
    -G,--group=GROUP  -D,--dev  -e,--editable  -E,--extras=EXTRAS  --optional[=EXTRA]  --python=VERSION
    --platform=PLATFORM  --markers=MARKERS  --source=NAME  --allow-prereleases  --dry-run  --lock
  `,
};

export const POETRY: Program = {
  names: ['poetry'],
  everywhere: `
    -h,--help  -q,--quiet  -V,--version  --ansi  --no-ansi  -n,--no-interaction  --no-plugins  --no-cache
    -P,--project=FOLDER  -C,--directory=FOLDER  -v,--verbose
  `,
  subcommands: {
    add: ADD,
    install: {
      options: `
        --without=GROUPS  --with=GROUPS  --only=GROUPS  --sync  --no-root  --no-directory  --dry-run
        -E,--extras=EXTRAS  --all-extras  --all-groups  --only-root  --compile  --no-dev
      `,
    },
    config: { options: '--list  --unset  --local  --migrate' },
    run: { runs: 0 },
    self: { subcommands: { add: ADD } },
    cache: { subcommands: {} },
    env: { subcommands: {} },
    source: { subcommands: {} },
  },
};

const PIPENV_OPTIONS = `
  --python=PYTHON  --pypi-mirror=URL  -i,--index=NAME  -r,--requirements=FILE  -e,--editable=PROJECT
  --extra-pip-args=ARGS  --categories=LIST  -d,--dev  --deploy  --system  --ignore-pipfile  --pre  --skip-lock
  --keep-outdated
`;
export const PIPENV: Program = {
  names: ['pipenv'],
  everywhere: '-h,--help  -v,--verbose  -q,--quiet  --clear  --support  --version',
  subcommands: {
    install: { options: PIPENV_OPTIONS },
    sync: { options: PIPENV_OPTIONS },
    run: { runs: 0 },
  },
};
