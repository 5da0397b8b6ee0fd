/** What the layers of a stage have stored, as far as the file says. */
import type { ImageBuild, Stage } from '../../../core/build.ts';
import { joinPath, nameOf } from '../../../core/path.ts';
import type { Span } from '../../../core/text.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { downloads } from '../../../facts/downloads.ts';
import { type PackageInstall, packageInstalls } from '../../../facts/package-installs.ts';
import { managerCommand } from '../../../facts/packages/commands.ts';
import { removedPaths, takesAway } from '../../../facts/removals.ts';
import { type Layer, layersOf, mountedOver } from '../../../languages/dockerfile/layers.ts';
import { effectiveWorkdir } from '../../../languages/dockerfile/stages.ts';
import { dockerStagesOf, instructionOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { CopyInstruction, Instruction } from '../../../languages/dockerfile/tree.ts';
import type { Invocation } from '../../../shell/invocations.ts';

/** Something that a layer adds to the image. */
export type Stored = {
  readonly instruction: Instruction;
  readonly span: Span;
} & (
  | {
      readonly how: 'built' | 'copied' | 'downloaded' | 'lists' | 'unpacked';
      /** In full. */
      readonly path: string;
    }
  | { readonly how: 'installed'; readonly install: PackageInstall }
);

export const LISTS = '/var/lib/apt/lists';

/** What the layers of these stages add, in no order. */
export function storedIn(build: ImageBuild, stages: ReadonlySet<Stage>): readonly Stored[] {
  const copied = dockerStagesOf(build, stages).flatMap(({ instructions }) =>
    instructions.flatMap(one => (one.kind === 'copy' || one.kind === 'add' ? copiedBy(one) : [])),
  );
  const layers = [...layersOf(build, stages)];
  return [
    ...copied,
    ...downloaded(build, stages, layers),
    ...layers.flatMap(listsOf),
    ...layers.flatMap(madeBy),
    ...installed(build, stages),
  ];
}

const REMOTE = /^(?:https?|ftp|git|ssh):|^git@/i;

function copiedBy(instruction: CopyInstruction): Stored[] {
  const { destination, heredocs, lineSpan: span, sources } = instruction;
  const to = fullPath(destination?.literal, instruction);
  if (to === undefined || to === '/') return [];
  const folder = destination!.literal!.endsWith('/') || sources.length > 1;
  const paths = sources.flatMap(({ literal }) => {
    if (literal === undefined || /[*?[]/.test(literal)) return [];
    // The content of a directory goes into the destination: that may have been there before.
    if (literal.endsWith('/') || /^\.?$/.test(nameOf(literal)) || !nameOf(literal).includes('.'))
      return folder ? [] : [to];
    return [folder ? joinPath(to, nameOf(literal)) : to];
  });
  const how = sources.some(({ literal }) => REMOTE.test(literal ?? '')) ? 'downloaded' : 'copied';
  const written = heredocs.length > 0 && !folder ? [to] : [];
  return [...paths, ...written].map(path => ({ how, path, instruction, span }));
}

function downloaded(build: ImageBuild, stages: ReadonlySet<Stage>, layers: readonly Layer[]): Stored[] {
  const layerOf = new Map(layers.map(layer => [layer.step as unknown, layer]));
  return downloads(build).flatMap(({ path, stage, step, span, invocation }): Stored[] => {
    const layer = layerOf.get(step);
    if (!stages.has(stage) || !invocation || !layer || step.trigger) return [];
    const full = movesAbout(layer) && !path?.startsWith('/') ? undefined : fullPath(path, layer.run);
    if (full === undefined || mountedOver(layer.run, full) || isGone(full, layer)) return [];
    return [{ how: 'downloaded', path: full, instruction: layer.run, span }];
  });
}

/** Whether the layer itself deletes or moves a file, by its name, by a pattern, or with the directory that it is in. */
function isGone(path: string, { invocations }: Layer): boolean {
  const name = nameOf(path);
  return invocations.some(one => {
    const removed = removedPaths(one);
    if (removed) return removed.some(text => takesAway(text, path) || nameOf(text) === name || text.includes('*'));
    return one.program === 'mv' && one.args.some(({ literal }) => literal !== undefined && nameOf(literal) === name);
  });
}

/** Directories that commands of a layer create and fill. */
function madeBy(layer: Layer): Stored[] {
  if (layer.step.trigger || layer.invocations.length > MOST_COMMANDS) return [];
  return layer.invocations.flatMap((invocation): Stored[] => {
    const made = madeDirectory(invocation);
    if (!made || (!made.path.startsWith('/') && movesAbout(layer))) return [];
    const path = fullPath(made.path, layer.run);
    if (path === undefined || path.split('/').length < 3 || SYSTEM.test(path)) return [];
    if (mountedOver(layer.run, path) || isGone(path, layer)) return [];
    const { command, script } = invocation;
    return [{ how: made.how, path, instruction: layer.run, span: script.spanOf(command) }];
  });
}

const MOST_COMMANDS = 500;
/** Directories that exist before. */
const SYSTEM = /^\/(?:usr|etc|bin|lib|home|var|opt|srv|root|tmp)(?:\/(?:local|share|lib|bin|src|opt|tmp|cache))*\/?$/;

function madeDirectory(invocation: Invocation): { how: 'built' | 'unpacked'; path: string } | undefined {
  const { args, program } = invocation;
  const words = args.map(({ literal }) => literal ?? '');
  const after = (...names: readonly string[]): string | undefined => {
    const at = words.findIndex(word => names.includes(word));
    return at < 0 ? undefined : words[at + 1] || undefined;
  };
  switch (program) {
    case 'cmake': {
      const path = after('-B') ?? words.find(word => /^-B./.test(word))?.slice(2);
      return path ? { how: 'built', path } : undefined;
    }
    case 'meson': {
      const path = words[0] === 'setup' ? words.slice(1).find(word => word !== '' && !word.startsWith('-')) : undefined;
      return path ? { how: 'built', path } : undefined;
    }
    case 'unzip': {
      const path = after('-d');
      return path ? { how: 'unpacked', path } : undefined;
    }
    case 'tar': {
      const extracts = words.some(
        (word, i) =>
          /^-[a-zA-Z]{0,6}x|^--extract$/.test(word) || (i === 0 && /^[a-zA-Z]{0,6}x[a-zA-Z]{0,6}$/.test(word)),
      );
      const path = extracts ? (after('-C', '--directory') ?? undefined) : undefined;
      return path ? { how: 'unpacked', path } : undefined;
    }
    default:
      return undefined;
  }
}

/** The lists of an `apt-get update` alone in its layer; with an installation in it, `apt-lists-left` speaks. */
function listsOf({ invocations, run }: Layer): Stored[] {
  const commands = invocations.flatMap(one => managerCommand(one) ?? []).filter(({ manager }) => manager === 'apt');
  const [update] = commands;
  if (!update || commands.some(({ action }) => action !== 'update') || mountedOver(run, LISTS)) return [];
  if (invocations.some(one => removedPaths(one)?.some(path => takesAway(path, LISTS)))) return [];
  const { command, script } = update.invocation;
  return [{ how: 'lists', path: LISTS, instruction: run, span: script.spanOf(command) }];
}

function installed(build: ImageBuild, stages: ReadonlySet<Stage>): Stored[] {
  return packageInstalls(build).flatMap((install): Stored[] => {
    const { invocation, stage, step, verb, packages } = install;
    const instruction = instructionOf(step);
    if (!stages.has(stage) || !invocation || !instruction || step.kind !== 'run' || step.trigger) return [];
    const word = packages[0]?.word ?? verb ?? invocation.programWord;
    return [{ how: 'installed', install, instruction, span: invocation.script.spanOf(word) }];
  });
}

/** A path from the root, where it is known; `.` and unknown parts are not. */
export function fullPath(path: string | undefined, instruction: Instruction): string | undefined {
  if (path === undefined || path === '' || path.includes(UNRESOLVED) || /[$~]/.test(path)) return undefined;
  if (path.startsWith('/')) return joinPath('/', path);
  const directory = effectiveWorkdir(instruction).literal;
  return directory === undefined ? undefined : joinPath(directory, path);
}

/** Whether relative paths of a layer may be meant from another directory than WORKDIR. */
export function movesAbout({ invocations }: Layer): boolean {
  return invocations.some(({ program }) => /^(?:cd|pushd|popd)$/.test(program));
}
