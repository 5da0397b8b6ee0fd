/** Where a command stands, for what is found in it. */
import type { Stage } from '../../../core/build.ts';
import type { SourceText, Span } from '../../../core/text.ts';
import type { SecretContext } from '../judge.ts';
import type { NameLists } from '../names.ts';
import { type Exposure, type ExposureSite, expose } from './exposure.ts';

/** Where commands stand, for the credentials that are made of them. */
export interface Scene {
  readonly span: Span;
  readonly stage: Stage | undefined;
  readonly lists: NameLists;
}

export function siteOf(kind: ExposureSite['kind'], place: string, { span, stage }: Scene): ExposureSite {
  return { kind, place, span, stage };
}

/** The exposure of a value under a name, or none. */
export function named(
  name: string,
  value: SourceText,
  context: SecretContext,
  place: string,
  kind: ExposureSite['kind'],
  scene: Scene,
): readonly Exposure[] {
  const exposure = expose(name, value, context, siteOf(kind, place, scene), scene.lists);
  return exposure ? [exposure] : NONE;
}

const NONE: readonly Exposure[] = [];
