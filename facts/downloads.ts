/** What a build fetches from the network by commands such as `curl` and `git clone`, and by the tool itself (ADD). */
import {
  environmentOf,
  type FetchStep,
  type ImageBuild,
  type RunStep,
  type Stage,
  type Step,
  type WriteFileStep,
} from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { NamedNeeds } from '../core/needs.ts';
import { nameOf } from '../core/path.ts';
import type { Word } from '../core/shell-tree.ts';
import { type SourceText, type Span, UNRESOLVED } from '../core/text.ts';
import { type Invocation, invocationsOfStep } from '../shell/invocations.ts';
import { type Environment, withVariables } from '../shell/own-variables.ts';
import { readArguments } from '../shell/programs/index.ts';
import { runsOneOf } from '../shell/programs-run.ts';
import { type Moving, movingRevision, movingUrl } from './downloads/moving.ts';
import { pipedInto, type Runner, runnerOf } from './downloads/running.ts';
import { FETCHING_PROGRAMS, type Fetch, fetchesOf, isKnown, nameInUrl } from './downloads/tools.ts';
import { Verifications, verificationOf } from './downloads/verification.ts';
import { isOfPacker } from './local-url.ts';

export type { Moving } from './downloads/moving.ts';
export type { Runner } from './downloads/running.ts';

/** One address that is fetched, and what becomes of the content. */
export interface Download {
  /** `repository`: a whole git repository. */
  readonly kind: 'file' | 'repository';
  /** The program, or `ADD` for the tool itself. */
  readonly by: string;
  /** As written, with the values of variables that the script sets or is given, and `UNRESOLVED`s for what cannot be known. */
  readonly url: string;
  readonly literal: string | undefined;
  readonly source: SourceText;
  readonly span: Span;
  /** The file or directory that it is saved as, as far as known; `undefined` for the standard output and for what cannot be known. */
  readonly path: string | undefined;
  /** What runs the content. */
  readonly runner: Runner | undefined;
  /** The programs that it is piped into, in order. */
  readonly into: readonly Invocation[];
  /** Whether a checksum or signature is looked at, then or later in the stage; `undefined` when that may be. */
  readonly verified: boolean | undefined;
  /** The word that switches the check of the server's certificate off. */
  readonly insecure: Word | undefined;
  /** Why the same address may give different content later; `undefined` when there is no sign of it. */
  readonly moving: Moving | undefined;
  readonly invocation: Invocation | undefined;
  readonly step: RunStep | WriteFileStep | FetchStep;
  readonly stage: Stage;
}

/** What a document must have for {@link downloads} to find one. */
export const DOWNLOAD_NEEDS: NamedNeeds = { steps: ['fetch'], programs: FETCHING_PROGRAMS };

/** The downloads of a build, in the order of the file. Those on the builder's own machine (`shell-local`) are none of the image's. */
export const downloads: (build: ImageBuild) => readonly Download[] = memo(build =>
  mayDownload(build) ? build.stages.flatMap(stage => ofStage(build, stage)) : [],
);

/** Whether the address is that of Packer's own server, which has the files of the repository. */
export function isFromPacker({ invocation, span }: Download): boolean {
  if (!invocation) return false;
  const { args, script } = invocation;
  const word = args.find(one => {
    const { start, end } = script.spanOf(one);
    return start <= span.start && span.end <= end;
  });
  return word !== undefined && isOfPacker(word.raw, script.text.text);
}

function mayDownload(build: ImageBuild): boolean {
  return (
    runsOneOf(build, FETCHING_PROGRAMS) || build.stages.some(({ steps }) => steps.some(({ kind }) => kind === 'fetch'))
  );
}

/** A download without what only the rest of the stage can say. */
type Pending = Omit<Download, 'verified'> & { readonly at: number; readonly verified?: true | undefined };

function ofStage(build: ImageBuild, stage: Stage): Download[] {
  const found: Pending[] = [];
  const verifications = new Verifications();
  let at = 0;
  for (const step of stage.steps) {
    if (step.kind === 'fetch') {
      const download = byTool(step);
      found.push({ ...download, stage, at: at++ });
      if (download.path !== undefined) verifications.addDownload(nameOf(download.path));
    }
    if (!isRun(build, step)) continue;
    const invocations = invocationsOfStep(step);
    const checkouts = invocations.filter(checksOut);
    const lastCheckout = checkouts.at(-1)?.command.start ?? -1;
    for (const checkout of checkouts) settle(found, checkout);
    for (const invocation of invocations) {
      at++;
      for (const fetch of fetchesOf(invocation)) {
        const download = byCommand(invocation, fetch, environmentOf(step), lastCheckout);
        found.push({ ...download, step, stage, at });
        if (download.path !== undefined) verifications.addDownload(nameOf(download.path));
      }
      const verification = verificationOf(invocation);
      if (verification) verifications.add(at, verification);
    }
  }
  return found.map(({ at: place, verified, ...download }) => ({
    ...download,
    verified: verified ?? verifications.verified(place, download.path && nameOf(download.path)),
  }));
}

