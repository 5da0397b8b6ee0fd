import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImageBuild } from '../../core/build.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { imagesInFiles } from '../../facts/config-files/images.ts';
import { gunzip } from '../../languages/cloud-init/gunzip.ts';
import { cut, lower, parse, stepsOf } from './support.ts';

const config = (text: string) => `#cloud-config\n${text}`;
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64');

describe('commands', () => {
  test('each item of runcmd is a step of the boot', () => {
    const text = config('runcmd:\n  - apt-get update\n  - [ls, -l, "/a b"]\n  - |\n    a\n    b\n  - {x: y}\n  - 5\n');
    const runs = stepsOf(lower(text), 'run');
    expect(runs.map(run => [run.phase, run.script?.text.text, run.argv?.map(word => word.literal)])).toEqual([
      ['boot', 'apt-get update', undefined],
      ['boot', undefined, ['ls', '-l', '/a b']],
      ['boot', 'a\nb\n', undefined],
      ['boot', '5', undefined],
    ]);
    expect(runs[0]?.script).toMatchObject({ dialect: 'posix', errexit: false });
    expect(cut(text, runs[1]?.span)).toBe('- [ls, -l, "/a b"]');
  });
  test.each([
    ['[sh, -c, "a | b"]', 'a | b', 'posix', false],
    ['[bash, -ec, "a | b"]', 'a | b', 'bash', true],
    ['[sudo, -u, x, /bin/bash, -l, -c, "a"]', 'a', 'bash', false],
  ])('the script in %s', (item, script, dialect, errexit) => {
    const [run] = stepsOf(lower(config(`runcmd:\n  - ${item}\n`)), 'run');
    expect(run?.script).toMatchObject({ dialect, errexit, text: { text: script } });
    expect(run?.argv).toBeDefined();
  });
  test('steps come in the order of the modules', () => {
    const build = lower(
      config(
        'runcmd: [r]\npackages: [p]\nbootcmd: [b]\nsnap: {commands: [s]}\nwrite_files: [{path: /late, content: x, defer: true}, {path: /f, content: x}]\npassword: y\n',
      ),
    );
    expect(build.stages[0]?.steps.map(step => step.kind)).toEqual([
      'run',
      'write-file',
      'credential',
      'run',
      'packages',
      'write-file',
      'run',
    ]);
  });
  test('shell user-data and boothooks are one step', () => {
    const [run] = stepsOf(lower('#!/bin/bash -e\nls\n', 'user-data'), 'run');
    expect(run).toMatchObject({ phase: 'boot', script: { dialect: 'bash', errexit: true } });
    expect(stepsOf(lower('#cloud-boothook\nls\n'), 'run')[0]?.script?.text.text).toBe('ls\n');
  });
  test('packages with versions and under a manager', () => {
    const [step] = stepsOf(
      lower(config('packages:\n  - git\n  - [nginx, 1.2]\n  - apt: [curl]\n  - ${x}\n')),
      'packages',
    );
    expect(step?.names.map(name => name.literal)).toEqual(['git', 'nginx=1.2', 'curl', undefined]);
  });
});

