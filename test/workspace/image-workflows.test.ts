/** The names that workflows give, by actions, outputs, inputs and matrices. */
import { describe, expect, test } from 'vitest';
import { a, b, dockerfile, names } from './image-graph.ts';

const staged = dockerfile('/w/a/Dockerfile', 'one=alpine:3', 'two=alpine:3');
const tagged = (text: string, ...dockerfiles: Parameters<typeof names>[1][]) =>
  names({ '.github/workflows/a.yml': text }, ...(dockerfiles.length > 0 ? dockerfiles : [a]));
const build = (tags: string, context = 'a') =>
  `      - uses: docker/build-push-action@v6\n        with:\n          context: ${context}\n          tags: |\n${tags
    .split('\n')
    .map(one => `            ${one}\n`)
    .join('')}`;

describe('the action for metadata', () => {
  const meta = (tags: string, flavor = '') =>
    tagged(
      `jobs:\n  a:\n    steps:\n      - id: meta\n        uses: docker/metadata-action@v5\n        with:\n          images: x/a\n${flavor}          tags: |\n${tags
        .split('\n')
        .map(one => `            ${one}\n`)
        .join('')}${build('${{ steps.meta.outputs.tags }}')}`,
    )[0];

  test.each<readonly [tags: string, expected: readonly string[]]>([
    ['type=raw,value=edge', ['x/a:edge']],
    ['type=raw,value=edge,enable={{is_default_branch}}', ['x/a:edge?']],
    ['type=raw,value=edge,enable=false', []],
    ['stable', ['x/a:stable']],
    ['type=sha', ['x/a:sha-{sha}?']],
    ['type=sha,prefix=,format=long', ['x/a:{sha}?']],
    ['type=ref,event=branch', ['x/a:{branch}?']],
    ['type=ref,event=pr', ['x/a:pr-{pr}?']],
    ['type=semver,pattern={{version}}', ['x/a:{version}?', 'x/a:latest?']],
    ['type=semver,pattern={{major}}.{{minor}},value=${{ inputs.v }}', ['x/a:{major}.{minor}?', 'x/a:latest?']],
    ['type=schedule\ntype=edge', ['x/a:nightly?', 'x/a:edge?']],
    ["type=raw,value={{date 'YYYYMMDD'}}", ['x/a:{}?']],
    ['type=raw,value=${{ github.ref_name }}', ['x/a:{github.ref_name}?']],
  ])('makes tags by %j', (tags, expected) => expect(meta(tags)).toEqual(expected));

  test('has a flavor', () => {
    expect(meta('type=sha', '          flavor: |\n            latest=true\n            suffix=-slim\n')).toEqual([
      'x/a:sha-{sha}-slim?',
      'x/a:latest',
    ]);
    expect(meta('type=semver,pattern={{version}}', '          flavor: latest=false\n')).toEqual(['x/a:{version}?']);
  });
});

describe('outputs of jobs', () => {
  const text = (output: string, run: string, tag: string) =>
    `jobs:\n  p:\n    outputs:\n      v: ${output}\n    steps:\n      - id: s\n        run: ${run}\n  b:\n    needs: p\n    steps:\n${build(tag)}`;

  test('are known where they are written', () => {
    const tag = 'x/a:${{ needs.p.outputs.v }}-1';
    expect(tagged(text('edge', 'true', tag))).toEqual([['x/a:edge-1']]);
    const put = '${{ steps.s.outputs.w }}';
    expect(tagged(text(put, 'echo "w=2" >> "$GITHUB_OUTPUT"', tag))).toEqual([['x/a:2-1']]);
    expect(tagged(text(put, 'echo "w=$(git describe)" >> $GITHUB_OUTPUT', tag))).toEqual([['x/a:{w}-1?']]);
    expect(tagged(text('v-${{ steps.s.outputs.v }}', 'echo "v=$(date)" >> $GITHUB_OUTPUT', tag))).toEqual([
      ['x/a:v-{v}-1?'],
    ]);
  });

  test('and JSON are matrices', () => {
    const matrix = (value: string) =>
      `jobs:\n  b:\n    strategy:\n      matrix: ${value}\n    steps:\n${build('x/${{ matrix.n }}:1', '${{ matrix.n }}')}`;
    expect(tagged(matrix('{ n: "${{ fromJSON(\'[\\"a\\", \\"b\\"]\') }}" }'), a, b)).toEqual([['x/a:1'], ['x/b:1']]);
    const put = `jobs:\n  p:\n    outputs: { m: "\${{ steps.s.outputs.m }}" }\n    steps:\n      - id: s\n        run: echo 'm={"n":["a","b"]}' >> $GITHUB_OUTPUT\n  b:\n    strategy:\n      matrix: \${{ fromJSON(needs.p.outputs.m) }}\n    steps:\n${build('x/${{ matrix.n }}:1', '${{ matrix.n }}')}`;
    expect(tagged(put, a, b)).toEqual([['x/a:1'], ['x/b:1']]);
  });
});

