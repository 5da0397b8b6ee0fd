import type { Finding } from '../../../core/finding.ts';
import { matchesSegment } from '../../../core/glob.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { installOf } from '../../../facts/package-installs.ts';
import { packageRemovalOf, removedOf } from '../../../facts/package-removals.ts';
import { removedPaths } from '../../../facts/removals.ts';
import { removedCredentials } from '../../../facts/secrets/exposures/removal.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { type Layer, layersOf, mountedOver } from '../../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { fullPath, movesAbout, type Stored, storedIn } from './stored.ts';

export default defineDockerfileRule({
  id: 'removed-in-later-layer',
  summary: 'A `RUN` removes a file or package that remains in an earlier layer',
  policies: ['G14', 'G9'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['RUN'] },
  since: '2026.11',
  *check(_, { project }, build) {
    const shipped = shippedStages(build, project.targets);
    const stored = storedIn(build, shipped);
    const credentials = new Set([...removedCredentials(build).values()].map(({ step }) => step));
    const seen = new Set<Stored>();
    for (const layer of layersOf(build, shipped)) {
      if (credentials.has(layer.step) || layer.step.trigger) continue;
      const line = lineOf(layer.stage);
      const earlier = stored.filter(one => isBefore(one, layer, line));
      if (earlier.length === 0) continue;
      for (const invocation of layer.invocations) {
        const removed = [...removalsBy(invocation, layer, earlier)].filter(({ of }) => !seen.has(of));
        for (const { of } of removed) seen.add(of);
        for (const together of groupsOf(removed)) yield report(together);
      }
    }
  },
});

/** What one command takes away of what came in the same way is one finding. */
function groupsOf(removals: readonly Removal[]): readonly (readonly [Removal, ...Removal[]])[] {
  const groups = new Map<string, [Removal, ...Removal[]]>();
  for (const one of removals) {
    const key = `${one.span.start} ${one.of.how} ${one.moved === true}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

function lineOf(stage: DockerStage): ReadonlySet<DockerStage> {
  const line = new Set<DockerStage>();
  for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
    line.add(at);
  return line;
}

/** Whether an earlier layer of the same image has it. */
function isBefore({ instruction }: Stored, { run, stage }: Layer, line: ReadonlySet<DockerStage>): boolean {
  if (instruction.trigger || !instruction.stage) return false;
  return instruction.stage === stage ? instruction.index < run.index : line.has(instruction.stage);
}

interface Removal {
  readonly of: Stored;
  readonly name: string;
  readonly span: Span;
  readonly moved?: true;
}

function* removalsBy(invocation: Invocation, layer: Layer, earlier: readonly Stored[]): Generator<Removal> {
  const { command, program, script } = invocation;
  const removal = packageRemovalOf(invocation);
  for (const of of removal ? earlier : []) {
    if (of.how !== 'installed') continue;
    const [word] = removedOf(removal!, of.install);
    // What the layer itself installs first is its own.
    const own = layer.invocations.some(one => {
      const install = installOf(one);
      return install !== undefined && removedOf(removal!, install).length > 0;
    });
    if (word && !own) yield { of, name: quoted(word.literal!), span: script.spanOf(word) };
  }
  const moves = program === 'mv' ? readArguments(invocation).operands.slice(0, -1) : undefined;
  const texts = removedPaths(invocation) ?? moves?.flatMap(({ literal }) => literal ?? []) ?? [];
  if (texts.length > 0 && isConditional(invocation)) return;
  for (const text of texts) {
    if (!text.startsWith('/') && movesAbout(layer)) continue;
    const path = fullPath(text, layer.run);
    if (path === undefined) continue;
    for (const of of earlier)
      if (of.how !== 'installed' && takes(path, of.path) && !mountedOver(layer.run, of.path))
        yield { of, name: quoted(of.path), span: script.spanOf(command), ...(moves && { moved: true }) };
  }
}

/** A function or a trap may run for another file. */
function isConditional({ command }: Invocation): boolean {
  return command.within.includes('function');
}

/** Whether a deleted path, which may be a glob, is a stored one, one above it, or all that is in it. */
function takes(removed: string, stored: string): boolean {
  const given = removed.split('/').filter(Boolean);
  const wanted = stored.split('/').filter(Boolean);
  if (given.length > wanted.length + 1 || given.length === 0) return false;
  return given.every((segment, i) => (i < wanted.length ? matchesSegment(segment, wanted[i]!) : segment === '*'));
}

function report(together: readonly [Removal, ...Removal[]]): Finding {
  const [{ moved, name, of, span }] = together;
  const { how } = of;
  const places = [...new Map(together.map(({ of: { span: at } }) => [at.start, at])).values()];
  const verb = `${how[0]!.toUpperCase()}${how.slice(1)}`;
  return {
    message: messageOf(how, moved === true, name, new Set(together.map(one => one.name)).size, places.length),
    help: moved && how === 'copied' ? 'Copy it to its final path' : HELP[how],
    span,
    related: places.map(at => ({ message: how === 'lists' ? 'Fetched here' : `${verb} here`, span: at })),
  };
}

function messageOf(how: Stored['how'], moved: boolean, name: string, count: number, layers: number): string {
  const what = count === 1 ? name : `${count} ${how === 'installed' ? 'packages' : 'paths'}`;
  if (moved) return `Moving ${what} in a later layer stores ${count === 1 ? 'it' : 'them'} twice`;
  if (how === 'lists') return 'Deleting the package lists does not shrink the layer that fetched them';
  const action = how === 'installed' ? 'Removing' : 'Deleting';
  const layer = layers === 1 ? `the layer that ${how}` : `the layers that ${how}`;
  return `${action} ${what} does not shrink ${layer} ${count === 1 ? 'it' : 'them'}`;
}

const HELP: Readonly<Record<Stored['how'], string>> = {
  built: 'Delete it in the `RUN` that creates it, or build in an earlier stage',
  unpacked: 'Delete it in the `RUN` that unpacks it, or unpack it in an earlier stage',
  copied: 'Use `RUN --mount=type=bind` instead of `COPY`',
  downloaded: 'Delete it in the `RUN` that downloads it',
  installed: 'Remove it in the `RUN` that installs it, or build in an earlier stage',
  lists: 'Update, install and delete the lists in one `RUN`',
};
