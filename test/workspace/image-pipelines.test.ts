/** What pipelines, playbooks and scripts say of images: matrices, loops, functions, and tasks that are no commands. */
import { describe, expect, test } from 'vitest';
import { factsOfBuildFile } from '../../workspace/images/of-build-file.ts';
import { mayBuild, mayStartContainers, startsContainers } from '../../workspace/images/read.ts';
import { a, b, dockerfile, graph, names } from './image-graph.ts';

const starts = (path: string, text: string) =>
  factsOfBuildFile(`/w/${path}`, text, one => one).starts.map(({ name, certain }) => (certain ? name : `${name}?`));
const c = dockerfile('/w/c/Dockerfile', 'alpine:3');

describe('scripts', () => {
  test.each<readonly [text: string, a: readonly string[], b: readonly string[]]>([
    ['for i in a b; do\n  docker build -t x/$i $i\ndone\n', ['x/a?'], ['x/b?']],
    ['for i in a "b"\ndo docker build -t x/$i -f ./${i}/Dockerfile .; done\n', ['x/a?'], ['x/b?']],
    ['LIST="a c"\nfor i in $LIST; do docker build -t x/$i:1 $i; done\n', ['x/a:1?'], []],
    ['ORDER=(\n  a # first\n  c\n)\nfor i in ${ORDER[@]}; do docker build -t x/$i $i; done\n', ['x/a?'], []],
    ['for i in a; do true; done\nfor i in b; do docker build -t x/$i $i; done\n', [], ['x/b?']],
    ['for i in *; do docker build -t x/$i $i; done\n', ['x/a?'], ['x/b?']],
    ['for i in a; do for v in 1 2; do docker build -t x/$i:$v $i; done; done\n', ['x/a:1?', 'x/a:2?'], []],
    ['build() {\n  docker build -t x/$1 -f $2/Dockerfile $2\n}\nbuild a ./a\nbuild "b" b\n', ['x/a'], ['x/b']],
    ['function build {\n  local name=${1}\n  docker build -t x/$name $name\n}\nbuild a\n', ['x/a?'], []],
    ['build() {\n  docker build -t x/$1 $1\n}\n', ['x/a?'], ['x/b?']],
    ['docker build -t x/$1 ./$1\n', ['x/a?'], ['x/b?']],
    ['one() {\n  true\n}\none b\ndocker build -t x/a a\n', ['x/a'], []],
    ['for n in 1; do\n  for i in a for b; do docker build -t x/$i:$n $i; done\ndone\n', ['x/a:1?'], ['x/b:1?']],
    ['cd "$ROOT/a"\ndocker build -t x/a .\n', ['x/a?'], []],
    ['cd "$PROJECT_DIR/a" && docker build -t x/a .\n', ['x/a?'], []],
    ['ROOT=a\ncd "$ROOT"\ndocker build -t x/a .\n', ['x/a'], []],
    ['ROOT=/b\ncd "$ROOT"\ndocker build -t x/a a\n', ['x/a'], []],
    ['cd "$(dirname "$0")/a"\ndocker build -t x/a .\n', ['x/a'], []],
    ['cd "$(dirname "$0")"/a\ndocker build -t x/a .\n', ['x/a'], []],
    ['cd $(dirname $0) && docker build -t x/a a\n', ['x/a'], []],
    ['cd "$ROOT"\ndocker build -t x/a a\n', ['x/a'], []],
  ])('%j', (text, ofA, ofB) => expect(names({ 'build.sh': text }, a, b)).toEqual([ofA, ofB]));

  test('in Makefiles go to a directory', () => {
    expect(names({ Makefile: 'b:\n\tcd $(ROOT)/a && docker build -t x/a .\n' }, a, b)).toEqual([['x/a?'], []]);
    expect(names({ 'b/build.sh': 'cd "$(dirname "$0")/.."\ndocker build -t x/a a\n' }, a, b)).toEqual([['x/a'], []]);
  });

  test('in Makefiles name images by their targets', () => {
    expect(names({ Makefile: 'build-%:\n\tdocker build -t x/$* $*\n' }, a, b)).toEqual([['x/a?'], ['x/b?']]);
    expect(names({ Makefile: 'a b:\n\tdocker build -t x/$@ ./$@\n' }, a, b)).toEqual([['x/a?'], ['x/b?']]);
  });

  test('start what they write into files, and hand to Kubernetes', () => {
    const compose = 'cat > compose.yml <<EOF\nservices:\n  web:\n    image: x/a:$V\nEOF\n';
    expect(starts('a.sh', compose)).toEqual(['x/a?']);
    expect(starts('a.sh', "cat <<'EOF' >> x\n    image: x/a\n    ports: []\n  EOF\n")).toEqual(['x/a']);
    expect(starts('a.sh', 'cat <<EOF\n  image: x/a\nEOF\n')).toEqual([]);
    expect(
      starts('a.sh', 'kubectl run t --rm \\\n  --image=x/a\nkubectl create deployment d --image "x/b:1"\n'),
    ).toEqual(['x/a', 'x/b:1']);
    expect(starts('a.sh', '# kubectl run t --image=x/a\nkubectl get pods\n')).toEqual([]);
  });

  test('in package.json end with their string', () => {
    const text = '{"scripts": {"a": "docker build -t x/a -f a/Dockerfile .", "b": "docker run --rm x/a"}}';
    expect(graph({ 'package.json': text }, a)).toMatchObject([{ names: ['x/a'], by: ['package.json'] }]);
  });

  test('of any name are known by their first line', () => {
    for (const path of ['/w/bin/build', '/w/lib/images.f']) {
      expect(mayBuild(path)).toBe(false);
      expect(mayStartContainers(path) && startsContainers(path, '#! /usr/bin/env bash\n')).toBe(true);
      expect(startsContainers(path, '#!/usr/bin/python3\n')).toBe(false);
    }
    expect(mayStartContainers('/w/a.py')).toBe(false);
    for (const path of [
      '.travis.yml',
      'bitbucket-pipelines.yml',
      '.github/actions/a/action.yml',
      'build.bat',
      'a.nomad',
    ])
      expect(mayBuild(`/w/${path}`)).toBe(true);
  });
});

