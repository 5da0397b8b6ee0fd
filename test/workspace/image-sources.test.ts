/** What build files of each kind say of images, and which images the names in them lead to. */
import { describe, expect, test } from 'vitest';
import { acrossFiles } from '../../workspace/images/across.ts';
import { imagesOf } from '../../workspace/images/graph.ts';
import { includedIn } from '../../workspace/images/includes.ts';
import { indexOf } from '../../workspace/images/index.ts';
import type { FileFacts } from '../../workspace/images/model.ts';
import { factsOfBuildFile } from '../../workspace/images/of-build-file.ts';
import { a, b, dockerfile, factsOf, graph, names, span } from './image-graph.ts';

describe('commands', () => {
  test.each([
    ['cd a && docker build -t x/a . # the first one', ['x/a']],
    ['set -e\ncd ./a\ndocker build -t x/a .', ['x/a']],
    ['cd a\ncd -\ndocker build -t x/a .', []],
    ['cd a; cd /tmp; docker build -t x/a .', []],
    ['cd "$(dirname "$0")"\ndocker build -t x/a a', ['x/a']],
    [
      'D="$( cd "$( dirname "${BASH_SOURCE[0]}" )" &> /dev/null && pwd )"\ncd $SCRIPT_DIR\ndocker build -t x/a a',
      ['x/a'],
    ],
    ['cd $OUT_DIR\ndocker build -t x/a a', []],
    ['# docker build -t x/a a', []],
    ['echo "docker build -t x/a a"', []],
    ['T=$(git describe)\ndocker build -t x/a:$T a', ['x/a:{T}?']],
    ['docker build -t $R/a a', ['{R}/a?']],
    ['docker build -t ${R:-"x"}/a a', ['x/a?']],
    ['docker build -t $(some command) a', []],
    ['$(DOCKER) build -t x/a a', ['x/a']],
    ['ENGINE=podman\nDOCKER=$ENGINE\n"${DOCKER}" buildx build -t x/a a', ['x/a']],
    ['ENGINE ?= "docker"\n$(ENGINE) build -t x/a a', ['x/a']],
    ['$ENGINE build -t x/a a', []],
    ['DOCKER="docker exec web"\n$DOCKER build -t x/a a', []],
    ['$DOCKER_RUN build -t x/a a', []],
    ['docker build $ARGS a -t x/a $OUTPUT', ['x/a']],
    ['docker build -f a/Dockerfile -t x/a $(FROM:%=--build-arg BASE=%) $ARGS', ['x/a']],
    ['docker build -t x/a "${SCRIPT_DIR}/a"', ['x/a?']],
    ['docker build -t x/a -f $(git rev-parse --show-toplevel)/a/Dockerfile .', ['x/a?']],
    ['docker build -t x/a "$TMP_DIR/a"', []],
    ['az acr build -r $REGISTRY --image x/a:1 --no-wait -f a/Dockerfile .', ['x/a:1']],
    ['T=$(cat $(NAME)/TAG)\ndocker build -t x/a:$T a', ['x/a:{T}?']],
    ['docker build -t x/a a\ndocker tag x/a:latest y/a:1\ndocker tag y/a:1 z/a', ['x/a', 'y/a:1', 'z/a']],
    ['docker tag other y/a', []],
    ['/kaniko/executor --context "${CI_PROJECT_DIR}/a" --destination x/a:1 --destination=x/a:2', ['x/a:1', 'x/a:2']],
    ['/kaniko/executor -c . --dockerfile a/Dockerfile -d x/a:1', ['x/a:1']],
  ])('%j', (text, expected) => expect(names({ 'build.sh': text }, a)).toEqual([expected]));

  test('in a Makefile each line begins in its own directory', () => {
    expect(names({ Makefile: 'all:\n\tcd b\n\tdocker build -t x/b .\n' }, a, b)).toEqual([[], []]);
    expect(names({ Makefile: 'N := $(or $(N),$(N),x)\nall:\n\tcd b && \\\n\tdocker build -t $(N)/b .\n' }, b)).toEqual([
      ['x/b?'],
    ]);
  });

  test('a loop names each image by its directory', () => {
    const found = { 'build.sh': 'for d in *; do\n  docker build -t "x/$d:1" "${d}"\ndone\n' };
    expect(names(found, a, b)).toEqual([['x/a:1?'], ['x/b:1?']]);
    expect(names({ Makefile: 'b:\n\tdocker build -f $(S)/Dockerfile -t x/one .\n' }, a, b)).toEqual([[], []]);
    expect(names({ 'build.sh': 'for d in *; do docker build -t x/$d-$V $d; done\n' }, a)).toEqual([['x/a-{V}?']]);
  });

  test('get the name of a loop through other variables', () => {
    const text = 'NAME ?=\nIMAGE ?= x/$(NAME)\n\nbuild:\n\tdocker build ./$(NAME) -t $(IMAGE):$(TAG) $(OUTPUT)\n';
    expect(names({ Makefile: text }, a, b)).toEqual([['x/a:{TAG}?'], ['x/b:{TAG}?']]);
  });

  test('start the image after variables with options', () => {
    const text = 'docker build -t x/a a\ndocker run $FLAGS --rm "${params[@]}" -p $PORT x/a\n';
    expect(graph({ 'b.sh': text }, a)).toMatchObject([{ by: ['b.sh'] }]);
    expect(graph({ 'b.sh': text.replace('$FLAGS', '$OTHER') }, a)).toMatchObject([{ by: [] }]);
    const many = `docker run \\\n\t--detach \\\n${'\t${PUBLISH[22]} \\\n'.repeat(18)}\tx/a\n`;
    expect(graph({ 'b.sh': `docker build -t x/a a\n${many}` }, a)).toMatchObject([{ by: ['b.sh'] }]);
    expect(graph({ 'b.sh': 'docker build -t x/a a\ndocker run ${IMAGES[0]} x/a\n' }, a)).toMatchObject([{ by: [] }]);
  });

  test('that start an image are found where its name is known', () => {
    const text =
      'docker build -t x/a a\ndocker run --rm -e A=1 x/a:2 sh\ndocker run --unknown x/a\ndocker buildx create x/a\n';
    expect(graph({ 'run.sh': text }, a)).toMatchObject([{ by: ['run.sh'] }]);
  });
});

