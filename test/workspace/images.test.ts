/** The index of images: replaced file by file, bounded, and the same as when it is made at once. */
import { expect, test } from 'vitest';
import { NO_FACTS } from '../../core/project.ts';
import { imagesOf } from '../../workspace/images/graph.ts';
import { indexOf, update } from '../../workspace/images/index.ts';
import type { FileFacts } from '../../workspace/images/model.ts';
import { factsOfBuildFile } from '../../workspace/images/of-build-file.ts';

const span = { start: 0, end: 1 };
const dockerfile = (path: string, ...bases: string[]): FileFacts => ({
  path,
  stages: bases.map((name, i) => ({
    name: undefined,
    layer: 'application',
    final: i === bases.length - 1,
    bases: [{ name, certain: true, span, use: 'base', stage: undefined }],
    ownerKeys: NO_FACTS.ownerKeys,
    owner: undefined,
    purpose: undefined,
    refresh: undefined,
    retirement: undefined,
    span,
  })),
  builds: [],
  retags: [],
  starts: [],
  files: [],
});

const ofText = (path: string, text: string): FileFacts => factsOfBuildFile(path, text, one => one);
const make = ofText('/w/Makefile', 'a:\n\tdocker build -t x/a a\n');

test('an update replaces what a file said', () => {
  const one = dockerfile('/w/a/Dockerfile', 'alpine:1');
  const two = dockerfile('/w/a/Dockerfile', 'alpine:2');
  const updated = [one, make, two].reduce((index, facts) => update(index, facts.path, facts), indexOf([]));
  expect(imagesOf(updated)).toEqual(imagesOf(indexOf([two, make])));
  expect(imagesOf(updated)[0]).toMatchObject({ name: 'x/a', bases: [{ name: 'alpine:2' }] });
  expect(imagesOf(update(updated, two.path, undefined))).toEqual([]);
  const empty = indexOf([]);
  expect(update(empty, '/w/b.sh', ofText('/w/b.sh', 'true\n'))).toBe(empty);
});

test('many files that build and start one another take time in proportion', () => {
  const files = Array.from({ length: 5_000 }, (_, i) => dockerfile(`/w/${i}/Dockerfile`, `x/${i + 1}`));
  const builds = Array.from({ length: 5_000 }, (_, i) => ofText(`/w/${i}/build.sh`, `docker build -t x/${i} .\n`));
  const images = imagesOf(indexOf([...files, ...builds]));
  expect(images).toHaveLength(5_000);
  expect(images[0]!.bases[0]!.image).toBe('/w/1/Dockerfile#0');
});

test('names that end alike in registries that are not known take time in proportion', () => {
  const many = (line: (i: number) => string): string => Array.from({ length: 400 }, (_, i) => line(i)).join('');
  const files = Array.from({ length: 8 }, (_, n) => [
    ofText(
      `/w/${n}/compose.yaml`,
      `services:\n${many(i => `  s${i}: { build: d${i}, image: "\${R}/x${n}-${i}/web" }\n`)}`,
    ),
    ofText(
      `/w/${n}/run.sh`,
      many(i => `docker run \${R}/y${n}-${i}/web\ndocker run z${n}-${i}/web\n`),
    ),
    ...Array.from({ length: 400 }, (_, i) => dockerfile(`/w/${n}/d${i}/Dockerfile`, 'alpine:3')),
  ]);
  const before = process.cpuUsage();
  expect(imagesOf(indexOf(files.flat()))).toHaveLength(3_200);
  expect(process.cpuUsage(before).user).toBeLessThan(4_000_000);
});

test('the options of a command are those of its program', () => {
  const text = `docker buildx build --progress plain --platform=linux/amd64 -f app/Dockerfile.web --push -t x/web:1 \\
  --tag x/web:2 --build-arg A=1 --target run app
podman build --squash -tx/short . && echo done
buildah bud --layers -t x/b -f b/Containerfile b
`;
  const { builds } = ofText('/w/build.sh', text);
  expect(
    builds.map(({ names, context, file, target }) => [names.map(({ name }) => name), context, file, target]),
  ).toEqual([
    [['x/web:1', 'x/web:2'], 'app', 'app/Dockerfile.web', 'run'],
    [['x/short'], '.', undefined, undefined],
    [['x/b'], 'b', 'b/Containerfile', undefined],
  ]);
  expect(text.slice(builds[0]!.names[0]!.span.start, builds[0]!.names[0]!.span.end)).toBe('x/web:1');
});
