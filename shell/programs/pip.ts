/** pip, https://pip.pypa.io/en/stable/cli/, and pipx, https://pipx.pypa.io/stable/reference/cli/ */
import type { Grammar, Program } from './grammar.ts';

const INDEX = '-i,--index-url,--pypi-url=URL  --extra-index-url=URL  --no-index  -f,--find-links=URL';
const BUILDING = `
  -r,--requirement=FILE  -c,--constraint=FILE  -e,--editable=PROJECT  -b,--build,--build-dir=FOLDER  --src=FOLDER
  --platform=PLATFORM  --python-version=VERSION  --implementation=NAME  --abi=ABI  --no-deps  --pre
  -C,--config-settings,--config-setting=SETTINGS  --global-option=OPTIONS  --install-option=OPTIONS
  --build-option=OPTIONS  --no-binary=PACKAGES  --only-binary=PACKAGES  --prefer-binary  --require-hashes
  --progress-bar=KIND  --no-build-isolation  --use-pep517  --no-use-pep517  --ignore-requires-python  --no-clean
  --group=GROUP  --build-constraint=FILE  --uploaded-prior-to=DATE
`;
const INSTALLING = `
  ${INDEX} ${BUILDING} --dry-run  -t,--target=FOLDER  --user  --no-user  --root=FOLDER  --prefix=FOLDER  -U,--upgrade
  --upgrade-strategy=STRATEGY  --force-reinstall  -I,--ignore-installed  --break-system-packages  --compile
  --no-compile  --no-warn-script-location  --no-warn-conflicts  --root-user-action=ACTION  --report=FILE
`;

export const PIP: Program = {
  names: ['pip'],
  versioned: true,
  abbreviates: true,
  everywhere: `
    -h,--help  --debug  --isolated  --require-virtualenv  --python=PYTHON  -v,--verbose  -V,--version  -q,--quiet
    --log=FILE  --no-input  --keyring-provider=PROVIDER  --proxy=PROXY  --retries=N  --timeout=SECONDS
    --exists-action=ACTION  --trusted-host=HOST  --cert=FILE  --client-cert=FILE  --cache-dir=FOLDER  --no-cache-dir
    --disable-pip-version-check  --no-color  --no-python-version-warning  --use-feature=FEATURE
    --use-deprecated=FEATURE  --resume-retries=N
  `,
  subcommands: {
    install: { options: INSTALLING },
    download: { options: `${INDEX} ${BUILDING} -d,--dest=FOLDER` },
    wheel: { options: `${INDEX} ${BUILDING} -w,--wheel-dir=FOLDER` },
    uninstall: { options: '-r,--requirement=FILE  -y,--yes  --root-user-action=ACTION  --break-system-packages' },
    config: { options: '--editor=EDITOR  --global  --user  --site', subcommands: {} },
    cache: { options: '--format=FORMAT', subcommands: {} },
    index: { options: INDEX, subcommands: {} },
    list: { options: `${INDEX} --path=FOLDER  --format=FORMAT  --exclude=PACKAGE` },
    freeze: { options: '-r,--requirement=FILE  --path=FOLDER  --exclude=PACKAGE' },
  },
};

const PIPX_INSTALL: Grammar = {
  options: `
    --include-deps  --include-apps  -f,--force  --suffix=SUFFIX  --python=PYTHON  --fetch-missing-python
    --fetch-python=MODE  --preinstall=PACKAGE  --system-site-packages  -i,--index-url=URL  -e,--editable
    --pip-args=ARGS  --backend=BACKEND  --upgrade-strategy=STRATEGY  -r,--requirement=FILE
  `,
};
export const PIPX: Program = {
  names: ['pipx'],
  abbreviates: true,
  shortEquals: true,
  everywhere: '-h,--help  -q,--quiet  -v,--verbose  --global',
  subcommands: {
    install: PIPX_INSTALL,
    inject: PIPX_INSTALL,
    upgrade: PIPX_INSTALL,
    run: { ...PIPX_INSTALL, stopsAtOperand: true },
  },
};
