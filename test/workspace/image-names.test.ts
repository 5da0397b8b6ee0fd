/** Names that are known in parts, and what leads to their images. */
import { describe, expect, test } from 'vitest';
import type { FileFacts } from '../../workspace/images/model.ts';
import { mayBuild } from '../../workspace/images/read.ts';
import { a, b, dockerfile, graph, names } from './image-graph.ts';

const by = (files: Readonly<Record<string, string>>, ...dockerfiles: readonly FileFacts[]) =>
  graph(files, ...dockerfiles).map(one => one.by);
const staged = dockerfile('/w/a/Dockerfile', 'one=alpine:3', 'two=alpine:3');

describe('commands', () => {
  test.each<readonly [text: string, expected: readonly string[]]>([
    ['docker build -t x/a a 2>&1 | tee build.log', ['x/a']],
    ['docker build -t "$REGISTRY/shop/$NAME:1" a', ['{REGISTRY}/shop/{NAME}:1?']],
    ['REGISTRY=ghcr.io/x\ndocker build -t "$REGISTRY/$NAME-web:1" a', ['ghcr.io/x/{NAME}-web:1?']],
    ['docker build -t "docker.io/x/a:$TAG" a', ['docker.io/x/a:{TAG}?']],
    ['docker build -t "$(some command)" a', []],
    ['docker build -t "$1" a', []],
    ['docker build --target "$TARGET" -t x/a a', []],
  ])('%j', (text, expected) => expect(names({ 'build.sh': text }, a)).toEqual([expected]));

  test('may be run beside the directory of the script', () =>
    expect(names({ 'scripts/build.sh': 'cd ../a\ndocker build -t x/a .\n' }, a)).toEqual([['x/a']]));

  test('of PowerShell and of Windows have paths, variables and lines of their own', () => {
    const power = '$tag = "x/a"\nif ($true) {\n  podman build `\n    -f .\\a\\Dockerfile -t "${tag}:1" .\n}\n';
    expect(names({ 'build.ps1': power }, a)).toEqual([['x/a:1?']]);
    expect(names({ 'build.bat': 'docker build ^\r\n  -f a\\Dockerfile -t x/a .\r\n' }, a)).toEqual([['x/a']]);
  });

  test('give images the names of a loop that nothing lists, whatever else has the name of its variable', () => {
    const text = `jobs:\n  a:\n    docker:\n      - image: x/y\n    steps:\n      - run: |\n          for image in $(ls); do\n            docker build -t "x/$image" "$image"\n          done\n`;
    expect(names({ '.circleci/config.yml': text }, a, b)).toEqual([['x/a?'], ['x/b?']]);
  });
});

describe('what is started by a name that is known in parts', () => {
  const built = 'docker build -t "$REGISTRY/shop/web:1" a\n';
  const compose = (image: string) => `services:\n  a:\n    image: ${image}\n`;

  test('is the image whose name fits', () => {
    expect(by({ 'a.sh': built, 'compose.yaml': compose('${HUB}/shop/web:${TAG}') }, a)).toEqual([['compose.yaml']]);
    expect(by({ 'a.sh': built, 'compose.yaml': compose('${HUB}/other/web') }, a)).toEqual([[]]);
    expect(by({ 'a.sh': 'docker build -t web a\n', 'b.sh': 'docker run $HUB/web\n' }, a)).toEqual([['b.sh']]);
    const two = `${built}docker build -t "$OTHER/shop/web:1" b\n`;
    expect(by({ 'a.sh': two, 'compose.yaml': compose('${HUB}/shop/web') }, a, b)).toEqual([[], []]);
  });

  test('is all that the same file names so', () => {
    const text = 'docker build -t "$REPO/$1:1" "$1"\ndocker run "$REPO/$1:1"\n';
    expect(by({ 'a.sh': text, 'b.sh': 'docker run "$REPO/$1:1"\n' }, a, b)).toEqual([['a.sh'], ['a.sh']]);
    const one = 'docker build -t "$IMAGE:1" a\ndocker build -t "$IMAGE:2" b\ndocker run "$IMAGE:2"\n';
    expect(by({ 'a.sh': one }, a, b)).toEqual([['a.sh'], ['a.sh']]);
  });

  test('is found by a name that has no other gap', () => {
    const text =
      'jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          context: a\n          tags: ghcr.io/${{ github.repository }}-viewer:1\n';
    const values = 'image:\n  repository: ghcr.io/x/y-viewer\n  tag: 1\n';
    expect(by({ '.github/workflows/a.yml': text, 'values.yaml': values }, a)).toEqual([['values.yaml']]);
  });
});

