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

/** Whether a `# syntax=` comes too late in the file to be read, where `ignored-directive` reports it. */
export function hasLateSyntax({ comments, directives }: DockerfileTree): boolean {
  return (
    !directives.some(({ name }) => name === 'syntax') &&
    comments.some(({ inside, text }) => !inside && LATE_SYNTAX.test(text) && /dockerfile/i.test(text.slice(0, 300)))
  );
}
const LATE_SYNTAX = /^[ \t]{0,20}syntax[ \t]{0,20}=[ \t]{0,20}\S{1,200}[ \t]{0,20}$/i;

/** `{{ if … }}`, `{% if … %}`, `<% … %>`, `%%NAME%%`, `@INCLUDE …` where an instruction should be. */
export function isTemplateMark({ kind, keyword }: Instruction): boolean {
  return kind === 'unknown' && /^(?:\{\{|\{%|<%|%%|@@|@[A-Z]{2,20}$|\uE000)/.test(keyword);
}

/** Lines of the C preprocessor, which makes Dockerfiles of parts; to Docker they are comments. */
const INCLUDES = /^#[ \t]{0,8}include[ \t]{1,8}["<]/m;
const CONDITIONS = /^#[ \t]{0,8}(?:if|ifdef|ifndef)[ \t]{1,8}(?:!?[ \t]{0,8}defined\b|[A-Z_])/m;

function isPreprocessed(text: string): boolean {
  return INCLUDES.test(text) || (CONDITIONS.test(text) && /^#[ \t]{0,8}endif\b/m.test(text));
}

/**
 * Whether the Dockerfile reference applies to the file: false for a template that is not filled in yet, for a part
 * of other Dockerfiles, and for a file of another frontend. Rules about what BuildKit rejects report nothing then.
 */
export const followsReference: (file: DockerfileTree) => boolean = memo(
  ({ directives, instructions, isFragment, source }: DockerfileTree) =>
    !isFragment &&
    !hasForeignFrontend(directives) &&
    !instructions.some(isTemplateMark) &&
    !isPreprocessed(source.text),
);
