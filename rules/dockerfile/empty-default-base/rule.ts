import type { Value } from '../../../core/build.ts';
import { namesOf, quoted } from '../../../core/quoted.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Scope } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'empty-default-base',
  summary: '`FROM` has no valid image name without build arguments',
  policies: ['G2'],
  category: 'correctness',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['FROM'] },
  since: '2026.11',
  aliases: ['buildkit:InvalidDefaultArgInFrom', 'tally:buildkit/InvalidDefaultArgInFrom'],
  *check(file) {
    if (!followsReference(file)) return;
    for (const { from } of file.stages) {
      const { image } = from;
      if (!image || (image.literal ?? '') !== '') continue;
      const given = withDefaults(image, from.environment, file.source.text);
      if (!given || given.empty.length === 0 || parseImageReference(given.text)) continue;
      const isCertain = given.empty.every(name => !from.environment.get(name));
      const names = namesOf(given.empty);
      const isMany = given.empty.length > 1;
      // `ARG TAG=` has one, which is empty.
      const hasNone = given.empty.every(name => !from.environment.get(name)?.value);
      const state = isCertain
        ? `${isMany ? 'are' : 'is'} empty`
        : hasNone
          ? `${isMany ? 'have' : 'has'} no default`
          : `${isMany ? 'are' : 'is'} empty by default`;
      yield {
        message: isCertain
          ? `${names} ${state}, so the image name is invalid`
          : `${names} ${state}: the build fails without \`--build-arg\``,
        help: isCertain
          ? `Add ${quoted(`ARG ${given.empty[0]}`)} with a default before the first \`FROM\``
          : `Set a default, or require the argument with ${quoted(`\${${given.empty[0]}:?message}`)}`,
        // No build can set what is not declared.
        ...(isCertain && { severity: 'error' as const }),
        span: image.span,
      };
    }
  },
});

/** What `${NAME:-…}` and `${NAME-…}` have in the place of an empty argument, where no variable is in it. */
function fallbackIn(written: string, name: string): string | undefined {
  const start = [`\${${name}:-`, `\${${name}-`].find(one => written.startsWith(one));
  const word = start === undefined ? undefined : written.slice(start.length, -1);
  return word?.includes('$') ? undefined : word;
}

/** The name with all defaults, and the variables that are empty in it; `undefined` when that cannot be known. */
function withDefaults(
  image: Value,
  scope: Scope,
  document: string,
): { readonly text: string; readonly empty: readonly string[] } | undefined {
  let text = '';
  const empty: string[] = [];
  for (const part of image.parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const binding = scope.get(part.name);
    const written = document.slice(part.span.start, part.span.end);
    const fallback = fallbackIn(written, part.name);
    // Other modifiers are not followed; what the builder sets is never empty.
    if ((binding && binding.kind !== 'arg') || (!binding && fallback === undefined)) return undefined;
    if (fallback === undefined && written !== `$${part.name}` && written !== `\${${part.name}}`) return undefined;
    const set = binding?.value ? binding.byDefault : '';
    const value = set === '' ? (fallback ?? '') : set;
    if (value === undefined) return undefined;
    if (value === '' && !empty.includes(part.name)) empty.push(part.name);
    text += value;
  }
  return { text, empty };
}