test('containers in Terraform and in definitions of tasks start images', () => {
  const terraform =
    'container {\n  name  = "web"\n  image = "${var.registry}/shop/web:${var.tag}"\n}\nimage = var.image\n';
  const task = '{"containerDefinitions": [\n  {"name": "web", "image": "shop/web:1"}\n]}\n';
  for (const path of ['infra/main.tf', 'task-definition.json', 'ecs-task-def.prod.json'])
    expect(mayBuild(`/w/${path}`)).toBe(true);
  const files = { 'a.sh': 'docker build -t shop/web:1 a\n', 'main.tf': terraform, 'task-definition.json': task };
  expect(by(files, a)).toEqual([['main.tf', 'task-definition.json']]);
});

test('a prefix that is empty by default is no gap of a name in a Bake file', () => {
  const bake =
    'variable "PREFIX" {\n  default = ""\n}\ntarget "a" {\n  context = "a"\n  tags = ["x/${PREFIX}web:1"]\n}\n';
  expect(names({ 'docker-bake.hcl': bake }, a)).toEqual([['x/web:1?']]);
});

test('images of one repository are told apart by tags that several of them have', () => {
  const c = dockerfile('/w/c/Dockerfile', 'ghcr.io/x/y:one');
  const d = dockerfile('/w/d/Dockerfile', 'ghcr.io/x/y:two', 'ghcr.io/x/y:three');
  const step = (context: string, tag: string) =>
    `      - uses: docker/build-push-action@v6\n        with:\n          context: ${context}\n          tags: |\n            ghcr.io/\${{ github.repository }}:\${{ github.sha }}\n            ghcr.io/\${{ github.repository }}:${tag}\n`;
  const text = `jobs:\n  a:\n    steps:\n${step('a', 'one')}${step('b', 'two')}${step('c', 'three')}`;
  const compose = 'services:\n  a: { image: "ghcr.io/x/y:two" }\n  b: { image: "ghcr.io/x/y:three" }\n';
  const found = (compose: string) => graph({ '.github/workflows/a.yml': text, 'compose.yaml': compose }, a, b, c, d);
  expect(found(compose).map(({ on, by }) => [on, by])).toEqual([
    [[], []],
    [[], ['compose.yaml']],
    [['a/Dockerfile#0?'], ['compose.yaml']],
    [['c/Dockerfile#0?'], []],
  ]);
  const others = graph({ '.github/workflows/a.yml': text }, a, b, c);
  expect(others.map(({ on }) => on)).toEqual([[], [], []]);
});

test('two bases of one namespace are called like directories, and one is not', () => {
  const on = (...bases: readonly string[]) =>
    graph({}, a, b, ...bases.map((base, i) => dockerfile(`/w/c${i}/Dockerfile`, base)))
      .slice(2)
      .map(one => one.on);
  expect(on('quay.io/x/a:1', 'quay.io/x/b:1')).toEqual([['a/Dockerfile#0?'], ['b/Dockerfile#0?']]);
  expect(on('quay.io/x/a:1')).toEqual([[]]);
  expect(on('quay.io/x/a:1', 'quay.io/y/b:1')).toEqual([[], []]);
  const others = ['a', 'b'].map(name => dockerfile(`/w/other/${name}/Dockerfile`, 'alpine:3'));
  const users = ['a', 'b'].map(name => dockerfile(`/w/c/${name}c/Dockerfile`, `quay.io/x/${name}:1`));
  expect(graph({}, a, b, ...others, ...users).flatMap(one => one.on)).toEqual([]);
});

