import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Word } from '../../core/shell-tree.ts';
import { SourceText, UNRESOLVED } from '../../core/text.ts';
import { type Invocation, invocationsOf } from '../../shell/invocations.ts';
import type { Grammar } from '../../shell/programs/grammar.ts';
import { PROGRAMS, programOf, readArguments } from '../../shell/programs/index.ts';
import { readWords } from '../../shell/programs/reader.ts';
import { scriptOf } from './parser.ts';

const one = (text: string): Invocation => invocationsOf(scriptOf(text))[0]!;
const shown = (text: string) => text.replaceAll('\uE000', '◊');
const wordsOf = (words: readonly Word[]) => words.map(({ literal, value }) => literal ?? value.text).join(' ');

/** `program subcommands: --option --option=value -off | operands > other command ?` with `?` for what is not certain. */
function readingOf(invocation: Invocation): string {
  const given = readArguments(invocation);
  const options = given.options.map(
    ({ canonical, value, off, depth }) =>
      `${depth < given.path.length ? '^' : ''}${off ? '!' : ''}${canonical}${value ? `=${value.literal ?? value.source.text}` : ''}`,
  );
  const parts = [`${[given.program, ...given.path].join(' ')}:`, ...options];
  if (given.operands.length > 0) parts.push('|', wordsOf(given.operands));
  if (given.command) parts.push('>', wordsOf(given.command));
  if (!given.certain) parts.push('?');
  return shown(parts.join(' '));
}

