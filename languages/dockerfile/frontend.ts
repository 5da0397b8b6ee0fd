/** Whether the builder's own grammar is the one that holds for a file. */
import { memo } from '../../core/memo.ts';
import type { Directive, DockerfileTree, Instruction } from './tree.ts';

/** Docker's own frontend, also from a mirror: `docker/dockerfile:1`, `mirror.example.com/docker/dockerfile-upstream:master`. */
const OWN = /(?:^|\/)docker\/dockerfile(?:-upstream)?(?:[:@]|$)/;

/** Whether `# syntax=` names another frontend, which may know other instructions and flags. */
export function hasForeignFrontend(directives: readonly Directive[]): boolean {
  const syntax = directives.find(({ name }) => name === 'syntax');
  return syntax !== undefined && !OWN.test(syntax.value.slice(0, 500));
}

/** `{{ if … }}`, `{% if … %}`, `<% … %>`, `%%NAME%%` where an instruction should be. */
export function isTemplateMark({ kind, keyword }: Instruction): boolean {
  return kind === 'unknown' && /^(?:\{\{|\{%|<%|%%|@@)/.test(keyword);
}

/**
 * Whether the Dockerfile reference decides what is right in this file: false for a template that is still to be filled in
 * and for files of another frontend. Rules about what the builder refuses are silent then.
 */
export const followsReference: (file: DockerfileTree) => boolean = memo(
  ({ directives, instructions }: DockerfileTree) =>
    !hasForeignFrontend(directives) && !instructions.some(isTemplateMark),
);
