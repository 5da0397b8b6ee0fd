import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import { type ConfigFile, configFiles, fileCommands, isOn, type Setting } from '../../../facts/config-files.ts';
import { FILE_WRITE_NEEDS } from '../../../facts/file-writes.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { isLocalUrl, isOwnUrl } from '../../../facts/local-url.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineBuildRule({
  id: 'insecure-registry',
  summary: 'A container engine uses a registry without verifying TLS',
  policies: ['G10', 'G2'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: {
    steps: FILE_WRITE_NEEDS.steps!,
    programs: [...FILE_WRITE_NEEDS.programs!, 'dockerd', 'podman', 'buildah', 'skopeo', 'docker', 'nerdctl'],
  },
  since: '2026.11',
  *check(build) {
    for (const { registry, span } of insecureRegistries(build)) {
      const own = registry === undefined ? false : isOwnUrl(registry);
      if (own !== false && !isEverything(registry)) continue;
      const local = registry !== undefined && isLocalUrl(registry) === true && !isEverything(registry);
      const finding: Finding = {
        message: `${registry === undefined ? 'A registry' : quoted(registry)} is used without verified TLS`,
        help: 'Give the registry a certificate, and install its CA for the engine',
        span,
      };
      // A registry on a private network often has no publicly trusted certificate.
      yield local ? { ...finding, preset: 'strict' } : finding;
    }
  },
});

/** A registry, `undefined` where its name is not in the same place. */
interface Insecure {
  readonly registry: string | undefined;
  readonly span: Span;
}

function* insecureRegistries(build: ImageBuild): Iterable<Insecure> {
  for (const file of configFiles(build)) yield* inFile(file);
  for (const { invocation } of [...setupCommands(build), ...fileCommands(build)]) yield* inCommand(invocation);
}

/** `0.0.0.0/0` is every registry, not the machine itself. */
function isEverything(registry: string | undefined): boolean {
  return registry !== undefined && /^(?:0\.0\.0\.0\/0|::\/0)$/.test(registry);
}

function* inFile({ kind, path, settings = [] }: ConfigFile): Iterable<Insecure> {
  for (const [i, one] of settings.entries()) {
    const [first, second] = one.path;
    const key = one.path.at(-1);
    if (kind === 'docker-daemon' && first === 'insecure-registries') yield* known(one.literal, one.span);
    if (kind === 'kubernetes-registries' && first === 'configs' && key === 'insecure_skip_verify' && isOn(one))
      yield* known(second, one.span);
    if (kind === 'registries' && key === 'insecure' && isOn(one)) yield* known(locationNear(settings, i), one.span);
    if (kind === 'registries' && first === 'registries.insecure' && second === 'registries')
      yield* known(one.literal, one.span);
    if (kind === 'registry-hosts' && (key === 'skip_verify' || key === 'insecure_skip_verify') && isOn(one))
      yield* known(hostOf(first ?? '', path), one.span);
    if (isEndpoint(kind, one)) yield* plainHttp(one.literal, one.span);
    // `DOCKER_OPTS="--insecure-registry 10.0.0.5:5000"`
    if (kind === 'environment')
      for (const match of one.value.text.matchAll(/--insecure-registry[= ]{1,4}([^\s"'\\]{1,200})/g))
        yield* known(match[1], one.value.spanOf(match.index, match.index + match[0].length));
  }
}

/** A setting whose value is the address that images are pulled from. */
function isEndpoint(kind: ConfigFile['kind'], { path }: Setting): boolean {
  const [first, , third] = path;
  switch (kind) {
    // https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file
    case 'docker-daemon':
      return first === 'registry-mirrors';
    // https://docs.k3s.io/installation/private-registry#mirrors
    case 'kubernetes-registries':
      return first === 'mirrors' && third === 'endpoint';
    // https://github.com/containerd/containerd/blob/main/docs/hosts.md#server-field
    case 'registry-hosts':
      return path.length === 1 && first === 'server';
    default:
      return false;
  }
}

/** `http://registry.example.com:5000` */
function* plainHttp(address: string | undefined, span: Span): Iterable<Insecure> {
  const host = /^http:\/\/([^/\s]{1,200})/i.exec(address ?? '')?.[1];
  yield* known(host?.replace(/^[^@]{0,100}@/, ''), span);
}

function* known(registry: string | undefined, span: Span): Iterable<Insecure> {
  if (registry !== undefined && !/[$\uE000]/.test(registry)) yield { registry, span };
}

/** The location in the same table of registries.conf: the one before the setting, else the one after it. */
function locationNear(settings: readonly Setting[], at: number): string | undefined {
  const names = (one: Setting): boolean => /^(?:location|prefix)$/.test(one.path.at(-1) ?? '');
  return (settings.slice(0, at).findLast(names) ?? settings.slice(at).find(names))?.literal;
}

/** `host."https://registry.example.com"`, or the directory that hosts.toml is in. */
function hostOf(section: string, path: string): string | undefined {
  const quotedNames = [...section.matchAll(/"([^"]{1,200})"/g)].map(match => match[1]!);
  const host = quotedNames.findLast(name => /[.:]/.test(name) && !name.startsWith('io.containerd.'));
  return host ?? /\/certs\.d\/([^/]{1,100})\//.exec(path)?.[1];
}

const VERIFIES = ['--tls-verify', '--src-tls-verify', '--dest-tls-verify'];

function* inCommand(invocation: Invocation): Iterable<Insecure> {
  const given = readArguments(invocation);
  const { script } = invocation;
  if (given.program === 'dockerd') {
    for (const { literal, word } of given.values('--insecure-registry')) yield* known(literal, script.spanOf(word));
    return;
  }
  const options = given.options.filter(
    ({ canonical, value }) => VERIFIES.includes(canonical) && /^(?:false|0)$/.test(value?.literal ?? ''),
  );
  if (options.length === 0) return;
  const words = given.operands.map(({ literal = '' }) => literal);
  const name = given.verb === 'login' ? words[0] : words.map(registryOf).find(one => one !== undefined);
  yield* known(name, script.spanOf(options[0]!.words[0]!));
}

/** The registry in a reference: `registry.example.com:5000` of `docker://registry.example.com:5000/app:1`. */
function registryOf(word: string): string | undefined {
  const plain = word.replace(/^docker:\/\//, '');
  const [first = '', ...rest] = plain.split('/');
  return rest.length > 0 && /[.:]/.test(first) && parseImageReference(plain) ? first : undefined;
}