describe('Bake', () => {
  const stages = dockerfile('/w/app/Dockerfile', 'base=alpine:3', 'web=base', 'worker=base');
  test('in HCL: variables, groups that inherit, functions and lists', () => {
    const text = `variable "TAG" {
  default = "1.2" # "no"
}
function "named" {
  params = [repo, version]
  result = [
    "x/\${repo}:\${version}",
    version == "1" ? "x/\${repo}:latest" : "",
  ]
}
target "_common" {
  context = "app"
  args = { A = "}" }
}
target "web" {
  inherits = ["_common"]
  target = "web"
  tags = ["x/web:\${TAG}", "y/web"]
}
target "worker" {
  inherits = ["_common"]
  tags = named("worker", "\${TAG}")
}
target "inline" {
  dockerfile-inline = "FROM x/worker"
  tags = ["x/inline"]
}
`;
    expect(graph({ 'docker-bake.hcl': text }, stages)).toMatchObject([
      { id: 'app/Dockerfile#2', names: ['x/worker:1.2?'] },
      { id: 'app/Dockerfile#1', names: ['x/web:1.2?', 'y/web'] },
    ]);
  });

  test('with names of contexts that are other targets or images', () => {
    const shared = 'target "base" {\n  context = "b"\n}\n';
    const hcl = (contexts: string) => ({
      'ci/build.hcl': `${shared}target "a" {\n  context = "a"\n  contexts = {\n${contexts}\n}\n}\n`,
    });
    const on = (files: Readonly<Record<string, string>>) =>
      graph(files, dockerfile('/w/a/Dockerfile', 'base'), b)[0]!.on;
    expect(on(hcl('base = "target:base"'))).toEqual(['b/Dockerfile#0?']);
    expect(on({ ...hcl('base = "docker-image://x/b:1"'), 'b.sh': 'docker build -t x/b:1 b\n' })).toEqual([
      'b/Dockerfile#0?',
    ]);
    const json = { target: { base: { context: 'b' }, a: { context: 'a', contexts: { base: 'target:base' } } } };
    expect(on({ 'docker-bake.json': JSON.stringify(json) })).toEqual(['b/Dockerfile#0']);
    const both = `${shared}target "c" {\n  context = "c"\n}\n${['b', 'c'].map(name => `target "a-${name}" {\n  context = "a"\n  contexts = { base = "target:${name === 'b' ? 'base' : name}" }\n}\n`).join('')}`;
    const c = dockerfile('/w/c/Dockerfile', 'alpine:3');
    expect(graph({ 'docker-bake.hcl': both }, dockerfile('/w/a/Dockerfile', 'base'), b, c)[0]!.on).toEqual([
      'b/Dockerfile#0',
      'c/Dockerfile#0',
    ]);
    // A directory and a target that is not known are no images.
    const facts = factsOfBuildFile('/w/docker-bake.hcl', hcl('base = "./lib"')['ci/build.hcl'], one => one);
    expect(imagesOf(indexOf([dockerfile('/w/a/Dockerfile', 'base'), facts]))[0]!.bases).toEqual([]);
    expect(on(hcl('base = "target:a"'))).toEqual([]);
    const named =
      'target "base" {\n  context = "b"\n}\ntarget "a" {\n  context = "."\n  dockerfile = "a/Dockerfile"\n  contexts = { base = "target:base" }\n}\n';
    expect(on({ 'docker-bake.hcl': named })).toEqual(['b/Dockerfile#0']);
  });

  test('by a matrix', () => {
    const matrix = (lists: string) =>
      `target "each" {\n  name = "x-\${dir}"\n  matrix = {\n${lists}\n}\n  context = dir\n  tags = ["x/\${dir}:1"]\n}\n`;
    expect(names({ 'docker-bake.hcl': matrix('dir = ["a", "b"]') }, a, b)).toEqual([['x/a:1'], ['x/b:1']]);
    expect(names({ 'docker-bake.hcl': matrix('dir = dirs') }, a, b)).toEqual([[], []]);
    const objects = `variable "DIRS" { default = ["a"] }
target "one" {
  name = item.dir
  matrix = { item = [{ dir = "a", tag = "1" }, { dir = "b", tag = "2" }] }
  context = item.dir
  tags = ["x/\${item.dir}:\${item.tag}"]
}
target "two" {
  matrix = { dir = DIRS }
  context = dir
  tags = ["y/\${dir}"]
}
`;
    expect(names({ 'docker-bake.hcl': objects }, a, b)).toEqual([['x/a:1', 'y/a'], ['x/b:2']]);
  });

  test('with variables, conditions and functions', () => {
    const text = (tags: string) => `variable "REPO" {
  default = "x"
}
variable "TAG" { default = "latest" }
variable "PUSHED" { default = "\${TAG},1.2" }
variable "NONE" {}
variable "NAME" { default = notequal(NONE, "") ? "\${NONE}/a" : "y/a" }
function "named" {
  params = [image, tags]
  result = formatlist("\${REPO}/\${image}:%s", split(",", tags))
}
target "a" {
  context = "./a"
  tags = ${tags}
}
`;
    const tagged = (tags: string) => names({ 'docker-bake.hcl': text(tags) }, a)[0];
    expect(tagged('"${named("a", "${PUSHED}")}"')).toEqual(['x/a:latest?', 'x/a:1.2?']);
    expect(tagged('TAG != "latest" ? ["x/a:${TAG}", "x/a"] : ["x/b"]')).toEqual(['x/b?']);
    expect(tagged('[NAME, equal(NONE, "") ? "" : "x/a", "x/${lower("A")}:1"]')).toEqual([
      'y/a?',
      'x/a:1',
      'x/a?',
      '{NONE}/a?',
    ]);
    expect(tagged('["x/a:${NONE}", "x/b:${timestamp()}"]')).toEqual(['x/a:{NONE}?', 'x/b:{}?']);
    expect(tagged('concat(["x/a"], [for one in ["b", "c"] : "x/${one}"])')).toEqual(['x/a', 'x/b', 'x/c']);
    expect(tagged('TAGS')).toEqual([]);
  });

  test('in JSON, also run from a directory above', () => {
    const text = JSON.stringify({ target: { a: { context: 'a', dockerfile: 'Dockerfile', tags: ['x/a:1'] } } });
    expect(names({ 'docker-bake.json': text }, a)).toEqual([['x/a:1']]);
    expect(names({ 'ci/docker-bake.json': text }, a)).toEqual([['x/a:1?']]);
  });

  test('that is broken or never ends is read as far as it goes', () => {
    expect(names({ 'docker-bake.hcl': 'target "a" {\n  context = "a\n  tags = ["x/a"\n' }, a)).toEqual([['x/a']]);
    expect(names({ 'docker-bake.json': '{"target": ' }, a)).toEqual([[]]);
    expect(
      names({ 'docker-bake.hcl': 'target "a" {\n  inherits = ["a"]\n context = "a"\n tags = ["x/a"]\n}\n' }, a),
    ).toEqual([['x/a']]);
  });
});

