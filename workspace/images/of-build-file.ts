/** What a Compose file, a workflow, a Makefile or a script says of images: which it builds, and which it starts. */
import { nameOf } from '../../core/path.ts';
import { SourceText } from '../../core/text.ts';
import { expansions, UNKNOWN } from '../../facts/built-images/variables.ts';
import { kindOfPath } from '../../facts/config-files/kinds.ts';
import type { Setting } from '../../facts/config-files/setting.ts';
import { readYaml } from '../../facts/config-files/yaml.ts';
import { commandsThatBuild } from './commands.ts';
import type { BuildCall, FileFacts, NamedImage } from './model.ts';

/** Characters of a file that are read. */
const LONGEST = 200_000;
/** Entries of one file. */
const MOST = 500;

/** `clean` masks secrets in a text. */
export function factsOfBuildFile(path: string, text: string, clean: (text: string) => string): FileFacts {
  const file = { path, name: nameOf(path), text: text.slice(0, LONGEST) };
  const expand = (written: string): NamedImage['name'] | undefined => {
    const known = expansions(written, file).find(one => !one.includes(UNKNOWN));
    return known === undefined ? undefined : clean(known);
  };
  const facts: FileFacts = { path, stages: [], builds: [], starts: [], files: [] };
  if (kindOfPath(path, file.text) === 'compose') return { ...facts, ...ofCompose(settingsOf(file.text), expand) };
  const commands = commandsThatBuild(file.text, expand).slice(0, MOST);
  const isWorkflow = file.text.includes('docker/build-push-action') && /\.ya?ml$/i.test(path);
  const steps = isWorkflow ? ofWorkflow(settingsOf(file.text), expand) : [];
  return { ...facts, builds: [...commands, ...steps] };
}

type Expand = (written: string) => string | undefined;

const settingsOf = (text: string): readonly Setting[] => readYaml(SourceText.document(text)) ?? [];

/** Settings by the path in front of a number of keys. */
function grouped(settings: readonly Setting[], depthOf: (one: Setting) => number | undefined): Setting[][] {
  const groups = new Map<string, Setting[]>();
  for (const one of settings) {
    const depth = depthOf(one);
    if (depth === undefined) continue;
    const key = one.path.slice(0, depth).join('\0');
    groups.set(key, [...(groups.get(key) ?? []), one]);
    if (groups.size > MOST) break;
  }
  return [...groups.values()];
}

function ofCompose(settings: readonly Setting[], expand: Expand): Pick<FileFacts, 'builds' | 'starts'> {
  const builds: BuildCall[] = [];
  const starts: NamedImage[] = [];
  for (const service of grouped(settings, ({ path }) => (path[0] === 'services' && path.length > 2 ? 2 : undefined))) {
    const at = (...keys: readonly string[]): Setting | undefined =>
      service.find(({ path }) => path.length === keys.length + 2 && keys.every((key, i) => path[i + 2] === key));
    const image = at('image');
    const names = image ? nameIn(image, expand) : [];
    const parts = service.filter(({ path }) => path[2] === 'build');
    const context = at('build') ?? at('build', 'context');
    if (parts.length === 0) starts.push(...names);
    else
      builds.push({
        names,
        by: 'compose',
        context: context ? known(context, expand) : '.',
        file: known(at('build', 'dockerfile'), expand),
        target: known(at('build', 'target'), expand),
        span: parts[0]!.span,
      });
  }
  return { builds, starts };
}

/** Steps that use Docker's action to build. */
function ofWorkflow(settings: readonly Setting[], expand: Expand): BuildCall[] {
  const steps = grouped(settings, ({ path }) => {
    const at = path.indexOf('steps');
    return at < 0 || path.length < at + 3 ? undefined : at + 2;
  });
  return steps.flatMap(step => {
    const uses = step.find(({ path }) => path.at(-1) === 'uses');
    if (!uses?.literal?.startsWith('docker/build-push-action')) return [];
    const given = (key: string): Setting | undefined =>
      step.find(({ path }) => path.at(-2) === 'with' && path.at(-1) === key);
    const tags = given('tags');
    const names = (tags?.literal ?? '').split(/[\s,]+/).flatMap(one => {
      const name = one === '' ? undefined : expand(one);
      return name === undefined ? [] : [{ name, certain: name === one, span: tags!.span }];
    });
    const context = given('context');
    return [
      {
        names,
        by: 'workflow' as const,
        context: context ? known(context, expand) : '.',
        file: known(given('file'), expand),
        target: known(given('target'), expand),
        span: uses.span,
      },
    ];
  });
}

function nameIn(one: Setting, expand: Expand): NamedImage[] {
  const name = one.literal === undefined ? undefined : expand(one.literal);
  return name === undefined || name === '' ? [] : [{ name, certain: name === one.literal, span: one.value.span }];
}

function known(one: Setting | undefined, expand: Expand): string | undefined {
  return one?.literal === undefined ? undefined : expand(one.literal);
}
