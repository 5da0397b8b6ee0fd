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
  // https://docs.drone.io/pipeline/docker/syntax/, https://woodpecker-ci.org/docs/usage/workflow-syntax
  [
    /(?:^|\/)\.(?:drone|woodpecker)(?:\/|[\w.-]{0,60}\.ya?ml$)/,
    ['steps', 'services', 'pipeline', 'clone'].map(key => [key, '*', 'image']),
  ],
  // https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/
  [
    /bitbucket-pipelines[^/]{0,60}$/,
    [
      ['image'],
      ['definitions', 'services', '*', 'image'],
      ...[
        ['definitions', 'steps'],
        ['pipelines', 'default'],
        ['pipelines', '*', '*'],
      ].flatMap(list => [
        [...list, '*', 'step', 'image'],
        [...list, '*', 'parallel', '*', 'step', 'image'],
        [...list, '*', 'parallel', 'steps', '*', 'step', 'image'],
      ]),
    ].flatMap(keys => [keys, [...keys, 'name']]),
  ],
  // https://codefresh.io/docs/docs/pipelines/what-is-the-codefresh-yaml/
  [/codefresh[^/]{0,60}$/, [['steps', '*', 'image']]],
  // https://github.com/buildkite-plugins/docker-buildkite-plugin
  [
    /(?:^|\/)\.?buildkite(?:\/|[\w.-]{0,60}\.ya?ml$)/,
    [
      ['steps', '*', 'plugins', '*', '*', 'image'],
      ['steps', '*', 'plugins', '*', 'image'],
    ],
  ],
  // https://cirrus-ci.org/guide/linux/
  [
    /(?:^|\/)\.cirrus\.ya?ml$/,
    [
      ['container', 'image'],
      ['*', 'container', 'image'],
    ],
  ],
  // https://docs.semaphoreci.com/reference/pipeline-yaml
  [
    /(?:^|\/)\.semaphore\//,
    [
      ['agent', 'containers', '*', 'image'],
      ['blocks', '*', 'task', 'agent', 'containers', '*', 'image'],
    ],
  ],
  // https://docs.screwdriver.cd/user-guide/configuration/
  [
    /(?:^|\/)screwdriver\.ya?ml$/,
    [
      ['jobs', '*', 'image'],
      ['shared', 'image'],
    ],
  ],
  // https://devfile.io/docs/2.3.0/adding-a-container-component
  [/(?:^|\/)\.?devfile\.ya?ml$/, [['components', '*', 'container', 'image']]],
];

/** Of a pipeline of any name: https://concourse-ci.org/tasks.html, and containers in a list of their own. */
const OF_ANY_NAME: readonly Keys[] = [
  ['image_resource', 'source', 'repository'],
  ['jobs', '*', 'plan', '*', 'config', 'image_resource', 'source', 'repository'],
  ['resources', '*', 'source', 'repository'],
  ['containers', '*', 'image'],
];
const HAS_ANY =
  /^[ \t-]{0,60}image_resource:|^[ \t-]{1,20}type:[ \t]{1,9}["']?(?:registry|docker)-image\b|^containers:[ \t\r]{0,9}\n(?:[ \t-][^\n]{0,200}\n){0,3}?[ \t-]{0,20}image:/m;

/** Whether a file shows by its beginning that it is such a one. */
export const startsInPipeline = (beginning: string): boolean => HAS_ANY.test(beginning);

/** Whether a file has keys that may name an image: most steps are commands only. */
const MAY_NAME = /container|services:|image:|docker:|name:|image_resource:|-image\b/;

/** `undefined` for a file that is no pipeline with such keys. */
export function keysOfPipeline(path: string, text: string): readonly Keys[] | undefined {
  if (!/\.ya?ml$/i.test(path) || !MAY_NAME.test(text)) return undefined;
  return PIPELINES.find(([pattern]) => pattern.test(path))?.[1] ?? (HAS_ANY.test(text) ? OF_ANY_NAME : undefined);
}

export function ofPipeline(settings: readonly Setting[], keys: readonly Keys[], naming: Naming): readonly NamedImage[] {
  return settings.flatMap(({ path, literal, value }) => {
    if (path[0] === 'variables') return [];
    if (!keys.some(one => one.length === path.length && one.every((key, i) => key === '*' || key === path[i])))
      return [];
    // An action may be an image: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses
    const isAction = path.at(-1) === 'uses';
    if (isAction && !literal?.startsWith('docker://')) return [];
    const written = isAction ? literal?.slice('docker://'.length) : withTagBeside(path, literal, settings);
    const name = naming.started(written, value.span);
    return name ? [{ ...name, certain: isAction || name.certain }] : [];
  });
}

/** Concourse has the tag beside the name of the repository. */
function withTagBeside(
  path: Setting['path'],
  literal: string | undefined,
  settings: readonly Setting[],
): string | undefined {
  if (path.at(-1) !== 'repository' || literal === undefined) return literal;
  const parent = path.slice(0, -1).join('\0');
  const tag = settings.find(one => one.path.at(-1) === 'tag' && one.path.slice(0, -1).join('\0') === parent)?.literal;
  return tag ? `${literal}:${tag}` : literal;
}
