/** Secrets that come from outside, as they should, and that a command then writes into a file of the image. */
import type { ImageBuild, RunStep, Stage } from '../../../build.ts';
import { memo } from '../../../memo.ts';
import { nameOf } from '../../../path.ts';
import { operands } from '../../../shell/arguments.ts';
import type { Command, Word } from '../../../shell/ast.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { HOLE, type Span } from '../../../text.ts';
import { fileWrittenBy } from './commands.ts';
import { asksForSecret, placeOf } from './exposure.ts';
import { type Deletion, deletionsIn, firstFrom } from './removal.ts';

/** A secret from outside that stays in a file of the image. */
export interface WrittenSecret {
  /** How messages call it: "`NPM_TOKEN`", "a mounted secret". */
  readonly what: string;
  /** "`.npmrc`". */
  readonly file: string;
  /** The word that brings it. */
  readonly span: Span;
  readonly stage: Stage;
  /** The deletion in a later layer, which does not help. */
  readonly tooLate: Span | undefined;
}

/**
 * The secrets that commands write into files and that stay there: mounted ones of a Dockerfile, variables of Packer and
 * of its provisioners. What the same layer (in Packer: any later step of the build) deletes again is gone.
 */
export const writtenSecrets: (build: ImageBuild) => readonly WrittenSecret[] = memo(build => {
  const found: WrittenSecret[] = [];
  if (build.language === 'cloud-init') return found;
  for (const stage of build.stages) {
    const deletions = deletionsIn(stage);
    const given = new Set<string>();
    stage.steps.forEach((step, at) => {
      if (step.kind === 'env' && step.scope === 'build' && asksForSecret(step.name, {})) given.add(step.name);
      if (step.kind !== 'run' || step.phase !== 'build') return;
      for (const { word, what, path } of writesOf(step, build, given)) {
        if (VOLATILE.test(path)) continue;
        const deletion = deletionFrom(at, path, deletions);
        if (deletion && (deletion.at === at || build.language === 'packer')) continue;
        const file = placeOf('', nameOf(path), 'a file');
        found.push({ what, file, span: word, stage, tooLate: deletion?.span });
      }
    });
  }
  return found;
});

/** Places that are no part of the image. */
const VOLATILE = /^\/(?:dev|proc|sys|run|var\/run)\//;

/** The first deletion, in this step or later, of the file or of a folder around it. */
function deletionFrom(
  at: number,
  path: string,
  deletions: ReadonlyMap<string, readonly Deletion[]>,
): Deletion | undefined {
  const around = path.split('/').slice(-6);
  const found = around.flatMap(part => (part === '' ? [] : (firstFrom(deletions.get(part) ?? [], at) ?? [])));
  return found.sort((a, b) => a.at - b.at)[0];
}

interface Write {
  readonly word: Span;
  readonly what: string;
  readonly path: string;
}

function* writesOf(step: RunStep, build: ImageBuild, given: ReadonlySet<string>): Generator<Write> {
  const mounted = build.language === 'dockerfile' ? mountedIn(step, build) : given;
  for (const invocation of invocationsOfStep(step)) {
    const { command, program, script } = invocation;
    if (COPIERS.has(program)) yield* copies(invocation, build);
    const path = fileWrittenBy(command);
    if (path === undefined || !PRINTERS.has(program)) continue;
    for (const word of wordsWritten(command, program)) {
      const span = script.spanOf(word);
      if (program === 'cat' && isMountedFile(word.literal, build)) yield { word: span, what: 'a mounted secret', path };
      const name = word.expansions.find(({ name }) => name !== undefined && mounted.has(name))?.name;
      if (name !== undefined) yield { word: span, what: placeOf('', name, 'a secret'), path };
      else if (build.language === 'packer') {
        const variable = variableIn(word, build, span);
        if (variable !== undefined) yield { word: span, what: placeOf('', variable, 'a secret'), path };
      }
    }
  }
}

const PRINTERS = new Set(['echo', 'printf', 'cat', 'tee']);
const COPIERS = new Set(['cp', 'install', 'mv']);

/** The words whose text ends up in the file: those of the command, or of what is piped into `tee`. */
function wordsWritten(command: Command, program: string): readonly Word[] {
  if (program !== 'tee') return command.words.slice(1);
  const before = command.pipeline[command.pipeline.indexOf(command) - 1];
  const printer = before?.words[0]?.literal;
  return printer === 'echo' || printer === 'printf' ? before!.words.slice(1) : [];
}

function* copies(invocation: Invocation, build: ImageBuild): Generator<Write> {
  const words = operands(invocation, ['-m', '-o', '-g', '--mode', '--owner', '--group']);
  const to = words.at(-1)?.literal;
  const from = words.slice(0, -1).find(word => isMountedFile(word.literal, build));
  if (to === undefined || !from) return;
  const path = to.endsWith('/') ? to + nameOf(from.literal!) : to;
  yield { word: invocation.script.spanOf(from), what: 'a mounted secret', path };
}

function isMountedFile(literal: string | undefined, { language }: ImageBuild): boolean {
  return language === 'dockerfile' && literal?.startsWith('/run/secrets/') === true;
}

/** The variables that `--mount=type=secret,env=NAME` sets. https://docs.docker.com/reference/dockerfile/#run---mounttypesecret */
function mountedIn({ span }: RunStep, { source }: ImageBuild): ReadonlySet<string> {
  const head = span.file === undefined ? source.text.slice(span.start, Math.min(span.end, span.start + 4000)) : '';
  const names = new Set<string>();
  for (const [flag] of head.matchAll(/--mount=type=secret,[^\s]{1,400}/g)) {
    const name = /,env=([A-Za-z_]\w{0,100})/.exec(flag)?.[1];
    if (name !== undefined) names.add(name);
  }
  return names;
}

/** The variable with the name of a secret that a template fills in at the only hole of a word. */
function variableIn(word: Word, { source }: ImageBuild, span: Span): string | undefined {
  if (span.file !== undefined || !word.raw.includes(HOLE)) return undefined;
  for (const [, name] of source.text
    .slice(span.start, Math.min(span.end, span.start + 2000))
    .matchAll(/\$\{\s{0,4}(?:var|local)\.([A-Za-z_][\w-]{0,100})\s{0,4}\}/g))
    if (name !== undefined && asksForSecret(name, {})) return name;
  return undefined;
}
