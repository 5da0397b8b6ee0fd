/** What starts an image otherwise than by a name that is written beside the command. */
import { describe, expect, test } from 'vitest';
import { startsContainers } from '../../workspace/images/read.ts';
import { a, b, dockerfile, graph } from './image-graph.ts';

const by = (files: Readonly<Record<string, string>>, ...images: Parameters<typeof graph>[1][]) =>
  graph(files, ...(images.length > 0 ? images : [a, b])).map(one => one.by.join());

describe('by the id that the build puts out', () => {
  test.each([
    'docker run --rm $(docker build -q a) make',
    'podman run -v "$PWD":/src "$(podman build -q a)"',
    'id=$(docker build -q a)\ndocker run --rm \\\n  -v "$PWD":/src \\\n  "$id" make',
    'docker build --iidfile out/id a\ndocker run --rm $(cat out/id)',
    'docker build --iidfile out/id a\ndocker run --rm "$(< out/id)"',
  ])('%s', text => expect(by({ 'run.sh': `${text}\n` })).toEqual(['run.sh', '']));

  test.each([
    'docker build -q a',
    'id=$(docker build -q a)\ndocker push $id\ndocker run $identity',
    'docker build --iidfile out/id a\ndocker run $(cat out/other)',
  ])('not %s', text => expect(by({ 'run.sh': `${text}\n` })).toEqual(['', '']));
});

test('arguments of a script are options', () => {
  const text = 'docker build -t x/a a\ndocker run "$@" --rm -it "x/a"\n';
  expect(by({ 'run.sh': text })).toEqual(['run.sh', '']);
});

test('a name of this machine is that of a directory', () => {
  const web = dockerfile('/w/containers/web/Containerfile', 'alpine:3');
  const api = dockerfile('/w/containers/api/Containerfile', 'alpine:3');
  const unit = (image: string) => `[Container]\nImage=${image}\n`;
  expect(by({ 'web.container': unit('localhost/shop-web:latest') }, api, web)).toEqual(['', 'web.container']);
  expect(by({ 'web.container': unit('quay.io/shop/web:latest') }, api, web)).toEqual(['', '']);
  const other = dockerfile('/w/other/web/Containerfile', 'alpine:3');
  expect(by({ 'web.container': unit('localhost/shop-web:latest') }, api, web, other)).toEqual(['', '', '']);
});

test('objects of Kubernetes in a playbook', () => {
  const playbook = (kind: string) => `- hosts: all
  tasks:
    - k8s:
        state: present
        definition:
          apiVersion: apps/v1
          kind: ${kind}
          spec:
            template:
              spec:
                containers:
                  - name: web
                    image: "{{ registry }}/shop/web:{{ version }}"
                    imagePullPolicy: "{{ policy }}"
`;
  const files = {
    Makefile: 'build:\n\tdocker build -t $(REGISTRY)/shop/web:$(VERSION) a\n',
    'deploy/web.yaml': playbook('Deployment'),
  };
  expect(startsContainers('/w/deploy/web.yaml', playbook('Deployment'))).toBe(true);
  expect(startsContainers('/w/deploy/web.yaml', playbook('Secret'))).toBe(false);
  expect(by(files)).toEqual(['deploy/web.yaml', '']);
});

test('an example of the variables of Compose stands in for them', () => {
  const compose = 'services:\n  web:\n    image: ${ORG:-z}/web:${TAG:-1}\n';
  const build = 'docker build -t x/web:2 a\ndocker build -t y/web:1 b\n';
  const named = (env: Readonly<Record<string, string>>) => by({ 'build.sh': build, 'compose.yaml': compose, ...env });
  expect(named({ '.env.example': 'ORG=x\nTAG=2\n' })).toEqual(['compose.yaml', '']);
  expect(named({ '.env.example': 'ORG=x\nTAG=2\n', '.env': 'ORG=y\nTAG=1\n' })).toEqual(['', 'compose.yaml']);
  expect(named({ '.env.sample': 'ORG=<your organization>\nTAG=\n' })).toEqual(['', '']);
});

test('of images with one name the one is meant whose directory is called so', () => {
  const makefile = 'all:\n\tdocker build -t b:latest .\n';
  const pod = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: b:latest\n';
  expect(by({ 'a/Makefile': makefile, 'b/Makefile': makefile, 'k8s/pod.yaml': pod })).toEqual(['', 'k8s/pod.yaml']);
});

test.each([
  'apptainer exec --nv docker://x/a:1 make',
  'singularity build a.sif "docker-daemon://x/a:1"',
  'kubectl -n prod set image deployment/web web=x/a:1',
  'kubectl set image deployment/web \\\n  web="x/a:1"',
  'docker service update --detach --image x/a:1 web',
])('%s', text =>
  expect(by({ 'build.sh': 'docker build -t x/a:1 a\n', 'run.sh': `${text}\n` })).toEqual(['run.sh', '']),
);
