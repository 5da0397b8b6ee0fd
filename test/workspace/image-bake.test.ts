/** What runs of Bake build, with their files, variables, settings and targets. */
import { describe, expect, test } from 'vitest';
import { mayStartContainers, startsContainers } from '../../workspace/images/read.ts';
import { a, b, dockerfile, graph, kept, names } from './image-graph.ts';

const HCL = `variable "TAG" { default = "dev" }
variable "REGISTRY" { default = "x" }
group "default" { targets = ["both"] }
group "both" { targets = ["a", "b"] }
target "a" {
  context = "a"
  tags = ["\${REGISTRY}/a:\${TAG}"]
}
target "b" {
  context = "b"
  tags = ["\${REGISTRY}/b:\${TAG}"]
}
`;
const DEV = [['x/a:dev?'], ['x/b:dev?']];
const of = (files: Readonly<Record<string, string>>) => names({ 'docker-bake.hcl': HCL, ...files }, a, b);
const step = (text: string) =>
  `on: push\njobs:\n  build:\n    steps:\n      - uses: actions/checkout@v4\n${text.replace(/^/gm, '      ')}\n`;
const workflow = (text: string) => ({ '.github/workflows/ci.yml': step(text) });

describe('a file', () => {
  test('is one of Bake by its targets, whatever it is called', () => {
    expect(mayStartContainers('/w/images.hcl') && startsContainers('/w/images.hcl', HCL)).toBe(true);
    expect(startsContainers('/w/nomad.hcl', 'job "a" {\n  group "b" {}\n}\n')).toBe(false);
    expect(mayStartContainers('/w/a.pkr.hcl')).toBe(false);
    expect(names({ 'docker/images.hcl': HCL }, a, b)).toEqual(DEV);
  });

  test('lends its targets to those beside it', () => {
    const files = {
      'docker/bake.hcl': 'target "web" {\n  inherits = ["web-tags"]\n  context = "a"\n}\n',
      'docker/tags.hcl': 'target "web-tags" {\n  tags = ["x/web:1"]\n}\n',
    };
    expect(names(files, a, dockerfile('/w/Dockerfile', 'alpine:3'))).toEqual([['x/web:1?'], []]);
  });
});

