/** What scripts build whose lists and paths are in variables and in files that they source. */
import { expect, test } from 'vitest';
import { factsOfBuildFile } from '../../workspace/images/of-build-file.ts';
import { dockerfile, names } from './image-graph.ts';

const web = dockerfile('/w/images/web/Dockerfile', 'alpine:3');
const api = dockerfile('/w/images/api/Dockerfile', 'alpine:3');

const script = (program: string) => `source "./list.sh"
ROOT="$(git rev-parse --show-toplevel)"
for image in "\${IMAGES[@]}"; do
  dir="$ROOT/images/$image"
  ref="acme/$image:1"
  ${program} build --load --file "$dir/Dockerfile" --tag "$ref" "$dir"
done
`;
const list = 'IMAGES=(\n  "web"\n  "api"\n)\n';

test.each(['docker', 'finch', 'depot', 'run_traced $DRY depot'])('a list of a sourced file, with %s', program => {
  const files = { 'scripts/build.sh': script(program), 'scripts/list.sh': list };
  expect(names(files, api, web)).toEqual([['acme/api:1?'], ['acme/web:1?']]);
});

test('an own list counts before that of a sourced file', () => {
  const own = script('docker').replace('for image', 'IMAGES=(api)\nfor image');
  expect(names({ 'scripts/build.sh': own, 'scripts/list.sh': list }, api, web)).toEqual([['acme/api:1?'], []]);
});

test('an option of depot does not take the context', () => {
  const text = 'depot build --project abc --save -t acme/web:1 images/web\n';
  expect(names({ 'build.sh': text }, web)).toEqual([['acme/web:1']]);
});

test.each<readonly [command: string, expected: boolean]>([
  ['docker run ${TARGET_IMAGE}', true],
  ['docker run $IMPORTER', true],
  ['docker run $SUPPORT_IMAGE', true],
  ['docker run $DOCKER_RUN_OPTS ${TARGET_IMAGE}', true],
  ['docker run $DOCKERARGS $TARGET_IMAGE', true],
  ['docker run $runArgs $TARGET_IMAGE', true],
  ['docker run $VOLUMES "${PORT_ARGS[@]}" $TARGET_IMAGE', true],
  ['docker run $EXTRA_FLAGS', false],
])('options in variables are told from images by the words of their names: %s', (command, expected) => {
  const variables = 'TARGET_IMAGE=x/web\nIMPORTER=x/web\nSUPPORT_IMAGE=x/web\n';
  const { starts } = factsOfBuildFile('/w/a.sh', `${variables}${command}\n`, one => one);
  expect(starts.map(({ name }) => name)).toEqual(expected ? ['x/web'] : []);
});