describe('a part that is not known', () => {
  const built = (...tags: readonly string[]) => tags.map(tag => `docker build -t ${tag} a\n`).join('');

  test.each<readonly [tag: string, expected: string]>([
    ['x/a:${GITHUB_SHA:0:7}', 'x/a:{GITHUB_SHA}?'],
    ['x/a:$(git describe --tags)-slim', 'x/a:{}-slim?'],
    ['x/a:`git describe`', 'x/a:{}?'],
    ['ghcr.io/$1/a:$2', 'ghcr.io/{1}/a:{2}?'],
    ['ghcr.io/${{ github.repository }}:${{ github.sha }}', 'ghcr.io/{github.repository}:{github.sha}?'],
    ["x/a:${{ format('{0}-b', github.sha) }}", 'x/a:{}?'],
    ['$IMAGE:1-web', '{IMAGE}:1-web?'],
  ])('is shown in braces: %s', (tag, expected) => {
    expect(names({ 'a.sh': built(`"${tag}"`) }, a)).toEqual([[expected]]);
  });

  test('makes each tag another one, and none where nothing is known', () => {
    const text = built('x/a:$SHA', 'x/a:$SHA-slim', '$IMAGE:$SHA', 'x/a:latest');
    expect(names({ 'a.sh': text }, a)).toEqual([['x/a:{SHA}?', 'x/a:{SHA}-slim?', 'x/a:latest']]);
  });

  test('stays one in the names that a name gets', () => {
    const text = 'docker build -t $APP:$TAG a\ndocker tag $APP:$TAG $REGISTRY/shop/$APP:$TAG\n';
    expect(names({ 'a.sh': text }, a)).toEqual([['{REGISTRY}/shop/{APP}:{TAG}?']]);
    expect(names({ 'a.sh': 'docker build -t web a\ndocker tag web $REGISTRY/web:1\n' }, a)).toEqual([
      ['web', '{REGISTRY}/web:1?'],
    ]);
  });

  test.each([
    'docker buildx imagetools create -t x/a:2 x/a:1-amd64 x/a:1-arm64',
    'docker buildx imagetools create --tag x/a:2 "x/a:1-amd64@$DIGEST"',
    'docker manifest create --amend x/a:2 x/a:1-amd64 x/a:1-arm64',
    'crane tag x/a:1-amd64 2',
    'crane cp x/a:1-amd64 x/a:2',
    'skopeo copy --all docker://x/a:1-amd64 docker://x/a:2',
    'regctl image copy x/a:1-amd64 x/a:2',
  ])('and copies give further names: %s', command =>
    expect(names({ 'a.sh': `${built('x/a:1-amd64')}${command}\n` }, a)).toEqual([['x/a:1-amd64', 'x/a:2']]),
  );

  test.each([
    'depot build --project p -t x/a:1 a',
    'gcloud builds submit --tag x/a:1 a',
    'gcloud builds submit --async --tag=x/a:1 a',
  ])('other programs build: %s', command => {
    expect(names({ 'a.sh': `${command}\n` }, a)).toEqual([['x/a:1']]);
  });

  test('of a tag leads to the image whose known parts agree', () => {
    const text = 'docker build --target one -t x/a:$SHA-one a\ndocker build -t x/a:$SHA-two a\n';
    const by = (image: string) =>
      graph({ 'a.sh': text, 'compose.yaml': `services:\n  s: { image: "${image}" }\n` }, staged).map(one => [
        one.id,
        one.by.length,
      ]);
    expect(by('x/a:7-one')).toEqual([
      ['a/Dockerfile#1', 0],
      ['a/Dockerfile#0', 1],
    ]);
    expect(by('x/a:${V}-two')).toEqual([
      ['a/Dockerfile#1', 1],
      ['a/Dockerfile#0', 0],
    ]);
    expect(by('x/a:${V}-three')).toEqual([
      ['a/Dockerfile#1', 0],
      ['a/Dockerfile#0', 0],
    ]);
  });

  test('of a registry leads to the image whose last two parts are the same', () => {
    const files = {
      'a.sh': built('"$REGISTRY/shop/web:1"'),
      'compose.yaml': 'services:\n  s: { image: ghcr.io/shop/web }\n',
    };
    expect(by(files, a)).toEqual([['compose.yaml']]);
    const one = { 'a.sh': built('"$REGISTRY/redis:1"'), 'compose.yaml': 'services:\n  s: { image: bitnami/redis }\n' };
    expect(by(one, a)).toEqual([[]]);
  });
});

