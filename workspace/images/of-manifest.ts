/**
 * Which images manifests of Kubernetes start, under which names a kustomization starts them, and what Skaffold builds.
 * Templates of Helm are no YAML, or have names that are not known.
 */
import { nameOf } from '../../core/path.ts';
import type { Setting } from '../../facts/config-files/setting.ts';
import type { BuildCall, NamedImage } from './model.ts';
import type { Naming } from './naming.ts';

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
export const isKustomization = (path: string): boolean => /^(?:kustomization\.ya?ml|Kustomization)$/.test(nameOf(path));

/** Whether a file shows by its beginning that it is a manifest. */
export const isManifest = (path: string, beginning: string): boolean =>
  /\.ya?ml$/i.test(path) && /^apiVersion:[ \t]{1,20}\S/m.test(beginning) && /^kind:[ \t]{1,20}\S/m.test(beginning);

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
const CONTAINERS: ReadonlySet<string> = new Set(['containers', 'initContainers', 'ephemeralContainers']);

/** The images of all containers, whatever the kind of the object that has the pod. */
export function ofManifest(settings: readonly Setting[], naming: Naming): readonly NamedImage[] {
  return settings.flatMap(one => {
    const [list, item, key, ...rest] = one.path.slice(one.path.findLastIndex(key => CONTAINERS.has(key)));
    const isImage = CONTAINERS.has(list ?? '') && /^\d+$/.test(item ?? '') && key === 'image' && rest.length === 0;
    return isImage ? nameIn(one, naming) : [];
  });
}

/** The names that images get in place of those that the manifests have. */
export function ofKustomization(settings: readonly Setting[], naming: Naming): readonly NamedImage[] {
  const items = new Map<string, Map<string, Setting>>();
  for (const one of settings) {
    const [list, item, key, ...rest] = one.path;
    if (list !== 'images' || item === undefined || key === undefined || rest.length > 0) continue;
    items.set(item, (items.get(item) ?? new Map<string, Setting>()).set(key, one));
  }
  return [...items.values()].flatMap(item => {
    const [old, name, tag, digest] = ['name', 'newName', 'newTag', 'digest'].map(key => item.get(key)?.literal);
    const place = item.get('newName') ?? item.get('name');
    const repository = name ?? old;
    if (!place || repository === undefined || repository === '') return [];
    const version = digest === undefined ? (tag === undefined || tag === '' ? '' : `:${tag}`) : `@${digest}`;
    const found = naming.named(`${repository}${version}`, place.value.span);
    return found ? [found] : [];
  });
}

/** https://skaffold.dev/docs/references/yaml/: a Dockerfile counts from its context, and the context from the file. */
export function ofSkaffold(artifacts: readonly (readonly Setting[])[], naming: Naming): readonly BuildCall[] {
  return artifacts.flatMap(artifact => {
    const at = (...keys: readonly string[]): Setting | undefined =>
      artifact.find(({ path }) => path.slice(path.lastIndexOf('artifacts') + 2).join('\0') === keys.join('\0'));
    const image = at('image');
    const isOther = artifact.some(({ path }) => OTHER_BUILDERS.has(path[path.lastIndexOf('artifacts') + 2] ?? ''));
    if (!image || isOther) return [];
    const known = (one: Setting | undefined): string | undefined =>
      one?.literal === undefined ? undefined : naming.known(one.literal);
    const context = at('context');
    return [
      {
        names: nameIn(image, naming),
        by: 'skaffold' as const,
        context: context ? known(context) : '.',
        file: known(at('docker', 'dockerfile') ?? at('kaniko', 'dockerfile')),
        target: known(at('docker', 'target') ?? at('kaniko', 'target')),
        span: image.span,
      },
    ];
  });
}

const OTHER_BUILDERS: ReadonlySet<string> = new Set(['bazel', 'jib', 'buildpacks', 'ko', 'custom']);

function nameIn(one: Setting, naming: Naming): readonly NamedImage[] {
  const name = naming.named(one.literal, one.value.span);
  return name ? [name] : [];
}
