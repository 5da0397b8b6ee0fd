/** Layers: which ones end in an image that is shipped, and what is kept out of them. */
import type { ImageBuild, RunStep, Step } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import type { Script } from '../../core/script.ts';
import type { Command } from '../../core/shell-tree.ts';
import type { Edit } from '../../core/text.ts';
import { type Invocation, invocationsOfStep } from '../../shell/invocations.ts';
import { runOf } from './lower.ts';
import { finalStages } from './stages.ts';
import type { DockerfileTree, DockerStage, RunInstruction } from './tree.ts';

/** What one RUN puts on top of the image. */
export interface Layer {
  readonly run: RunInstruction;
  readonly step: RunStep;
  readonly stage: DockerStage;
  /** In the order they are written. */
  readonly invocations: readonly Invocation[];
}

/**
 * The stages whose layers are part of a final stage: it, and those it starts from. A stage that only gives files away
 * (`COPY --from`) is none of them.
 */
export function shippedStages(file: DockerfileTree, targets: readonly string[]): ReadonlySet<DockerStage> {
  const shipped = new Set<DockerStage>();
  const open = [...finalStages(file, targets)];
  for (let stage = open.pop(); stage; stage = open.pop()) {
    if (shipped.has(stage)) continue;
    shipped.add(stage);
    const { base } = stage;
    if (base.kind === 'stage') open.push(base.stage);
    else if (base.kind === 'one-of') open.push(...base.stages);
  }
  return shipped;
}

/** The layers of those stages whose commands can be read completely, stage by stage. */
export function* layersOf(build: ImageBuild, stages: ReadonlySet<DockerStage>): Generator<Layer> {
  for (const stage of build.stages)
    for (const step of stage.steps) {
      const layer = layerOf(step, stages);
      if (layer) yield layer;
    }
}

function layerOf(step: Step, stages: ReadonlySet<DockerStage>): Layer | undefined {
  if (step.kind !== 'run') return undefined;
  const run = runOf(step);
  const stage = run?.stage;
  if (!run || !stage || !stages.has(stage) || step.script?.tree.broken) return undefined;
  return { run, step, stage, invocations: invocationsOfStep(step) };
}

/** Whether the text of the layer behind a command says one of these; for clean-ups in forms that nobody foresaw. */
export function mentionedBehind(layer: Layer, { command, script }: Invocation, texts: readonly string[]): boolean {
  return layer.step.script === script && texts.some(text => mentions(script)(text).last >= command.end);
}

/** Where a script says something first and last; -1 where it does not. */
const mentions = memo(({ text: { text } }: Script) => {
  const known = new Map<string, { readonly first: number; readonly last: number }>();
  return (what: string) => {
    const found = known.get(what) ?? { first: text.indexOf(what), last: text.lastIndexOf(what) };
    known.set(what, found);
    return found;
  };
});

/** Whether a folder is mounted over, so that what is written there is not in the layer. A mount that cannot be read counts. */
export function mountedOver({ mounts }: RunInstruction, folder: string): boolean {
  return mounts.some(({ type, target }) => {
    if (type === 'secret' || type === 'ssh') return false;
    const path = target?.literal;
    if (path === undefined) return target !== undefined;
    const bare = path.replace(/\/$/, '');
    return bare === folder || folder.startsWith(`${bare}/`);
  });
}

/** Whether it has a mount of type `cache` (or one of unknown type). */
export function hasCacheMount({ mounts }: RunInstruction): boolean {
  return mounts.some(({ type }) => type === 'cache' || type === undefined);
}

/** Whether a variable is set for the layer's commands, by ENV, by ARG, by `export` or in front of the command. */
export function environmentHas({ run, step }: Layer, { command, script }: Invocation, name: string): boolean {
  if (run.environment.get(name) || command.assignments.some(assignment => assignment.name === name)) return true;
  if (step.script !== script) return false;
  // `export NAME=1`, `env NAME=1 …`, or a line of its own.
  const { first } = mentions(script)(`${name}=`);
  return first >= 0 && first < command.end;
}

/**
 * Lets text run behind a command when that has succeeded, on a line of its own where the RUN is written that way.
 * `undefined` where it would not be the next thing that runs.
 */
export function chainedBehind(
  build: ImageBuild,
  { run, step }: Layer,
  { command, script }: { readonly command: Command; readonly script: Script },
  text: string,
): Edit | undefined {
  if (step.script !== script || command.within.length > 0 || command.background || command.pipeline.length > 1)
    return undefined;
  if (command.redirects.some(({ heredoc }) => heredoc)) return undefined;
  const joint = jointBehind(script.text.text, command.end);
  if (joint === undefined) return undefined;
  const { source, syntax } = build;
  const whole = source.span;
  const isDocument = whole.file === undefined && whole.start === 0 && whole.end === source.text.length;
  const lines = source.text.slice(run.lineSpan.start, run.lineSpan.end).split('\n');
  if (!isDocument || run.form !== 'shell' || run.heredocs.length > 0 || lines.length === 1)
    return script.text.insert(command.end, joint === ';' ? `; ${text}` : ` && ${text}`);
  const mark = (syntax as DockerfileTree).escape;
  const lineEnd = lines[0]!.endsWith('\r') ? '\r\n' : '\n';
  const leading = lines.findLast(line => /^\s*&&/.test(line));
  const trailing = lines.slice(1).find((_, i) => /(?:&&|;)\s*[\\`]\s*$/.test(lines[i]!));
  const indent = /^[ \t]*/.exec((joint === ';' ? undefined : leading) ?? trailing ?? '    ')![0];
  const written =
    joint === ';'
      ? `; ${mark}${lineEnd}${indent}${text}`
      : leading === undefined && trailing !== undefined
        ? ` && ${mark}${lineEnd}${indent}${text}`
        : ` ${mark}${lineEnd}${indent}&& ${text}`;
  return source.insert(script.spanOf(command).end, written);
}

/**
 * How to join something behind a command so that its failure means what it meant: `;` in front of a `;` or a line break,
 * for `set -e` looks at no command in front of a `&&`; `&&` else. `undefined` where the command ends in some other way.
 */
function jointBehind(text: string, end: number): ';' | '&&' | undefined {
  let at = end;
  while (text[at] === ' ' || text[at] === '\t') at++;
  if (at === text.length || text.startsWith('&&', at) || text.startsWith('||', at)) return '&&';
  if (text[at] !== ';' && text[at] !== '\n') return undefined;
  while (at < text.length && /[;\s]/.test(text[at]!)) at++;
  return at === text.length ? '&&' : ';';
}