/** Command lines and what they say, by hand from the manual pages. `^`: an option of an outer level; `!`: switched off. */
const READINGS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'programs that are not known': [
    ['x -ab --c=d --e f - -- -g', 'x: -a -b --c=d --e | f - -g'],
    ['x $FLAGS y', 'x: | ◊ y ?'],
    ['x --$A=y', 'x: --◊=y ?'],
    ['x -$A', 'x: -◊ ?'],
    ['x "$A"', 'x: | ◊ ?'],
    ['x a$A -- $B', 'x: | a◊ ◊'],
    ['x --yes=false', 'x: !--yes=false'],
  ],
  curl: [
    ['curl -fsSLo a u', 'curl: --fail --silent --show-error --location --output=a | u'],
    ['curl -oa u -o b --output c --output=d', 'curl: --output=a --output=b --output=c --output=d | u'],
    ['curl -Host -H "-o x" u', 'curl: --header=ost --header=-o x | u'],
    ['curl --output="$X/y" u', 'curl: --output=◊/y | u'],
    ['curl -o', 'curl: --output'],
    // getopt takes what is after the letter as written.
    ['curl -o=a u', 'curl: --output==a | u'],
    ['curl --no-fail -k u --data-raw @x', 'curl: !--fail --insecure --data-raw=@x | u'],
    ['curl --insec u', 'curl: --insecure | u'],
    ['curl --retry 3 --retry-delay 5 -#O u', 'curl: --retry=3 --retry-delay=5 --progress-bar --remote-name | u'],
    ['curl $OPTS u', 'curl: | ◊ u ?'],
  ],
  wget: [
    ['wget -qO- u', 'wget: --quiet --output-document=- | u'],
    ['wget -nv -nc -P /tmp u', 'wget: --no-verbose --no-clobber --directory-prefix=/tmp | u'],
    ['wget -qnvO x u', 'wget: --quiet --no-verbose --output-document=x | u'],
    ['wget --progress=dot:giga --no-check-cert u', 'wget: --progress=dot:giga --no-check-certificate | u'],
    ['wget -t 3 --header "A: b" -T 5 u', 'wget: --tries=3 --header=A: b --timeout=5 | u'],
    ['wget2 --max-threads 3 u', 'wget: --max-threads=3 | u'],
  ],
  aria2c: [
    [
      'aria2c -x16 -s 16 -o f --check-certificate=false u',
      'aria2c: --max-connection-per-server=16 --split=16 --out=f --check-certificate=false | u',
    ],
  ],
  httpie: [
    ['http --verify=no -a u:p -do f GET u k=v', 'http: --verify=no --auth=u:p --download --output=f | GET u k=v'],
  ],
  git: [
    ['git -C /x clone -b v1 --depth 1 u d', 'git clone: ^-C=/x --branch=v1 --depth=1 | u d'],
    ['git -c a=b clone -c c=d u', 'git clone: ^-c=a=b --config=c=d | u'],
    ['git clone --no-checkout --single-br --no-tags u', 'git clone: --no-checkout --single-branch !--tags | u'],
    ['git config --global user.name x', 'git config: --global | user.name x'],
    ['git submodule update --init --depth 1', 'git submodule update: --init --depth=1'],
    ['git checkout -b x origin/y -- z', 'git checkout: -b=x | origin/y z'],
    ['git lfs install', 'git lfs: | install'],
    ['git $X clone u', 'git: | ◊ clone u ?'],
  ],
  shells: [
    ["sh -ec 'a b' c -d", 'sh: -e -c | a b c -d'],
    ['bash -euo pipefail x -y', 'sh: -e -u -o=pipefail | x -y'],
    ['bash -oe pipefail x', 'sh: -o=pipefail -e | x'],
    ['bash +x --rcfile a -- -b', 'sh: +x --rcfile=a | -b'],
    ['sh -s -- -y', 'sh: -s | -y'],
  ],
  interpreters: [
    ['python3.12 -u -m http.server -b x', 'python: -u -m=http.server | -b x'],
    ['python -c "a" -c', 'python: -c=a | -c'],
    ['python x.py -c a', 'python: | x.py -c a'],
    ['perl -i.bak -pe s/a/b/ f', 'perl: -i=.bak -p -e=s/a/b/ | f'],
    ['ruby -rjson -e "puts 1" f', 'ruby: -r=json -e=puts 1 | f'],
    ['node -pe 1 x', 'node: -pe=1 | x'],
    ['node --require=a --import b x.js -p', 'node: --require=a --import=b | x.js -p'],
    ['php -d a=b -r "echo 1;" -- -x', 'php: --define=a=b --run=echo 1; | -x'],
    ['deno run -A --config c x.ts -q', 'deno run: --allow-all --config=c | x.ts -q'],
    [
      'pwsh -NoProfile -ExecutionPolicy Bypass -Comm "a b" -c',
      'pwsh: -noprofile -executionpolicy=Bypass -command=a b | -c',
    ],
  ],
  checksums: [
    ['sha256sum -c --status SUMS', 'sha256sum: --check --status | SUMS'],
    ['sha512sum --ch --ignore-missing -', 'sha512sum: --check --ignore-missing | -'],
    ['shasum -a256 -c x', 'shasum: --algorithm=256 --check | x'],
    ['shasum -ca 256 x', 'shasum: --check --algorithm=256 | x'],
  ],
  signatures: [
    ['gpg --batch --keyserver k --recv-keys A B', 'gpg: --batch --keyserver=k --receive-keys | A B'],
    ['gpg2 --homedir=/x --verify a.sig a', 'gpg: --homedir=/x --verify | a.sig a'],
    ['gpg --batch --passphrase x -dqo o f', 'gpg: --batch --passphrase=x --decrypt --quiet --output=o | f'],
    ['minisign -Vm f -P k', 'minisign: -V -m=f -P=k'],
    ['cosign verify-blob --key k --signature=s f', 'cosign verify-blob: --key=k --signature=s | f'],
    ['rpm -K --define "a b" f', 'rpm: --checksig --define=a b | f'],
    ['gh attestation verify f --owner o -R a/b', 'gh attestation verify: --owner=o ^--repo=a/b | f'],
  ],
  openssl: [
    ['openssl dgst -sha256 -verify k -signature s f', 'openssl dgst: -sha256 -verify=k -signature=s | f'],
    [
      'openssl enc -aes-256-cbc -d -a -in x -pass pass:y -salt',
      'openssl enc: -aes-256-cbc -d -a -in=x -pass=pass:y -salt',
    ],
    ['openssl base64 -d -A', 'openssl base64: -d -A'],
    [
      'openssl req -x509 -nodes -days 1 -subj /CN=x -keyout k',
      'openssl req: -x509 -nodes -days=1 -subj=/CN=x -keyout=k',
    ],
    ['openssl rand --hex 16', 'openssl rand: -hex | 16'],
  ],
  apt: [
    [
      'apt-get -qq -o A::b=c install -yt stable a b-',
      'apt install: ^--quiet ^--quiet ^--option=A::b=c ^--yes ^--target-release=stable | a b-',
    ],
    [
      'apt-get install --No-Install-Recommends -oDir=x -t=y a',
      'apt install: ^!--install-recommends ^--option=Dir=x ^--target-release=y | a',
    ],
    ['apt-get -q=2 --yes=false upgrade', 'apt upgrade: ^--quiet=2 ^!--yes=false'],
    ['aptitude -R -o a=b install c', 'aptitude install: ^--without-recommends ^--option=a=b | c'],
    ['apt-key adv --keyserver k --recv-keys A', 'apt-key adv: --keyserver=k --recv-keys | A'],
  ],
  apk: [
    ['apk --no-cache add -t .b -X u a b=1', 'apk add: ^--no-cache --virtual=.b ^--repository=u | a b=1'],
    ['apk add --update a', 'apk add: ^--update-cache | a'],
    ['apk -U upgrade', 'apk upgrade: ^--update-cache'],
  ],
  dnf: [
    ['dnf -y --setopt=a=b install c --enablerepo=d', 'dnf install: ^--assumeyes ^--setopt=a=b ^--enablerepo=d | c'],
    ['yum groups install -c f "a b"', 'yum group install: ^--config=f | a b'],
    ['dnf5 config-manager --add-repo u', 'dnf config-manager: --add-repo=u'],
    ['yum-config-manager --save --setopt=a.b=c', 'yum-config-manager: --save --setopt=a.b=c'],
  ],
  zypper: [
    ['zypper -n --root /x in -t pattern a', 'zypper install: ^--non-interactive ^--root=/x --type=pattern | a'],
    ['zypper in -R -n a', 'zypper install: --no-force-resolution --name | a'],
    ['zypper ar -G -p 90 u n', 'zypper addrepo: --no-gpgcheck --priority=90 | u n'],
  ],
  pacman: [
    ['pacman --noconfirm -Syu a', 'pacman: --noconfirm --sync --refresh -u | a'],
    ['pacman -r /x -Rns a', 'pacman: --root=/x --remove --nosave -s | a'],
    ['yay -S --needed --ignore a b', 'pacman: --sync --needed --ignore=a | b'],
  ],
  pip: [
    [
      'pip3.12 --no-cache-dir install -U -r a -c b .',
      'pip install: ^--no-cache-dir --upgrade --requirement=a --constraint=b | .',
    ],
    ['python3 -m pip install -q --no-cache a==1', 'pip install: ^--quiet ^--no-cache-dir | a==1'],
    ['python -I -mpip install a', 'pip install: | a'],
    ['pip config --global set global.index-url u', 'pip config set: ^--global | global.index-url u'],
    ['pipx install --python p -i u a', 'pipx install: --python=p --index-url=u | a'],
    [
      'uv --cache-dir c pip install --system -p 3.12 -r f a',
      'uv pip install: ^--cache-dir=c --system --python=3.12 --requirements=f | a',
    ],
    ['uv run -p 3 x -p', 'uv run: --python=3 | x -p'],
    ['poetry -C x add -G dev a', 'poetry add: ^--directory=x --group=dev | a'],
    ['pipenv install --deploy -r f', 'pipenv install: --deploy --requirements=f'],
  ],
  conda: [
    ['conda install -yq -c a --file f b=1', 'conda install: --yes --quiet --channel=a --file=f | b=1'],
    ['conda clean -tipsy', 'conda clean: --tarballs --index-cache --packages -s --yes'],
    ['mamba env create -n x -f e.yml', 'conda env create: --name=x --file=e.yml'],
  ],
  node: [
    ['npm --prefix x i -g a@1', 'npm install: ^--prefix=x ^--global | a@1'],
    ['npm ci --strict-ssl false --no-audit --omit=dev', 'npm ci: ^!--strict-ssl=false ^!--audit ^--omit=dev'],
    ['npm config -g set strict-ssl false', 'npm config set: ^--global | strict-ssl false'],
    ['npm c set a=b', 'npm config set: | a=b'],
    ['npx -y -p a b --prefix c', 'npx: --yes --package=a | b --prefix c'],
    ['yarn --cwd x add -D a', 'yarn add: ^--cwd=x --dev | a'],
    ['yarn --frozen-lockfile', 'yarn: --frozen-lockfile'],
    ['yarn global add a --prefix /x', 'yarn global add: ^--prefix=/x | a'],
    ['pnpm add -w -F x a', 'pnpm add: ^--workspace-root ^--filter=x | a'],
    ['bun --cwd x add -d a', 'bun add: ^--cwd=x --dev | a'],
    ['bun x.ts --port 1', 'bun x.ts: --port | 1'],
  ],
  gem: [
    ['gem install -N a -v 1 -- --with-x', 'gem install: --no-document --version=1 | a --with-x'],
    ['gem i --no-ri a', 'gem install: --no-ri | a'],
    ['bundle install -j4 --without a', 'bundle install: --jobs=4 --without=a'],
  ],
  go: [
    ['go -C x build -o y -ldflags "-s -w" ./...', 'go build: ^-C=x -o=y -ldflags=-s -w | ./...'],
    ['go install --tags=a x@v1', 'go install: -tags=a | x@v1'],
    ['go run -mod=mod x -tags y', 'go run: -mod=mod | x -tags y'],
    ['go mod download -x', 'go mod download: -x'],
  ],
  cargo: [
    ['cargo install --locked -j4 --version 1 a', 'cargo install: ^--locked --jobs=4 --version=1 | a'],
    ['cargo b -r --target x', 'cargo build: --release --target=x'],
  ],
  others: [
    [
      'composer -d x global req a/b:^1 -W',
      'composer global require: ^--working-dir=x --update-with-all-dependencies | a/b:^1',
    ],
    ['snap install a --channel=latest/stable --classic', 'snap install: --channel=latest/stable --classic | a'],
    ['choco install -y a --Version 1', 'choco install: ^--yes --version=1 | a'],
    ['brew install --cask a', 'brew install: --cask | a'],
  ],
  'build tools': [
    ['make -C x -j4 install A=b', 'make: --directory=x --jobs=4 | install A=b'],
    ['make -j install', 'make: --jobs | install'],
    ['make -j 8 install', 'make: --jobs=8 | install'],
    ['make -j $(nproc) all', 'make: --jobs=◊ | all'],
    ['mvn -B -DskipTests -pl a -am package', 'mvn: --batch-mode --define=skipTests --projects=a --also-make | package'],
    ['./gradlew -Pa=b -x test build', 'gradle: --project-prop=a=b --exclude-task=test | build'],
    ['cmake -S. -B b -DX=y --build z', 'cmake: -S=. -B=b -D=X=y --build=z'],
    ['dotnet publish -c Release -o /x /p:A=b', 'dotnet publish: --configuration=Release --output=/x | /p:A=b'],
  ],
  coreutils: [
    ['chmod -Rv 0755 a b', 'chmod: --recursive --verbose | 0755 a b'],
    ['chmod -x a', 'chmod: -x | a'],
    ['cp -a -t /x a b', 'cp: --archive --target-directory=/x | a b'],
    ['install -Dm755 -o root a /b', 'install: -D --mode=755 --owner=root | a /b'],
    ['ln -sfn a b', 'ln: --symbolic --force --no-dereference | a b'],
    ['rm -rf -- -a', 'rm: --recursive --force | -a'],
    ['mkdir -pm 0700 a', 'mkdir: --parents --mode=0700 | a'],
    ['tee -a a b', 'tee: --append | a b'],
    ['shred -un 3 a', 'shred: -u --iterations=3 | a'],
    ['base64 -dw0', 'base64: --decode --wrap=0'],
  ],
  sed: [
    ["sed -i.bak -e s/a/b/ -e 's/c/d/' f", 'sed: --in-place=.bak --expression=s/a/b/ --expression=s/c/d/ | f'],
    ['sed -n -E 1p f', 'sed: --quiet --regexp-extended | 1p f'],
  ],
  tar: [
    ['tar xzf a -C /b', 'tar: --extract --gzip --file=a --directory=/b'],
    ['tar xCf /b a c', 'tar: --extract --directory=/b --file=a | c'],
    [
      'tar -xzf a --strip-components 1 --exclude=b c',
      'tar: --extract --gzip --file=a --strip-components=1 --exclude=b | c',
    ],
    ['tar --extr -f a', 'tar: --extract --file=a'],
    ['unzip -qo a -d b', 'unzip: -q -o -d=b | a'],
    ['7z x -pA -o/b a', '7z: -p=A -o=/b | x a'],
  ],
  find: [
    ["find /a /b -type f -name '*.c' -delete", 'find: -type=f -name=*.c -delete | /a /b'],
    ["find . '(' -name a -o -name b ')' -exec rm -rf {} +", 'find: -name=a -o -name=b -exec | . ( )'],
    ["find /a -exec rm {} ';' -print", 'find: -exec -print | /a'],
  ],
  accounts: [
    [
      'useradd -rm -u 1000 -s /bin/sh -G a,b c',
      'useradd: --system --create-home --uid=1000 --shell=/bin/sh --groups=a,b | c',
    ],
    [
      'adduser -D -H -u 5 -h /x -G g a',
      'adduser: --disabled-password --no-create-home --uid=5 --home=/x --ingroup=g | a',
    ],
    ["adduser --disabled-password --gecos '' --uid 5 a", 'adduser: --disabled-password --comment= --uid=5 | a'],
    ['usermod -aG docker a', 'usermod: --append --groups=docker | a'],
    ['gpasswd -a a docker', 'gpasswd: --add=a | docker'],
    ['passwd -l root', 'passwd: --lock | root'],
  ],
  services: [
    ['systemctl --now -H x enable a b', 'systemctl enable: ^--now ^--host=x | a b'],
    ['systemctl enable --root=/x a', 'systemctl enable: ^--root=/x | a'],
    ['service a restart --full', 'service: | a restart --full'],
    ['update-rc.d -f a remove', 'update-rc.d: --force | a remove'],
    ['iptables -t nat -A POSTROUTING -j MASQUERADE', 'iptables: --table=nat --append=POSTROUTING --jump=MASQUERADE'],
    ['firewall-cmd --zone=a --add-port 80/tcp', 'firewall-cmd: --zone=a --add-port=80/tcp'],
    ['sysctl -w a=b', 'sysctl: --write | a=b'],
    ['crond -f -l 8', 'cron: -f -l=8'],
  ],
  docker: [
    [
      'docker run -it --rm -p 80:80 -v=/a:/b --name x a:1 sh -c "b"',
      'docker run: --interactive --tty --rm --publish=80:80 --volume=/a:/b --name=x | a:1 > sh -c b',
    ],
    ['docker -H x image pull -a a', 'docker image pull: ^--host=x --all-tags | a'],
    ['docker container run --detach=false a', 'docker container run: !--detach=false | a'],
    ['podman --root /x run --tls-verify=false -d a', 'podman run: ^--root=/x --tls-verify=false --detach | a'],
    [
      'docker compose -f a.yml --profile b up -d --build c',
      'docker compose up: ^--file=a.yml ^--profile=b --detach --build | c',
    ],
    ['docker-compose -p x exec -T a b -c', 'docker-compose exec: ^--project-name=x --no-TTY | a > b -c'],
    ['docker buildx build -t a --build-arg B=c .', 'docker buildx build: --tag=a --build-arg=B=c | .'],
    ['docker login -u a -pb c', 'docker login: --username=a --password=b | c'],
    ['ctr -n k8s.io i pull --all-platforms a', 'ctr images pull: ^--namespace=k8s.io --all-platforms | a'],
    ['crictl -r x pull --creds a:b c', 'crictl pull: ^--runtime-endpoint=x --creds=a:b | c'],
    ['helm registry login -u a -p b c', 'helm registry login: --username=a --password=b | c'],
  ],
  wrappers: [
    ['sudo -l -U a b', 'sudo: --list --other-user=a | b'],
    ['command -v a', 'command: -v | a'],
    ['ssh -p 22 -o A=b c d -e', 'ssh: -p=22 -o=A=b | c > d -e'],
    ['sshpass -p a ssh b', 'sshpass: -p=a > ssh b'],
  ],
  databases: [
    ['mysql -uroot -pA -e "B C" d', 'mysql: --user=root --password=A --execute=B C | d'],
    ['mysql -u root -p d', 'mysql: --user=root --password | d'],
    ['mysqldump --password=A -r f d', 'mysqldump: --password=A --result-file=f | d'],
    ['mysqladmin -u root password A', 'mysqladmin: --user=root | password A'],
    ['psql -U a -v b=c -c "d" e', 'psql: --username=a --set=b=c --command=d | e'],
    ['redis-cli -h a -a B config set c -d', 'redis-cli: -h=a --pass=B | config set c -d'],
    ['sqlcmd -S a -U b -PC -Q d', 'sqlcmd: -S=a -U=b -P=C -Q=d'],
    ['ldapsearch -x -D a -w B -b c d', 'ldapsearch: -x -D=a -w=B -b=c | d'],
    ['rabbitmqctl -n a add_user -p / b C', 'rabbitmqctl add_user: ^--node=a ^--vhost=/ | b C'],
  ],
  cloud: [
    ['aws --profile a configure set b c', 'aws configure set: ^--profile=a | b c'],
    [
      'az login --service-principal -u a -p B -t c',
      'az login: --service-principal --username=a --password=B --tenant=c',
    ],
    [
      'kubectl -n a create secret generic b --from-literal=C=d',
      'kubectl create secret generic: ^--namespace=a --from-literal=C=d | b',
    ],
    ['consul kv put -token=A b c', 'consul kv put: ^-token=A | b c'],
    ['vault login -method=a B', 'vault login: -method=a | B'],
    ['twine upload -u a -p B c', 'twine upload: --username=a --password=B | c'],
    ['keytool -importcert -noprompt -storepass A -file b', 'keytool: -importcert -noprompt -storepass=A -file=b'],
    ['ssh-keygen -qt rsa -N "" -f a', 'ssh-keygen: -q -t=rsa -N= -f=a'],
    ['htpasswd -bnBC 10 a B', 'htpasswd: -b -n -B -C=10 | a B'],
  ],
};