test('inputs have defaults, and other values', () => {
  const text = `on:\n  workflow_dispatch:\n    inputs:\n      v: { default: "1" }\n      w: { type: string }\njobs:\n  b:\n    steps:\n${build("x/a:${{ inputs.v }}\nx/a:${{ github.event.inputs.w || 'dev' }}\nx/a:${{ inputs.w }}")}`;
  expect(tagged(text)).toEqual([['x/a:1?', 'x/a:dev?', 'x/a:{inputs.w}?']]);
});

test('paths count from the working directory', () => {
  const step = '      - run: docker build -t x/a:1 -f Dockerfile .\n';
  expect(tagged(`jobs:\n  b:\n    steps:\n${step}        working-directory: a\n`, a, b)).toEqual([['x/a:1?'], []]);
  const ofJob = `jobs:\n  b:\n    defaults:\n      run:\n        working-directory: ./b\n    steps:\n${step}`;
  expect(tagged(ofJob, a, b)).toEqual([[], ['x/a:1?']]);
  expect(tagged(`defaults:\n  run: { working-directory: b }\njobs:\n  b:\n    steps:\n${step}`, a, b)).toEqual([
    [],
    ['x/a:1?'],
  ]);
  const matrix = `jobs:\n  b:\n    strategy:\n      matrix: { n: [a, b] }\n    steps:\n      - run: docker build -t x/\${{ matrix.n }}:1 .\n        working-directory: \${{ matrix.n }}\n`;
  expect(tagged(matrix, a, b)).toEqual([['x/a:1?'], ['x/b:1?']]);
  const moved = `jobs:\n  b:\n    steps:\n      - run: |\n          cd b\n          docker build -t x/c:1 .\n        working-directory: a\n`;
  expect(tagged(moved, a, dockerfile('/w/a/b/Dockerfile', 'alpine:3'))).toEqual([[], ['x/c:1?']]);
});

test('what steps put out has the values of their scripts, in each arm', () => {
  const script = (text: string) =>
    `jobs:\n  b:\n    name: Build\n    steps:\n      - name: Meta\n        id: m\n        run: |\n${text.replace(/^/gm, '          ')}\n${build('${{ steps.m.outputs.name }}:1')}`;
  const own = 'IMG="${GITHUB_REPOSITORY,,}/a"\necho "name=ghcr.io/${IMG}" >> $GITHUB_OUTPUT';
  expect(tagged(script(own))).toEqual([['ghcr.io/{GITHUB_REPOSITORY}/a:1?']]);
  const arms = 'if [ "$X" ]; then N=x/one; else N=x/two; fi\necho "name=$N" | tee -a "$GITHUB_OUTPUT"';
  expect(tagged(script(arms))).toEqual([['x/one:1?', 'x/two:1?']]);
  expect(tagged(script('{\n  echo "name=x/a"\n} >> "$GITHUB_OUTPUT"'))).toEqual([['x/a:1?']]);
  expect(tagged(script('echo "::set-output name=name::x/a"'))).toEqual([['x/a:1?']]);
  // A key that is called so says nothing of it.
  expect(tagged(script('./name.sh'))).toEqual([['{name}:1?']]);
});

