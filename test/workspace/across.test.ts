/** What files say of one another's images: the same in any order, and nothing of a file alone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_FILES } from '../../core/language.ts';
import { languageOf } from '../../core/linter.ts';
import { engineOf } from '../../dev/engine.ts';
import { acrossFiles } from '../../workspace/images/across.ts';
import { indexOf } from '../../workspace/images/index.ts';
import type { FileFacts } from '../../workspace/images/model.ts';
import { readFacts } from '../../workspace/images/read.ts';
import { shapeOf } from '../../workspace/images/shape.ts';

const engine = engineOf([]);

const factsOf = (path: string, text: string): FileFacts =>
  readFacts(path, text, languageOf(engine, { path, text }), { engine, files: NO_FILES })!;

const FROMS = ['alpine:3.21', 'alpine:3.23', 'alpine', 'x/a:1.2', 'x/a:1.3', 'local', '$BASE', 'alpine:3.21@sha256:1'];
const BUILDS = ['x/a:1.2', 'x/a:1.3', 'x/a', 'x/$NAME:1', '$NAME', 'local:2'];
const name = fc.constantFrom('a', 'b', 'c', 'prod', 'staging');

const dockerfile = fc
  .tuple(name, fc.array(fc.constantFrom(...FROMS), { minLength: 1, maxLength: 3 }))
  .map(([name, froms]) => factsOf(`/w/${name}/Dockerfile`, froms.map(from => `FROM ${from}\nRUN a\n`).join('')));
const script = fc
  .tuple(name, fc.array(fc.tuple(fc.constantFrom(...BUILDS), name), { maxLength: 4 }))
  .map(([name, builds]) =>
    factsOf(`/w/${name}.sh`, builds.map(([tag, context]) => `docker build -t ${tag} ${context}\n`).join('')),
  );
const files = fc.uniqueArray(fc.oneof(dockerfile, script), { selector: ({ path }) => path, maxLength: 8 });

test('the order of the files does not matter', () => {
  fc.assert(
    fc.property(
      files.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const sorted = (of: readonly FileFacts[]) =>
          [...acrossFiles(indexOf(of), '/w')].sort(([a], [b]) => (a < b ? -1 : 1));
        expect(sorted(shuffled)).toEqual(sorted(all));
      },
    ),
    { numRuns: 300 },
  );
});

test('of a file alone nothing is said that a rule reports', () => {
  fc.assert(
    fc.property(dockerfile, one => {
      for (const { bases, names, twin } of acrossFiles(indexOf([one]), '/w').values()) {
        expect([names, twin]).toEqual([[], undefined]);
        expect(
          bases.filter(({ built, unbuilt, versions }) => built.length > 0 || unbuilt || versions.length > 0),
        ).toEqual([]);
      }
    }),
  );
});

test('many files take time in proportion', () => {
  const build = Array.from({ length: 5_000 }, (_, i) => `docker build -t x/${i}:1 s/${i.toString(26)}x\n`).join('');
  const all = Array.from({ length: 5_000 }, (_, i) =>
    factsOf(
      `/w/s/${'abcdefghij'[i % 10]}${'abcdefghij'.repeat(9).slice(0, i / 60)}/Dockerfile`,
      `FROM alpine:3.${i % 50}\n`,
    ),
  );
  const unique = new Map([...all, factsOf('/w/build.sh', build)].map(one => [one.path, one]));
  const found = acrossFiles(indexOf(unique.values()), '/w');
  expect(found.size).toBe(unique.size - 1);
  for (const { bases } of found.values()) expect(bases[0]!.versions.length).toBeLessThanOrEqual(20);
});

test('the shape of a file is that of its counterpart, and of no other', () => {
  const text = (env: string, size: string) =>
    `#cloud-config\nhostname: web-${env}-1\n# ${env} only\nsize: ${size}\npackages: [curl]\nssh_pwauth: false\n`;
  const shape = shapeOf('/w/prod/a.yaml', text('prod', 't3.large'));
  expect(shape).toBeDefined();
  expect(shapeOf('/w/staging/a.yaml', `${text('staging', 't3.small')}\n`)).toBe(shape);
  expect(shapeOf('/w/staging/a.yaml', text('staging', 'many'))).not.toBe(shape);
  expect(shapeOf('/w/web/a.yaml', text('prod', 't3.large'))).toBeUndefined();
  expect(shapeOf('/w/prod/a.yaml', 'a: 1\n')).toBeUndefined();
});
