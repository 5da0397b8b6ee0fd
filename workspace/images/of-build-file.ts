/** What a Compose file, a Bake file, a workflow, a unit, a Makefile or a script says of images: which it builds, and which it starts. */
import { nameOf } from '../../core/path.ts';
import { SourceText, type Span } from '../../core/text.ts';
import { namesBuiltIn } from '../../facts/built-images/names.ts';
import { kindOfPath } from '../../facts/config-files/kinds.ts';
import { readSections } from '../../facts/config-files/sections.ts';
import type { Setting } from '../../facts/config-files/setting.ts';
import { readYaml } from '../../facts/config-files/yaml.ts';
import { argumentsOf, type Commands, commandsIn, labelsOf } from './commands.ts';
import { type Included, isMakefile } from './includes.ts';
import type { BuildCall, FileFacts, NamedImage } from './model.ts';
import { type Naming, namingOf, partsOf, withEach } from './naming.ts';
import { ofBake } from './of-bake.ts';
import {
  isHelmValues,
  isKustomization,
  isManifest,
  ofHelmValues,
  ofKustomization,
  ofManifest,
  ofSkaffold,
} from './of-manifest.ts';
import { keysOfPipeline, ofPipeline } from './of-pipeline.ts';
import { ofTiltfile } from './of-tiltfile.ts';

/** Characters of a file that are read. */
const LONGEST = 200_000;
/** Entries of one file. */
const MOST = 500;

/** `clean` masks secrets in a text. `included` has the variables that the file takes over. */
export function factsOfBuildFile(
  path: string,
  text: string,
  clean: (text: string) => string,
  included: readonly Included[] = [],
): FileFacts {
  const file = { path, name: nameOf(path), text: text.slice(0, LONGEST) };
  const variables = included.map(({ text }) => text).join('\n');
  const naming = namingOf(variables === '' ? file : { ...file, text: `${file.text}\n${variables}` }, clean);
  const makes = namesBuiltIn(file).map(clean);
  const facts: FileFacts = { path, stages: [], builds: [], retags: [], starts: [], files: [], makes };
  // Keys of YAML are no variables: Compose has those of `.env`, a manifest has none.
  const namingBy = (text: string): Naming => namingOf({ ...file, text }, clean);
  if (isHelmValues(path)) return { ...facts, starts: ofHelmValues(settingsOf(file.text), namingBy('')).slice(0, MOST) };
  if (kindOfPath(path, file.text) === 'compose')
    return { ...facts, ...ofCompose(settingsOf(file.text), namingBy(lastOfEach(variables))) };
  if (isKustomization(path)) return { ...facts, starts: ofKustomization(settingsOf(file.text), namingBy('')) };
  if (/^skaffold[\w.-]{0,60}\.ya?ml$/i.test(file.name))
    return { ...facts, ...ofSkaffoldFile(settingsOf(file.text), namingBy('')) };
  if (isManifest(path, file.text))
    return { ...facts, starts: ofManifest(settingsOf(file.text), namingBy('')).slice(0, MOST) };
  if (isQuadlet(path)) return { ...facts, ...ofQuadlet(path, file.text, naming) };
  if (/bake[^/]{0,100}\.json$|\.hcl$/i.test(file.name)) return { ...facts, builds: ofBake(path, file.text, naming) };
  if (/devcontainer[^/]{0,60}\.json$/i.test(file.name)) return { ...facts, starts: ofDevcontainer(file.text, naming) };
  if (/\.json$/i.test(path) && file.name !== 'package.json') return facts;
  if (/^tiltfile$/i.test(file.name)) return { ...facts, builds: ofTiltfile(file.text, naming) };
  const { builds, retags, starts } = isMakefile(path)
    ? commandsOfMake(file.text, included, naming, text => namingOf({ ...file, text }, clean))
    : commandsIn(file.text, naming, false);
  const keys = keysOfPipeline(path, file.text);
  const isWorkflow = file.text.includes('docker/build-push-action') && /\.ya?ml$/i.test(path);
  const settings = isWorkflow || keys ? settingsOf(file.text) : [];
  const steps = isWorkflow ? ofWorkflow(settings, naming) : [];
  const containers = keys ? ofPipeline(settings, keys, naming) : [];
  return {
    ...facts,
    builds: [...builds.slice(0, MOST), ...steps],
    retags: retags.slice(0, MOST),
    starts: [...starts.slice(0, MOST), ...containers.slice(0, MOST)],
  };
}

/**
 * The commands of a Makefile, and the builds of those that it includes, which are run in its directory and with its
 * variables. What an included file says alone is said there.
 */
function commandsOfMake(
  own: string,
  included: readonly Included[],
  naming: Naming,
  alone: (text: string) => Naming,
): Commands {
  const commands = commandsIn(own, naming, true);
  const builds = [...commands.builds];
  for (const { text, path, span } of included) {
    if (!isMakefile(path)) continue;
    const said = new Set(commandsIn(text, alone(text), true).builds.map(one => JSON.stringify(one)));
    for (const call of commandsIn(text, naming, true).builds)
      if (!said.has(JSON.stringify(call))) builds.push(movedTo(call, span));
  }
  return { ...commands, builds };
}