describe.each(Object.entries(READINGS))('%s', (_, lines) => {
  it.each(lines)('%s', (line, reading) => {
    expect(readingOf(one(line))).toBe(reading);
  });
});

describe('readings', () => {
  it('answer under every spelling of an option', () => {
    const given = readArguments(one('git -C a -c x=1 clone -c y=2 --depth=1 -- -u v'));
    expect(given.values('-c').map(({ literal }) => literal)).toEqual(['x=1', 'y=2']);
    expect(given.values('--config').map(({ literal }) => literal)).toEqual(['y=2']);
    expect(given.find('--depth')?.words.map(({ raw }) => raw)).toEqual(['--depth=1']);
    expect(given.find('-C')?.words.map(({ raw }) => raw)).toEqual(['-C', 'a']);
    expect(given.verb).toBe('clone');
    expect(given.pathWords.map(({ raw }) => raw)).toEqual(['clone']);
    expect(given.afterDoubleDash.map(({ raw }) => raw)).toEqual(['-u', 'v']);
    expect(given.has('--bare')).toBe(false);
    expect(given.lacks('--bare')).toBe(true);
  });

  it('tell the last value, and that an option may be there', () => {
    const given = readArguments(one('curl --fail -o a -o b --no-fail $X'));
    expect(given.value('--output')?.literal).toBe('b');
    expect(given.has('-f')).toBe(true);
    expect(given.lacks('-k')).toBe(false);
    expect(readArguments(one('curl --no-fail u')).has('-f')).toBe(false);
  });

  it('are made once', () => {
    const invocation = one('curl u');
    expect(readArguments(invocation)).toBe(readArguments(invocation));
  });
});

