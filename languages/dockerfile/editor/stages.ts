/** The stages that a Dockerfile names: where, and how one gets another name. */
import type { Value } from '../../../core/build.ts';
import type { FoundName, Renaming } from '../../../core/editor.ts';
import type { Edit, Span } from '../../../core/text.ts';
import { usesOf } from '../stage-uses.ts';
import type { DockerfileTree, DockerStage } from '../tree.ts';

/** A stage whose name or number is at a place, and the span of that. */
export interface StageAt {
  readonly stage: DockerStage;
  readonly span: Span;
}

const covers = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;

/** The stage that is named at an offset: in `AS`, as the base of another one, or as where files are copied from. */
export function stageAt(tree: DockerfileTree, offset: number): StageAt | undefined {
  for (const stage of tree.stages) {
    const spans = [...(stage.nameSpan ? [stage.nameSpan] : []), ...usesOfStage(tree, stage)];
    const span = spans.find(one => covers(one, offset));
    if (span) return { stage, span };
  }
  return undefined;
}

/** Every place where other instructions name a stage. */
export function usesOfStage(tree: DockerfileTree, stage: DockerStage): readonly Span[] {
  const { byName, byNumber } = usesOf(tree, stage);
  return [...byName, ...byNumber].map(({ span }) => span).sort((a, b) => a.start - b.start);
}

export function stageNames({ stages }: DockerfileTree): readonly FoundName[] {
  return stages.flatMap(({ name, nameSpan }) =>
    name !== undefined && nameSpan ? { name, detail: 'stage', kind: 'class', span: nameSpan } : [],
  );
}

/** What BuildKit takes for the name of a stage. */
const NAME = /^[a-z][a-z0-9._-]{0,200}$/;

/** Renames a stage in this file. What builds it by its name from outside is not changed, so that is refused. */
export function renamingAt(tree: DockerfileTree, offset: number): Renaming | undefined {
  const found = stageAt(tree, offset);
  const { name, nameSpan } = found?.stage ?? {};
  if (!found || name === undefined || !nameSpan) return undefined;
  const { byName } = usesOf(tree, found.stage);
  // A number has no name to change.
  if (found.span !== nameSpan && !byName.some(({ span }) => span === found.span)) return undefined;
  return {
    span: found.span,
    name,
    to(other): readonly Edit[] | { readonly refusal: string } {
      if (other === 'scratch') return { refusal: '`scratch` is the empty image, and no stage can have its name.' };
      if (!NAME.test(other))
        return {
          refusal: 'A stage name starts with a lowercase letter and has lowercase letters, digits, `.`, `_`, `-`.',
        };
      if (other !== name.toLowerCase() && tree.stages.some(stage => stage.name?.toLowerCase() === other))
        return { refusal: 'There is a stage with this name already.' };
      if (tree.stages.filter(stage => stage.name?.toLowerCase() === name.toLowerCase()).length > 1)
        return { refusal: 'Several stages have this name.' };
      if (!byName.every(use => isPlain(use, name))) return { refusal: 'The stage is also named by a variable.' };
      if (tree.builtTargets?.names.has(name.toLowerCase()))
        return { refusal: 'A file beside the Dockerfile builds this stage by its name.' };
      return [nameSpan, ...byName.map(({ span }) => span)].map(span => ({ span, newText: other }));
    },
  };
}

/** Whether a value is the name as it is written, without variables, quotes or escapes. */
function isPlain({ literal, parts, span }: Value, name: string): boolean {
  const only = parts.length === 1 ? parts[0] : undefined;
  return (
    typeof only === 'string' &&
    literal?.toLowerCase() === name.toLowerCase() &&
    span.file === undefined &&
    span.end - span.start === name.length
  );
}
