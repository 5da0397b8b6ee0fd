/**
 * dnf(8), https://dnf.readthedocs.io/en/latest/command_ref.html, dnf5(8), yum(8), microdnf(8), tdnf and yum-config-manager(1):
 * they share their options.
 */
import type { Grammar, Program } from './grammar.ts';

const OPTIONS = `
  -4  -6  --advisory,--advisories=ID  --allowerasing  --assumeno  -y,--assumeyes  -b,--best  --bugfix  --bz,--bzs=ID
  -C,--cacheonly  --color=WHEN  --comment=TEXT  -c,--config=FILE  --cve,--cves=ID  -d,--debuglevel=N  --debugsolver
  --disableexcludes,--disableexcludepkgs=REPOSITORIES  --disableplugin=NAME  --disablerepo,--disable-repo=REPOSITORY
  --downloaddir,--destdir=FOLDER  --downloadonly  -e,--errorlevel=N  --enableplugin=NAME
  --enablerepo,--enable-repo=REPOSITORY  --enhancement  -x,--exclude,--excludepkgs=PACKAGES  --forcearch=ARCHITECTURE
  -h,--help,--help-cmd  --installroot=FOLDER  --newpackage  --noautoremove  --nobest  --nodocs
  --nogpgcheck,--no-gpgchecks  --noplugins  --noplugins-of=NAME  --obsoletes  -q,--quiet  -R,--randomwait=MINUTES
  --refresh  --releasever=VERSION  --repofrompath=REPOSITORY  --repo,--repoid=REPOSITORY  --rpmverbosity=LEVEL
  --sec-severity,--secseverity=SEVERITY  --security  --setopt=SETTING  --skip-broken  --showduplicates  -v,--verbose
  --version  --nodeps  --noscripts  --tsflags=FLAG  --use-host-config  --setvar=SETTING  --rpmdefine=MACRO
`;
const CONFIGURING =
  '--add-repo=URL  --save  --enable,--set-enabled  --disable,--set-disabled  --dump  --dump-variables';
const SUBCOMMANDS: Readonly<Record<string, Grammar>> = {
  'group|groups|grp': { options: '--with-optional', subcommands: {} },
  module: { options: '--all', subcommands: {} },
  mark: { subcommands: {} },
  repoquery: {
    options: '--whatprovides=CAPABILITY  --whatrequires=CAPABILITY  --qf,--queryformat=FORMAT  -f,--file=FILE',
  },
  'config-manager': { options: CONFIGURING },
};
const manager = (names: readonly string[], versioned = false): Program => ({
  names,
  versioned,
  abbreviates: true,
  shortEquals: true,
  everywhere: OPTIONS,
  subcommands: SUBCOMMANDS,
});

const CONFIG_MANAGER: Program = {
  names: ['yum-config-manager'],
  abbreviates: true,
  shortEquals: true,
  options: `${OPTIONS} ${CONFIGURING}`,
};

export const RED_HAT: readonly Program[] = [
  manager(['dnf'], true),
  manager(['yum']),
  manager(['microdnf']),
  manager(['tdnf']),
  CONFIG_MANAGER,
];