test('a name with a tag that is known is meant before one whose tag is not', () => {
  const files = {
    'a.sh': 'docker build --target one -t x/a a\ndocker build -t x/a:$TAG a\n',
    'compose.yaml': 'services:\n  a:\n    image: x/a\n',
  };
  expect(graph(files, staged)).toMatchObject([
    { id: 'a/Dockerfile#1', by: [] },
    { id: 'a/Dockerfile#0', by: ['compose.yaml'] },
  ]);
});

describe('bases', () => {
  const open = (part: string): FileFacts => {
    const file = dockerfile('/w/a/Dockerfile', 'x');
    return {
      ...file,
      stages: [
        {
          ...file.stages[0]!,
          bases: [],
          given: [{ parts: [{ argument: 'BASE' }, part], use: 'base', span: { start: 0, end: 1 } }],
        },
      ],
    };
  };

  test('are known by arguments with a tag that is not', () => {
    const compose = 'services:\n  a: { build: { context: a, args: { BASE: "x/b:${TAG}" } } }\n';
    const found = graph({ 'compose.yaml': compose, 'b.sh': 'docker build -t x/b:$TAG b\n' }, open(''), b);
    expect(found[0]!.on).toEqual(['b/Dockerfile#0?']);
  });

  test('are known by what is known of their names', () => {
    expect(graph({ 'b.sh': 'docker build -t $REGISTRY/base b\n' }, open('/base'), b)[0]!.on).toEqual([
      'b/Dockerfile#0?',
    ]);
  });
});

describe('pipelines', () => {
  test('have variables of each job and step', () => {
    const job = (name: string) =>
      `  ${name}:\n    env:\n      IMAGE: x/${name}\n    steps:\n      - run: docker build -t $IMAGE:1 ${name}\n      - uses: docker/build-push-action@v6\n        env: { OTHER: y/${name} }\n        with: { context: ${name}, tags: "\${{ env.OTHER }}" }\n`;
    expect(names({ '.github/workflows/a.yml': `jobs:\n${job('a')}${job('b')}` }, a, b)).toEqual([
      ['x/a:1?', 'y/a?'],
      ['x/b:1?', 'y/b?'],
    ]);
  });

  test('of GitLab run once for each row of a matrix, with variables of what they extend', () => {
    const text = `.base:
  variables: { CONTEXT: a, NAME: other }
build:
  extends: .base
  variables: { NAME: x }
  parallel:
    matrix:
      - T: [one, two]
        V: 1
  script:
    - >-
      /kaniko/executor
        --context=$CI_PROJECT_DIR/$CONTEXT
        --target=$T
        --destination=$NAME/$T:$V
`;
    expect(graph({ '.gitlab-ci.yml': text }, staged)).toMatchObject([
      { id: 'a/Dockerfile#1', names: ['x/two:1?'] },
      { id: 'a/Dockerfile#0', names: ['x/one:1?'] },
    ]);
  });

  test('of GitLab may have services for all jobs', () => {
    const text = 'services:\n  - docker:dind\nbuild:\n  script:\n    - docker build -t $CI_REGISTRY/x/a a\n';
    expect(names({ '.gitlab-ci.yml': text }, a)).toEqual([['{CI_REGISTRY}/x/a?']]);
  });

  test('of Forgejo and Gitea, and copies of actions, are read like those of GitHub', () => {
    const text =
      'jobs:\n  a:\n    steps:\n      - uses: https://example.com/mirror/build-push-action@v6\n        with: { context: a, tags: x/a }\n      - uses: other/Publish-Docker-Github-Action@master\n        with: { workdir: b, name: x/b }\n      - uses: docker/build-push-action@v1\n        with: { path: c, repository: x/c, registry: ghcr.io, tags: "1,2" }\n';
    const c = dockerfile('/w/c/Dockerfile', 'alpine:3');
    for (const directory of ['.forgejo', '.gitea'])
      expect(names({ [`${directory}/workflows/a.yaml`]: text }, a, b, c)).toEqual([
        ['x/a'],
        ['x/b'],
        ['ghcr.io/x/c:1', 'ghcr.io/x/c:2'],
      ]);
  });
});