describe('write_files', () => {
  const files = (item: string, asked?: string[]) =>
    stepsOf(lower(config(`write_files:\n${item}`), undefined, asked), 'write-file');
  test('content, path and mode', () => {
    const text = config('write_files:\n- path: /a.sh\n  permissions: "0755"\n  content: |\n    #!/bin/bash\n    ls\n');
    const [file] = stepsOf(lower(text), 'write-file');
    expect(file).toMatchObject({ path: { literal: '/a.sh' }, mode: { literal: '0755' }, script: { dialect: 'bash' } });
    expect(cut(text, file?.content.spanOf(12, 14))).toBe('ls');
  });
  test.each([
    ['b64', base64('héllo\n')],
    ['base64', base64('héllo\n')],
    ['gz+b64', base64(gzipSync('héllo\n'))],
    ['gzip+base64', base64(gzipSync('héllo\n'))],
  ])('%s is decoded, and stays as it is written', (encoding, content) => {
    const [file] = files(`- path: /x\n  encoding: ${encoding}\n  content: ${content}\n`);
    expect(file?.content.text).toBe('héllo\n');
    expect(file?.content.replace(0, 1, 'H')).toBeUndefined();
    expect(file?.content.replace(0, file.content.text.length, 'H')).toBeUndefined();
  });
  test('!!binary is base64', () => {
    expect(files(`- path: /x\n  content: !!binary |\n    ${base64('abc')}\n`)[0]?.content.text).toBe('abc');
  });
  test('what cannot be decoded is no step', () => {
    expect(files('- {path: /x, encoding: b64, content: "***"}\n')).toEqual([]);
    expect(files(`- {path: /x, encoding: gz+b64, content: ${base64('no gzip')}}\n`)).toEqual([]);
    expect(files('- {path: /x, encoding: b64, content: "${base64encode(x)}"}\n- {path: "${y}"}\n')).toEqual([]);
  });
  test('documents inside are handed on, Compose gives its images', () => {
    const asked: string[] = [];
    files('- path: /srv/Dockerfile\n  content: FROM scratch\n- path: /u\n  content: "#cloud-config\\na: 1"\n', asked);
    expect(asked).toEqual(['dockerfile', 'cloud-init']);
    const text = config(
      'write_files:\n- path: /srv/compose.yml\n  content: |\n    services:\n      a:\n        image: nginx:latest\n      b: {image: "x:${TAG:-1}"}\n',
    );
    const images = imagesInFiles(lower(text));
    expect(images.map(({ reference }) => [reference.literal, reference.byDefault])).toEqual([
      ['nginx:latest', 'nginx:latest'],
      [undefined, 'x:1'],
    ]);
    expect(cut(text, images[0]?.span)).toBe('nginx:latest');
  });
  test('a source is a download', () => {
    expect(
      stepsOf(lower(config('write_files:\n- path: /x\n  source: {uri: http://a/b}\n')), 'fetch')[0]?.url.literal,
    ).toBe('http://a/b');
  });
});

test('files that modules write', () => {
  const filesIn = (text: string) =>
    stepsOf(lower(config(text)), 'write-file').map(step => [step.path?.literal, step.content.text, step.mode?.literal]);
  expect(
    filesIn('apt: {conf: a}\nlxd: {preseed: b}\nfan: {config: c}\nrsyslog: {configs: [d, {content: e}]}\n'),
  ).toEqual([
    ['/etc/apt/apt.conf.d/94cloud-init-config', 'a', undefined],
    ['/var/lib/lxd/preseed.yaml', 'b', undefined],
    ['/etc/network/fan', 'c', undefined],
    ['/etc/rsyslog.d/20-cloud-config.conf', 'd', undefined],
    ['/etc/rsyslog.d/20-cloud-config.conf', 'e', undefined],
  ]);
  expect(
    filesIn(
      'fan: {config: a, config_path: /etc/f}\nrsyslog:\n  config_dir: /srv/r/\n  config_filename: x.conf\n  configs: [b, {content: c, filename: y.conf}, {content: d, filename: /etc/z.conf}]\n',
    ),
  ).toEqual([
    ['/etc/f', 'a', undefined],
    ['/srv/r/x.conf', 'b', undefined],
    ['/srv/r/y.conf', 'c', undefined],
    ['/etc/z.conf', 'd', undefined],
  ]);
  expect(filesIn('wireguard: {interfaces: [{name: wg0, config_path: /etc/wireguard/wg0.conf, content: a}]}\n')).toEqual(
    [['/etc/wireguard/wg0.conf', 'a', '0600']],
  );
});

describe('gunzip', () => {
  test('is what gzip packed', () => {
    const data = fc.oneof(
      fc.uint8Array({ maxLength: 3_000 }),
      fc.string({ maxLength: 50 }).map(text => Buffer.from(text.repeat(300))),
    );
    fc.assert(
      fc.property(data, fc.constantFrom(0, 1, 9), (bytes, level) => {
        const out = gunzip(gzipSync(bytes, { level }), 1_000_000);
        expect(out && Buffer.from(out).equals(Buffer.from(bytes))).toBe(true);
      }),
    );
  });
  test('is bounded, and broken input is nothing', () => {
    expect(gunzip(gzipSync(Buffer.alloc(10_000_000)), 5_000)?.length).toBe(5_000);
    // What would come out is never held: memory of the bound and of one slice is enough.
    const bomb = gzipSync(Buffer.alloc(100_000_000));
    const before = process.memoryUsage().arrayBuffers;
    expect(gunzip(bomb, 1_000_000)?.length).toBe(1_000_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
    expect(gunzip(Buffer.concat([gzipSync('one '), gzipSync('two')]), 1_000)).toEqual(
      new Uint8Array(Buffer.from('one two')),
    );
    const packed = gzipSync('some text that is long enough to be packed '.repeat(5));
    expect(gunzip(packed.subarray(0, 30), 1_000)).toBeUndefined();
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.nat(255), (i, byte) => {
        const broken = Uint8Array.from(packed);
        broken[i] = byte;
        expect(gunzip(broken, 1_000)?.length ?? 0).toBeLessThanOrEqual(1_000);
      }),
    );
  });
});