/** Every level of every grammar, with the words that lead there and the tokens of its options. */
interface Place {
  readonly program: string;
  readonly path: readonly string[];
  readonly grammar: Grammar;
  readonly outer: readonly Grammar[];
}
function* placesOf(
  program: string,
  grammar: Grammar,
  path: readonly string[],
  outer: readonly Grammar[],
): Generator<Place> {
  yield { program, path, grammar, outer };
  for (const [names, inner] of Object.entries(grammar.subcommands ?? {}))
    yield* placesOf(program, inner, [...path, names.split('|')[0]!], [...outer, grammar]);
}
const PLACES = PROGRAMS.flatMap(program => [...placesOf(program.names[0]!, program, [], [])]);
const tokensOf = ({ options = '', everywhere = '' }: Grammar) =>
  `${options} ${everywhere}`.split(/\s+/).filter(Boolean);
const spellingsOf = (token: string) => token.replace(/[[=].*/, '').split(',');

/** A word that is written as it is, or `$X`, of which nothing is known. */
function wordOf(text: string): Word {
  const literal = text.startsWith('$') ? undefined : text;
  const value = SourceText.document(literal ?? UNRESOLVED);
  return { start: 0, end: 0, raw: text, value, text: value.text, literal, expansions: [], quoted: false };
}
const read = (program: string, words: readonly string[]) => readWords(words.map(wordOf), programOf(program)!, program);

describe('grammars', () => {
  it('have a program for each name', () => {
    expect(new Set(PROGRAMS.flatMap(({ names }) => names)).size).toBe(PROGRAMS.flatMap(({ names }) => names).length);
    expect(programOf('curl')?.names[0]).toBe('curl');
    expect(programOf('curl7')).toBeUndefined();
    expect(programOf('constructor')).toBeUndefined();
  });

  it('spell each option once, and right', () => {
    const wrong = PLACES.flatMap(({ program, path, grammar }) => {
      const spellings = tokensOf(grammar).flatMap(spellingsOf);
      const bad = tokensOf(grammar).filter(
        token =>
          !/^(?:[-+][^\s,=[\]-][^\s,=[\]]*|--[\w][\w.-]*)(?:,(?:-[^\s,=[\]-][^\s,=[\]]*|--[\w][\w.-]*))*(?:=[\w-]+(?:\.\.\.;?)?|\[=[\w-]+\]|=\[N\])?$/.test(
            token,
          ),
      );
      return [...bad, ...spellings.filter((one, i) => spellings.indexOf(one) !== i)].map(
        one => `${program} ${path.join(' ')} ${one}`,
      );
    });
    expect(wrong).toEqual([]);
  });

  it('read joined and separate values alike', () => {
    let forms = 0;
    for (const { program, path, grammar } of PLACES) {
      const style = { ...programOf(program), ...grammar };
      for (const token of tokensOf(grammar)) {
        if (!/=[^.\]]*$/.test(token)) continue;
        const spellings = spellingsOf(token);
        const canonical = spellings.find(name => name.startsWith('--')) ?? spellings[0]!;
        const lines = spellings.flatMap(name => [
          [name, 'v'],
          ...(name.startsWith('--') || style.singleDash ? [[`${name}${style.colon ? ':' : '='}v`]] : []),
          ...(name.length === 2 && !style.detached ? [[`${name}v`]] : []),
        ]);
        for (const line of lines) {
          const given = read(program, [...path, ...line, 'x']);
          const label = [program, ...path, ...line].join(' ');
          expect([label, ...given.all(canonical).map(({ value }) => value?.literal)]).toEqual([label, 'v']);
          forms++;
        }
      }
    }
    expect(forms).toBeGreaterThan(500);
  });

  it('take no operand for the value of an option, and no value for an operand', () => {
    const place = fc.constantFrom(...PLACES.filter(({ grammar }) => !grammar.subcommands && !grammar.bareBundle));
    const scenario = place.chain(({ program, path, grammar }) => {
      const tokens = tokensOf(grammar).filter(token => !token.includes('...'));
      const option =
        tokens.length === 0
          ? fc.constant<string[]>([])
          : fc
              .constantFrom(...tokens)
              .chain(token =>
                fc
                  .constantFrom(...spellingsOf(token))
                  .map(name => (/=[^\]]*$/.test(token) && !token.includes('[') ? [name, 'value'] : [name])),
              );
      return fc.tuple(
        fc.constant(program),
        fc.constant(path),
        fc.array(option, { maxLength: 6 }),
        fc.integer({ min: 0, max: 3 }),
      );
    });
    fc.assert(
      fc.property(scenario, ([program, path, options, count]) => {
        const operands = Array.from({ length: count }, (_, i) => `operand${i}`);
        const given = read(program, [...path, ...options.flat(), ...operands]);
        const last = [...given.operands, ...(given.command ?? [])];
        expect(last.map(({ literal }) => literal)).toEqual(operands);
        expect(given.path).toEqual(path);
      }),
      { numRuns: 2000 },
    );
  });

  it('lose no word', () => {
    const text = fc.constantFrom(
      ...[
        '-',
        '--',
        '-a',
        '-ab',
        '--a',
        '--a=b',
        '-o',
        'x',
        'A=b',
        'install',
        '+',
        ';',
        '-C',
        '--no-x',
        '$X',
        '+o',
        'xzf',
      ],
    );
    fc.assert(
      fc.property(fc.constantFrom(...PROGRAMS), fc.array(text, { maxLength: 8 }), (program, texts) => {
        const words = texts.map(wordOf);
        const given = readWords(words, program, '');
        const seen = new Set([
          ...given.pathWords,
          ...given.operands,
          ...given.assignments,
          ...(given.command ?? []),
          ...given.options.flatMap(option => option.words),
        ]);
        const lost = words.filter(word => !seen.has(word) && word.literal !== '--');
        expect(lost).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