describe('arrays of a script', () => {
  test.each([
    'ARGS=(-t x/a:1)\nARGS+=(--push)\ndocker build "${ARGS[@]}" a\n',
    'args=(\n  --pull # always\n  -t x/a:1\n)\nif true; then\n  args+=(\n    --push\n  )\nfi\ndocker buildx build ${args[*]} a\n',
    'cmd=(docker buildx build)\ncmd+=(--tag "x/a:1")\ncmd+=(a)\n"${cmd[@]}" 2>&1 | tee log\n',
  ])('are words of its commands: %j', text => expect(names({ 'a.sh': text }, a)).toEqual([['x/a:1']]));

  test('are taken from scripts that it sources', () => {
    const text = 'source "./list.sh"\nfor i in "${IMAGES[@]}"; do\n  docker build -t "x/$i:1" "$i"\ndone\n';
    expect(names({ 'a.sh': text, 'list.sh': 'IMAGES=(\n  "a"\n  "b"\n)\n' }, a, b)).toEqual([['x/a:1?'], ['x/b:1?']]);
  });
});

test('variables of a script have defaults, and paths count from the root', () => {
  const text =
    ': "${V:=2}"\nROOT="$(git rev-parse --show-toplevel)"\nplatform=a\ndocker build -t x/a:$V "$ROOT/$platform"\ndocker build -t y/a:$V "${platform}"\n';
  expect(names({ 'ci/a.sh': text }, a)).toEqual([['x/a:2?', 'y/a:2?']]);
});

test('a directory that is computed is not known', () =>
  expect(
    names(
      { 'a.sh': 'cd $([ -z "$1" ] && echo a || echo b)\ndocker build -t x/a:1 .\n' },
      dockerfile('/w/Dockerfile', 'alpine'),
    ),
  ).toEqual([[]]));

test('a name whose tag is not known is of none of several images', () => {
  const text = 'docker build --target one -t x/a:1 a\ndocker build -t x/a:2 a\ndocker tag x/a:$V y/a:$V\n';
  expect(names({ 'a.sh': text }, staged)).toEqual([['x/a:2'], ['x/a:1']]);
});

test('either arm of a condition of a Bake file that is not known is a name', () => {
  const bake = (tags: string) =>
    `variable "TAG" {\n  default = ""\n}\nvariable "IS" {\n  default = not(contains(["", "dev"], "\${TAG}"))\n}\nfunction "f" {\n  params = [n]\n  result = IS ? "r/\${n}:\${TAG}" : "\${n}:\${TAG}"\n}\ntarget "a" {\n  context = "a"\n  tags = ${tags}\n}\n`;
  expect(names({ 'docker-bake.hcl': bake('[f("a")]') }, a)).toEqual([['r/a:{TAG}?', 'a:{TAG}?']]);
  expect(names({ 'docker-bake.hcl': bake('IS ? ["r/a:1"] : ["a:1"]') }, a)).toEqual([['a:1?', 'r/a:1?']]);
});
