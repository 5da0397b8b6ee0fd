import { describe, expect, it } from 'vitest';
import type { Step } from '../../core/build.ts';
import { SourceText } from '../../core/text.ts';
import { configFiles, fileCommands } from '../../facts/config-files.ts';
import { containerImages } from '../../facts/container-images.ts';
import { buildOf, textValue } from './builds.ts';

function file(path: string, text: string): Step {
  const content = SourceText.document(text.replaceAll('$', '\uE000'));
  return { kind: 'write-file', path: textValue(path), content, mode: undefined, script: undefined, span: content.span };
}

function show(path: string, text: string): string[] | string {
  const [one] = configFiles(buildOf(file(path, text)));
  if (!one) return 'not known';
  return (
    one.settings?.map(({ path: keys, literal, span }) => {
      return `${keys.join('/')} = ${literal ?? '?'} @ ${text.slice(span.start, span.end)}`;
    }) ?? 'not read'
  );
}

describe('files that a build writes', () => {
  const DAEMON = '/etc/docker/daemon.json';
  it.each([
    [
      DAEMON,
      '{"a": {"b": true}, "c": ["x", 1], "d": "$"}',
      ['a/b = true @ "b": true', 'c/0 = x @ "x"', 'c/1 = 1 @ 1', 'd = ? @ "d": "$"'],
    ],
    [DAEMON, '{"a": "\\u0041"}', ['a = A @ "a": "\\u0041"']],
    [DAEMON, '{"a": ', 'not read'],
    [DAEMON, '['.repeat(100), 'not read'],
    ['/etc/rancher/k3s/registries.yaml', 'a:\n  b:\n    c: no # x\n', ['a/b/c = no @ c: no']],
    ['/etc/kubernetes/manifests/a.yaml', 'a: 1\n---\nb: |\n  x\n', ['a = 1 @ a: 1', 'b = x\n @ |\n  x\n']],
    ['/etc/kubernetes/manifests/a.yaml', 'a: &x {b: 1}\nc: *x\n', ['a/b = 1 @ b: 1']],
    [
      '/etc/containers/registries.conf',
      '# c = 1\n[[registry]]\n  location = "r"\ninsecure = true # y\nl = [\n "a",\n \'b\' ]\nm = ["c"]',
      [
        'registry/location = r @ location = "r"',
        'registry/insecure = true @ insecure = true # y',
        'registry/l/0 = a @ "a"',
        "registry/l/0 = b @ 'b'",
        'registry/m/0 = c @ "c"',
      ],
    ],
    [
      '/etc/systemd/system/a.service',
      '[Service]\n; no = 1\nExecStart=/bin/a \\\n  b\nUser=c\n',
      ['Service/ExecStart = /bin/a \\\n  b @ ExecStart=/bin/a \\\n  b', 'Service/User = c @ User=c'],
    ],
    [
      '/root/.curlrc',
      'insecure\n-k\nproxy = "x y"\r\nurl: z',
      ['insecure =  @ insecure', '-k =  @ -k', 'proxy = x y @ proxy = "x y"', 'url = z @ url: z'],
    ],
    ['/etc/environment', "export A='b c'\nD=\n", ["A = b c @ export A='b c'", 'D =  @ D=']],
    [
      '/etc/apt/apt.conf.d/9x',
      '// A::B "0";\n/* C "1"; */ A::b "2"; D { e::F "3"; g { H "4"; } }; I "5";',
      ['a/b = 2 @ A::b "2"', 'd/e/f = 3 @ e::F "3"', 'd/g/h = 4 @ H "4"', 'i = 5 @ I "5"'],
    ],
    ['/usr/share/doc/daemon.json', '{}', 'not known'],
    ['/srv/stack.yaml', 'services:\n  a: 1\n', ['services/a = 1 @ a: 1']],
    ['/srv/values.yaml', 'a:\n  services: 1\n', 'not known'],
  ])('%s %j', (path, text, wanted) => {
    expect(show(path, text)).toEqual(wanted);
  });

  it('are pieces that several commands write, with their line breaks', () => {
    const [one] = configFiles(
      buildOf(String.raw`printf '[a]\nb = 1\n' > /root/.gitconfig; echo 'c = "d\\n"' >> /root/.gitconfig`),
    );
    expect(one!.settings!.map(({ path, literal }) => `${path.join('/')} = ${literal}`)).toEqual([
      'a/b = 1',
      String.raw`a/c = d\\n`,
    ]);
    expect(one!.settings![0]!.span).toEqual({ start: 13, end: 18 });
  });

  it('run commands: units and tables of cron', () => {
    const build = buildOf(
      file(
        '/etc/systemd/system/a.service',
        '[Service]\nExecStartPre=-+/bin/rm x\nExecStart=@/bin/docker run \\\n a/b:1\nUser=docker run c\n',
      ),
      file('/etc/cron.d/a', '@daily root podman pull d/e:2\n'),
      file('/etc/notes', 'ExecStart=/bin/docker run f\n'),
    );
    expect(fileCommands(build).map(({ invocation }) => invocation.program)).toEqual(['rm', 'docker', 'podman']);
    expect(containerImages(build).map(({ reference, use }) => `${use} ${reference.repository}`)).toEqual([
      'run a/b',
      'pull d/e',
    ]);
  });

  it('are read as far as it is cheap', () => {
    const many = buildOf(...Array.from({ length: 700 }, (_, i) => file(`/etc/apt/apt.conf.d/${i}`, 'A "1";')));
    expect(configFiles(many)).toHaveLength(500);
    expect(show(DAEMON, `{"a": "${'x'.repeat(100_001)}"}`)).toBe('not read');
    expect(show('/etc/environment', 'A=1\n'.repeat(20_000)).length).toBe(5_000);
  });
});