test('what a step puts into the environment holds for the row of its matrix', () => {
  const text = `jobs:\n  b:\n    strategy:\n      matrix:\n        n: [a, b]\n    steps:\n      - run: echo "NAME=\${{ matrix.n }}" >> $GITHUB_ENV\n${build('x/${{ env.NAME }}:1', '${{ env.NAME }}')}`;
  expect(tagged(text, a, b)).toEqual([['x/a:1?'], ['x/b:1?']]);
});

test('actions give further names to what another one built', () => {
  const redhat = `jobs:\n  b:\n    steps:\n      - id: i\n        uses: redhat-actions/buildah-build@v2\n        with:\n          image: a\n          tags: 1 2\n          context: a\n          extra-args: --target=one\n      - uses: redhat-actions/push-to-registry@v2\n        with:\n          image: \${{ steps.i.outputs.image }}\n          tags: \${{ steps.i.outputs.tags }}\n          registry: ghcr.io/\${{ github.repository_owner }}\n`;
  expect(tagged(redhat, staged)).toEqual([
    [],
    ['a:1', 'a:2', 'ghcr.io/{github.repository_owner}/a:1?', 'ghcr.io/{github.repository_owner}/a:2?'],
  ]);
  const manifest = `jobs:\n  b:\n    steps:\n${build('x/a:1-amd64\nx/a:1-arm64')}      - uses: int128/docker-manifest-create-action@v2\n        with:\n          tags: x/a:1\n          sources: |\n            x/a:1-amd64\n            x/a:1-arm64\n`;
  expect(tagged(manifest)).toEqual([['x/a:1-amd64', 'x/a:1-arm64', 'x/a:1']]);
});

describe('inputs of the repository', () => {
  const called = `on:\n  workflow_call:\n    inputs:\n      name: { type: string }\n      tag: { type: string, default: edge }\njobs:\n  b:\n    steps:\n${build('x/${{ inputs.name }}:${{ inputs.tag }}', '${{ inputs.name }}')}`;
  const calling = (inputs: string, matrix = '') =>
    `env:\n  V: 7\njobs:\n  c:\n${matrix}    uses: ./.github/workflows/b.yml\n    with: ${inputs}\n`;
  const of = (text: string) =>
    names({ '.github/workflows/a.yml': text, '.github/workflows/b.yml': called }, a, b).map(one =>
      one.filter(name => !name.includes('edge')),
    );

  test('are given to a workflow', () => {
    expect(of(calling('{ name: a, tag: "1" }'))).toEqual([['x/a:1?'], []]);
    const matrix = '    strategy:\n      matrix:\n        n: [a, b]\n';
    expect(of(calling('{ name: "${{ matrix.n }}", tag: "v${{ env.V }}" }', matrix))).toEqual([
      ['x/a:v7?'],
      ['x/b:v7?'],
    ]);
    expect(of(calling('{ name: a, tag: "${{ github.sha }}" }'))).toEqual([['x/a:{github.sha}?'], []]);
  });

  test('are given to an action, whose commands have them, too', () => {
    const action = `inputs:\n  dir: { required: true }\n  name: { required: true }\nruns:\n  using: composite\n  steps:\n    - shell: bash\n      run: docker build -t \${{ inputs.name }}:1 \${{ inputs.dir }}\n    - uses: docker/build-push-action@v6\n      with:\n        context: \${{ inputs.dir }}\n        tags: y/\${{ inputs.name }}:2\n`;
    const text = `jobs:\n  c:\n    steps:\n      - uses: ./.github/actions/build\n        with:\n          dir: a\n          name: web\n`;
    for (const name of ['action.yml', 'action.yaml'])
      expect(names({ '.github/workflows/a.yml': text, [`.github/actions/build/${name}`]: action }, a)).toEqual([
        ['web:1?', 'y/web:2?'],
      ]);
  });

  test('of a workflow that calls itself end', () => {
    const text = `${called}  d:\n    uses: ./.github/workflows/b.yml\n    with: { name: a, tag: "1" }\n`;
    expect(names({ '.github/workflows/b.yml': text }, a).flat()).not.toContain('x/a:2?');
  });
});
