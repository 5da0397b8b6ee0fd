import type { ImageBuild } from '../../../core/build.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { SourceText, Span } from '../../../core/text.ts';
import { configFiles, fileCommands, isOn } from '../../../facts/config-files.ts';
import { FILE_WRITE_NEEDS } from '../../../facts/file-writes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineBuildRule({
  id: 'docker-api-without-tls',
  summary: 'The Docker API is reachable over the network without TLS',
  policies: ['G10'],
  category: 'security',
  severity: 'error',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { steps: FILE_WRITE_NEEDS.steps!, programs: [...FILE_WRITE_NEEDS.programs!, 'dockerd'] },
  since: '2026.11',
  *check(build) {
    if (verifiesClients(build)) return;
    for (const { address, span } of addresses(build))
      yield {
        message: `Docker API listens on \`${address}\` without TLS: anyone who connects is root`,
        help: 'Use `ssh://` instead, or set `tlsverify` and give clients certificates',
        span,
      };
  },
});

/** Another file or command may set it for the same engine. */
function verifiesClients(build: ImageBuild): boolean {
  return (
    configFiles(build).some(
      ({ kind, settings, text }) =>
        (kind === 'docker-daemon' && (settings?.some(one => one.path[0] === 'tlsverify' && isOn(one)) ?? true)) ||
        ((kind === 'unit' || kind === 'environment') && /--tlsverify(?!=false)/.test(text.text)),
    ) || commands(build).some(invocation => readArguments(invocation).has('--tlsverify'))
  );
}

function commands(build: ImageBuild): readonly Invocation[] {
  return [...setupCommands(build), ...fileCommands(build)]
    .map(({ invocation }) => invocation)
    .filter(({ program }) => program === 'dockerd');
}

interface Listening {
  readonly address: string;
  readonly span: Span;
}

function* addresses(build: ImageBuild): Iterable<Listening> {
  for (const { kind, settings = [], text } of configFiles(build)) {
    // `sed -i 's#-H fd://#-H fd:// -H tcp://0.0.0.0:2375#' /lib/systemd/system/docker.service` writes a part of a line.
    if (kind === 'unit' && !text.text.includes('ExecStart')) yield* hostsIn(text);
    for (const { path, literal = '', value, span } of settings) {
      if (kind === 'docker-daemon' && path[0] === 'hosts' && isOpen(literal)) yield { address: literal, span };
      // `DOCKER_OPTS="-H tcp://0.0.0.0:2375"`
      if (kind === 'environment') yield* hostsIn(value);
    }
  }
  for (const invocation of commands(build)) {
    const given = readArguments(invocation);
    for (const { literal = '', word } of given.values('--host'))
      if (given.certain && isOpen(literal)) yield { address: literal, span: invocation.script.spanOf(word) };
  }
}

/** The options in a text that is no command line. */
function* hostsIn(text: SourceText): Iterable<Listening> {
  for (const match of text.text.matchAll(/(?:-H|--host)[= ]{0,4}(tcp:\/\/[^\s"'\\]{1,100})/g))
    if (isOpen(match[1]!)) yield { address: match[1]!, span: text.spanOf(match.index, match.index + match[0].length) };
}

/** Without a host it listens on the machine alone. */
function isOpen(address: string): boolean {
  const host = /^tcp:\/\/(\[[0-9a-f:]{2,45}\]|[\w.-]{1,100})(?::\d{1,5})?\/?$/i.exec(address)?.[1];
  return host !== undefined && !/^(?:127\.|localhost$|\[::1\]$)/i.test(host);
}
