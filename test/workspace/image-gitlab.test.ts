/** The names that jobs of GitLab give, with what they take from templates. */
import { describe, expect, test } from 'vitest';
import { a, b, graph, names } from './image-graph.ts';

const tagged = (text: string, files: Readonly<Record<string, string>> = {}) =>
  names({ '.gitlab-ci.yml': text, ...files }, a, b).map(one => one.join(' '));
const command = 'docker build -t $REG/$APP:$CI_COMMIT_SHA $DIR';
const vars = (app: string) => `  variables: { APP: web-${app}, DIR: ${app} }\n`;
const both = ['r/web-a:{CI_COMMIT_SHA}?', 'r/web-b:{CI_COMMIT_SHA}?'];
const global = 'variables:\n  REG: r\n';

describe('a template is run with the variables of the jobs', () => {
  test.each<readonly [how: string, text: string]>([
    [
      'that extend it',
      `.t:\n  script:\n    - ${command}\none:\n  extends: .t\n${vars('a')}two:\n  extends: [.other, .t]\n${vars('b')}`,
    ],
    [
      'that extend what extends it',
      `.t:\n  script: ${command}\n.u:\n  extends: .t\n${vars('b')}one:\n  extends: .u\n${vars('a')}two:\n  extends: .u\n`,
    ],
    [
      'that merge it',
      `.t: &t\n  script:\n    - ${command}\none:\n  <<: *t\n${vars('a')}two:\n  <<: [*t]\n${vars('b')}`,
    ],
    [
      'whose script is that of an anchor',
      `.t: &lines\n  - ${command}\none:\n  script: *lines\n${vars('a')}two:\n  script:\n    - true\n    - *lines\n${vars('b')}`,
    ],
    [
      'that refer to it',
      `.t:\n  script:\n    - ${command}\none:\n  script:\n    - !reference [.t, script]\n${vars('a')}two:\n  before_script:\n    - !reference [.t, script]\n${vars('b')}`,
    ],
    [
      'with a matrix',
      `.m:\n  parallel:\n    matrix:\n      - { APP: web-a, DIR: a }\n      - { APP: [web-b], DIR: b }\n.t:\n  script:\n    - |\n      ${command}\none:\n  extends: [.m, .t]\n`,
    ],
  ])('%s', (_, text) => expect(tagged(`${global}${text}`)).toEqual(both));

  test('in an included file', () => {
    const files = { 'ci/t.yml': `${global}.t:\n  script:\n    - ${command}\n` };
    const jobs = `one:\n  extends: .t\n${vars('a')}two:\n  extends: .t\n${vars('b')}`;
    for (const include of ['ci/t.yml', '\n  - local: /ci/t.yml\n  - remote: https://x/y.yml', '\n  - "ci/t.yml"'])
      expect(tagged(`include: ${include}\n${jobs}`, files)).toEqual(both);
  });
});

test('a job that has its own script does not run that of its template', () => {
  const text = `${global}.t:\n  script:\n    - ${command}\none:\n  extends: .t\n${vars('a')}  script:\n    - docker build -t own b\n`;
  expect(tagged(text)).toEqual(['', 'own']);
});

test('a variable of one job is none of another', () => {
  const text = `one:\n  variables:\n    TAG: "1"\n  script:\n    - docker build -t x/a:$TAG a\ntwo:\n  script:\n    - docker build -t x/b:$TAG b\n`;
  expect(tagged(text)).toEqual(['x/a:1?', 'x/b:{TAG}?']);
});

test('jobs that extend one another end', () => {
  const text = `.a:\n  extends: .b\n.b:\n  extends: .a\n  script:\n    - ${command}\none:\n  extends: .a\n${vars('a')}`;
  expect(tagged(`${global}${text}`)).toEqual(['r/web-a:{CI_COMMIT_SHA}?', '']);
});

test('paths count from the directory of the project', () => {
  const text = `one:\n  variables: { D: a }\n  script:\n    - export F=$CI_PROJECT_DIR/$D\n    - /kaniko/executor --context $CI_PROJECT_DIR --dockerfile $F/Dockerfile --destination x/$D:1\n`;
  expect(tagged(text)).toEqual(['x/a:1?', '']);
});

test('containers of jobs by variables, also of templates of other files and of each row', () => {
  const build = 'docker build -t registry.example.com/x/a a\ndocker build -t registry.example.com/x/b b\n';
  const by = (text: string, others: Readonly<Record<string, string>> = {}) =>
    graph({ 'build.sh': build, '.gitlab-ci.yml': text, ...others }, a, b).map(one => one.by.join());
  const template = '.test:\n  image: $IMAGE\n  script: make\n';
  const job = (name: string, variables: string) => `${name}:\n  extends: .test\n  variables:\n    ${variables}\n`;
  const registry = 'variables:\n  REGISTRY: registry.example.com/x\n';
  expect(by(`${registry}${template}${job('one', 'IMAGE: $REGISTRY/b')}`)).toEqual(['', '.gitlab-ci.yml']);
  expect(by(`${registry}${template}${job('one', 'IMAGE: $REGISTRY/b')}${job('two', 'IMAGE: $REGISTRY/a')}`)).toEqual([
    '.gitlab-ci.yml',
    '.gitlab-ci.yml',
  ]);
  expect(
    by(`include: ci/jobs.yml\n${registry}${job('one', 'IMAGE: $REGISTRY/a')}`, { 'ci/jobs.yml': template }),
  ).toEqual(['.gitlab-ci.yml', '']);
  expect(by(`${template}one:\n  extends: .test\n`)).toEqual(['', '']);
  const rows = `${registry}one:\n  image: $REGISTRY/$NAME\n  parallel:\n    matrix:\n      - NAME: [a, b]\n  script: make\n`;
  expect(by(rows)).toEqual(['.gitlab-ci.yml', '.gitlab-ci.yml']);
  expect(
    by(`default:\n  image: registry.example.com/x/a\none:\n  services: ["registry.example.com/x/b"]\n  script: make\n`),
  ).toEqual(['.gitlab-ci.yml', '.gitlab-ci.yml']);
});
