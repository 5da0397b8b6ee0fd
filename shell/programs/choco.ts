/** Chocolatey, https://docs.chocolatey.org/en-us/choco/commands/install/, and winget, https://learn.microsoft.com/windows/package-manager/winget/ */
import type { Program } from './grammar.ts';

export const CHOCO: Program = {
  names: ['choco', 'chocolatey'],
  ignoresCase: true,
  shortEquals: true,
  everywhere: `
    -?,-h,--help  -d,--debug  -v,--verbose  --trace  --nocolor,--no-color  --acceptlicense,--accept-license
    -y,--yes,--confirm  -f,--force  --noop,--whatif,--what-if  -r,--limitoutput,--limit-output
    --timeout,--execution-timeout=SECONDS  -c,--cache,--cache-location=FOLDER  --proxy=URL  --proxy-user=USER
    --proxy-password=PASSWORD  --proxy-bypass-list=LIST  --log-file=FILE  --no-progress
  `,
  subcommands: {
    install: {
      options: `
        -s,--source=SOURCE  --version=VERSION  --pre,--prerelease  --x86,--forcex86
        --ia,--installargs,--install-args,--installarguments,--install-arguments=ARGUMENTS
        -o,--override,--overrideargs,--override-arguments
        --params,--parameters,--pkgparameters,--package-parameters=PARAMETERS  --allowdowngrade,--allow-downgrade
        -m,--sxs,--sidebyside  -i,--ignoredependencies,--ignore-dependencies  -x,--forcedependencies
        -n,--skippowershell,--skip-scripts  -u,--user=USER  -p,--password=PASSWORD  --cert=FILE
        --cp,--certpassword=PASSWORD  --ignorechecksum,--ignore-checksum  --checksum,--downloadchecksum=SUM
      `,
    },
  },
};

export const WINGET: Program = {
  names: ['winget'],
  ignoresCase: true,
  shortEquals: true,
  subcommands: {
    'install|add': {
      options: `
        -q,--query=QUERY  -m,--manifest=FILE  --id=ID  --name=NAME  --moniker=NAME  -v,--version=VERSION
        -s,--source=SOURCE  --scope=SCOPE  -a,--architecture=ARCHITECTURE  --installer-type=TYPE  -e,--exact
        -i,--interactive  -h,--silent  --locale=LOCALE  -o,--log=FILE  --custom=ARGUMENTS  --override=ARGUMENTS
        -l,--location=FOLDER  --ignore-security-hash  --accept-package-agreements  --accept-source-agreements
        --header=HEADER  -r,--rename=NAME  --force
      `,
    },
  },
};