describe('a run', () => {
  test.each<readonly [what: string, files: Readonly<Record<string, string>>]>([
    [
      'of a workflow with variables of a step',
      workflow('- run: docker buildx bake\n  env:\n    TAG: ci\n    REGISTRY: y'),
    ],
    ['of an action', workflow('- uses: docker/bake-action@v6\n  env:\n    TAG: ci\n    REGISTRY: y')],
    [
      'of an action that sets tags',
      workflow('- uses: docker/bake-action@v6\n  with:\n    set: |\n      a.tags=y/a:ci\n      b.tags=y/b:ci'),
    ],
    ['with variables of the command', { 'b.sh': 'TAG=ci REGISTRY=y docker buildx bake --push\n' }],
    [
      'with exported variables',
      { 'b.sh': 'export TAG=ci\nexport REGISTRY="y"\ndocker buildx bake all-of-it default\n' },
    ],
    [
      'of Make',
      { Makefile: 'T ?= ci\nall:\n\tREGISTRY=y TAG=$(T) \\\n\t  docker buildx bake -f docker-bake.hcl both\n' },
    ],
    [
      'of Make with what it exports',
      { Makefile: 'export TAG := ci\nREGISTRY = y\nexport REGISTRY\nall:\n\t$(DOCKER) buildx bake\n' },
    ],
    ['in a directory of scripts', { 'scripts/b.sh': 'TAG=ci REGISTRY=y docker buildx bake -f ../docker-bake.hcl\n' }],
    [
      'that sets tags',
      {
        'b.sh': 'docker buildx bake --set a.tags=y/a:ci \\\n  --set=b.tags=y/b:ci --set "*.platform=linux/arm64" a b\n',
      },
    ],
    [
      'of a pipeline',
      {
        '.gitlab-ci.yml':
          'stages: [a]\nbuild:\n  variables:\n    TAG: ci\n    REGISTRY: y\n  script:\n    - docker buildx bake\n',
      },
    ],
  ])('%s', (_, files) =>
    expect(of(files)).toEqual(
      [
        ['x/a:dev?', 'y/a:ci?'],
        ['x/b:dev?', 'y/b:ci?'],
      ].map(one => expect.arrayContaining([one[0]!, expect.stringMatching(one[1]!.replace('?', ''))])),
    ),
  );

  test.each<readonly [what: string, text: string]>([
    ['says nothing more than its file where nothing is given', 'docker buildx bake\n'],
    ['is none where it is only printed', 'TAG=2 docker buildx bake --print\n'],
    ['is none where it is only shown', 'echo "TAG=2 docker buildx bake"\n'],
    ['is none of another file', 'TAG=2 docker buildx bake -f other.hcl\n'],
    ['has no variables that are not exported', 'TAG=2\ndocker buildx bake\n'],
  ])('%s', (_, text) => expect(of({ 'b.sh': text })).toEqual(DEV));

  test('builds the targets that it asks for, with gaps for what is not known', () => {
    expect(of({ 'b.sh': 'TAG=$(git describe) docker buildx bake b\n' })).toEqual([
      ['x/a:dev?'],
      ['x/b:dev?', 'x/b:{}?'],
    ]);
    const matrix =
      'on: push\njobs:\n  build:\n    strategy: { matrix: { target: [a] } }\n    steps:\n      - run: TAG=2 docker buildx bake ${{ matrix.target }}\n';
    expect(of({ '.github/workflows/ci.yml': matrix })).toEqual([['x/a:dev?', 'x/a:2?'], ['x/b:dev?']]);
  });

  test('has tags of metadata, and files that override others', () => {
    const meta =
      '- id: meta\n  uses: docker/metadata-action@v5\n  with:\n    images: y/a\n    tags: type=raw,value=7\n    flavor: latest=false\n    bake-target: own\n' +
      '- uses: docker/bake-action@v6\n  with:\n    targets: app\n    files: |\n      ./images/app.hcl\n      cwd://${{ steps.meta.outputs.bake-file }}';
    const files = {
      'images/app.hcl': 'target "own" {}\ntarget "app" {\n  inherits = ["own"]\n  context = "a"\n}\n',
      ...workflow(meta),
    };
    expect(names(files, a)).toEqual([['y/a:7']]);
    const base = 'target "app" {\n  context = "a"\n  tags = ["x/app:1"]\n}\n';
    const more = {
      'a.hcl': base,
      'b.hcl': 'target "app" {\n  context = "b"\n}\n',
      Makefile: 'all:\n\tdocker buildx bake -f a.hcl -f b.hcl app\n',
    };
    expect(names(more, a, b)).toEqual([['x/app:1'], ['x/app:1']]);
  });

  test('is one of Make that a workflow runs', () => {
    const files = {
      Makefile: 'T ?= 1\nimages:\n\tTAG=$(T) docker buildx bake\n',
      ...workflow('- run: make images T=9'),
    };
    expect(of(files)).toEqual([
      expect.arrayContaining(['x/a:1?', 'x/a:9?']),
      expect.arrayContaining(['x/b:1?', 'x/b:9?']),
    ]);
  });

  test('ends with hostile files', () => {
    const loop = 'group "a" { targets = ["b"] }\ngroup "b" { targets = ["a"] }\n';
    const many = `${'A=1 '.repeat(20_000)}docker buildx bake a\n`.repeat(2);
    expect(graph({ 'docker-bake.hcl': `${HCL}${loop}`, 'b.sh': many }, kept(a))).toHaveLength(1);
    expect(of({ 'b.sh': `${'docker buildx bake -f docker-bake.hcl \\\n'.repeat(3_000)}` })).toHaveLength(2);
  });
});
