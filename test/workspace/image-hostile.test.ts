/** Files that are made to be slow, or that have secrets in names. */
import { expect, test } from 'vitest';
import { NO_FILES } from '../../core/language.ts';
import { Masks } from '../../facts/secrets/masking/masks.ts';
import { parse } from '../../workspace/images/helm/parse.ts';
import { rendered } from '../../workspace/images/helm/render.ts';
import { factsOfBuildFile } from '../../workspace/images/of-build-file.ts';
import { readFacts } from '../../workspace/images/read.ts';

const words = (prefix: string): string => Array.from({ length: 60 }, (_, i) => `${prefix}${i}`).join(' ');
const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const MATRIX = `jobs:
  a:
    strategy: { matrix: { x: [${words('a').replaceAll(' ', ', ')}], y: [1, 2] } }
    steps:
`;

test.each([
  ['loops without an end', 'a.sh', 'docker run $x for a in b for a in b '.repeat(4_000)],
  ['functions', 'a.sh', lines(9_000, i => `f${i}(){ docker run $1 }`)],
  [
    'loops in loops',
    'a.sh',
    `for a in ${words('a')}; do for b in ${words('b')}; do for c in ${words('c')}; do docker run x/$a:$b$c; done; done; done\n${'# x\n'.repeat(40_000)}`,
  ],
  [
    'loops in a function',
    'a.sh',
    `f() {\nfor a in $x ${words('a')}; do for b in ${words('b')} $a; do docker run $1/$a:$b\ndone; done\n}\n${lines(60, i => `f a${i}`)}\nx=b\n${'y=x\n'.repeat(40_000)}`,
  ],
  ['one loop after the other', 'a.sh', 'for a in b; do docker run $a$Q; done\n'.repeat(5_400)],
  ['arrays', 'a.sh', lines(3_000, i => `for a in "\${A${i}[@]}" "\${B${i}[@]}"; do docker run $a; done`)],
  ['a long list', 'a.sh', `for a in ${'b '.repeat(900)}; do\n${'docker run $a\n'.repeat(12_000)}`],
  [
    'steps',
    '.github/workflows/a.yml',
    MATRIX +
      lines(
        500,
        () => '      - { uses: docker/build-push-action@v6, with: { tags: "x/${{ matrix.x }}:${{ matrix.y }}" } }',
      ),
  ],
  ['texts in scripts', 'a.sh', `image: a\n${'cat <<E\n'.repeat(20_000)}`],
  ['quotes without an end', 'a.sh', 'docker build -t "'.repeat(11_700)],
  ['options in one line', 'a.sh', 'docker build -t $x" '.repeat(10_000)],
  ['commands in one line', 'a.sh', 'docker run $x; '.repeat(13_000)],
  ['a Jenkinsfile', 'Jenkinsfile', `x${"docker.image('a').run ".repeat(8_000)}`],
  ['calls in one line', 'Tiltfile', 'docker_build(x '.repeat(13_000)],
  ['comments', '.devcontainer.json', '/*'.repeat(100_000)],
  ['strings without an end', '.devcontainer.json', '"'.repeat(100_000)],
  ['images in a list', '.gitlab-ci.yml', '  image: x\n'.repeat(18_000)],
  [
    'lists of Bake',
    'docker-bake.hcl',
    `target "a" {\n  matrix = { x = [${'1,'.repeat(40_000)}], y = [${'1,'.repeat(40_000)}] }\n}`,
  ],
  [
    'Bake',
    'docker-bake.hcl',
    lines(
      500,
      i =>
        `target "a${i}" {\n  name = "a${i}-\${x}"\n  matrix = { x = [${words('a').replace(/\w+/g, '"$&"').replaceAll(' ', ', ')}] }\n}`,
    ),
  ],
  [
    'inputs of inputs',
    '.github/workflows/a.yml',
    `on:
  workflow_call:
    inputs:
${lines(4, i => `      i${i}: { default: "${`\${{inputs.i${i + 1}}}`.repeat(66)}" }`)}
jobs:
  a:
    steps:
      - { uses: docker/build-push-action@v6, with: { tags: "x/a:\${{inputs.i0}}" } }
`,
  ],
  [
    'targets of Bake that inherit',
    'docker-bake.hcl',
    lines(
      20,
      i =>
        `target "a${i}" {\n  tags = ["x/a${i}"]\n  inherits = [${Array.from({ length: 8 }, () => `"a${i + 1}"`).join(', ')}]\n}`,
    ),
  ],
  [
    'names of metadata',
    '.github/workflows/a.yml',
    `jobs:
  a:
    strategy: { matrix: { x: [${words('a').replaceAll(' ', ', ')}], y: [1, 2] } }
    steps:
      - id: m
        uses: docker/metadata-action@v5
        with:
          images: |
${lines(40, i => `            x/i${i}-\${{ matrix.x }}`)}
          tags: |
${lines(40, i => `            type=raw,value=t${i}-\${{ matrix.y }}`)}
${lines(5, () => '      - { uses: docker/build-push-action@v6, with: { tags: "${{ steps.m.outputs.tags }}" } }')}
`,
  ],
  [
    'outputs of one step',
    '.github/workflows/a.yml',
    `jobs:
  a:
    outputs:
${lines(400, i => `      o${i}: \${{ steps.s.outputs.v${i} }}-\${{ steps.s.outputs.w${i} }}`)}
    steps:
      - id: s
        run: |
${lines(5_000, i => `          echo "v${i}=x" >> $GITHUB_OUTPUT`)}
  b:
    steps:
      - { uses: docker/build-push-action@v6, with: { tags: "x/a:\${{ needs.a.outputs.o1 }}" } }
`,
  ],
  [
    'steps with the variables of a job',
    '.github/workflows/a.yml',
    `jobs:
  a:
    env: { TAG: "1" }
    steps:
${lines(400, i => `      - { uses: docker/build-push-action@v6, with: { tags: "x/a${i}:\${{ env.TAG }}", labels: "${'l'.repeat(320)}=x" } }`)}
`,
  ],
])('%s take a short time', (_, path, text) => {
  const before = process.cpuUsage();
  const { builds = [], starts = [] } =
    readFacts(`/w/${path}`, text, undefined, { engine: undefined!, files: NO_FILES }) ?? {};
  const { user } = process.cpuUsage(before);
  expect(builds.length).toBeLessThanOrEqual(1_000);
  expect(starts.length).toBeLessThanOrEqual(1_000);
  expect(user).toBeLessThan(3_000_000);
});

