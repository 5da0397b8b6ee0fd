/** What runs of Skaffold build: https://skaffold.dev/docs/references/cli/ */
import { describe, expect, test } from 'vitest';
import { a, b, names } from './image-graph.ts';

const SKAFFOLD = `apiVersion: skaffold/v4beta11
kind: Config
build:
  artifacts:
    - { image: web, context: a }
    - { image: gcr.io/p/api, context: b }
`;
const OWN = [['web:{}'], ['gcr.io/p/api:{}']];
const of = (files: Readonly<Record<string, string>>, text = SKAFFOLD) =>
  names({ 'skaffold.yaml': text, ...files }, a, b);
const both = ([web, api]: readonly [string, string]) => [
  [web, 'web:{}'],
  ['gcr.io/p/api:{}', api],
];
const sorted = (all: readonly (readonly string[])[]) => all.map(one => [...one].sort());

describe('a run', () => {
  test.each<readonly [what: string, files: Readonly<Record<string, string>>, gives: readonly [string, string]]>([
    [
      'with a repository',
      { 'b.sh': 'skaffold run -f=skaffold.yaml --default-repo=reg.io/p\n' },
      ['reg.io/p/web:{}?', 'reg.io/p/gcr_io_p_api:{}?'],
    ],
    [
      'with a repository of Google',
      { 'b.sh': 'skaffold build -d us-docker.pkg.dev/q/r --tag "$SHA"\n' },
      ['us-docker.pkg.dev/q/r/web:{SHA}?', 'us-docker.pkg.dev/q/r/gcr.io/p/api:{SHA}?'],
    ],
    ['with a tag', { 'b.sh': 'skaffold build -t v1\n' }, ['web:v1?', 'gcr.io/p/api:v1?']],
    [
      'with a variable of its own',
      { 'b.sh': 'SKAFFOLD_DEFAULT_REPO=reg.io/p skaffold build\n' },
      ['reg.io/p/web:{}?', 'reg.io/p/gcr_io_p_api:{}?'],
    ],
    [
      'of a directory of scripts',
      { 'hack/b.sh': 'cd "$(dirname "$0")/.."\nexport SKAFFOLD_DEFAULT_REPO="reg.io/p"\nskaffold build\n' },
      ['reg.io/p/web:{}?', 'reg.io/p/gcr_io_p_api:{}?'],
    ],
    [
      'of Make',
      { Makefile: 'TAG ?= v1\nall:\n\tskaffold build --tag=$(TAG) --push\n' },
      ['web:v1?', 'gcr.io/p/api:v1?'],
    ],
    [
      'of a workflow',
      {
        '.github/workflows/ci.yaml':
          'on: push\njobs:\n  a:\n    steps:\n      - run: |\n          skaffold run --default-repo=reg.io/p --tag=${{ github.sha }}\n',
      },
      ['reg.io/p/web:{github.sha}?', 'reg.io/p/gcr_io_p_api:{github.sha}?'],
    ],
    [
      'of Cloud Build',
      {
        'cloudbuild.yaml':
          'steps:\n  - name: gcr.io/k8s-skaffold/skaffold\n    args:\n      - -c\n      - >\n        skaffold run --default-repo=reg.io/$PROJECT_ID;\n',
      },
      ['reg.io/{PROJECT_ID}/web:{}?', 'reg.io/{PROJECT_ID}/gcr_io_p_api:{}?'],
    ],
  ])('%s', (_, files, gives) => expect(sorted(of(files))).toEqual(sorted(both(gives))));

  test.each([
    ['gives nothing', 'skaffold dev\n'],
    ['is only shown', '# skaffold build -t v1\necho "skaffold build -t v1"\n'],
    ['has another file', 'skaffold build -f other.yaml -t v1\n'],
    ['builds nothing', 'skaffold delete -d reg.io/p\n'],
  ])('that %s', (_, text) => expect(of({ 'b.sh': text })).toEqual(OWN));

  test('builds the images that it names', () => {
    expect(of({ 'b.sh': 'skaffold build -b web -t v1\n' })).toEqual([['web:{}', 'web:v1?'], ['gcr.io/p/api:{}']]);
  });

  test('builds those of its profiles', () => {
    const profile = 'profiles:\n  - name: ci\n    build:\n      artifacts:\n        - { image: ci, context: a }\n';
    expect(of({ 'b.sh': 'skaffold build -p ci -t v1\n' }, profile)[0]).toContain('ci:v1?');
    expect(of({ 'b.sh': 'skaffold build -p other -t v1\n' }, profile)[0]).not.toContain('ci:v1?');
  });
});
