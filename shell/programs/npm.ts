/** npm, https://docs.npmjs.com/cli/using-npm/config, and npx: every option may be on both sides of the command. */
import type { Program } from './grammar.ts';

const OPTIONS = `
  --access=LEVEL  -a,--all  --allow-same-version  --also=TYPE  --audit  --audit-level=LEVEL  --auth-type=TYPE
  --_auth=AUTH  --before=DATE  --bin-links  --browser[=BROWSER]  --ca=PEM  --cache=FOLDER  --cache-max=N
  --cache-min=N  --cafile=FILE  -c,--call=COMMAND  --cert=PEM  --cidr=LIST  --color[=WHEN]  --cpu=CPU  --depth=N
  --description  --dev  --diff=SPEC  --dry-run  --editor=EDITOR  --engine-strict  --expect-results  --fetch-retries=N
  --fetch-retry-factor=N  --fetch-retry-maxtimeout=MS  --fetch-retry-mintimeout=MS  --fetch-timeout=MS  -f,--force
  --foreground-scripts  --fund  --git=PROGRAM  -g,--global  --global-style  --globalconfig=FILE  --heading=TEXT
  --https-proxy=URL  --if-present  --ignore-scripts  --include=TYPE  -iwr,--include-workspace-root
  --init-author-email=ADDRESS  --init-author-name=NAME  --init-author-url=URL  --init-license=LICENSE
  --init-module=FILE  --init-version=VERSION  --install-links  --install-strategy=MODE  --json  --key=PEM
  --legacy-bundling  --legacy-peer-deps  --libc=LIBC  --link  --local-address=ADDRESS  -L,--location=WHERE
  --lockfile-version=N  --loglevel=LEVEL  --logs-dir=FOLDER  --logs-max=N  -l,--long  --maxsockets=N
  -m,--message=TEXT  --min-release-age=DAYS  --node-gyp=FILE  --node-options=OPTIONS  --noproxy=HOSTS  --offline
  --omit=TYPE  --only=TYPE  --optional  --os=OS  --otp=CODE  --pack-destination=FOLDER  --package=SPEC  --package-lock
  --package-lock-only  -p,--parseable  --password=PASSWORD  --prefer-dedupe  --prefer-offline  --prefer-online
  -C,--prefix=FOLDER  --preid=ID  --production  --progress  --provenance  --provenance-file=FILE  --proxy=URL
  --read-only  --rebuild-bundle  --registry,--reg=URL  --replace-registry-host=MODE  -S,--save  -B,--save-bundle
  -D,--save-dev  -E,--save-exact  -O,--save-optional  --save-peer  --save-prefix=PREFIX  -P,--save-prod
  --sbom-format=FORMAT  --sbom-type=TYPE  --scope=SCOPE  --script-shell=SHELL  --searchexclude=TEXT  --searchlimit=N
  --searchopts=OPTIONS  --searchstaleness=SECONDS  --shell=SHELL  --shrinkwrap  --sign-git-tag  --strict-peer-deps
  --strict-ssl  --tag=TAG  --tag-version-prefix=PREFIX  --timing  --umask=MASK  --unicode  --unsafe-perm
  --update-notifier  -?,-H,-h,--usage,--help  --user-agent=AGENT  --userconfig=FILE  -v,--version  --versions
  --viewer=VIEWER  --which=N  -w,--workspace=NAME  -ws,--workspaces  --workspaces-update  -y,--yes  -d  -dd  -ddd
  -q,--quiet  -s,--silent  --verbose  -n,--no
`;

export const NPM: Program = {
  names: ['npm'],
  abbreviates: true,
  negates: true,
  spacedBooleans: true,
  everywhere: OPTIONS,
  subcommands: {
    'install|add|i|in|ins|inst|insta|instal|isnt|isntall': {},
    'ci|clean-install|ic|install-clean|isntall-clean': {},
    'uninstall|remove|rm|r|un|unlink': {},
    'update|up|upgrade|udpate|u': {},
    'config|c': { subcommands: {} },
    cache: { subcommands: {} },
    'run|run-script|rum|urn': {},
    'exec|x': { stopsAtOperand: true },
    'dist-tag|dist-tags': { subcommands: {} },
    pkg: { subcommands: {} },
  },
};

export const NPX: Program = {
  names: ['npx'],
  negates: true,
  spacedBooleans: true,
  stopsAtOperand: true,
  options: OPTIONS.replace('--package=SPEC', '').replace('-p,--parseable', '-p,--package=SPEC'),
};