/** A call at another place of the file. */
const movedTo = ({ names, parts, ...call }: BuildCall, span: Span): BuildCall => ({
  ...call,
  span,
  names: names.map(one => ({ ...one, span })),
  ...(parts ? { parts: parts.map(one => ({ ...one, span })) } : {}),
});

/** https://containers.dev/implementors/json_reference/: JSON with comments. */
function ofDevcontainer(text: string, naming: Naming): readonly NamedImage[] {
  const found = /^[ \t{]{0,40}"image"[ \t]{0,20}:[ \t]{0,20}"([^"\n]{1,300})"/m.exec(text);
  if (!found) return [];
  const start = found.index + found[0].length - found[1]!.length - 1;
  const name = naming.named(found[1], { start, end: start + found[1]!.length });
  return name ? [name] : [];
}

/** podman-systemd.unit(5), wherever the repository keeps them. */
export const isQuadlet = (path: string): boolean => /\.(?:container|image|build)$/.test(path);

const settingsOf = (text: string): readonly Setting[] => readYaml(SourceText.document(text)) ?? [];

/** Settings by the path in front of a number of keys. */
function grouped(settings: readonly Setting[], depthOf: (one: Setting) => number | undefined): Setting[][] {
  const groups = new Map<string, Setting[]>();
  for (const one of settings) {
    const depth = depthOf(one);
    if (depth === undefined) continue;
    const key = one.path.slice(0, depth).join('\0');
    const group = groups.get(key);
    if (group) group.push(one);
    else if (groups.size < MOST) groups.set(key, [one]);
  }
  return [...groups.values()];
}

/** Of the lines of a file of variables that set the same one, the last. */
function lastOfEach(variables: string): string {
  const lines = new Map<string, string>();
  for (const line of variables.slice(0, LONGEST).split('\n')) {
    const name = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w{0,60})[ \t]*[=:]/.exec(line)?.[1];
    if (name !== undefined) lines.set(name, line);
  }
  return [...lines.values()].join('\n');
}

/** What it builds, and the containers that verify it. */
function ofSkaffoldFile(settings: readonly Setting[], naming: Naming): Said {
  const verify = settings.filter(
    ({ path }) => path.includes('verify') && path.slice(-2).join('.') === 'container.image',
  );
  return {
    builds: ofSkaffold(artifactsIn(settings), naming),
    starts: verify.flatMap(one => nameIn(one, naming)),
  };
}

/** Of each artifact the settings; those of several documents have the same numbers, one after the other. */
function artifactsIn(settings: readonly Setting[]): readonly (readonly Setting[])[] {
  const artifacts: Setting[][] = [];
  let last: string | undefined;
  for (const one of settings) {
    const at = one.path.lastIndexOf('artifacts');
    const isInside = at > 0 && one.path[at - 1] === 'build' && one.path.length > at + 2;
    const key = isInside ? one.path.slice(0, at + 2).join('\0') : undefined;
    if (key !== undefined && key === last) artifacts.at(-1)!.push(one);
    else if (key !== undefined && artifacts.length < MOST) artifacts.push([one]);
    last = key;
  }
  return artifacts;
}

type Said = Pick<FileFacts, 'builds' | 'starts'>;