describe('workflows', () => {
  const job = (matrix: string, steps: string) =>
    `jobs:\n  a:\n    strategy:\n      matrix:\n${matrix}\n    steps:\n${steps}\n`;
  const action = (inputs: string) => `      - uses: docker/build-push-action@v6\n        with:\n${inputs}`;
  const of = (text: string) => names({ '.github/workflows/a.yml': text }, a, b, c);
  const inputs = '          context: ${{ matrix.image }}\n          tags: x/${{ matrix.image }}:${{ matrix.tag }}';

  test('build once for each value of a matrix', () => {
    expect(of(job('        image: [a, b]\n        tag: [1, 2]', action(inputs)))).toEqual([
      ['x/a:1', 'x/a:2'],
      ['x/b:1', 'x/b:2'],
      [],
    ]);
  });

  test('build what a matrix includes', () => {
    const include = '        include:\n          - { image: a, tag: 1 }\n          - { image: b, tag: 2 }';
    expect(of(job(include, action(inputs)))).toEqual([['x/a:1'], ['x/b:2'], []]);
    const more = `        image: [a, b]\n        include:\n          - { image: a, tag: 1 }\n          - { image: c, tag: 3 }`;
    expect(of(job(more, action(inputs)))).toEqual([['x/a:1'], ['x/b:{matrix.tag}?'], ['x/c:3']]);
    const objects = '        one: [{ dir: a, name: y }, { dir: c, name: z }]';
    const ofObject = action('          context: ${{ matrix.one.dir }}\n          tags: x/${{ matrix.one.name }}');
    expect(of(job(objects, ofObject))).toEqual([['x/y'], [], ['x/z']]);
  });

  test('build nothing that a matrix excludes', () => {
    const exclude = '        image: [a, b]\n        tag: [1, 2]\n        exclude:\n';
    expect(of(job(`${exclude}          - { image: a, tag: 1 }\n          - { image: b }`, action(inputs)))).toEqual([
      ['x/a:2'],
      [],
      [],
    ]);
    const again =
      '          - { tag: 2 }\n          - { image: "${{ x }}" }\n        include:\n          - { image: b, tag: 2 }';
    expect(of(job(exclude + again, action(inputs)))).toEqual([['x/a:1'], ['x/b:1', 'x/b:2'], []]);
  });

  test('run commands for each value, in loops as well', () => {
    const run = '      - run: docker build -t x/${{ matrix.image }} -f ./${{ matrix.image }}/Dockerfile .';
    expect(of(job('        image: [a, b]', run))).toEqual([['x/a?'], ['x/b?'], []]);
    const loop =
      '      - run: |\n          for v in 1 2; do docker build -t x/${{ matrix.image }}:$v ${{ matrix.image }}; done';
    expect(of(job('        image: [a, b]', loop))).toEqual([['x/a:1?', 'x/a:2?'], ['x/b:1?', 'x/b:2?'], []]);
  });

  test('name images by their directories where a matrix is computed', () => {
    expect(of(job('        image: ${{ fromJSON(needs.x.outputs.y) }}', action(inputs)))).toEqual([
      ['x/a:{matrix.tag}?'],
      ['x/b:{matrix.tag}?'],
      ['x/c:{matrix.tag}?'],
    ]);
  });

  test('build by other actions', () => {
    const text = `jobs:
  a:
    steps:
      - uses: redhat-actions/buildah-build@v2
        with: { image: x/a, tags: latest v1, containerfiles: ./a/Dockerfile }
      - uses: elgohr/Publish-Docker-Github-Action@v5
        with: { name: x/b, workdir: b, dockerfile: Dockerfile }
`;
    expect(of(text)).toEqual([['x/a:latest', 'x/a:v1'], ['x/b'], []]);
    const own = { 'a/action.yml': 'runs:\n  using: docker\n  image: Dockerfile\n' };
    expect(graph(own, a)).toMatchObject([{ names: [], by: ['a/action.yml'] }]);
  });
});

