/**
 * Which images manifests of Kubernetes start, and under which names a kustomization starts them.
 * Templates of Helm are no YAML, or have names that are not known.
 */
import { nameOf } from '../../core/path.ts';
import type { Setting } from '../../facts/config-files/setting.ts';
import type { FileFacts, NamedImage, Rename } from './model.ts';
import type { Naming } from './naming.ts';
import { grouped, nameIn, startIn } from './values.ts';

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
export const isKustomization = (path: string): boolean => /^(?:kustomization\.ya?ml|Kustomization)$/.test(nameOf(path));

/** Whether a file shows by its beginning that it is a manifest. */
export const isManifest = (path: string, beginning: string): boolean =>
  /\.ya?ml$/i.test(path) && /^apiVersion:[ \t]{1,20}\S/m.test(beginning) && /^kind:[ \t]{1,20}\S/m.test(beginning);

/** Objects in a playbook, or in a list or a template of another program: `definition: { apiVersion: apps/v1, kind: Deployment }`. */
export const hasManifests = (path: string, text: string): boolean =>
  /\.ya?ml$/i.test(path) &&
  /^[ \t-]{2,60}apiVersion:[ \t]{1,20}["']?[\w./]{1,60}["']?[ \t\r]{0,20}\n(?:[^\n]{0,200}\n){0,3}?[ \t]{2,60}kind:[ \t]{1,20}["']?(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|Job|CronJob|ReplicationController|Rollout|List)\b/m.test(
    text,
  );

/**
 * The images of all containers, whatever the kind of the object that has the pod, and what objects of other kinds call
 * `image`: steps of Tekton, templates of Argo, components of KubeVela.
 */
export function ofManifest(settings: readonly Setting[], naming: Naming): readonly NamedImage[] {
  return settings.flatMap(one => {
    const { path } = one;
    // A schema says what other objects may have.
    if (path.at(-1) !== 'image' || !path.includes('spec') || path.includes('openAPIV3Schema')) return [];
    const isRun = RUNS.test(path.at(-2) ?? '') || LISTS.test(path.at(-3) ?? '');
    return isRun ? startIn(one, naming) : startIn(one, naming).map(uncertain);
  });
}

/** What an object runs, alone and in a list; other keys may have a picture for an image. */
const RUNS = /^(?:container|script|stepTemplate)$/;
const LISTS = /^(?:containers|initContainers|ephemeralContainers|steps|sidecars)$/;

/** https://helm.sh/docs/topics/charts/#values-files */
export const isHelmValues = (path: string): boolean => /^values[\w.-]{0,60}\.ya?ml$/i.test(nameOf(path));

/** What the templates of a chart may start: `image: x/y:1`, and mappings with a `repository` and a `tag`. */
export function ofHelmValues(settings: readonly Setting[], naming: Naming): readonly NamedImage[] {
  const byParent = new Map<string, Map<string, Setting>>();
  for (const one of settings) {
    const parent = one.path.slice(0, -1).join('\0');
    byParent.set(parent, (byParent.get(parent) ?? new Map<string, Setting>()).set(one.path.at(-1)!, one));
  }
  const isOfImage = (one: Setting): boolean => /image$/i.test(one.path.at(-2) ?? '') || one.path.length === 1;
  return settings.flatMap(one => {
    const key = one.path.at(-1)!;
    if (/^(?:\w{0,40}I|i)mage$/.test(key)) return nameIn(one, naming).map(uncertain);
    if (key !== 'repository') return [];
    const beside = byParent.get(one.path.slice(0, -1).join('\0'));
    const [registry, tag] = ['registry', 'tag'].map(key => beside?.get(key)?.literal);
    if (!isOfImage(one) && !beside?.has('tag')) return [];
    const name = `${registry ? `${registry}/` : ''}${one.literal ?? ''}${tag ? `:${tag}` : ''}`;
    const found = naming.named(name, one.value.span);
    return found ? [uncertain(found)] : [];
  });
}

/** A chart is installed with other values as well, and an object of some kind may mean something else. */
const uncertain = (one: NamedImage): NamedImage => ({ ...one, certain: false });

/** The names that images get in place of those that the manifests have. */
export function ofKustomization(
  settings: readonly Setting[],
  naming: Naming,
): Required<Pick<FileFacts, 'starts' | 'renames'>> {
  const items = grouped(settings, ({ path }) => (path[0] === 'images' && path.length === 3 ? 2 : undefined));
  const starts: NamedImage[] = [];
  const renames: Rename[] = [];
  for (const item of items) {
    const at = (key: string) => item.find(({ path }) => path[2] === key);
    const [old, name, tag, digest] = ['name', 'newName', 'newTag', 'digest'].map(key => at(key)?.literal);
    const place = at('newName') ?? at('name');
    const repository = name ?? old;
    if (!place || repository === undefined || repository === '') continue;
    const version = digest === undefined ? (tag === undefined || tag === '' ? '' : `:${tag}`) : `@${digest}`;
    const found = naming.named(`${repository}${version}`, place.value.span);
    if (!found) continue;
    starts.push(found);
    if (old && name && old !== name) renames.push({ from: naming.shown(old), to: found.name });
  }
  return { starts, renames };
}
