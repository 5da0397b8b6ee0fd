/** Which variables a command gets from the file. */
import type { ImageBuild, Stage, Step } from '../../core/build.ts';
import type { Invocation } from '../../shell/invocations.ts';

/** `set`: it has a value; `open`: the file says that it may have one, from outside or from a variable. */
export type Given = 'set' | 'open';

/** Where a command runs. */
interface Place {
  readonly invocation: Invocation;
  readonly step: Step;
  readonly stage: Stage;
}

/** What a script that is run there has in a variable: by commands before it, by its stage, or by one that the stage starts from. */
export function givenVariable(name: string, { invocation, stage, step }: Place, build: ImageBuild): Given | undefined {
  const { command, script } = invocation;
  const inScript = script.commands.some(
    ({ assignments, start, words }) =>
      start <= command.start &&
      (assignments.some(one => one.name === name) || words.some(({ text }) => text.startsWith(`${name}=`))),
  );
  return inScript ? 'set' : inStage(name, stage, build, step);
}

/** Whether the command itself sets variables: `VERSION=2 sh`, `sudo VERSION=2 sh`. */
export function setsVariables({ command, programWord }: Invocation): boolean {
  return (
    command.assignments.length > 0 ||
    command.words.some(({ start, text }) => start < programWord.start && /^[A-Za-z_]\w{0,80}=/.test(text))
  );
}

/** Up to `before`, or at the end of the stage. */
function inStage(
  name: string,
  stage: Stage,
  build: ImageBuild,
  before: Step | undefined,
  depth = 0,
): Given | undefined {
  const to = before ? before.span.start : Number.POSITIVE_INFINITY;
  const at = before ? stage.steps.indexOf(before) : stage.steps.length;
  const variable = stage.steps.slice(0, at).findLast(step => step.kind === 'env' && step.name === name);
  if (variable?.kind === 'env') return variable.value.byDefault ? 'set' : 'open';
  if (build.language === 'dockerfile') {
    const { start, end } = stage.span;
    const own = build.parameters.find(one => one.name === name && one.span.start >= start && one.span.end <= end);
    if (own && own.span.start < to)
      return own.default || build.parameters.find(one => one.name === name)?.default ? 'set' : 'open';
  }
  for (const base of stage.bases) {
    if (base.kind !== 'stage' || depth > MOST_STAGES) continue;
    const other = build.stages.find(one => one.name?.literal?.toLowerCase() === base.name.toLowerCase());
    const found = other && inStage(name, other, build, undefined, depth + 1);
    if (found) return found;
  }
  return undefined;
}
const MOST_STAGES = 10;
