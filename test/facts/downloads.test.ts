import { describe, expect, it } from 'vitest';
import type { FetchStep } from '../../core/build.ts';
import { movingUrl } from '../../facts/downloads/moving.ts';
import { downloads } from '../../facts/downloads.ts';
import { buildOf, run, textValue } from './builds.ts';

const U = 'https://x.org/a/b.tgz';

function show(...steps: string[]): string[] {
  return downloads(buildOf(...steps)).map(({ by, url, path, runner, verified, insecure, moving, into }) => {
    const facts = [
      path === undefined ? '' : `>${path}`,
      runner && `${runner.how}:${runner.invocation.program}`,
      into.length > 0 && `|${into.map(({ program }) => program).join('|')}`,
      verified === undefined ? 'verified?' : verified && 'verified',
      insecure && `insecure:${insecure.literal}`,
      moving,
    ];
    return `${by} ${[url, ...facts].filter(Boolean).join(' ')}`.replaceAll('\uE000', '◊').replaceAll(U, 'U');
  });
}

const CASES: readonly [script: string, ...found: string[]][] = [
  [`curl -fsSL ${U}`, 'curl U'],
  [
    `curl -fsSLo /tmp/b.tgz ${U} && curl -O ${U}; curl ${U} > x; curl -o- ${U}`,
    'curl U >/tmp/b.tgz',
    'curl U >b.tgz',
    'curl U >x',
    'curl U',
  ],
  [`curl -H "Accept: x" -u a:b --retry 3 -o x ${U} -o y "${U}?$Q"`, 'curl U >x', 'curl U?◊ >y'],
  [`curl --output-dir /d --remote-name-all ${U} -k; curl -T f ${U}`, 'curl U >/d/b.tgz insecure:-k'],
  [
    `wget -qO x ${U}; wget -P /d ${U}; wget ${U}?q=1; wget -qO- --no-check-certificate ${U}; wget -i list`,
    'wget U >x',
    'wget U >/d/b.tgz',
    'wget U?q=1 >b.tgz',
    'wget U insecure:--no-check-certificate',
  ],
  [
    `aria2c -d /d -o x --check-certificate=false ${U}; http --verify=no --download GET ${U}`,
    'aria2c U >/d/x insecure:--check-certificate=false',
    'http U >b.tgz insecure:--verify=no',
  ],
  [`curl -f http://localhost:80/health; wget -qO- 127.0.0.1; curl http://169.254.169.254/x`],
  // Who runs it.
  [
    `curl ${U} | sh; curl ${U} | sudo -E bash -s -- --x; wget -O - ${U} | tee l | python3 -`,
    'curl U pipe:sh |sh',
    'curl U pipe:bash |bash',
    'wget U pipe:python3 |tee|python3',
  ],
  [
    `curl ${U} | bash script.sh; curl ${U} | tar xz; curl ${U} | sh -c "cat"; curl ${U} | python3 -m json.tool`,
    'curl U |bash',
    'curl U |tar',
    'curl U |sh',
    'curl U |python3',
  ],
  [
    `bash <(curl ${U}) x; sh -c "$(curl ${U})"; eval "$(wget -qO- ${U})"; . <(curl ${U}); X=$(curl ${U}); echo "$(curl ${U})"`,
    'curl U substitution:bash',
    'curl U substitution:sh',
    'wget U substitution:eval',
    'curl U substitution:.',
    'curl U',
    'curl U',
  ],
  [
    `curl -o i.sh ${U} && chmod +x i.sh && ./i.sh -y; wget -O /t/j ${U}; sh /t/j`,
    'curl U >i.sh file:i.sh',
    'wget U >/t/j file:sh',
  ],
  // Whether it is looked at.
  [`curl -O ${U} && echo "abc  b.tgz" | sha256sum -c -`, 'curl U >b.tgz verified'],
  [`curl -O ${U} && echo "abc  c.tgz" | sha256sum -c -`, 'curl U >b.tgz'],
  [`curl -O ${U} && echo "$SUM  /tmp/b.tgz" | sha256sum --check --status`, 'curl U >b.tgz verified'],
  [`echo "abc  b.tgz" | sha256sum -c -; curl -O ${U}`, 'curl U >b.tgz'],
  [`curl -O ${U} && sha256sum -c SUMS`, 'curl U >b.tgz verified?'],
  [`curl -O ${U}; sha256sum -c <<E\nabc  b.tgz\nE`, 'curl U >b.tgz verified'],
  [`curl -O ${U}; [ "$(sha256sum b.tgz | cut -d' ' -f1)" = abc ]`, 'curl U >b.tgz verified?'],
  [
    `curl -O ${U}; curl -O ${U}.asc; gpg --batch --verify b.tgz.asc b.tgz`,
    'curl U >b.tgz verified',
    'curl U.asc >b.tgz.asc verified',
  ],
  [`curl -o "$F" ${U}; grep x SUMS | sha256sum -c`, 'curl U >◊ verified?'],
  [
    `curl ${U} | php -- --x; curl ${U} | node -; curl ${U} | perl -pe s/a/b/; curl ${U} | pwsh -Command -`,
    'curl U pipe:php |php',
    'curl U pipe:node |node',
    'curl U |perl',
    'curl U pipe:pwsh |pwsh',
  ],
  [
    `curl ${U} | python -mjson.tool; curl ${U} | bash +x -o pipefail; curl ${U} | deno run -; curl ${U} | bun test`,
    'curl U |python',
    'curl U pipe:bash |bash',
    'curl U pipe:deno |deno',
    'curl U |bun',
  ],
  [
    `php -r "$(curl ${U})"; bash -euc "$(curl ${U})"; bash x <(curl ${U}); python3 -c "$(curl ${U})"`,
    'curl U substitution:php',
    'curl U substitution:bash',
    'curl U',
    'curl U substitution:python3',
  ],
  [`curl -o x ${U}; bash -eo pipefail x; curl -o y ${U}; sh -c "a" y`, 'curl U >x file:bash', 'curl U >y'],
  [
    `curl -o x ${U}; minisign -Vm x -P k; curl -o y ${U}; openssl dgst -sha256 -verify k -signature s y`,
    'curl U >x verified',
    'curl U >y verified',
  ],
  // What moves.
  ['git clone https://x/y.git', 'git https://x/y.git >y branch'],
  [
    'git -c http.sslVerify=false clone --depth 1 -b v1.2 https://x/y z; GIT_SSL_NO_VERIFY=1 git clone -b main https://x/y',
    'git https://x/y >z insecure:http.sslVerify=false',
    'git https://x/y >y insecure:1 branch',
  ],
  [
    'git clone https://x/y && cd y && git checkout 0123abcd; git clone https://x/z',
    'git https://x/y >y',
    'git https://x/z >z branch',
  ],
  ['git clone --branch "$V" https://x/y; git fetch', 'git https://x/y >y'],
  // A branch of one's own starts where its last word says, and words after `--` are files.
  ['git clone https://x/y; git checkout -b mine origin/main', 'git https://x/y >y branch'],
  ['git clone https://x/y; git checkout -b mine v1.2.0', 'git https://x/y >y'],
  // What is after the letter is the value, `=` and all.
  [`curl -o=x ${U}`, 'curl U >=x'],
];

