/** What a Compose file builds and starts: https://docs.docker.com/reference/compose-file/ */
import { nameOf, parentDirectory } from '../../core/path.ts';
import type { Span } from '../../core/text.ts';
import type { Setting } from '../../facts/config-files/setting.ts';
import { argumentsOf, labelsOf } from './arguments.ts';
import type { BuildCall, BuildContext, FileFacts, NamedImage } from './model.ts';
import { type Naming, partsOf } from './naming.ts';
import { grouped, knownIn, nameIn, settingsOf, startIn } from './values.ts';

export function ofCompose(path: string, text: string, naming: Naming): Pick<FileFacts, 'builds' | 'starts'> {
  const builds: BuildCall[] = [];
  const starts: NamedImage[] = [];
  const settings = settingsOf(text);
  const services = grouped(settings, depthOfService);
  const project = projectOf(path, settings, naming);
  for (const service of services) {
    const depth = depthOfService(service[0]!)!;
    const image = at(service, depth, 'image');
    const inBuild = service.filter(({ path }) => path[depth] === 'build');
    const tags = [image, ...inBuild.filter(({ path }) => path[depth + 1] === 'tags')];
    const names = tags.flatMap(one => (one ? nameIn(one, naming) : []));
    const key = naming.shown(service[0]!.path[depth - 1]!);
    if (inBuild.length === 0) starts.push(...(image ? startIn(image, naming) : []));
    else if (!at(service, depth, 'build', 'dockerfile_inline'))
      builds.push({
        names,
        ...partsOf(
          tags.flatMap(one => (one ? { written: one.literal, span: one.value.span } : [])),
          naming,
        ),
        ...argumentsOf(inBuild.filter(({ path }) => path[depth + 1] === 'args').map(argumentIn), naming),
        ...labelsOf(inBuild.filter(({ path }) => path[depth + 1] === 'labels').map(argumentIn), naming),
        ...contextsOf(inBuild, services, naming),
        by: 'compose',
        ...pathsOf(service, depth, naming),
        span: inBuild[0]!.span,
        starts: { name: names[0]?.name ?? key, certain: true, span: image?.value.span ?? keySpan(inBuild, text) },
        ...(image || depth === 1 ? {} : { alias: `${project}-${key}` }),
      });
  }
  return { builds, starts };
}

/** The name of the project, which images without a name get: https://docs.docker.com/compose/how-tos/project-name/ */
function projectOf(path: string, settings: readonly Setting[], naming: Naming): string {
  const given = settings.find(({ path }) => path.length === 1 && path[0] === 'name');
  return (
    knownIn(given, naming) ??
    naming.shown(
      nameOf(parentDirectory(path))
        .toLowerCase()
        .replace(/[^\w-]/g, ''),
    )
  );
}

/** What a service has at the path of the keys. */
const at = (service: readonly Setting[], depth: number, ...keys: readonly string[]): Setting | undefined =>
  service.find(({ path }) => path.length === keys.length + depth && keys.every((key, i) => path[i + depth] === key));

function pathsOf(
  service: readonly Setting[],
  depth: number,
  naming: Naming,
): Pick<BuildCall, 'context' | 'file' | 'target'> {
  const of = (...keys: readonly string[]) => at(service, depth, ...keys);
  const context = of('build') ?? of('build', 'context');
  return {
    context: context ? knownIn(context, naming) : '.',
    file: knownIn(of('build', 'dockerfile'), naming),
    target: knownIn(of('build', 'target'), naming),
  };
}

/** `additional_contexts: { base: service:base }`: https://docs.docker.com/reference/compose-file/build/#additional_contexts */
function contextsOf(
  inBuild: readonly Setting[],
  services: readonly (readonly Setting[])[],
  naming: Naming,
): Pick<BuildCall, 'contexts'> {
  const given = inBuild.filter(({ path }) => path.at(-2) === 'additional_contexts').map(argumentIn);
  if (given.length === 0) return {};
  const found = given.map((one): [string, BuildContext] => {
    const [name = '', value = ''] = [naming.shown(one.slice(0, one.indexOf('='))), one.slice(one.indexOf('=') + 1)];
    const [, scheme, rest = ''] = /^(service:|docker-image:\/\/)(.*)$/.exec(value) ?? [];
    if (scheme === undefined) return [name, {}];
    const service = services.find(([first]) => first?.path[0] === 'services' && first.path[1] === rest);
    if (scheme === 'service:')
      return [name, service?.some(({ path }) => path[2] === 'build') ? { built: pathsOf(service, 2, naming) } : {}];
    const image = naming.known(rest);
    return [name, image === undefined ? {} : { image }];
  });
  return { contexts: Object.fromEntries(found) };
}

/** The key `build` of a service. */
function keySpan([first]: readonly Setting[], text: string): Span {
  const { start, end } = first!.span;
  const key = text.lastIndexOf('build', start);
  return key < 0 ? { start, end } : { start: key, end: key + 'build'.length };
}

/** Services, and what they take over from an extension: `x-app`. */
const depthOfService = ({ path }: Setting): number | undefined => {
  if (path[0] === 'services') return path.length > 2 ? 2 : undefined;
  return path[0]?.startsWith('x-') && path.length > 1 ? 1 : undefined;
};

/** `NAME: x` and `- NAME=x`; one without a value is that of the environment. */
function argumentIn({ path, literal }: Setting): string {
  const key = path.at(-1)!;
  if (!/^\d+$/.test(key)) return `${key}=${literal ?? ''}`;
  return literal?.includes('=') ? literal : `${literal ?? ''}=\${${literal ?? ''}}`;
}
