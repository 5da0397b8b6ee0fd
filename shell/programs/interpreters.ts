/**
 * Programs that run programs: python(1), perlrun(1), ruby(1), https://nodejs.org/api/cli.html, php(1), lua(1),
 * https://docs.deno.com/runtime/reference/cli, https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_pwsh
 */
import type { Grammar, Program } from './grammar.ts';

export const PYTHON: Program = {
  names: ['python', 'pypy'],
  versioned: true,
  modules: ['pip', 'pipx', 'uv', 'poetry', 'pipenv'],
  stopsAtOperand: true,
  options: `
    -b  -B  -c=CODE...  -d  -E  -h,--help  -i  -I  -m=MODULE...  -O  -P  -q  -s  -S  -u  -v  -V,--version  -W=ARG  -x
    -X=OPTION  --check-hash-based-pycs=MODE
  `,
};

const PERL: Program = {
  names: ['perl'],
  versioned: true,
  stopsAtOperand: true,
  options: `
    -0[=OCTAL]  -a  -C[=LIST]  -c  -d[=MODULE]  -D[=FLAGS]  -e=CODE  -E=CODE  -f  -F[=PATTERN]  -g  -h  -i[=EXTENSION]
    -I=FOLDER  -l[=OCTAL]  -m[=MODULE]  -M[=MODULE]  -n  -p  -s  -S  -t  -T  -u  -U  -v  -V[=NAME]  -w  -W
    -x[=FOLDER]  -X
  `,
};

const RUBY: Program = {
  names: ['ruby', 'jruby'],
  versioned: true,
  stopsAtOperand: true,
  options: `
    -0[=OCTAL]  -a  -c  -C=FOLDER  -d,--debug  -e=CODE  -E,--encoding=ENCODING  --external-encoding=ENCODING
    --internal-encoding=ENCODING  -F[=PATTERN]  -h,--help  -i[=EXTENSION]  -I=FOLDER  -K[=ENCODING]  -l  -n  -p
    -r=LIBRARY  -s  -S  -T[=LEVEL]  -U  -v,--verbose  -w  -W[=LEVEL]  -x[=FOLDER]  --disable=FEATURE  --enable=FEATURE
    --yydebug  --version
  `,
};

const NODE: Program = {
  names: ['node', 'nodejs'],
  versioned: true,
  stopsAtOperand: true,
  options: `
    -c,--check  -C,--conditions=NAME  -e,--eval=CODE  -p,--print=CODE  -pe=CODE  -h,--help  -i,--interactive
    -r,--require=MODULE  --import=MODULE  --loader,--experimental-loader=MODULE  --input-type=TYPE  --env-file=FILE
    --icu-data-dir=FOLDER  --redirect-warnings=FILE  --title=TITLE  --watch  --watch-path=PATH  -v,--version
  `,
};

const PHP: Program = {
  names: ['php', 'php-cli'],
  versioned: true,
  stopsAtOperand: true,
  options: `
    -a,--interactive  -B,--process-begin=CODE  -c,--php-ini=PATH  -C,--no-chdir  -d,--define=SETTING
    -E,--process-end=CODE  -e,--profile-info  -f,--file=FILE  -F,--process-file=FILE  -h,--help  -i,--info
    -l,--syntax-check  -m,--modules  -n,--no-php-ini  -q,--no-header  -r,--run=CODE  -R,--process-code=CODE
    -s,--syntax-highlight  -S,--server=ADDRESS  -t,--docroot=FOLDER  -v,--version  -w,--strip
    -z,--zend-extension=FILE  --rf,--rfunction=NAME  --rc,--rclass=NAME  --re,--rextension=NAME  --ini
  `,
};

const LUA: Program = {
  names: ['lua', 'luajit'],
  versioned: true,
  stopsAtOperand: true,
  options: '-e=CODE  -l=MODULE  -i  -v  -E  -W',
};

const DENO_SCRIPT: Grammar = {
  stopsAtOperand: true,
  options: `
    -A,--allow-all  -c,--config=FILE  --import-map=FILE  -L,--log-level=LEVEL  --location=URL  --lock[=FILE]  --seed=N
    --cert=FILE  --env-file,--env[=FILE]  --ext=EXTENSION  -r,--reload[=LIST]  -q,--quiet  --no-remote  --cached-only
    --v8-flags[=FLAGS]  --watch[=FILES]
  `,
};
const DENO: Program = {
  names: ['deno'],
  shortEquals: true,
  options: '-L,--log-level=LEVEL  -q,--quiet  -V,--version  -h,--help',
  subcommands: { run: DENO_SCRIPT, test: DENO_SCRIPT, serve: DENO_SCRIPT, eval: DENO_SCRIPT, install: {}, task: {} },
};

/** PowerShell takes any beginning of an option's name that no other has. */
export const PWSH: Program = {
  names: ['pwsh', 'powershell'],
  singleDash: true,
  abbreviates: true,
  ignoresCase: true,
  stopsAtOperand: true,
  options: `
    -file,-f=FILE...  -command,-c=TEXT...  -encodedcommand,-e,-ec=TEXT  -executionpolicy,-ex,-ep=POLICY
    -configurationname=NAME  -configurationfile=FILE  -custompipename=NAME  -inputformat,-inp,-if=FORMAT
    -outputformat,-o,-of=FORMAT  -settingsfile,-settings=FILE  -workingdirectory,-wd=FOLDER  -windowstyle,-w=STYLE
    -interactive,-i  -login,-l  -noexit,-noe  -nologo,-nol  -noninteractive,-noni  -noprofile,-nop  -noprofileloadtime
    -sta  -mta  -version,-v  -help,-h
  `,
};

export const INTERPRETERS: readonly Program[] = [PYTHON, PERL, RUBY, NODE, PHP, LUA, DENO, PWSH];
