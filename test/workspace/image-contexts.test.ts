/** What the names of contexts stand for that commands and workflows give. */
import { expect, test } from 'vitest';
import { imagesOf } from '../../workspace/images/graph.ts';
import { indexOf } from '../../workspace/images/index.ts';
import { dockerfile, factsOf } from './image-graph.ts';

const web = dockerfile('/w/web/Dockerfile', 'base');

const on = (files: Readonly<Record<string, string>>) =>
  imagesOf(indexOf([web, ...factsOf(files)]))[0]!.bases.map(({ name, certain }) => (certain ? name : `${name}?`));

const workflow = (contexts: string) => `jobs:
  a:
    steps:
      - uses: docker/build-push-action@v6
        with:
          context: web
          tags: x/web
          build-contexts: |
            ${contexts}
`;

test('an image, or a directory, which is none', () => {
  expect(on({})).toEqual(['base']);
  expect(on({ 'a.sh': 'docker build --build-context base=docker-image://debian:13 -t x/web web\n' })).toEqual([
    'debian:13?',
  ]);
  expect(on({ 'a.sh': 'docker build --build-context base=../base -t x/web web\n' })).toEqual([]);
  expect(on({ '.github/workflows/a.yaml': workflow('base=docker-image://alpine:3') })).toEqual(['alpine:3?']);
  expect(on({ '.github/workflows/a.yaml': workflow('base=./base') })).toEqual([]);
  expect(on({ '.github/workflows/a.yaml': workflow('other=./base') })).toEqual(['base']);
});