describe('credentials', () => {
  const named = (build: ImageBuild) =>
    stepsOf(build, 'credential').map(step => `${step.use} ${step.name} ${step.value.literal ?? '?'}`);
  test.each([
    ['password: pw', ['account password pw']],
    [
      'users:\n  - default\n  - name: a\n    passwd: h\n    plain-text-passwd: p',
      ['account users[1].passwd h', 'account users[1].plain-text-passwd p'],
    ],
    ['users: [{name: a, hashed_passwd: "${x}"}]', ['account users[0].hashed_passwd ?']],
    ['chpasswd:\n  list: |\n    a:one\n    b:RANDOM\n    c:R', ['account chpasswd.list[0] one']],
    ['chpasswd:\n  list: [a:one, "b:t:w"]', ['account chpasswd.list[0] one', 'account chpasswd.list[1] t:w']],
    [
      'chpasswd:\n  users:\n  - {name: a, password: p, type: text}\n  - {name: b, type: RANDOM}',
      ['account chpasswd.users[0].password p'],
    ],
    [
      'autoinstall:\n  identity: {password: h}\n  storage: {layout: {name: lvm, password: l}}',
      ['account autoinstall.identity.password h', 'service autoinstall.storage.layout.password l'],
    ],
    ['ubuntu_pro: {token: t}', ['service ubuntu_pro.token t']],
    ['landscape: {client: {registration_key: k}}', ['service landscape.client.registration_key k']],
    ['chef: {validation_cert: system, encrypted_data_bag_secret: /etc/chef/s}', []],
    ['ssh_keys: {rsa_private: k, rsa_public: p}', ['service ssh_keys.rsa_private k']],
    ['wireguard: {interfaces: [{name: wg0, content: c}]}', ['service wireguard.interfaces[0].content c']],
    ['reporting: {maas: {type: webhook, token_secret: s}}', ['service reporting.maas.token_secret s']],
    ['salt_minion: {private_key: "${k}"}', ['service salt_minion.private_key ?']],
  ])('%j', (text, expected) => expect(named(lower(config(`${text}\n`), 'x.tftpl'))).toEqual(expected));
});

describe('documents inside', () => {
  test('autoinstall: its commands, and its user-data in place', () => {
    const text = config(
      'autoinstall:\n  late-commands:\n    - echo hi\n    - [curtin, in-target, --, ls]\n  user-data:\n    runcmd: [ls]\n',
    );
    const build = lower(text);
    expect(stepsOf(build, 'run').map(run => run.phase)).toEqual(['build', 'build']);
    const [inside] = build.nested;
    expect(inside?.syntax).toMatchObject({ within: 'autoinstall', form: 'cloud-config' });
    expect(cut(text, stepsOf(inside!, 'run')[0]?.span)).toBe('ls');
    expect(inside?.comments).toEqual([]);
  });
  test('autoinstall without its key is what it is with it', () => {
    const text = 'version: 1\nidentity: {password: h}\nlate-commands:\n  - echo hi\nuser-data:\n  runcmd: [ls]\n';
    const build = lower(text, 'autoinstall.yaml');
    expect(stepsOf(build, 'credential').map(({ name }) => name)).toEqual(['autoinstall.identity.password']);
    expect(stepsOf(build, 'run').map(run => cut(text, run.span))).toEqual(['- echo hi']);
    expect(build.nested.map(({ syntax }) => syntax)).toMatchObject([{ within: 'autoinstall', form: 'cloud-config' }]);
  });
  test('parts of a message are builds with their true places', () => {
    const text =
      'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/cloud-config\n\npassword: x\n--b\nContent-Type: text/x-shellscript\n\n#!/bin/sh\nls\n--b--\n';
    const { nested } = lower(text);
    expect(nested.map(build => build.stages[0]?.steps.map(step => cut(text, step.span)))).toEqual([
      ['x'],
      ['#!/bin/sh\nls'],
    ]);
  });
  test('another dialect is left alone', () => {
    expect(lower(config('coreos: {}\nwrite_files: [{path: /x, content: y}]\n')).stages[0]?.steps).toEqual([]);
  });
  test('an expression in a value is a reference', () => {
    const [step] = stepsOf(lower('#cloud-config\npassword: a-${pw}\n', 'x.tftpl'), 'credential');
    expect(step?.value).toMatchObject({ literal: undefined, byDefault: undefined, parts: ['a-', { name: '' }] });
    expect(step?.value.source.text).toBe(`a-${UNRESOLVED}`);
  });
});

