import type { Value } from '../../../core/build.ts';
import { quoted } from '../../../core/quoted.ts';
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
  needs: { instructions: ['ARG'] },
  since: '2026.11',
  aliases: ['buildkit:InvalidDefaultArgInFrom', 'tally:buildkit/InvalidDefaultArgInFrom'],
  *check(file) {
    if (!followsReference(file)) return;
    for (const { from } of file.stages) {
      const { image } = from;
      if (!image || image.literal !== undefined) continue;
      const given = withDefaults(image, from.environment, file.source.text);
      if (!given || given.empty.length === 0 || parseImageReference(given.text)) continue;
      const names = given.empty.map(name => quoted(name)).join(' and ');
      yield {
        message: `${names} ${given.empty.length > 1 ? 'are' : 'is'} empty by default, so the image name is invalid`,
        help: `Set a default, or require the argument with ${quoted(`\${${given.empty[0]}:?message}`)}`,
        span: image.span,
      };
    }
  },
});

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
    // A modifier gives a default of its own; what the builder sets is never empty.
    if (binding?.kind !== 'arg' || (written !== `$${part.name}` && written !== `\${${part.name}}`)) return undefined;
    const value = binding.value ? binding.byDefault : '';
    if (value === undefined) return undefined;
    if (value === '' && !empty.includes(part.name)) empty.push(part.name);
    text += value;
  }
  return { text, empty };
}
