/** Programs being run: what most rules about commands want to know. */
import type { ImageBuild, RunStep, Stage, WriteFileStep } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Script } from '../core/script.ts';
import type { Command, Word } from '../core/shell-tree.ts';
import { execScript } from './exec-form.ts';
import { commandName } from './windows-names.ts';
import { unwrap } from './wrappers.ts';

/** One run of a program whose name is certain. */
export interface Invocation {
  /** The name without its path, after `sudo`, `env X=1` and the like: `apt-get`. A cmdlet's in full, whatever alias is written. */
  readonly program: string;
  readonly programWord: Word;
  readonly args: readonly Word[];
  readonly command: Command;
  readonly script: Script;
  /** The wrappers in front of it, outermost first: `['sudo', 'env']`. */
  readonly via: readonly string[];
}

/** The invocations of a script in the order they are written, nested ones included. A program that cannot be known is left out. */
export const invocationsOf: (script: Script) => readonly Invocation[] = memo(script => madeOf(script, script.commands));

/** The same of the scripts that it gives to another machine. What they say can be read here; what they do happens there. */
export function invocationsElsewhere(script: Script): readonly Invocation[] {
  return script.elsewhere.length === 0 ? NONE : madeElsewhere(script);
}
const NONE: readonly Invocation[] = [];
const madeElsewhere = memo((script: Script) => madeOf(script, script.elsewhere));

function madeOf(script: Script, commands: readonly Command[]): readonly Invocation[] {
  const found: Invocation[] = [];
  for (const command of commands) {
    const invocation = invocationOf(command, script);
    if (invocation) found.push(invocation);
  }
  return found;
}

/** Up to so many invocations are searched one after the other: most scripts are a command or two. */
const FEW = 6;

/** The invocation that a command of the script is. */
export function invocationBy(command: Command, script: Script): Invocation | undefined {
  const all = invocationsOf(script);
  if (all.length > FEW || script.elsewhere.length > 0) return invocationByCommand(script).get(command);
  for (let i = 0; i < all.length; i++) if (all[i]!.command === command) return all[i];
  return undefined;
}

const invocationByCommand: (script: Script) => ReadonlyMap<Command, Invocation> = memo(
  script =>
    new Map(
      [...invocationsOf(script), ...invocationsElsewhere(script)].map(invocation => [invocation.command, invocation]),
    ),
);

function invocationOf(command: Command, script: Script): Invocation | undefined {
  const { words } = command;
  const place = unwrap(words, command.dialect);
  if (!place) return undefined;
  const programWord = words[place.index]!;
  return {
    program: commandName(programWord.literal ?? programWord.text, command.dialect),
    programWord,
    args: words.slice(place.index + 1),
    command,
    script,
    via: place.via,
  };
}

/** An invocation and where the build has it. */
export interface PlacedInvocation {
  readonly invocation: Invocation;
  readonly step: RunStep | WriteFileStep;
  readonly stage: Stage;
}

/** Which commands count, besides those that run on the image. */
export interface InvocationScope {
  /** Commands on the builder's own machine too (Packer's `shell-local`). Default: no. */
  readonly host?: boolean;
  /** Scripts that the build only writes to a file too: they may run later, elsewhere, or never. Default: no. */
  readonly written?: boolean;
}

/**
 * The invocations of a build, stage by stage. Those of exec-form steps (`RUN ["apt-get", "update"]`) have a script of
 * one command whose words are where the array's strings are.
 */
export function invocationsIn(build: ImageBuild, scope: InvocationScope = {}): readonly PlacedInvocation[] {
  return everyInvocation(build).filter(({ step }) => inScope(step, scope));
}

const everyInvocation = memo((build: ImageBuild): readonly PlacedInvocation[] => {
  const found: PlacedInvocation[] = [];
  for (const stage of build.stages)
    for (const step of stage.steps)
      if (step.kind === 'run' || step.kind === 'write-file')
        for (const invocation of invocationsOfStep(step)) found.push({ invocation, step, stage });
  return found;
});

function inScope(step: RunStep | WriteFileStep, scope: InvocationScope): boolean {
  return step.kind === 'run' ? step.phase !== 'host' || scope.host === true : scope.written === true;
}

/** Whether a script names its interpreter: a process of its own runs it, and no other script calls its functions. */
function isProgram({ text }: Script): boolean {
  return text.text.startsWith('#!');
}

/**
 * The invocations of one step. What is in a function that the step's own script never calls does not run in a build;
 * the commands of a machine's first boot are one script, and may call the functions of others.
 */
export const invocationsOfStep: (step: RunStep | WriteFileStep) => readonly Invocation[] = memo(step => {
  if (step.script) {
    const all = invocationsOf(step.script);
    if (step.kind !== 'run' || !(step.phase === 'build' || isProgram(step.script))) return all;
    return all.every(({ command }) => command.mayRun) ? all : all.filter(({ command }) => command.mayRun);
  }
  return step.kind === 'run' && step.argv && step.argv.length > 0 ? invocationsOf(execScript(step.argv)) : [];
});
