/** conda, mamba and micromamba, https://docs.conda.io/projects/conda/en/stable/commands/ */
import type { Grammar, Program } from './grammar.ts';

const PLACE = '-n,--name=NAME  -p,--prefix=FOLDER';
const OUTPUT = '--json  -v,--verbose  -q,--quiet  -d,--dry-run  -y,--yes';
const SOLVING: Grammar = {
  options: `
    ${PLACE} ${OUTPUT} -c,--channel=CHANNEL  --use-local  --override-channels  --repodata-fn=NAME  --experimental=NAME
    --strict-channel-priority  --no-channel-priority  --no-deps  --only-deps  --no-pin  --copy  --solver=NAME
    -C,--use-index-cache  -k,--insecure  --offline  --download-only  --show-channel-urls  -f,--file=FILE  --revision=N
    --platform,--subdir=PLATFORM  --clone=NAME  --no-default-packages  --force-reinstall  --freeze-installed
    --update-deps  --update-all,--all  --update-specs  -m,--mkdir  --clobber  --dev  -S,--satisfied-skip-solve
  `,
};

export const CONDA: Program = {
  names: ['conda', 'mamba', 'micromamba'],
  abbreviates: true,
  shortEquals: true,
  everywhere: '-h,--help  -V,--version  -r,--root-prefix=FOLDER  --rc-file=FILE  --no-rc  --log-level=LEVEL',
  subcommands: {
    install: SOLVING,
    create: SOLVING,
    'update|upgrade': SOLVING,
    'remove|uninstall': {
      options: `${PLACE} ${OUTPUT} -c,--channel=CHANNEL  --all  --force,--force-remove  --features`,
    },
    clean: {
      options: `
        ${OUTPUT} -a,--all  -i,--index-cache  -p,--packages  -t,--tarballs  -f,--force-pkgs-dirs  -c,--tempfiles
        -l,--logfiles
      `,
    },
    config: {
      options: `${OUTPUT} --system  --env  --file=FILE  --show  --get  --append  --prepend,--add  --set  --remove`,
    },
    env: {
      subcommands: {
        create: { options: `${PLACE} ${OUTPUT} -f,--file=FILE  --solver=NAME  --subdir=PLATFORM` },
        update: { options: `${PLACE} ${OUTPUT} -f,--file=FILE  --prune  --solver=NAME` },
      },
    },
    run: { runs: 0, options: `${PLACE} --cwd=FOLDER  --no-capture-output,--live-stream  --no-stream` },
  },
};