test('workflows name images by the action for metadata, and by a matrix', () => {
  const text = `jobs:
  one:
    steps:
      - id: meta
        uses: docker/metadata-action@v5
        with:
          images: |
            ghcr.io/x/a
            name=docker.io/x/a,enable=true
      - uses: docker/build-push-action@v6
        with:
          context: a
          tags: \${{ steps.meta.outputs.tags }}
  two:
    steps:
      - uses: docker/build-push-action@v6
        with:
          context: \${{ matrix.image }}
          tags: y/\${{ matrix.image }}:1
`;
  expect(names({ '.github/workflows/a.yml': text }, a, b)).toEqual([
    ['ghcr.io/x/a:{ref}?', 'ghcr.io/x/a:latest?', 'docker.io/x/a:{ref}?', 'docker.io/x/a:latest?', 'y/a:1?'],
    ['y/b:1?'],
  ]);
});

test('Compose files give tags, take images over from extensions, and may have any name', () => {
  const text = `x-app: &app
  image: \${IMAGE:-x/b}:\${TAG}
services:
  one: { build: { context: a, tags: [x/a:1, x/a:2] }, image: x/a }
  two: *app
x-b: &b
  image: y/b
  build: { context: b }
`;
  expect(graph({ 'stack.yml': text, 'b/build.sh': 'docker build -t x/b .\n' }, a, b)).toMatchObject([
    { names: ['x/a', 'x/a:1', 'x/a:2'] },
    { names: ['y/b', 'x/b'], by: ['stack.yml', 'stack.yml'] },
  ]);
});

test('Compose starts what it builds, gives names of contexts, and has a name for what has none', () => {
  const text = `services:
  a:
    build:
      context: a
      additional_contexts: { base: service:b, other: docker-image://x/c, lib: ./lib }
  b: { build: ./b }
`;
  const files = { 'shop/compose.yaml': text, 'push.sh': 'docker tag shop-a x/a\ndocker tag none-a y/a\n' };
  const [first, second] = [dockerfile('/w/shop/a/Dockerfile', 'base'), dockerfile('/w/shop/b/Dockerfile', 'alpine:3')];
  expect(graph(files, first, second)).toMatchObject([
    { names: ['x/a?'], on: ['shop/b/Dockerfile#0'], by: ['shop/compose.yaml'] },
    { names: [], by: ['shop/compose.yaml'] },
  ]);
});

test('the build of a Compose service is not a key of another name', () => {
  const text = `services:
  a:
    environment: { build: prod, context: b }
    labels: { build: x, target: y }
    build: { context: a }
  b: { labels: { build: x }, build: b }
`;
  const { builds } = factsOfBuildFile('/w/compose.yaml', text, one => one);
  expect(builds.map(({ context, target }) => [context, target])).toEqual([
    ['a', undefined],
    ['b', undefined],
  ]);
});

