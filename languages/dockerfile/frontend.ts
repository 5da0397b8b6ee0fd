/** Whether the Dockerfile reference applies to a file. */
import { memo } from '../../core/memo.ts';
import type { Directive, DockerfileTree, Instruction } from './tree.ts';

/**
 * Docker's own frontend, also from a mirror: `docker/dockerfile:1`,
 * `mirror.example.com/docker/dockerfile-upstream:master`.
 */
const OWN = /(?:^|\/)docker\/dockerfile(?:-upstream)?(?:[:@]|$)/;

/** Whether `# syntax=` names another frontend, which may have other instructions and flags. */
export function hasForeignFrontend(directives: readonly Directive[]): boolean {
  const syntax = directives.find(({ name }) => name === 'syntax');
  return syntax !== undefined && !OWN.test(syntax.value.slice(0, 500));
}

/** `{{ if … }}`, `{% if … %}`, `<% … %>`, `%%NAME%%` where an instruction should be. */
export function isTemplateMark({ kind, keyword }: Instruction): boolean {
  return kind === 'unknown' && /^(?:\{\{|\{%|<%|%%|@@|\uE000)/.test(keyword);
}

/**
 * Whether the Dockerfile reference applies to the file: false for a template that still has placeholders, for a part
 * of other Dockerfiles, and for a file of another frontend. Rules about what BuildKit rejects report nothing then.
 */
export const followsReference: (file: DockerfileTree) => boolean = memo(
  ({ directives, instructions, isFragment }: DockerfileTree) =>
    !isFragment && !hasForeignFrontend(directives) && !instructions.some(isTemplateMark),
);
