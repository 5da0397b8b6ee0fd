/** What the commands of a pipeline of GitLab build, in its jobs and in the templates that they take over. */
import type { Setting } from '../../facts/config-files/setting.ts';
import { type BakeFiles, bakedInWorkflow } from './bake/calls.ts';
import { type Commands, commandsIn } from './commands.ts';
import { GitlabPipeline, type JobContainer, withoutVariables } from './gitlab.ts';
import { type Included, isMakefile } from './includes.ts';
import { madeBy } from './make/runs.ts';
import type { BuildCall, NamedImage, Retag } from './model.ts';
import type { Naming } from './naming.ts';
import { runsOfJobs } from './of-workflow.ts';
import { movedTo, retagMovedTo, settingsOf } from './values.ts';

/** Directories that jobs are run in: https://docs.gitlab.com/ci/variables/predefined_variables/ */
const PREDEFINED = '\nCI_PROJECT_DIR=.\n';

export function ofGitlab(
  text: string,
  settings: readonly Setting[],
  all: readonly Included[],
  namingBy: (text: string) => Naming,
  baked: BakeFiles,
): Commands {
  const included = all.filter(({ path }) => !isMakefile(path));
  const others = included.map(one => ({ ...one, settings: settingsOf(one.text) }));
  const files = [{ text, settings }, ...others];
  const naming = namingBy(files.map(({ text, settings }) => withoutVariables(text, settings)).join('\n') + PREDEFINED);
  // What includes another file is read after it, and holds before it.
  const pipeline = new GitlabPipeline([...others, files[0]!]);
  const last = others.length;
  const runs = runsOfJobs([], text, pipeline.scopesOf(last), new Map());
  const own = commandsIn(text, naming, false, runs);
  const builds: BuildCall[] = [
    ...own.builds,
    ...madeBy(text, runs, naming, all, namingBy, baked),
    ...bakedInWorkflow(text, baked, runs, naming),
  ];
  const retags: Retag[] = [...own.retags];
  for (const [i, { text, settings, span }] of others.entries()) {
    const alone = new GitlabPipeline([{ text, settings }]);
    const by = namingBy(withoutVariables(text, settings) + PREDEFINED);
    const said = commandsIn(text, by, false, runsOfJobs([], text, alone.scopesOf(0), new Map()));
    const known = new Set([...said.builds, ...said.retags].map(one => JSON.stringify(one)));
    const isNew = (one: BuildCall | Retag): boolean => !known.has(JSON.stringify(one));
    const run = commandsIn(text, naming, false, runsOfJobs([], text, pipeline.scopesOf(i), new Map()));
    builds.push(...run.builds.filter(isNew).map(one => movedTo(one, span)));
    retags.push(...run.retags.filter(isNew).map(one => retagMovedTo(one, span)));
  }
  return { builds, retags, starts: [...own.starts, ...startedBy(pipeline.containersOf(last), naming)] };
}

/** The containers of jobs, each with the variables of its job. */
function startedBy(containers: readonly JobContainer[], naming: Naming): readonly NamedImage[] {
  const found = new Map<string, NamedImage>();
  for (const { literal, span, runs } of containers)
    for (const run of literal.includes('$') ? runs.slice(0, MOST_RUNS) : ['']) {
      const name = (run === '' ? naming : naming.with(run)).started(literal, span);
      if (!name || (name.known !== undefined && !/\w/.test(name.known))) continue;
      const key = `${span.start} ${name.shown ?? name.name}`;
      if (!found.has(key)) found.set(key, run === '' ? name : { ...name, certain: false });
    }
  return [...found.values()];
}
const MOST_RUNS = 20;