test('devcontainers start what they build, with arguments', () => {
  const text = `// A comment
/** Another * one
 */
{
	"build": {
		"dockerfile": "../a/Dockerfile", // "dockerfile": "b"
		"args": { "BASE": "x/b:1" },
	},
}
`;
  const open = dockerfile('/w/a/Dockerfile', 'alpine:3');
  const stages = open.stages.map(one => ({
    ...one,
    bases: [],
    given: [{ parts: [{ argument: 'BASE' }], use: 'base' as const, span }],
  }));
  const files = { '.devcontainer/devcontainer.json': text, 'b.sh': 'docker build -t x/b:1 b\n' };
  expect(graph(files, { ...open, stages }, b)).toMatchObject([
    { on: ['b/Dockerfile#0?'], by: ['.devcontainer/devcontainer.json'] },
    { by: [] },
  ]);
  const old = { '.devcontainer.json': '{"dockerFile": "Dockerfile", "context": ".."}' };
  expect(graph(old, a)).toMatchObject([{ by: [] }]);
  expect(graph({ 'a/.devcontainer.json': old['.devcontainer.json'] }, a)).toMatchObject([
    { by: ['a/.devcontainer.json'] },
  ]);
});

test('dobi builds images and runs them in jobs', () => {
  const text = `image=base: { image: x/a, tags: ['1', '{env.TAG}'], context: a }
image=other: { image: x/b, context: b }
image=pulled: { image: x/c }
job=test: { use: base }
job=none: { use: pulled }
`;
  expect(graph({ 'dobi.yaml': text }, a, b)).toMatchObject([
    { names: ['x/a:1', 'x/a:{env_TAG}?'], by: ['dobi.yaml'] },
    { names: ['x/b'], by: [] },
  ]);
});

test('Compose files have the variables of the file beside them, and not those of a container', () => {
  const text = `services:
  a: { image: "x/a:\${TAG}", environment: { TAG: "0" } }
  b: { image: "\${REGISTRY:?is not set}/b:\${TAG:-1}" }
  c: { image: "x/c:\${OTHER:-1}" }
`;
  const starts = (variables?: string) =>
    factsOfBuildFile(
      '/w/compose.yaml',
      text,
      one => one,
      variables === undefined ? [] : [{ path: '/w/.env', text: variables, span }],
    ).starts.map(({ name }) => name);
  expect(starts('# TAG=9\nTAG=1\nTAG="2"\nREGISTRY=ghcr.io/x\n')).toEqual(['x/a:2', 'ghcr.io/x/b:2', 'x/c:1']);
  expect(starts()).toEqual(['x/a', '${REGISTRY:?is not set}/b', 'x/c:1']);
  const nested = 'services:\n  a: { image: "${IMAGE:-x/a:${TAG:-1}}" }\n';
  expect(factsOfBuildFile('/w/compose.yaml', nested, one => one).starts).toMatchObject([{ name: 'x/a:1' }]);
});

test('Quadlets and units start images, and Quadlets build them', () => {
  expect(
    graph(
      {
        'units/a.container': '[Container]\nImage=x/a:1\n',
        'units/b.service':
          '[Service]\nExecStartPre=-/usr/bin/docker pull x/a:1\nExecStart=/usr/bin/docker run --rm x/a:1\n',
        'units/c.container': '[Container]\nImage=a.build\n',
        'units/a.build': '[Build]\nImageTag=x/a:1\nSetWorkingDirectory=../a\n',
      },
      a,
    ),
  ).toMatchObject([{ names: ['x/a:1'], by: ['units/a.container', 'units/b.service', 'units/b.service'] }]);
});