const token = ['ghp', 'F1s9pLw3Kq7Zt2Xv8Rb4Nc6Md0Yh5Jg1Te3U'].join('_');

test.each([
  ['compose.yaml', `services:\n  ${token}: { build: a }\n`],
  ['compose.yaml', `name: ${token}\nservices:\n  a: { build: a }\n`],
  ['compose.yaml', `services:\n  a: { build: { context: a, additional_contexts: { ${token}: b } } }\n`],
  ['docker-bake.hcl', `target "a" {\n  contexts = { "${token}" = "docker-image://a" }\n}\n`],
  ['kustomization.yaml', `images:\n- { name: ${token}, newName: x/a }\n`],
  ['action.yml', `runs:\n  using: docker\n  image: ${token}\n`],
  ['Jenkinsfile', `agent { dockerfile { filename '${token}' } }\n`],
  ['.devcontainer.json', `{"name": "${token}", "dockerFile": "${token}"}`],
  ['a.sh', `docker run ${token}\nfor i in ${token}; do docker build -t x/$i .; done\n`],
  ['azure-pipelines.yml', `steps:\n  - task: Docker@2\n    inputs: { repository: x/a, tags: ${token} }\n`],
  ['a.yml', `- docker_container: { image: 'x/a:${token}' }\n`],
])('no name in %s shows a secret: %j', (path, text) => {
  const masks = new Masks(text, undefined);
  const facts = factsOfBuildFile(`/w/${path}`, text, one => masks.clean(one));
  expect([...facts.builds, ...facts.starts].length).toBeGreaterThan(0);
  expect(JSON.stringify(facts)).not.toContain(token.slice(4));
});

test('a map of Helm that has itself twice, again and again, is not gone through part by part', () => {
  const doubled = '{{ $x = dict "a" $x "b" $x }}'.repeat(60);
  const text = `{{ $x := dict "k" "v" }}${doubled}{{ $y := deepCopy $x }}{{ $z := merge (dict "a" $y) $x (dict "b" $x) }}image: x/{{ $z.a.k }}`;
  expect(rendered(parse(text), new Map(), new Map()).map(piece => piece.text)).toContain('image: x/');
});
