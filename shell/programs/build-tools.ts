/**
 * Programs that build: make(1), ninja(1), cmake(1), https://maven.apache.org/ref/current/maven-embedder/cli.html,
 * https://docs.gradle.org/current/userguide/command_line_interface.html, https://learn.microsoft.com/dotnet/core/tools/,
 * https://docs.swift.org/package-manager, https://docs.haskellstack.org, https://cabal.readthedocs.io
 */
import type { Grammar, Program } from './grammar.ts';

const MAKE: Program = {
  names: ['make', 'gmake'],
  abbreviates: true,
  options: `
    -b  -m  -B,--always-make  -C,--directory=FOLDER  -d  --debug[=FLAGS]  -e,--environment-overrides
    -f,--file,--makefile=FILE  -i,--ignore-errors  -I,--include-dir=FOLDER  -j,--jobs=[N]  -k,--keep-going
    -l,--load-average=[N]  -L,--check-symlink-times  -n,--just-print,--dry-run,--recon
    -o,--old-file,--assume-old=FILE  -O,--output-sync[=TYPE]  -p,--print-data-base  -q,--question
    -r,--no-builtin-rules  -R,--no-builtin-variables  -s,--silent,--quiet  -S,--no-keep-going,--stop  -t,--touch
    --trace  -v,--version  -w,--print-directory  --no-print-directory  -W,--what-if,--new-file,--assume-new=FILE
    --warn-undefined-variables  -E,--eval=TEXT
  `,
};

const NINJA: Program = {
  names: ['ninja', 'ninja-build'],
  abbreviates: true,
  options: '--version  -v,--verbose  --quiet  -C=FOLDER  -f=FILE  -j=N  -k=N  -l=N  -n  -d=MODE  -t=TOOL  -w=FLAG',
};

const CMAKE: Program = {
  names: ['cmake', 'cmake3'],
  singleDash: true,
  options: `
    -S=FOLDER  -B=FOLDER  -C=FILE  -D=SETTING  -U=PATTERN  -G=GENERATOR  -T=TOOLSET  -A=PLATFORM  -E=COMMAND...
    -P=FILE  --build=FOLDER  --install=FOLDER  --open=FOLDER  --preset=NAME  --toolchain=FILE  --install-prefix=FOLDER
    --target,-t=TARGET  --config=NAME  --prefix=FOLDER  --component=NAME  --parallel,-j=[N]  --clean-first
    --verbose,-v  --strip  --workflow  --log-level=LEVEL
  `,
};

const MAVEN: Program = {
  names: ['mvn', 'mvnw', 'mvnd'],
  singleDash: true,
  options: `
    -am,--also-make  -amd,--also-make-dependents  -B,--batch-mode  -b,--builder=ID  -C,--strict-checksums
    -c,--lax-checksums  --color=MODE  -cpu,--check-plugin-updates  -D,--define=PROPERTY  -e,--errors
    -emp,--encrypt-master-password=PASSWORD  -ep,--encrypt-password=PASSWORD  -f,--file=FILE  -fae,--fail-at-end
    -ff,--fail-fast  -fn,--fail-never  -gs,--global-settings=FILE  -gt,--global-toolchains=FILE  -h,--help
    -l,--log-file=FILE  -llr,--legacy-local-repository  -N,--non-recursive  -nsu,--no-snapshot-updates
    -ntp,--no-transfer-progress  -o,--offline  -P,--activate-profiles=PROFILES  -pl,--projects=PROJECTS  -q,--quiet
    -rf,--resume-from=PROJECT  -s,--settings=FILE  -t,--toolchains=FILE  -T,--threads=N  -U,--update-snapshots
    -V,--show-version  -v,--version  -X,--debug
  `,
};

const GRADLE: Program = {
  names: ['gradle', 'gradlew'],
  options: `
    -?,-h,--help  -a,--no-rebuild  -b,--build-file=FILE  --build-cache  -c,--settings-file=FILE  --configuration-cache
    --configure-on-demand  --console=MODE  --continue  -D,--system-prop=PROPERTY  -d,--debug  --daemon
    -F,--dependency-verification=MODE  -g,--gradle-user-home=FOLDER  -I,--init-script=FILE  -i,--info
    --include-build=FOLDER  -M,--write-verification-metadata=ALGORITHMS  -m,--dry-run  --max-workers=N  --no-daemon
    --offline  -P,--project-prop=PROPERTY  -p,--project-dir=FOLDER  --parallel  --priority=LEVEL  --profile
    --project-cache-dir=FOLDER  -q,--quiet  --refresh-dependencies  --rerun-tasks  -S,--full-stacktrace
    -s,--stacktrace  --scan  --status  --stop  -t,--continuous  -U,--update-locks=MODULES  -v,--version  -w,--warn
    --warning-mode=MODE  --write-locks  -x,--exclude-task=TASK
  `,
};