describe('manifests', () => {
  const pod = (image: string) => `{ containers: [{ name: app, image: ${image} }] }`;
  const of = (kind: string, spec: string) => `apiVersion: v1\nkind: ${kind}\nspec: ${spec}\n`;
  const template = (image: string) => `{ template: { spec: ${pod(image)} } }`;
  test.each<readonly [kind: string, spec: string]>([
    ['Pod', pod('x/a:1')],
    ...['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'Rollout'].map(kind => [kind, template('x/a:1')] as const),
    ['CronJob', `{ jobTemplate: { spec: ${template('x/a:1')} } }`],
    ['Pod', '{ initContainers: [{ image: "x/a:1" }], containers: [{ image: other }] }'],
  ])('of a %s start its images', (kind, spec) => {
    const files = { 'a/build.sh': 'docker build -t x/a:1 .\n', 'k8s/any.yaml': of(kind, spec) };
    expect(graph(files, a)).toMatchObject([{ by: ['k8s/any.yaml'] }]);
  });

  test('are read with others in one file, in lists, and with tags that something fills in', () => {
    const many = `${of('Namespace', '{}')}---\n${of('List', '{}')}items:\n  - spec: ${pod('"x/a:${TAG}"')}\n`;
    expect(factsOfBuildFile('/w/all.yml', many, one => one).starts).toMatchObject([{ name: 'x/a', certain: false }]);
  });

  test('are started under the names that a kustomization gives', () => {
    const files = {
      'a.sh': 'docker build -t x/a:1 a\n',
      'k/pod.yaml': of('Pod', pod('app')),
      'k/kustomization.yaml': 'images: [{ name: app, newName: x/a, newTag: "1" }]\n',
    };
    expect(graph(files, a)).toMatchObject([{ by: ['k/pod.yaml', 'k/kustomization.yaml'] }]);
    const other = {
      'k2/kustomization.yaml': 'images: [{ name: app, newName: x/b }]\n',
      'b.sh': 'docker build -t x/b b',
    };
    expect(graph({ ...files, ...other }, a, b)[0]!.by).toEqual(['k/kustomization.yaml']);
  });

  test('say nothing where the image is not known, or is none of a container', () => {
    const starts = (text: string, path = '/w/k8s/a.yaml') => factsOfBuildFile(path, text, one => one).starts;
    expect(starts(of('Pod', pod('"{{ .Values.image }}"')))).toEqual([]);
    expect(starts(of('Pod', '{ containers: [{ image: {{ .Values.image }} }] }'))).toEqual([]);
    expect(starts(`{{- if .Values.on }}\n${of('Pod', pod('x/a'))}{{- end }}\n`)).toHaveLength(1);
    // A variable of a container is none of the file.
    expect(starts(`${of('Pod', pod('"${IMAGE}"'))}IMAGE: x/a\n`)).toEqual([]);
    const schema = '{ versions: [{ schema: { openAPIV3Schema: { default: { image: x/a } } } }] }';
    expect(starts(of('CustomResourceDefinition', schema))).toEqual([]);
    expect(starts(`- apiVersion: v1\n  kind: Pod\n  spec: ${pod('x/a')}\n`)).toMatchObject([{ certain: false }]);
  });

  test('count beside the schema of a kind in one file, and are uncertain where no container is', () => {
    const starts = (text: string) => factsOfBuildFile('/w/install.yaml', text, one => one).starts;
    const schema = of('CustomResourceDefinition', '{ versions: [{ schema: { openAPIV3Schema: { type: object } } }] }');
    expect(starts(`${schema}---\n${of('Pod', pod('x/a'))}`)).toMatchObject([{ name: 'x/a', certain: true }]);
    expect(starts(of('Shop', '{ logo: { image: x/a } }'))).toMatchObject([{ name: 'x/a', certain: false }]);
  });

  test('get other names from a kustomization', () => {
    const text = `images:
  - { name: app, newName: x/a, newTag: "1" }
  - { name: x/b, newTag: v2 }
  - { name: postgres, digest: "sha256:${'0'.repeat(64)}" }
  - { newTag: v3 }
`;
    expect(factsOfBuildFile('/w/k/kustomization.yaml', text, one => one).starts.map(({ name }) => name)).toEqual([
      'x/a:1',
      'x/b:v2',
      `postgres@sha256:${'0'.repeat(64)}`,
    ]);
  });

  test('start what Skaffold builds', () => {
    const text = `build:
  artifacts:
    - image: x/a
      context: a
    - image: x/b
      docker: { dockerfile: b/Dockerfile }
    - image: x/c
      context: c
      jib: { project: c }
profiles:
  - build:
      artifacts:
        - { image: y/a, context: a, docker: { target: none } }
---
build: { artifacts: [{ image: x/d, context: d }] }
`;
    const [c, d] = ['c', 'd'].map(name => dockerfile(`/w/${name}/Dockerfile`, 'alpine:3')) as [FileFacts, FileFacts];
    expect(graph({ 'skaffold.yaml': text, 'k.yaml': of('Pod', pod('x/a')) }, a, b, c, d)).toMatchObject([
      { names: ['x/a:{}'], by: ['k.yaml'] },
      { names: ['x/b:{}'] },
      { names: [] },
      { names: ['x/d:{}'] },
    ]);
  });
});

describe('a base that only a build names', () => {
  const open: FileFacts = {
    ...dockerfile('/w/a/Dockerfile', 'alpine:3'),
    stages: [
      {
        ...dockerfile('/w/a/Dockerfile', 'alpine:3').stages[0]!,
        bases: [],
        given: [{ parts: [{ argument: 'BASE' }, ':', { argument: 'V' }], use: 'base', span }],
      },
    ],
  };
  const on = (files: Readonly<Record<string, string>>) =>
    graph({ ...files, 'b.sh': 'docker build -t x/b b\n' }, open, b)[0]!.on;
  test('is known by the arguments of commands, Compose, workflows and Bake', () => {
    expect(on({ 'a.sh': 'V=1\ndocker build --build-arg BASE=x/b --build-arg V=$V a\n' })).toEqual(['b/Dockerfile#0?']);
    const args = (written: string) => `services:\n  a: { build: { context: a, args: ${written} } }\n`;
    expect(on({ 'compose.yaml': args('{ BASE: x/b, V: 1 }') })).toEqual(['b/Dockerfile#0?']);
    expect(on({ 'compose.yaml': args('[BASE=x/b, V=1]') })).toEqual(['b/Dockerfile#0?']);
    const action = `jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          context: a\n          build-args: |\n            BASE=x/b\n            V=1\n`;
    expect(on({ '.github/workflows/a.yml': action })).toEqual(['b/Dockerfile#0?']);
    const bake = 'target "a" {\n  context = "a"\n  args = {\n    BASE = "x/b"\n    V = "1"\n  }\n}\n';
    expect(on({ 'docker-bake.hcl': bake })).toEqual(['b/Dockerfile#0?']);
    const json = '{"target": {"a": {"context": "a", "args": {"BASE": "x/b", "V": "1"}}}}';
    expect(on({ 'docker-bake.json': json })).toEqual(['b/Dockerfile#0?']);
  });

  test('is known by its name where only the tag is open', () => {
    const stages = open.stages.map(one => ({
      ...one,
      given: [{ parts: ['x/b:', { argument: 'V' }], use: 'base' as const, span }],
    }));
    expect(graph({ 'b.sh': 'docker build -t x/b:1 b\n' }, { ...open, stages }, b)[0]!.on).toEqual(['b/Dockerfile#0?']);
  });

  test('is another one than by default where a build gives an argument', () => {
    const stages = dockerfile('/w/a/Dockerfile', 'alpine:3').stages.map(one => ({
      ...one,
      given: [{ parts: [{ argument: 'BASE', default: 'alpine:3' }], use: 'base' as const, isDefaulted: true, span }],
    }));
    const of = (text: string) =>
      graph({ 'a.sh': text, 'b.sh': 'docker build -t x/b b\n' }, { ...open, stages }, b)[0]!.on;
    expect(of('docker build --build-arg BASE=x/b a\n')).toEqual(['b/Dockerfile#0?']);
    expect(of('docker build --build-arg OTHER=x/b a\n')).toEqual([]);
  });

  test('is not known where an argument is missing', () => {
    expect(on({ 'a.sh': 'docker build --build-arg BASE=x/b --build-arg V a\n' })).toEqual([]);
    expect(on({})).toEqual([]);
  });
});

describe('a name', () => {
  const build = { 'a/build.sh': 'docker build -t x/base:1 .\n', 'b/build.sh': 'docker build -t x/base:2 .\n' };
  test('leads to the image with the same tag, and to none of several without it', () => {
    const on = (base: string) => graph(build, a, b, dockerfile('/w/c/Dockerfile', base))[2]!.on;
    expect(on('docker.io/x/base:2')).toEqual(['b/Dockerfile#0']);
    expect(on('x/base:3')).toEqual([]);
    expect(graph({ 'a/build.sh': build['a/build.sh'] }, a, dockerfile('/w/c/Dockerfile', 'x/base:3'))[1]!.on).toEqual([
      'a/Dockerfile#0?',
    ]);
  });

  test('leads to directories of that name where there are several of them', () => {
    const services = ['a', 'b', 'c'].map(name => `  ${name}: { image: "ghcr.io/x/${name}:1" }\n`);
    const c = dockerfile('/w/c/Dockerfile', 'alpine:3');
    const by = (text: string, ...images: readonly FileFacts[]) =>
      graph({ 'compose.yaml': `services:\n${text}` }, ...images).map(one => one.by.length);
    expect(by(services.join(''), a, b, c)).toEqual([1, 1, 1]);
    expect(by(services.slice(0, 2).join(''), a, b, c)).toEqual([0, 0, 0]);
    expect(by(services.join(''), a, b, dockerfile('/w/c/Dockerfile', 'ghcr.io/x/c:1'))).toEqual([0, 0, 0]);
    const prefixed = services.map(text => text.replace('/x/', '/x/shop_'));
    expect(by(prefixed.join(''), a, b, c)).toEqual([1, 1, 1]);
    expect(by(prefixed.join('').replace('shop_a', 'web_a'), a, b, c)).toEqual([0, 0, 0]);
  });

  const by = (used: readonly string[], built: string) => {
    const services = used.map((name, i) => `  s${i}: { image: "${name}" }\n`);
    return graph({ 'compose.yaml': `services:\n${services.join('')}`, 'b.sh': built }, a, b).map(one => one.by.length);
  };
  test('may be that of another registry, by its last two parts', () => {
    const built = 'docker build -t ghcr.io/x/a a\ndocker build -t x/b b\n';
    expect(by(['registry.example.com/y/x/a:1', 'quay.io/x/b'], built)).toEqual([1, 1]);
    expect(by(['quay.io/y/a', 'b'], built)).toEqual([0, 0]);
    expect(by(['quay.io/x/a'], 'docker build -t x/a a\ndocker build -t ghcr.io/x/a b\n')).toEqual([0, 0]);
  });

  test('may have a part that is not known, and is found by what is', () => {
    const built = 'docker build -t ghcr.io/$OWNER/app:1 a\n';
    expect(by(['ghcr.io/x/app'], built)).toEqual([1, 0]);
    expect(by(['quay.io/x/app'], built)).toEqual([0, 0]);
    expect(by(['ghcr.io/x/app'], 'docker build -t $REGISTRY/app:1 a\n')).toEqual([0, 0]);
    const output = `jobs:\n  a:\n    steps:\n      - run: echo "NAME=app" >> "$GITHUB_OUTPUT"\n        id: names\n      - uses: docker/build-push-action@v6\n        with:\n          context: a\n          tags: "ghcr.io/\${{ github.repository }}/\${{ steps.names.outputs.NAME }}:1"\n`;
    const starts = 'services:\n  a: { image: ghcr.io/x/y/app }\n';
    expect(names({ '.github/workflows/a.yml': output.replace('github.repository', 'steps.a.outputs.b-c') }, a)).toEqual(
      [['ghcr.io/{b-c}/app:1?']],
    );
    expect(graph({ '.github/workflows/a.yml': output, 'compose.yaml': starts }, a)).toMatchObject([
      { by: ['compose.yaml'] },
    ]);
  });

  test('may have the last part of what is built, where most of its namespace do', () => {
    const c = dockerfile('/w/c/Dockerfile', 'alpine:3');
    const built = ['a', 'b', 'c'].map(name => `docker build -t ${name} ${name}\n`).join('');
    const starts = (...used: readonly string[]) => {
      const services = used.map((name, i) => `  s${i}: { image: ghcr.io/x/${name} }\n`).join('');
      const files = { 'b.sh': built, 'compose.yaml': `services:\n${services}` };
      return graph(files, a, b, c).map(one => one.by.length);
    };
    expect(starts('a', 'b', 'c', 'd')).toEqual([1, 1, 1]);
    expect(starts('a', 'b')).toEqual([0, 0, 0]);
    expect(starts('a', 'b', 'c', 'd', 'e', 'f', 'g')).toEqual([0, 0, 0]);
  });
});

describe('included files', () => {
  const common = 'TAG ?= 1\nbuild:\n\tdocker build . -t x/$(NAME):$(TAG)\n';

  test('of Makefiles have variables and commands', () => {
    const own = 'NAME := a\ninclude ../common.mk\n';
    expect(names({ 'common.mk': common, 'a/Makefile': own, 'b/Makefile': own.replace('a', 'b') }, a, b)).toEqual([
      ['x/a:1?'],
      ['x/b:1?'],
    ]);
    const variables = { 'b/Makefile': '-include vars.mk\nbuild:\n\tdocker build -t $(IMAGE) .\n' };
    expect(names({ ...variables, 'b/vars.mk': 'IMAGE = x/b\n' }, b)).toEqual([['x/b?']]);
    expect(names(variables, b)).toEqual([[]]);
  });

  test('say only once what they say alone', () => {
    const files = { Makefile: 'include common.mk\n', 'common.mk': 'build:\n\tdocker build -t x/a a\n' };
    expect(imagesOf(indexOf([a, ...factsOf(files)]))[0]!.tags).toHaveLength(1);
  });

  test('may include one another, and themselves', () => {
    const files = { Makefile: 'include a.mk\nb:\n\tdocker build -t $(N) a\n', 'a.mk': 'include b.mk a.mk Makefile\n' };
    expect(names({ ...files, 'b.mk': 'include a.mk\nN = x/n\n' }, a)).toEqual([['x/n?']]);
    expect(
      includedIn('/w/Makefile', 'include missing.mk $(UNKNOWN) *.mk\n', { read: () => null, list: () => null }),
    ).toEqual({
      files: [],
      asked: ['/w/missing.mk'],
    });
  });

  test('of scripts have variables', () => {
    const text = '. "$(dirname "$0")/env.sh"\nsource ${SCRIPT_DIR}/more.sh\ndocker build -t "$R/a:$T" a\n';
    expect(names({ 'build.sh': text, 'env.sh': 'R=x\n', 'more.sh': 'export T=2\n' }, a)).toEqual([['x/a:2?']]);
  });
});

describe('containers of pipelines', () => {
  const build = { 'build.sh': 'docker build -t x/a a\n' };
  const by = (path: string, text: string) => graph({ ...build, [path]: text }, a)[0]!.by;

  test.each([
    ['.github/workflows/t.yml', 'jobs:\n  t:\n    container: x/a\n'],
    ['.github/workflows/t.yml', 'jobs:\n  t:\n    container:\n      image: x/a\n'],
    ['.github/workflows/t.yml', 'jobs:\n  t:\n    services:\n      a: { image: x/a }\n'],
    ['.github/workflows/t.yml', 'jobs:\n  t:\n    steps:\n      - uses: docker://x/a\n'],
    ['.gitlab-ci.yml', 'image: x/a\ntest:\n  script: [true]\n'],
    ['.gitlab-ci.yml', 'test:\n  image:\n    name: x/a\n'],
    ['.gitlab-ci.yml', 'default:\n  services: [x/a]\n'],
    ['.gitlab/ci/t.yml', 'test:\n  services:\n    - name: x/a\n'],
    ['.circleci/config.yml', 'jobs:\n  t:\n    docker:\n      - image: x/a\n'],
    ['azure-pipelines.yml', 'resources:\n  containers:\n    - container: a\n      image: x/a\n'],
    ['cloudbuild.yaml', 'steps:\n  - name: x/a\n'],
    ['.devcontainer/devcontainer.json', '{\n  // ours\n  "image": "x/a",\n}\n'],
    ['chart/values.yaml', 'web:\n  image: { registry: docker.io, repository: x/a, tag: "1" }\n'],
    ['k8s/task.yaml', 'apiVersion: tekton.dev/v1\nkind: Task\nspec: { steps: [{ image: x/a }] }\n'],
  ])('%s %j', (path, text) => expect(by(path, text)).toEqual([path]));

  test.each([
    ['.github/workflows/t.yml', 'jobs:\n  t:\n    steps:\n      - uses: x/a\n        with: { image: x/a }\n'],
    ['.gitlab-ci.yml', 'test:\n  variables:\n    image: x/a\n'],
    ['chart/values.yaml', 'git:\n  repository: x/a\n'],
    ['k8s/map.yaml', 'apiVersion: v1\nkind: ConfigMap\ndata: { image: x/a }\n'],
  ])('not %s %j', (path, text) => expect(by(path, text)).toEqual([]));
});

test('Tiltfiles build images from plain strings', () => {
  const text = `# docker_build('x/no', 'b')
name = 'x/b'
docker_build(
  'x/a', # the "first"
  'a',
  build_args={'K': 'a,b', 'L': f('(')},
  live_update=[sync('.', '/app')],
)
docker_build_with_restart(ref=name, entrypoint='/x', context='./b', dockerfile='b/Dockerfile')
docker_build('x/c' + suffix, 'a')
docker_build('x/d', 'a', dockerfile=chosen())
docker_build('x/e', 'a', dockerfile_contents='FROM x')
docker_build('x/f', '`;
  expect(names({ Tiltfile: text }, a, b)).toEqual([['x/a'], ['x/b?']]);
  expect(names({ 'dev/Tiltfile': "docker_build('x/a', '../a')\n" }, a)).toEqual([['x/a']]);
  expect(names({ 'dev/Tiltfile': "docker_build('x/a', 'a')\n" }, a)).toEqual([[]]);
});

test('names that are known in parts are shown with their gaps', () => {
  const text =
    'jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          context: a\n          tags: ${{ secrets.OWNER }}/shop-web:${{ github.sha }}\n';
  expect(names({ '.github/workflows/a.yml': text }, a)).toEqual([['{secrets.OWNER}/shop-web:{github.sha}?']]);
  expect(names({ 'b.sh': 'docker build -t "${R:-$X}/shop-web:$T" -t $R/shop-web:1 a\n' }, a)).toEqual([
    ['{R}/shop-web:{T}?', '{R}/shop-web:1?'],
  ]);
});

describe('images of one name', () => {
  test('are told apart by the end of the tag', () => {
    const text = 'docker build -t x/demo:1-a a\ndocker build -t x/demo:1-b b\n';
    const by = (name: string) =>
      graph({ 'build.sh': text, 'compose.yaml': `services:\n  s: { image: "${name}" }\n` }, a, b).map(
        ({ by }) => by.length,
      );
    expect(by('x/demo:2-b')).toEqual([0, 1]);
    expect(by('x/demo:2-c')).toEqual([0, 0]);
    expect(by('x/demo:2')).toEqual([0, 0]);
  });

  test('and tag are those beside what uses them', () => {
    const build = 'docker build -t app .\n';
    const files = { 'a/build.sh': build, 'b/build.sh': build, 'b/compose.yaml': 'services:\n  s: { image: app }\n' };
    expect(graph(files, a, b).map(({ by }) => by)).toEqual([[], ['b/compose.yaml']]);
    const run = { 'a/build.sh': build, 'b/build.sh': `${build}docker run app\n` };
    expect(graph(run, a, b).map(({ by }) => by)).toEqual([[], ['b/build.sh']]);
  });
});

describe('labels that a build gives', () => {
  const owned = (files: Readonly<Record<string, string>>) =>
    imagesOf(indexOf([a, ...factsOf(files)])).map(({ owner, purpose }) => [owner, purpose]);
  const step = (labels: string) =>
    `jobs:\n  j:\n    steps:\n      - uses: docker/metadata-action@v5\n        id: meta\n        with:\n          labels: |\n            team=c\n      - uses: docker/build-push-action@v6\n        with:\n          context: a\n          labels: ${labels}\n`;

  test.each<readonly [path: string, text: string, expected: readonly (string | undefined)[]]>([
    ['compose.yaml', 'services:\n  s:\n    build: { context: a, labels: { team: c, purpose: d } }\n', ['c', 'd']],
    ['compose.yaml', 'services:\n  s:\n    build:\n      context: a\n      labels: [team=c]\n', ['c', undefined]],
    ['compose.yaml', 'services:\n  s:\n    build: a\n    labels: { team: c }\n', [undefined, undefined]],
    ['docker-bake.hcl', 'target "a" {\n  context = "a"\n  labels = {\n    "team" = "c"\n  }\n}\n', ['c', undefined]],
    ['bake.json', '{"target":{"a":{"context":"a","labels":{"purpose":"d"}}}}', [undefined, 'd']],
    ['Makefile', 'a:\n\tdocker build --label team=c --label "purpose=$(P)" a\n', ['c', undefined]],
    ['.github/workflows/a.yml', step('|\n            team=d\n            x'), ['d', undefined]],
    ['.github/workflows/a.yml', step('${{ steps.meta.outputs.labels }}'), ['c', undefined]],
  ])('%s %j', (path, text, expected) => expect(owned({ [path]: text })).toEqual([expected]));

  test('count with the keys that the configuration names', () => {
    const configured = { ...a, stages: a.stages.map(stage => ({ ...stage, ownerKeys: ['herd'] })) };
    const file = factsOf({ 'compose.yaml': 'services:\n  s:\n    build: { context: a, labels: { herd: c } }\n' });
    const owners = (one: FileFacts) => imagesOf(indexOf([one, ...file])).map(({ owner }) => owner);
    expect([owners(a), owners(configured)]).toEqual([[undefined], ['c']]);
  });

  test('are told to the rules by their keys', () => {
    const files = { '.github/workflows/a.yml': step('${{ steps.meta.outputs.labels }}') };
    const labels = acrossFiles(indexOf([a, ...factsOf(files)]), '/w').get('/w/a/Dockerfile')?.labels;
    expect(labels).toContain('team');
    expect(labels).toContain('org.opencontainers.image.source');
    expect(labels).not.toContain('org.opencontainers.image.authors');
  });
});
