/** What pipelines build by running Make at the root of the repository, with the variables that they give. */
import { type BakeFiles, bakedBy, exportedIn } from '../bake/calls.ts';
import { type Commands, commandsIn } from '../commands.ts';
import { type Included, isMakefile } from '../includes.ts';
import type { BuildCall } from '../model.ts';
import type { Naming } from '../naming.ts';
import { lineBefore, MOST, movedTo } from '../values.ts';
import type { Variants } from '../variants.ts';
import { makeCallsIn } from './calls.ts';
import { Make } from './make.ts';

/** Runs of one pipeline, and variables of the environment. */
const MOST_RUNS = 120;
const MOST_VARIABLES = 60;

/** `runsOf` are the runs of what is at a place of the pipeline. */
export function madeBy(
  text: string,
  runsOf: Variants,
  naming: Naming,
  included: readonly Included[],
  namingBy: (text: string) => Naming,
  baked: BakeFiles,
): readonly BuildCall[] {
  const texts = included.filter(({ path }) => isMakefile(path)).map(({ text }) => text);
  if (texts.length === 0) return [];
  const make = new Make(texts, naming.shown);
  const by = namingBy(texts.join('\n'));
  const exported = exportedIn(texts.join('\n'));
  const bakedIn = (one: string, runs: Variants) => bakedBy(one, baked, runs, by, exported, true);
  const keys = (all: Pick<Commands, 'builds'>): readonly string[] => all.builds.map(keyOf);
  const said = new Set(
    texts.flatMap(one =>
      keys(commandsIn(one, by, true, make.variantsOf(one))).concat(
        keys({ builds: bakedIn(one, make.variantsOf(one)) }),
      ),
    ),
  );
  const open = texts.flatMap(one => [...one.matchAll(OPEN)].map(([, name, other]) => (name ?? other)!));
  const names = [...new Set(open)].filter(name => !make.sets(name)).slice(0, MOST_VARIABLES);
  const builds: BuildCall[] = [];
  const seen = new Set<string>();
  for (const call of makeCallsIn(text)) {
    if (/^[ \t]{0,60}#|\b(?:echo|name:)[ \t]/.test(lineBefore(text, call.index))) continue;
    const span = { start: call.index, end: call.index + 'make'.length };
    for (const { fill, naming: own } of runsOf(call.index, `${text.slice(call.index, call.index + 300)} $`, naming)) {
      const filled = (one: string): string => own.filled(fill(one));
      const variables = new Map([...call.variables].map(([name, value]) => [name, filled(value)]));
      for (const name of names) {
        const value = variables.has(name) ? '' : filled(`\${${name}}`);
        if (value !== '' && value !== `\${${name}}`) variables.set(name, value);
      }
      const targets = call.targets.map(filled);
      const key = JSON.stringify([targets, [...variables]]);
      if (seen.has(key)) continue;
      if (seen.size >= MOST_RUNS || builds.length >= MOST) return builds;
      seen.add(key);
      const run = make.with(variables);
      const calls = run.reach(targets, variables);
      for (const one of texts) {
        const runs = run.variantsOf(one, calls);
        for (const build of [...commandsIn(one, by, true, runs).builds, ...bakedIn(one, runs)])
          if (!said.has(keyOf(build))) builds.push(movedTo(build, span));
      }
    }
  }
  return builds;
}

/** A reference to a variable, or a condition on one. */
const OPEN = /\$[({]([A-Z][A-Z\d_]{1,40})[)}]|^[ ]{0,20}(?:else[ ]{1,9})?ifn?def[ \t]{1,9}([A-Z][A-Z\d_]{1,40})/gm;

const keyOf = ({ names, parts = [], context, file, target }: BuildCall): string =>
  JSON.stringify([names.map(one => one.shown ?? one.name), parts.map(one => one.shown), context, file, target]);