describe('pipelines', () => {
  test('of GitLab may have a command in several lines', () => {
    const text = `a:
  script:
    - /kaniko/executor
      --context "\${CI_PROJECT_DIR}/a"
      --destination "x/a:1"
b:
  script:
    - >
      docker build
      -t x/b
      b
    - docker build -t x/c c
    - docker run
      --rm x/c
`;
    expect(graph({ '.gitlab-ci.yml': text }, a, b, c)).toMatchObject([
      { names: ['x/a:1'] },
      { names: ['x/b'] },
      { names: ['x/c'], by: ['.gitlab-ci.yml'] },
    ]);
  });

  test('of Azure have tasks', () => {
    const task = (version: string, inputs: string) => `- task: Docker@${version}\n  inputs:\n${inputs}`;
    const text = `steps:
${task('2', '    command: buildAndPush\n    repository: x/a\n    Dockerfile: $(Build.SourcesDirectory)/a/Dockerfile\n    tags: |\n      1\n      $(Build.BuildId)\n')}
${task('1', '    command: Build an image\n    imageName: x/b:1\n    dockerFile: "**/b/Dockerfile"\n')}
${task('2', '    command: push\n    repository: x/c\n    Dockerfile: c/Dockerfile\n')}
`;
    expect(names({ 'azure-pipelines.yml': text }, a, b, c)).toEqual([['x/a:1', 'x/a:{Build.BuildId}?'], ['x/b:1'], []]);
    const own = `variables:\n- name: image\n  value: x/a\n- { name: v, value: 2 }\nsteps:\n${task('2', '    { repository: $(image), tags: $(v), Dockerfile: a/Dockerfile }\n')}`;
    expect(names({ 'azure-pipelines.yml': own }, a)).toEqual([['x/a:2?']]);
  });

  test('have keys that are no variables', () => {
    const azure = `steps:\n- bash: docker login\n  env: { tag: prod, repository: y/b }\n- task: Docker@2
  inputs: { Dockerfile: a/Dockerfile, repository: x/$(Build.Repository.Name), tags: $(Build.BuildId) }
- task: Docker@2\n  inputs: { Dockerfile: a/Dockerfile, repository: x/a, tags: $(tag) }\n`;
    expect(names({ 'azure-pipelines.yml': azure }, a)).toEqual([
      ['x/a:{tag}?', 'x/{Build.Repository.Name}:{Build.BuildId}?'],
    ]);
    const playbook = (vars: string) =>
      `- hosts: all\n  vars: { ${vars} }\n  tasks:\n  - name: y/b\n    docker_image: { name: "{{ name }}", path: a }
  - docker_container: { name: web, image: "x/{{ value }}:1" }\n`;
    expect(starts('site.yml', playbook('value2: a'))).toEqual([]);
    expect(starts('site.yml', playbook('value: a'))).toEqual(['x/a:1?']);
    expect(names({ 'site.yml': playbook('value: a') }, a)).toEqual([[]]);
    expect(names({ 'site.yml': playbook('name: x/a') }, a)).toEqual([['x/a?']]);
  });

  test('of Cloud Build have commands in lists', () => {
    const text = `steps:
- name: gcr.io/cloud-builders/docker
  args: ['build', '-t', 'x/a:1', '-f', 'a/Dockerfile', '.']
- name: 'gcr.io/cloud-builders/docker'
  args:
  - build
  - --tag=x/b
  - ./b
- name: gcr.io/kaniko-project/executor:latest
  args: ["--destination=x/c", "--context=dir:///workspace/c"]
- name: gcr.io/cloud-builders/docker
  entrypoint: bash
  args: ['-c', 'docker build -t y/a a']
- name: gcr.io/cloud-builders/gcloud
  args: ['build', '-t', 'z/a', 'a']
`;
    expect(names({ 'cloudbuild.yaml': text }, a, b, c)).toEqual([['y/a', 'x/a:1'], ['x/b'], ['x/c']]);
  });

  test('of Drone and Woodpecker have plugins', () => {
    const step = 'settings:\n    repo: x/a\n    dockerfile: a/Dockerfile\n    tags: [1, latest]\n';
    expect(names({ '.drone.yml': `steps:\n- name: p\n  image: plugins/docker\n  ${step}` }, a)).toEqual([
      ['x/a:1', 'x/a:latest'],
    ]);
    const other = step.replace('    tags: [1, latest]\n', '').replaceAll('\n    ', '\n      ');
    const woodpecker = `steps:\n  p:\n    image: woodpeckerci/plugin-docker-buildx\n    ${other}`;
    expect(names({ '.woodpecker.yml': woodpecker }, a)).toEqual([['x/a:latest']]);
    for (const image of ['plugins/ecr', 'banzaicloud/drone-kaniko', 'x.io/woodpecker-plugins/docker', 'a/plugin-ecr']) {
      const text = `steps:\n- name: p\n  image: ${image}:1\n  ${step}`;
      expect(names({ '.drone.yml': text }, a)).toEqual([['x/a:1', 'x/a:latest']]);
    }
    expect(names({ '.drone.yml': `steps:\n- name: p\n  image: plugins/slack\n  ${step}` }, a)).toEqual([[]]);
  });

  test('of Jenkins build and start with an object', () => {
    const text = `pipeline {
  agent { docker { image 'x/a:1' } }
  stages {
    stage('b') {
      agent { dockerfile { filename 'Dockerfile' dir 'c' } }
      steps { script {
        docker.build("x/a:1", "-f a/Dockerfile a")
        // docker.build('y/a', 'a')
        docker.build "x/b:\${env.BUILD_ID}", './b'
        docker.image('x/b').inside { sh 'true' }
      } }
    }
  }
}
`;
    expect(graph({ Jenkinsfile: text }, a, b, c)).toMatchObject([
      { names: ['x/a:1'], by: ['Jenkinsfile'] },
      { names: ['x/b:{BUILD_ID}?'], by: ['Jenkinsfile'] },
      { names: [], by: ['Jenkinsfile'] },
    ]);
  });
});

