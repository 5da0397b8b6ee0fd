/** What dobi builds and runs: https://dnephin.github.io/dobi/config.html */
import { nameOf } from '../../core/path.ts';
import type { Setting } from '../../facts/config-files/setting.ts';
import { argumentsOf } from './arguments.ts';
import type { BuildCall, FileFacts, NamedImage } from './model.ts';
import type { Naming } from './naming.ts';
import { grouped, knownIn } from './values.ts';

export const isDobi = (path: string): boolean => /^dobi\.ya?ml$/i.test(nameOf(path));

export function ofDobi(settings: readonly Setting[], naming: Naming): Pick<FileFacts, 'builds' | 'starts'> {
  const resources = grouped(settings, ({ path }) => (path.length > 1 ? 1 : undefined));
  const builds = new Map<string, BuildCall>();
  for (const resource of resources) {
    const key = /^image=(.{1,100})$/.exec(resource[0]!.path[0]!)?.[1];
    if (key === undefined) continue;
    const at = (name: string) => resource.find(({ path }) => path.length === 2 && path[1] === name);
    const all = (name: string) => resource.filter(({ path }) => path.length === 3 && path[1] === name);
    const image = at('image');
    const context = at('context');
    if (!image?.literal || !(context || at('dockerfile'))) continue;
    const tags = all('tags').map(({ literal }) => `${image.literal}:${literal}`);
    builds.set(key, {
      names: (tags.length > 0 ? tags : [image.literal]).flatMap(
        tag => naming.named(filled(tag), image.value.span) ?? [],
      ),
      ...argumentsOf(
        all('args').map(({ path, literal }) => `${path[2]}=${filled(literal ?? '')}`),
        naming,
      ),
      by: 'compose',
      context: context ? knownIn(context, naming) : '.',
      file: knownIn(at('dockerfile'), naming),
      target: knownIn(at('target'), naming),
      span: image.span,
    });
  }
  return { builds: [...builds.values()], starts: resources.flatMap(resource => startOf(resource, builds)) };
}

/** A job runs a container of an image resource. */
function startOf(resource: readonly Setting[], builds: ReadonlyMap<string, BuildCall>): readonly NamedImage[] {
  if (!resource[0]!.path[0]!.startsWith('job=')) return [];
  const use = resource.find(({ path }) => path.length === 2 && path[1] === 'use');
  const [name] = builds.get(use?.literal ?? '')?.names ?? [];
  return use && name ? [{ ...name, span: use.span }] : [];
}

/** `{env.TAG:1}` is a variable with a default, `{unique}` something else in each run. */
const filled = (written: string): string =>
  written.replace(/\{([\w.]{1,60})(?::([^{}]{0,100}))?\}/g, (_, name: string, otherwise: string | undefined) =>
    otherwise === undefined ? `\${${name.replace(/\W/g, '_')}}` : `\${${name.replace(/\W/g, '_')}:-${otherwise}}`,
  );