const DOTNET_BUILD: Grammar = {
  options: `
    -a,--arch=ARCHITECTURE  --artifacts-path=FOLDER  -c,--configuration=NAME  -f,--framework=NAME  -o,--output=FOLDER
    --os=OS  -p,--property=PROPERTY  -r,--runtime=ID  -v,--verbosity=LEVEL  --version-suffix=TEXT  --manifest=FILE
    --self-contained,--sc[=BOOL]  --no-self-contained  --no-restore  --no-build  --no-dependencies  --no-incremental
    --use-current-runtime,--ucr  --force  --interactive  --nologo  -s,--source=URL  --packages=FOLDER
    --configfile=FILE
  `,
};
const DOTNET_SOURCE: Grammar = {
  options: `
    -n,--name=NAME  -u,--username=USER  -p,--password=PASSWORD  -s,--source=URL  --store-password-in-clear-text
    --valid-authentication-types=TYPES  --protocol-version=VERSION  --configfile=FILE
  `,
};
const DOTNET: Program = {
  names: ['dotnet'],
  shortEquals: true,
  everywhere: '-h,--help  --version  --info  -d,--diagnostics',
  subcommands: {
    build: DOTNET_BUILD,
    publish: DOTNET_BUILD,
    restore: DOTNET_BUILD,
    test: DOTNET_BUILD,
    pack: DOTNET_BUILD,
    run: DOTNET_BUILD,
    nuget: {
      subcommands: {
        add: { subcommands: { source: DOTNET_SOURCE } },
        update: { subcommands: { source: DOTNET_SOURCE } },
        push: { options: '-k,--api-key=KEY  -s,--source=URL  -n,--no-symbols  --skip-duplicate' },
      },
    },
    tool: {
      subcommands: {
        install: {
          options: `
              -g,--global  --version=VERSION  --tool-path=FOLDER  --add-source=URL  --configfile=FILE
              --framework=NAME  -v,--verbosity=LEVEL
            `,
        },
      },
    },
  },
};

const SWIFT: Program = {
  names: ['swift'],
  singleDash: true,
  // Those of the client of OpenStack's object store, which has the same name.
  options: '-A,--auth=URL  -U,--user=USER  -K,--key=KEY  -V,--auth-version=N',
  subcommands: {
    build: {
      options: `
        --configuration,-c=NAME  --package-path=FOLDER  --scratch-path,--build-path=FOLDER  --product=NAME
        --target=NAME  --arch=ARCHITECTURE  --triple=TRIPLE  --swift-sdk=ID  --jobs,-j=N  --static-swift-stdlib
        -Xswiftc=FLAG  -Xcc=FLAG  -Xlinker=FLAG
      `,
    },
  },
};

const STACK: Program = {
  names: ['stack'],
  shortEquals: true,
  everywhere: `
    --resolver,--snapshot=RESOLVER  --stack-yaml=FILE  --work-dir=FOLDER  --stack-root=FOLDER  -j,--jobs=N
    --compiler=NAME  --local-bin-path=FOLDER  --flag=FLAG  --ghc-options=OPTIONS  --test-arguments=ARGUMENTS
    -v,--verbose  --silent  --system-ghc  --allow-different-user  --copy-bins
  `,
  subcommands: {},
};
const CABAL: Program = {
  names: ['cabal'],
  shortEquals: true,
  everywhere: `
    -j,--jobs[=N]  -w,--with-compiler=PROGRAM  --installdir=FOLDER  --install-method=METHOD  --prefix=FOLDER
    -f,--flags=FLAGS  --constraint=CONSTRAINT  --builddir=FOLDER  --project-file=FILE  -O,--optimization[=N]
    -v,--verbose[=N]  --ghc-options=OPTIONS  --lib
  `,
  subcommands: {},
};

export const BUILD_TOOLS: readonly Program[] = [MAKE, NINJA, CMAKE, MAVEN, GRADLE, DOTNET, SWIFT, STACK, CABAL];
