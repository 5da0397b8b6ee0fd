/** uv, https://docs.astral.sh/uv/reference/cli/ */
import type { Grammar, Program } from './grammar.ts';

const RESOLVING = `
  --index=URL  --default-index=URL  -i,--index-url=URL  --extra-index-url=URL  -f,--find-links=URL  --no-index
  --index-strategy=MODE  --keyring-provider=PROVIDER  -U,--upgrade  -P,--upgrade-package=PACKAGE
  --upgrade-group=GROUP  --resolution=MODE  --prerelease=MODE  --fork-strategy=MODE  --exclude-newer=DATE
  --exclude-newer-package=PACKAGE  --no-sources  --no-sources-package=PACKAGE  --reinstall
  --reinstall-package=PACKAGE  --link-mode=MODE  --compile-bytecode,--compile  -C,--config-setting=SETTING
  --config-settings-package=SETTING  --no-build-isolation  --no-build-isolation-package=PACKAGE  --no-build
  --no-build-package=PACKAGE  --no-binary-package=PACKAGE  --refresh  --refresh-package=PACKAGE  -p,--python=PYTHON
`;
const PIP_INSTALL: Grammar = {
  options: `
    ${RESOLVING} -r,--requirements,--requirement=FILE  -e,--editable=PROJECT  -c,--constraints,--constraint=FILE
    --overrides,--override=FILE  --excludes=FILE  -b,--build-constraints,--build-constraint=FILE  --extra=EXTRA
    --all-extras  --group=GROUP  --no-deps  --require-hashes  --system  --break-system-packages  -t,--target=FOLDER
    --prefix=FOLDER  --no-binary=PACKAGES  --only-binary=PACKAGES  --python-version=VERSION
    --python-platform=PLATFORM  --exact  --strict  --dry-run  --torch-backend=BACKEND  --user
  `,
};
const PROJECT = `
  ${RESOLVING} --extra=EXTRA  --all-extras  --no-extra=EXTRA  --no-dev  --only-dev  --dev  --group=GROUP
  --no-group=GROUP  --only-group=GROUP  --no-default-groups  --all-groups  --no-editable  --inexact  --active
  --no-install-project  --no-install-workspace  --no-install-package=PACKAGE  --locked  --frozen  --dry-run
  --all-packages  --package=PACKAGE  --script=FILE  --python-platform=PLATFORM  --no-sync
`;
const TOOL_OPTIONS = `
  ${RESOLVING} -w,--with=PACKAGE  --with-requirements=FILE  --with-editable=PROJECT  --with-executables-from=PACKAGE
  -c,--constraints=FILE  --overrides=FILE  -b,--build-constraints=FILE  --python-platform=PLATFORM
  --torch-backend=BACKEND  --force
`;

export const UV: Program = {
  names: ['uv'],
  shortEquals: true,
  everywhere: `
    -n,--no-cache,--no-cache-dir  --cache-dir=FOLDER  --managed-python  --no-managed-python  --no-python-downloads
    --python-preference=MODE  -q,--quiet  -v,--verbose  --color=WHEN  --native-tls  --system-certs  --offline
    --allow-insecure-host,--trusted-host=HOST  --no-progress  --directory=FOLDER  --project=FOLDER  --config-file=FILE
    --no-config  -h,--help  -V,--version  --preview
  `,
  subcommands: {
    pip: { subcommands: { install: PIP_INSTALL, sync: PIP_INSTALL, compile: PIP_INSTALL, uninstall: PIP_INSTALL } },
    add: {
      options: `
        ${PROJECT} -r,--requirements,--requirement=FILE  -c,--constraints=FILE  -m,--marker=MARKER  --optional=EXTRA
        --editable  --raw  --bounds=KIND  --rev=REVISION  --tag=TAG  --branch=BRANCH
      `,
    },
    sync: { options: PROJECT },
    run: {
      stopsAtOperand: true,
      options: `${PROJECT} -m,--module  --env-file=FILE  -w,--with=PACKAGE  --with-editable=PROJECT  --with-requirements=FILE  -s`,
    },
    tool: {
      subcommands: {
        install: { options: `${TOOL_OPTIONS} -e,--editable` },
        run: { options: `${TOOL_OPTIONS} --from=PACKAGE`, stopsAtOperand: true },
      },
    },
    venv: { options: `${RESOLVING} --prompt=TEXT  --seed  -c,--clear  --allow-existing  --system-site-packages` },
    python: {
      subcommands: { install: { options: '-i,--install-dir=FOLDER  --mirror=URL  -r,--reinstall  -f,--force' } },
    },
    cache: { subcommands: {} },
    self: { subcommands: {} },
  },
};
