/** Layers: what a RUN adds to an image, and what is not stored in it. */
import type { ImageBuild, RunStep, Stage, Step } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import { isBourne, type Script } from '../../core/script.ts';
import type { Command } from '../../core/shell-tree.ts';
import { type Invocation, invocationsOf, invocationsOfStep } from '../../shell/invocations.ts';
import { runOf } from './step-instruction.ts';
import type { DockerStage, RunInstruction } from './tree.ts';

/** What one RUN adds to the image. */
export interface Layer {
  readonly run: RunInstruction;
  readonly step: RunStep;
  readonly stage: DockerStage;
  /** In the order they are written; those of a script in a file follow the command that runs it. */
  readonly invocations: readonly Invocation[];
  /** The scripts in files that it runs. */
  readonly files: ReadonlyMap<Command, Script>;
}

/**
 * The layers of the build, or of those of its stages, whose commands are for a Linux shell and can be read completely,
 * stage by stage.
 */
export function* layersOf(build: ImageBuild, stages?: ReadonlySet<Stage>): Generator<Layer> {
  for (const stage of build.stages) {
    if (stages && !stages.has(stage)) continue;
    for (const [at, step] of stage.steps.entries()) {
      const layer = layerOf(step, stage.steps, at);
      if (layer) yield layer;
    }
  }
}

function layerOf(step: Step, steps: readonly Step[], at: number): Layer | undefined {
  if (step.kind !== 'run') return undefined;
  const run = runOf(step);
  const stage = run?.stage;
  if (!run || !stage || step.script?.tree.broken) return undefined;
  if (step.script && !isBourne(step.script.dialect)) return undefined;
  const files = filesOf(steps, at);
  return { run, step, stage, invocations: withFiles(step.script, invocationsOfStep(step), files), files };
}

const NO_FILES: ReadonlyMap<Command, Script> = new Map();

/** The scripts in files that the step runs: the steps that follow it. Those that cannot be read completely are left out. */
function filesOf(steps: readonly Step[], at: number): ReadonlyMap<Command, Script> {
  let found: Map<Command, Script> | undefined;
  for (let i = at + 1; i < steps.length; i++) {
    const step = steps[i]!;
    if (step.kind !== 'run' || !step.calledBy) break;
    const { script } = step;
    if (script && isBourne(script.dialect) && !script.tree.broken) (found ??= new Map()).set(step.calledBy, script);
  }
  return found ?? NO_FILES;
}

/** The invocations of a script, those of the files that it runs each after the command that runs it. */
function withFiles(
  script: Script | undefined,
  own: readonly Invocation[],
  files: ReadonlyMap<Command, Script>,
  running: readonly Script[] = [],
): readonly Invocation[] {
  if (files.size === 0) return own;
  const byCommand = new Map(own.map(one => [one.command, one]));
  return (script?.commands ?? own.map(({ command }) => command)).flatMap(command => {
    const one = byCommand.get(command);
    const file = files.get(command);
    if (!file || running.includes(file)) return one ?? [];
    const inside = invocationsOf(file).filter(({ command: { mayRun } }) => mayRun);
    return [...(one ? [one] : []), ...withFiles(file, inside, files, [...running, file])];
  });
}

/** Whether a script is that of the layer, or in a file that it runs. */
function isPartOf({ files, step }: Layer, script: Script): boolean {
  return step.script === script || (files.size > 0 && [...files.values()].includes(script));
}

/** Whether the script mentions one of these strings after a command; it recognizes clean-ups in unforeseen forms. */
export function mentionedAfter(layer: Layer, { command, script }: Invocation, texts: readonly string[]): boolean {
  return isPartOf(layer, script) && texts.some(text => mentions(script)(text).last >= command.end);
}

/** Where a script mentions a string first and last; -1 when it does not. */
const mentions = memo(({ text: { text } }: Script) => {
  const known = new Map<string, { readonly first: number; readonly last: number }>();
  return (what: string) => {
    const found = known.get(what) ?? { first: text.indexOf(what), last: text.lastIndexOf(what) };
    known.set(what, found);
    return found;
  };
});

/**
 * Whether a mount covers a directory, so that files written there are not in the layer. A mount with an unknown target
 * counts.
 */
export function mountedOver({ mounts }: RunInstruction, directory: string): boolean {
  return mounts.some(({ type, target }) => {
    if (type === 'secret' || type === 'ssh') return false;
    const path = target?.literal;
    if (path === undefined) return target !== undefined;
    const mounted = path.replace(/\/$/, '');
    return mounted === directory || directory.startsWith(`${mounted}/`);
  });
}

/** Whether it has a mount of type `cache` (or one of unknown type) on a directory that the pattern matches or that is not known. */
export function hasCacheMount({ mounts }: RunInstruction, directory: RegExp): boolean {
  return mounts.some(({ type, target }) => {
    if (type !== 'cache') return type === undefined;
    return target?.literal === undefined || directory.test(target.literal);
  });
}

/** Whether a variable is set for the command: by ENV, by ARG, by `export` or by an assignment before it. */
export function environmentHas(layer: Layer, { command, script }: Invocation, name: string): boolean {
  const { run } = layer;
  if (run.environment.get(name) || command.assignments.some(assignment => assignment.name === name)) return true;
  if (!isPartOf(layer, script)) return false;
  // `export NAME=1`, `env NAME=1 …`, or a line of its own.
  const { first } = mentions(script)(`${name}=`);
  return first >= 0 && first < command.end;
}