function ofCompose(settings: readonly Setting[], naming: Naming): Said {
  const builds: BuildCall[] = [];
  const starts: NamedImage[] = [];
  for (const service of grouped(settings, depthOfService)) {
    const depth = depthOfService(service[0]!)!;
    const at = (...keys: readonly string[]): Setting | undefined =>
      service.find(
        ({ path }) => path.length === keys.length + depth && keys.every((key, i) => path[i + depth] === key),
      );
    const inBuild = service.filter(({ path }) => path[depth] === 'build');
    const tags = [at('image'), ...inBuild.filter(({ path }) => path[depth + 1] === 'tags')];
    const names = tags.flatMap(one => (one ? nameIn(one, naming) : []));
    const context = at('build') ?? at('build', 'context');
    if (inBuild.length === 0) starts.push(...names);
    else if (!at('build', 'dockerfile_inline'))
      builds.push({
        names,
        ...partsOf(
          tags.flatMap(one => (one ? { written: one.literal, span: one.value.span } : [])),
          naming,
        ),
        ...argumentsOf(inBuild.filter(({ path }) => path[depth + 1] === 'args').map(argumentIn), naming),
        ...labelsOf(inBuild.filter(({ path }) => path[depth + 1] === 'labels').map(argumentIn), naming),
        by: 'compose',
        context: context ? known(context, naming) : '.',
        file: known(at('build', 'dockerfile'), naming),
        target: known(at('build', 'target'), naming),
        span: inBuild[0]!.span,
      });
  }
  return { builds, starts };
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

function ofQuadlet(path: string, text: string, naming: Naming): Said {
  const settings = readSections(SourceText.document(text));
  const all = (section: string, key: string) =>
    settings.filter(({ path: [own, name] }) => own === section && name === key);
  const names = (section: string, key: string) => all(section, key).flatMap(one => nameIn(one, naming));
  if (!path.endsWith('.build')) {
    // A unit may name another unit: `web.build`.
    const images = [...names('Container', 'Image'), ...names('Image', 'Image')];
    return { builds: [], starts: images.filter(({ name }) => !/\.(?:image|build)$/.test(name)) };
  }
  const [tag] = all('Build', 'ImageTag');
  const file = known(all('Build', 'File')[0], naming);
  const directory = known(all('Build', 'SetWorkingDirectory')[0], naming);
  if (!tag) return { builds: [], starts: [] };
  return {
    starts: [],
    builds: [
      {
        names: names('Build', 'ImageTag'),
        by: 'compose',
        context: directory === undefined || /^(?:unit|file)$/.test(directory) ? '.' : directory,
        file,
        target: known(all('Build', 'Target')[0], naming),
        span: tag.span,
      },
    ],
  };
}

/** Steps that use Docker's action to build. */
function ofWorkflow(settings: readonly Setting[], naming: Naming): BuildCall[] {
  const steps = grouped(settings, ({ path }) => {
    const at = path.indexOf('steps');
    return at < 0 || path.length < at + 3 ? undefined : at + 2;
  });
  return steps.flatMap(step => {
    const uses = step.find(({ path }) => path.at(-1) === 'uses');
    if (!uses?.literal?.startsWith('docker/build-push-action')) return [];
    const given = (key: string): Setting | undefined => givenTo(step, key);
    const tags = wordsOf(given('tags')).flatMap(one => {
      const id = /steps\.([\w-]{1,60})\.outputs\.tags/.exec(one.written)?.[1];
      const made = id === undefined ? undefined : stepCalled(id, step, steps);
      return id === undefined ? [one] : wordsOf(made && givenTo(made, 'images'));
    });
    const context = given('context')?.literal ?? '.';
    const target = known(given('target'), naming);
    const paths = withEach({ context, file: given('file')?.literal }, tags, naming);
    const lines =
      given('build-args')
        ?.literal?.split('\n')
        .map(line => line.trim()) ?? [];
    const labels = labelsOf(labelsIn(given('labels'), step, steps), naming);
    return [{ ...paths, ...argumentsOf(lines, naming), ...labels, by: 'workflow' as const, target, span: uses.span }];
  });
}

const givenTo = (step: readonly Setting[], key: string): Setting | undefined =>
  step.find(({ path }) => path.at(-2) === 'with' && path.at(-1) === key);

/** The step of the same job with the id: https://github.com/docker/metadata-action makes tags and labels. */
function stepCalled(
  id: string,
  step: readonly Setting[],
  steps: readonly (readonly Setting[])[],
): readonly Setting[] | undefined {
  const job = (one: readonly Setting[]) => one[0]?.path.slice(0, one[0].path.indexOf('steps')).join('\0');
  return steps.find(
    one => job(one) === job(step) && one.some(({ path, literal }) => path.at(-1) === 'id' && literal === id),
  );
}

/** The labels that the action sets by itself, from the repository. */
const OF_METADATA = ['created', 'description', 'licenses', 'revision', 'source', 'title', 'url', 'version'].map(
  name => `org.opencontainers.image.${name}=`,
);

/** The lines `KEY=x`, and those that a step makes of the repository. */
function labelsIn(
  given: Setting | undefined,
  step: readonly Setting[],
  steps: readonly (readonly Setting[])[],
): readonly string[] {
  const lines = given?.literal?.split('\n').map(line => line.trim()) ?? [];
  return lines.flatMap(line => {
    const id = /steps\.([\w-]{1,60})\.outputs\.labels/.exec(line)?.[1];
    if (id === undefined) return line.includes('=') ? [line] : [];
    const made = stepCalled(id, step, steps);
    const own = made && givenTo(made, 'labels')?.literal?.split('\n');
    return [...(own ?? []).filter(line => line.includes('=')), ...OF_METADATA];
  });
}

/** The words of a list in a string; `${{ … }}` is one. */
function wordsOf(one: Setting | undefined): readonly { readonly written: string; readonly span: Setting['span'] }[] {
  const { span } = one?.value ?? {};
  if (!one || !span) return [];
  const words = (one.literal ?? '').match(/(?:\$\{\{[^}]{0,200}\}\}|[^\s,]){1,400}/g) ?? [];
  return words.filter(word => !/^(?:type|enable|name)=/.test(word)).map(written => ({ written, span }));
}

function nameIn(one: Setting, naming: Naming): readonly NamedImage[] {
  const name = naming.named(one.literal, one.value.span);
  return name ? [name] : [];
}

function known(one: Setting | undefined, naming: Naming): string | undefined {
  return one?.literal === undefined ? undefined : naming.known(one.literal);
}