test('playbooks build and start images', () => {
  const text = `- hosts: all
  tasks:
  - name: one
    community.docker.docker_image:
      name: x/a
      tag: "{{ version }}"
      build: { path: "{{ playbook_dir }}/a" }
      source: build
  - docker_image: { name: y/a, source: pull }
  - docker_container: { name: web, image: "x/a:1" }
  - docker_container: { name: web, image: "x/a:2", state: absent }
  - docker_image: { name: z/a, path: a, state: absent }
`;
  expect(startsContainers('/w/site.yml', text)).toBe(true);
  expect(graph({ 'site.yml': text }, a)).toMatchObject([{ names: ['x/a:{version}?'], by: ['site.yml'] }]);
  expect(starts('site.yml', text)).toEqual(['x/a:1']);
});

test('jobs of Nomad start images, and manifests run Kaniko', () => {
  const job =
    'job "x" {\n  group "g" {\n    task "t" {\n      config {\n        image = "x/a:1"\n      }\n    }\n  }\n}\n';
  expect(starts('a.nomad', job)).toEqual(['x/a:1']);
  const args = '["--dockerfile=a/Dockerfile", "--context=./a", "--destination=x/a"]';
  const pod = `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - { name: k, image: gcr.io/kaniko-project/executor, args: ${args} }\n`;
  expect(names({ 'k.yaml': pod }, a)).toEqual([['x/a']]);
});

