/** The containers that the jobs of a pipeline run in, and those beside them, by the keys of each service. */
import type { Setting } from '../../facts/config-files/setting.ts';
import type { NamedImage } from './model.ts';
import type { Naming } from './naming.ts';

/** Paths of keys that have the name of an image; `*` is any key. */
type Keys = readonly string[];

const PIPELINES: readonly (readonly [path: RegExp, keys: readonly Keys[]])[] = [
  // https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
  [
    /(?:^|\/)\.(?:github|forgejo|gitea)\/workflows\/[^/]+$/,
    [
      ['jobs', '*', 'container'],
      ['jobs', '*', 'container', 'image'],
      ['jobs', '*', 'services', '*', 'image'],
      ['jobs', '*', 'steps', '*', 'uses'],
    ],
  ],
  // https://docs.gitlab.com/ci/yaml/
  [
    /gitlab-ci[^/]{0,100}$|(?:^|\/)\.gitlab(?:-ci|\/ci)?\/[^/]+$/,
    [
      ['image'],
      ['image', 'name'],
      ['services', '*'],
      ['services', '*', 'name'],
      ['*', 'image'],
      ['*', 'image', 'name'],
      ['*', 'services', '*'],
      ['*', 'services', '*', 'name'],
    ],
  ],
  // https://circleci.com/docs/reference/configuration-reference/
  [/(?:^|\/)\.circleci\/[^/]+$/, [['*', '*', 'docker', '*', 'image']]],
  // https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/resources-containers-container
  [
    /azure-pipelines/,
    [
      ['container'],
      ['container', 'image'],
      ['resources', 'containers', '*', 'image'],
      ['jobs', '*', 'container'],
      ['jobs', '*', 'container', 'image'],
      ['stages', '*', 'jobs', '*', 'container'],
      ['stages', '*', 'jobs', '*', 'container', 'image'],
    ],
  ],
  // https://cloud.google.com/build/docs/build-config-file-schema
  [/cloudbuild[^/]{0,100}$/, [['steps', '*', 'name']]],
];

/** Whether a file has keys that may name an image: most steps are commands only. */
const MAY_NAME = /container|services:|image:|docker:|name:/;

/** `undefined` for a file that is no pipeline with such keys. */
export function keysOfPipeline(path: string, text: string): readonly Keys[] | undefined {
  if (!/\.ya?ml$/i.test(path) || !MAY_NAME.test(text)) return undefined;
  return PIPELINES.find(([pattern]) => pattern.test(path))?.[1];
}

export function ofPipeline(settings: readonly Setting[], keys: readonly Keys[], naming: Naming): readonly NamedImage[] {
  return settings.flatMap(({ path, literal, value }) => {
    if (path[0] === 'variables') return [];
    if (!keys.some(one => one.length === path.length && one.every((key, i) => key === '*' || key === path[i])))
      return [];
    // An action may be an image: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses
    const isAction = path.at(-1) === 'uses';
    if (isAction && !literal?.startsWith('docker://')) return [];
    const name = naming.started(isAction ? literal?.slice('docker://'.length) : literal, value.span);
    return name ? [{ ...name, certain: isAction || name.certain }] : [];
  });
}