/** Scripts that cloud-init writes are run by its other modules; its host is the system that installs another one. */
function isRun(build: ImageBuild, step: Step): step is RunStep | WriteFileStep {
  if (step.kind === 'run') return step.phase !== 'host' || build.language === 'cloud-init';
  return step.kind === 'write-file' && build.language === 'cloud-init';
}

function byTool(step: FetchStep): Omit<Pending, 'stage' | 'at'> {
  const { url, checksum, span } = step;
  const { text } = url.source;
  const repository = /^git@|^git:|^ssh:|\.git(?:#|$)/.test(text);
  const [address, fragment = ''] = (url.literal ?? text).split('#');
  const revision = fragment.split(':')[0]!;
  const moving = repository
    ? revision === '' || movingRevision(revision)
      ? 'branch'
      : undefined
    : movingUrl(address!);
  return {
    kind: repository ? 'repository' : 'file',
    by: 'ADD',
    url: text,
    literal: url.literal,
    source: url.source,
    span: url.span ?? span,
    path: nameInUrl(address!) || undefined,
    runner: undefined,
    into: [],
    verified: checksum ? true : undefined,
    insecure: undefined,
    moving,
    invocation: undefined,
    step,
  };
}

function byCommand(
  invocation: Invocation,
  fetch: Fetch,
  environment: Environment | undefined,
  lastCheckout: number,
): Omit<Pending, 'step' | 'stage' | 'at'> {
  const { url, urlWord, to, insecure } = fetch;
  const address = withVariables(url, urlWord, invocation, environment);
  const repository = invocation.program === 'git';
  return {
    kind: repository ? 'repository' : 'file',
    by: nameFor(invocation),
    url: address,
    literal: isKnown(url.text) ? url.text : undefined,
    source: url,
    span: invocation.script.spanOf(urlWord),
    path: to === undefined || to === 'output' || to.path === '' ? undefined : to.path,
    runner: repository ? undefined : runnerOf(invocation, to),
    into: pipedInto(invocation),
    insecure,
    moving: repository ? movingClone(invocation, fetch, environment, lastCheckout) : movingUrl(address),
    invocation,
  };
}

/** As a message calls it: a method by its name as it is written. */
function nameFor({ program, programWord }: Invocation): string {
  return program.startsWith('.') ? programWord.value.text.slice(1) : program;
}

/** A clone moves unless a revision is named, there or by a checkout after it. */
function movingClone(
  clone: Invocation,
  { revision }: Fetch,
  environment: Environment | undefined,
  lastCheckout: number,
): Moving | undefined {
  const text = revision && (revision.literal ?? withVariables(revision.source, revision.word, clone, environment));
  if (text !== undefined && (text.includes(UNRESOLVED) || movingRevision(text) !== true)) return undefined;
  return lastCheckout > clone.command.start ? undefined : 'branch';
}

/** A checkout in a later step: it is about the clone whose directory is named, or else about the last one before it. */
function settle(found: Pending[], { command, script }: Invocation): void {
  const written = script.text.text.slice(0, command.end);
  const named = [...written.matchAll(/(?:\bcd|\bpushd|\s-C)[ \t]+["']?([^\s"';&|]{1,200})/g)].at(-1)?.[1];
  const at = found.findLastIndex(
    ({ by, kind, path, url }) =>
      kind === 'repository' &&
      by === 'git' &&
      (named === undefined || nameOf(named.replace(/\/$/, '')) === nameOf(path ?? url.replace(/\/$|\.git\/?$/g, ''))),
  );
  if (at >= 0) found[at] = { ...found[at]!, moving: undefined };
}

/** Whether git goes to a revision that may be a fixed one. */
export function checksOut(invocation: Invocation): boolean {
  if (invocation.program !== 'git') return false;
  const { verb, operands } = readArguments(invocation);
  if (!/^(?:checkout|reset|switch)$/.test(verb)) return false;
  const named = operands[0]?.literal;
  return named === undefined || movingRevision(named) !== true;
}