describe('downloads', () => {
  it.each(CASES)('of %j', (script, ...found) => {
    expect(show(script)).toEqual(found);
  });

  it('are verified by later steps of the stage too', () => {
    expect(show(`curl -O ${U}`, 'echo "abc  b.tgz" | sha256sum -c')).toEqual(['curl U >b.tgz verified']);
  });

  it('are made by the tool itself', () => {
    const add = (url: string, checksum?: string): FetchStep => ({
      kind: 'fetch',
      url: textValue(url),
      checksum: checksum === undefined ? undefined : textValue(checksum),
      span: { start: 0, end: 0 },
    });
    const build = buildOf(
      add(U),
      add(U, 'sha256:x'),
      add('https://x/y.git#main'),
      add('https://x/y.git#v1.2:d'),
      run('curl x', 'host'),
    );
    expect(downloads(build).map(({ by, kind, verified, moving }) => [by, kind, verified, moving])).toEqual([
      ['ADD', 'file', false, undefined],
      ['ADD', 'file', true, undefined],
      ['ADD', 'repository', false, 'branch'],
      ['ADD', 'repository', false, undefined],
    ]);
    expect(downloads(build)).toBe(downloads(build));
  });

  it.each([
    ['https://raw.githubusercontent.com/o/r/main/x.sh', 'branch'],
    ['https://raw.githubusercontent.com/o/r/v1.0/x.sh', undefined],
    ['https://raw.githubusercontent.com/o/r/refs/heads/x/y.sh', 'branch'],
    ['https://github.com/o/r/archive/master.zip', 'branch'],
    ['https://github.com/o/r/archive/refs/tags/v1.zip', undefined],
    ['https://gitlab.com/o/r/-/raw/HEAD/x', 'branch'],
    ['https://github.com/o/r/releases/latest/download/x', 'latest'],
    ['https://x.org/x-latest.tgz', 'latest'],
    ['https://x.org/main/x.tgz', undefined],
    ['https://x.org/latest', 'latest'],
    ['https://x.org/stable/x86_64/x-1.2.tgz', undefined],
    ['https://x.org/release/stable', 'latest'],
    ['https://x.org/x-stable_current_amd64.deb', 'latest'],
    ['https://x.org/tools-9477386_latest.zip', undefined],
  ])('from %s move: %s', (url, moving) => {
    expect(movingUrl(url)).toBe(moving);
  });
});