test.each<readonly [path: string, text: string]>([
  ['.drone.yml', 'kind: pipeline\ntype: docker\nsteps:\n- name: a\n  image: acme/a:1\n'],
  ['.woodpecker/test.yaml', 'steps:\n  a:\n    image: acme/a:1\n'],
  ['.woodpecker.yml', 'services:\n  - name: a\n    image: acme/a:1\n'],
  ['bitbucket-pipelines.yml', 'image: acme/a:1\npipelines:\n  default:\n    - step: {script: [make]}\n'],
  [
    'bitbucket-pipelines.yml',
    'pipelines:\n  branches:\n    main:\n      - parallel:\n          - step:\n              image:\n                name: acme/a:1\n',
  ],
  ['codefresh.yml', 'steps:\n  test:\n    image: acme/a:1\n'],
  ['.buildkite/pipeline.yml', 'steps:\n  - plugins:\n      - docker#v5.9.0:\n          image: "acme/a:1"\n'],
  ['.cirrus.yml', 'test_task:\n  container:\n    image: acme/a:1\n'],
  ['.semaphore/semaphore.yml', 'agent:\n  containers:\n    - name: main\n      image: acme/a:1\n'],
  ['screwdriver.yaml', 'jobs:\n  main:\n    image: acme/a:1\n'],
  ['devfile.yaml', 'schemaVersion: 2.2.0\ncomponents:\n  - name: a\n    container:\n      image: acme/a:1\n'],
  [
    'tasks/unit.yml',
    'platform: linux\nimage_resource:\n  type: registry-image\n  source:\n    repository: acme/a\n    tag: "1"\n',
  ],
  ['x.yml', 'resources:\n- name: a\n  type: registry-image\n  source: {repository: acme/a, tag: 1}\n'],
  ['track/config.yml', 'version: "3"\ncontainers:\n- name: shell\n  image: acme/a:1\n'],
])('%s starts %j', (path, text) => {
  expect(mayBuild(`/w/${path}`) || startsContainers(`/w/${path}`, text)).toBe(true);
  const found = graph({ 'build.sh': 'docker build -t acme/a:1 a\n', [path]: text }, a);
  expect(found.map(({ by }) => by)).toEqual([[path]]);
});
