import { describe, expect, it } from 'vitest';
import { packageInstalls } from '../../facts/package-installs.ts';
import { buildOf, exec, run, textValue } from './builds.ts';

/** `manager verb: name operator version, …` with the kind in front where it is not a name. */
function show(text: string): string[] {
  return packageInstalls(buildOf(text)).map(({ manager, verb, packages, complete }) => {
    const list = packages.map(({ kind, name, version, operator }) => {
      const mark = kind === 'name' ? '' : `${kind}!`;
      return `${mark}${name ?? '?'}${version === undefined ? '' : `${operator === '-' ? ' v' : operator}${version.replaceAll('\uE000', '◊')}`}`;
    });
    return `${manager} ${verb?.literal ?? '-'}: ${list.join(' ')}${complete ? '' : ' …'}`;
  });
}

const CASES: readonly [command: string, ...installs: string[]][] = [
  [
    'apt-get update && apt-get install -y --no-install-recommends a b=1.2-3 c/stable d:i386 g++ e+ f-',
    'apt install: a b=1.2-3 c/stable d g++ e',
  ],
  [
    'apt-get -qq -o APT::X=y -t buster install x; apt install ./x.deb /tmp/y.deb "$Z" z$A',
    'apt install: x',
    'apt install: file!./x.deb file!/tmp/y.deb unknown!? unknown!? …',
  ],
  ['DEBIAN_FRONTEND=noninteractive sudo apt-get install a=$V ${X:-}', 'apt install: a=◊ unknown!? …'],
  ['apt-get remove x; apt-get update; apt list'],
  ['xargs -a list apt-get install -y', 'apt install:  …'],
  [
    'apk add --no-cache -t .deps -X http://x/y a=1.2-r0 b~=1 c~2 e@edge !f x.apk',
    'apk add: a=1.2-r0 b~=1 c~2 e file!x.apk',
  ],
  ['apk add --virtual .b "d>1"; apk --update add e=$V', 'apk add: d>1', 'apk add: e=◊'],
  [
    'yum install -y java-11-openjdk gcc-toolset-12 httpd-2.4.6 nginx-1.20.1-2.el8.x86_64 x-$V @dev https://x/epel-release-latest-8.noarch.rpm',
    'yum install: java-11-openjdk gcc-toolset-12 httpd v2.4.6 nginx v1.20.1-2.el8 x v◊ group!dev url!https://x/epel-release-latest-8.noarch.rpm',
  ],
  [
    'dnf -y --setopt install_weak_deps=0 install a --enablerepo=crb && microdnf install b && dnf group install "C D" && dnf module install nodejs:18/common',
    'dnf install: a',
    'microdnf install: b',
    'dnf install: group!C D',
    'dnf install: group!nodejs:18/common',
  ],
  [
    'zypper -n in -t pattern devel; zypper --non-interactive install --no-recommends a=1 "b>=2" ./c.rpm',
    'zypper in: devel',
    'zypper install: a=1 b>=2 file!./c.rpm',
  ],
  [
    'pacman -Syu --noconfirm a extra/b && pacman -Ss c && pacman -Sc && pacman -U https://x/d.pkg.tar.zst',
    'pacman -Syu: a b',
    'pacman -U: url!https://x/d.pkg.tar.zst',
  ],
  [
    'pip install --no-cache-dir -U pip "a[x]>=1,<2" b==1.0 c~=1 -r req.txt -c con.txt . -e ".[dev]" git+https://x/y@v1 d.whl',
    'pip install: pip a>=1,<2 b==1.0 c~=1 list!req.txt local!. local!.[dev] vcs!git+https://x/y@v1 file!d.whl',
  ],
  [
    'python3 -m pip install x==$V --index-url https://x && pip3.11 install "y @ https://z/y.zip" $P',
    'pip install: x==◊',
    'pip install: url!https://z/y.zip unknown!? …',
  ],
  ['python -c "-m pip install"; pip download x; pip freeze'],
  [
    'uv pip install --system a==1; uv add b; uv tool install c; uv sync; pipx install d==2',
    'uv install: a==1',
    'uv add: b',
    'uv install: c',
    'pipx install: d==2',
  ],
  [
    'npm install -g @a/b@1.2 c@latest d e@^1 f/g ./h git+ssh://i; npm ci; npm --prefix x i',
    'npm install: @a/b@1.2 c@latest d e@^1 vcs!f/g local!./h vcs!git+ssh://i',
    'npm ci: ',
    'npm i: ',
  ],
  [
    'yarn; yarn global add a@1; yarn add b --dev; pnpm add -D c; pnpm i --frozen-lockfile; yarn build',
    'yarn -: ',
    'yarn add: a@1',
    'yarn add: b',
    'pnpm add: c',
    'pnpm i: ',
  ],
  ['gem install a:1.2 b -v 2 -N', 'gem install: a:1.2 b-v2'],
  [
    'go install -ldflags "-s -w" x.org/a@v1 ./cmd/... x.org/b; go get x.org/c@latest; go run x.org/d@v2 -f e; go build y.org/z',
    'go install: x.org/a@v1 local!./cmd/... x.org/b',
    'go get: x.org/c@latest',
    'go run: x.org/d@v2',
  ],
  [
    'cargo install --locked a --version 1.2; cargo install b@1 c; cargo install --git https://x d',
    'cargo install: a--version1.2',
    'cargo install: b@1 c',
    'cargo install: vcs!https://x d',
  ],
  ['composer require a/b:^1 c/d; composer global require e/f', 'composer require: a/b:^1 c/d', 'composer require: e/f'],
  [
    'conda install -y -c conda-forge a=1.2 b==1 defaults::c "d>=2"; mamba install --file x.txt',
    'conda install: a=1.2 b==1 c d>=2',
    'conda install: list!x.txt',
  ],
  [
    'brew install a@3; snap install b --channel=latest/stable --classic; choco install c --version 1.2 -y',
    'brew install: a@3',
    'snap install: b--channellatest/stable',
    'choco install: c--version1.2',
  ],
  ['su - x -c \'apt-get install a\'; bash -c "apk add b"', 'apt install: a', 'apk add: b'],
  [
    'yarn --frozen-lockfile; yarn --version; pnpm add -w a; zypper in -R b; cargo +nightly install c; pacman -Sw d; pacman -y -S e',
    'yarn -: ',
    'pnpm add: a',
    'zypper in: b',
    'cargo install: c',
    'pacman -S: e',
  ],
  [
    'pip --no-cache-dir install a; gem install b -- --with-c=d; go run -tags x y.org/z',
    'pip install: a',
    'gem install: b',
    'go run: y.org/z',
  ],
  ['echo apt-get install x; "$APT" install y'],
];

describe('package installs', () => {
  it.each(CASES)('of %j', (command, ...installs) => {
    expect(show(command)).toEqual(installs);
  });

  it('come from the exec form and from lists of names, in the order of the file', () => {
    const packages = {
      kind: 'packages',
      names: ['b', 'c=1', '$D'].map(textValue),
      span: { start: 0, end: 0 },
    } as const;
    const build = buildOf(exec('apt-get', 'install', '-y', 'a'), packages, 'apk add d', run('apk add e', 'host'));
    expect(packageInstalls(build).map(({ manager, packages }) => [manager, packages.map(({ name }) => name)])).toEqual([
      ['apt', ['a']],
      ['system', ['b', 'c', undefined]],
      ['apk', ['d']],
    ]);
    expect(packageInstalls(build, 'apk')).toHaveLength(1);
    expect(packageInstalls(build)).toBe(packageInstalls(build));
  });
});
