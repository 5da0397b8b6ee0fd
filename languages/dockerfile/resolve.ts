/** Resolves names, numbers and partly known names to stages. */
import type { Value } from '../../core/build.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { withTriggers } from './all-instructions.ts';
import type { CopyInstruction, CopyOrigin, DockerStage, Mount, StageBase } from './tree.ts';

/** With more stages than this, names with unknown parts are not matched against theirs. */
const MOST_PATTERNS = 200;

/** The stages read so far, by name. A name that is used twice means the later one. */
export class StageNames {
  private readonly byName = new Map<string, DockerStage>();

  add(stage: DockerStage): void {
    if (stage.name !== undefined) this.byName.set(stage.name.toLowerCase(), stage);
  }

  named(name: string | undefined): DockerStage | undefined {
    return name === undefined ? undefined : this.byName.get(name.toLowerCase());
  }

  /** The stages whose names match a value with unknown parts; none when no part of it is known. */
  fitting(value: Value): DockerStage[] {
    const pieces = value.source.text.toLowerCase().split(UNRESOLVED);
    if (pieces.length === 1 || pieces.length > 10 || this.byName.size > MOST_PATTERNS) return [];
    if (pieces.every(piece => piece === '')) return [];
    const fits: DockerStage[] = [];
    for (const [name, stage] of this.byName) if (fitsPieces(name, pieces)) fits.push(stage);
    return fits;
  }

  baseOf(image: Value | undefined): StageBase {
    if (!image) return { kind: 'missing' };
    const certain = this.named(image.literal);
    if (certain) return { kind: 'stage', stage: certain, certain: true, alternatives: [] };
    if (image.literal !== undefined)
      return image.literal.toLowerCase() === 'scratch' ? { kind: 'scratch', certain: true } : { kind: 'image', image };
    const assumed = this.named(image.byDefault);
    if (assumed)
      return {
        kind: 'stage',
        stage: assumed,
        certain: false,
        alternatives: this.fitting(image).filter(s => s !== assumed),
      };
    if (image.byDefault === 'scratch') return { kind: 'scratch', certain: false };
    const stages = image.byDefault === undefined ? this.fitting(image) : [];
    return stages.length > 0 ? { kind: 'one-of', stages } : { kind: 'image', image };
  }

  originOf(from: Value, stages: readonly DockerStage[]): CopyOrigin {
    const text = from.literal ?? from.byDefault;
    if (text === '') return { kind: 'missing' };
    if (text !== undefined && /^[0-9]{1,6}$/.test(text)) {
      const stage = stages[Number(text)];
      return stage ? { kind: 'stage', stage, byNumber: true } : { kind: 'missing' };
    }
    const named = this.named(text);
    if (named) return { kind: 'stage', stage: named, byNumber: false };
    const fits = text === undefined ? this.fitting(from) : [];
    return fits.length > 0 ? { kind: 'one-of', stages: fits } : { kind: 'image', image: from };
  }
}

function fitsPieces(name: string, pieces: readonly string[]): boolean {
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at);
    if (found < 0 || found + piece.length > name.length - last.length) return false;
    at = found + piece.length;
  }
  return true;
}

/**
 * Sets the origins of COPY --from and RUN --mount=from when all stages are known. Triggers refer to stages of other
 * files.
 */
export function resolveOrigins(stages: readonly DockerStage[], names: StageNames): void {
  for (const stage of stages)
    for (const instruction of withTriggers(stage.instructions)) {
      const origin = (from: Value): CopyOrigin =>
        instruction.trigger ? { kind: 'image', image: from } : names.originOf(from, stages);
      if ((instruction.kind === 'copy' || instruction.kind === 'add') && instruction.from)
        (instruction as { -readonly [K in keyof CopyInstruction]: CopyInstruction[K] }).origin = origin(
          instruction.from,
        );
      if (instruction.kind !== 'run') continue;
      for (const mount of instruction.mounts)
        if (mount.from) (mount as { -readonly [K in keyof Mount]: Mount[K] }).origin = origin(mount.from);
    }
}

/** The stages that this one uses directly, each once. */
export function dependencies(stage: DockerStage): readonly DockerStage[] {
  const found = new Set<DockerStage>();
  const { base } = stage;
  if (base.kind === 'stage') for (const one of [base.stage, ...base.alternatives]) found.add(one);
  if (base.kind === 'one-of') for (const one of base.stages) found.add(one);
  const take = (origin: CopyOrigin) => {
    if (origin.kind === 'stage') found.add(origin.stage);
    if (origin.kind === 'one-of') for (const one of origin.stages) found.add(one);
  };
  for (const instruction of stage.instructions) {
    if (instruction.kind === 'copy' || instruction.kind === 'add') take(instruction.origin);
    if (instruction.kind === 'run') for (const mount of instruction.mounts) take(mount.origin);
  }
  return [...found];
}

/** These stages and all that they use. */
export function reachableFrom(stages: Iterable<DockerStage>): Set<DockerStage> {
  const reached = new Set(stages);
  for (const stage of reached) for (const dependency of dependencies(stage)) reached.add(dependency);
  return reached;
}