describe('hostile input', () => {
  const visit = (text: string, path?: string) => {
    const seen: ImageBuild[] = [lower(text, path)];
    for (let build = seen.pop(); build; build = seen.pop()) {
      for (const { span } of build.problems) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(text.length);
      }
      seen.push(...build.nested);
    }
  };
  const PIECES = [
    '#cloud-config\n',
    'runcmd:\n',
    '- ',
    '  ',
    '\n',
    '\t',
    ': ',
    'a',
    '|\n',
    '>-\n',
    '&x ',
    '*x',
    '<<: ',
    '!!binary ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '"',
    "'",
    '${',
    '}',
    '{{',
    '}}',
    '{% if %}',
    '%{ if x }',
    '{#',
    '#',
    '---\n',
    '...\n',
    'users',
    'write_files:\n',
    'content: ',
    'encoding: b64\n',
    'chpasswd: {list: "a:b"}\n',
    'autoinstall:\n  user-data: ',
    'Content-Type: multipart/mixed; boundary=b\n\n',
    '--b\n',
    '--b--',
    '#cloud-config-archive\n',
    '## template: jinja\n',
    '#include\n',
    '\r\n',
    '\uFEFF',
    '😀',
    '\uD800',
    '\0',
    UNRESOLVED,
    '? ',
    '@',
    '`',
    '%',
  ];
  test('nothing throws, and problems stand in the document', () => {
    const text = fc.oneof(
      fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map(parts => parts.join('')),
      fc.string(),
    );
    fc.assert(fc.property(text, fc.constantFrom('user-data', 'a.tftpl', 'a.j2', 'cloud.cfg', undefined), visit), {
      numRuns: 10_000,
    });
  });

  const deep = 'deeper than 128';
  const long = 'too long';
  test.each([
    ['['.repeat(100_000), deep],
    [`a: ${'{'.repeat(100_000)}`, deep],
    ['- '.repeat(100_000), deep],
    ['? '.repeat(100_000), deep],
    [Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''), deep],
    [`a: |\n${'  x\n'.repeat(300_000)}`, long],
    ['- x\n'.repeat(100_000), long],
  ])('%#: refused with a notice', (text, message) => {
    for (let i = 0; i < 3; i++) {
      const tree = parse(text, 'user-data');
      expect(tree.document).toBeUndefined();
      expect(tree.problems.map(problem => problem.message)).toEqual([expect.stringContaining(message)]);
    }
  });
  test('deep nesting below the limit is read', () => {
    expect(parse(`a: ${'['.repeat(120)}${']'.repeat(120)}`, 'user-data').problems).toEqual([]);
    const dashes = Array.from({ length: 60 }, (_, i) => `${' '.repeat(2 * i)}- a:`).join('\n');
    expect(parse(`x:\n${dashes}\n`, 'user-data').problems).toEqual([]);
  });
  test('a bomb of aliases does not go off', () => {
    const bomb = Array.from(
      { length: 20 },
      (_, i) =>
        `a${i}: &a${i} [${
          i
            ? Array(9)
                .fill(`*a${i - 1}`)
                .join(', ')
            : 'x'
        }]\n`,
    );
    const merges = Array.from(
      { length: 20 },
      (_, i) =>
        `m${i}: &m${i} {k${i}: 1${
          i
            ? `, <<: [${Array(9)
                .fill(`*m${i - 1}`)
                .join(', ')}]`
            : ''
        }}\n`,
    );
    const text = `${bomb.join('')}${merges.join('')}users: *a19\nuser: *m19\nruncmd: *a19\n`;
    expect(parse(text, 'user-data').problems).toEqual([]);
    visit(text, 'user-data');
  });
  test('ten thousand keys, and a block of half a megabyte', () => {
    const keys = Array.from({ length: 10_000 }, (_, i) => `key${i}: value\n`).join('');
    expect(parse(keys, 'user-data').root?.entries).toHaveLength(10_000);
    expect(parse(`a: |\n${'  x\n'.repeat(125_000)}`, 'user-data').problems).toEqual([]);
  });
});
