/** Bundles the judge with every mutant in it, each behind a switch. */
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import esbuild from 'esbuild';
import type { Mutant } from './find.ts';

/** The name of the switch: `isMutant(17)` in the bundle. `judge.ts` defines it. */
const SWITCH = 'globalThis.__bakelintIsMutant';

/** Writes the bundle to `outfile`; a mutant's number is its place in the list. */
export async function bundleJudge(mutants: readonly Mutant[], outfile: string): Promise<void> {
  const byFile = new Map<string, Numbered[]>();
  for (const [number, mutant] of mutants.entries())
    byFile.set(mutant.file, [...(byFile.get(mutant.file) ?? []), { ...mutant, number }]);
  await esbuild.build({
    entryPoints: ['dev/mutants/judge.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
    define: { BAKELINT_VERSION: '"dev"' },
    plugins: [
      {
        name: 'mutants',
        setup(build) {
          build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const file = relative('.', path);
            if (path === resolve('core/memo.ts')) return { contents: UNCACHED_MEMO, loader: 'ts' };
            const here = byFile.get(file);
            return here && { contents: switched(readFileSync(path, 'utf8'), here), loader: 'ts' };
          });
        },
      },
    ],
  });
}

/** Answers that were computed with one mutant are not those of the next. */
export const UNCACHED_MEMO = `
export function memo(compute) {
  let known = new WeakMap();
  let round = 0;
  return key => {
    if (round !== globalThis.__bakelintRound) {
      known = new WeakMap();
      round = globalThis.__bakelintRound;
    }
    const found = known.get(key);
    if (found) return found.value;
    const value = compute(key);
    known.set(key, { value });
    return value;
  };
}
export function memoOfTwo(compute) {
  const answersFor = memo(() => new Map());
  return (key, other) => {
    const answers = answersFor(key);
    if (!answers.has(other)) answers.set(other, compute(key, other));
    return answers.get(other);
  };
}
export function memoOfText(most, compute) {
  return compute;
}
`;

type Numbered = Mutant & { readonly number: number };

/** A source with its mutants in it, each behind its switch. Expressions may be in each other. */
export function switched(text: string, mutants: readonly Numbered[]): string {
  const sorted = mutants.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const written = (start: number, end: number, inside: readonly Numbered[]): string => {
    let out = '';
    let at = start;
    for (let i = 0; i < inside.length; ) {
      const first = inside[i]!;
      const within = inside.slice(i).filter(one => one.start < first.end);
      const same = within.filter(one => one.end === first.end && one.start === first.start);
      out += text.slice(at, first.start);
      const choices = same.map(({ number, mutated }) => `${SWITCH}(${number}) ? (${mutated}) : `).join('');
      out += `(${choices}(${written(first.start, first.end, within.slice(same.length))}))`;
      at = first.end;
      i += within.length;
    }
    return out + text.slice(at, end);
  };
  return written(0, text.length, sorted);
}
