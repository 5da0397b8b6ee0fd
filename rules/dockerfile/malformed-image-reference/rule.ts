import type { Value } from '../../../core/build.ts';
import { fix } from '../../../core/finding.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'malformed-image-reference',
  summary: 'An image has a name that no registry can have',
  policies: ['G2'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['dockerfile-utils:INVALID_REFERENCE_FORMAT'],
  *check(file, _context, build) {
    if (!followsReference(file)) return;
    for (const { reference, use } of build.images) {
      const text = settled(reference);
      if (text === undefined || parseImageReference(text)) continue;
      // A bare word in COPY --from may be a build context of the caller's; its name is compared in lower case.
      if (use !== 'base' && !/[/:@]/.test(text)) continue;
      const whole = reference.parts.length === 1 && typeof reference.parts[0] === 'string';
      const lower = lowerCasePath(text);
      yield {
        message: `This is no name of an image (${reasonOf(text)}), and the builder refuses it.`,
        span: reference.span,
        fixes:
          whole && lower !== text && parseImageReference(lower)
            ? [fix('suggested', 'Write it in lower case', reference.source.replace(0, text.length, lower))]
            : [],
      };
    }
  },
});

/** The name, when it is certain or made of defaults none of which is missing, and no template's placeholder is in it. */
function settled({ literal, byDefault, parts }: Value): string | undefined {
  const text = literal ?? byDefault;
  if (text === undefined || text === '' || /[{}<>%$]|@@|^@|__[A-Z]/.test(text)) return undefined;
  // A variable that is empty is what is wrong then, not the name.
  if (parts.some(part => typeof part !== 'string') && /^[/:@-]|[/:@]$|\/\/|::|:@|\/:/.test(text)) return undefined;
  return text;
}

/** The path in lower case; host and tag may have capitals. */
function lowerCasePath(text: string): string {
  const last = text.lastIndexOf('/') + 1;
  const found = text.slice(last).search(/[:@]/);
  const end = found < 0 ? -1 : last + found;
  const path = end < 0 ? text : text.slice(0, end);
  const slash = path.indexOf('/');
  const host = slash > 0 && /[.:]/.test(path.slice(0, slash)) ? slash : 0;
  return path.slice(0, host) + path.slice(host).toLowerCase() + (end < 0 ? '' : text.slice(end));
}

function reasonOf(text: string): string {
  if (/^[a-z]+:\/\//i.test(text)) return 'it is a URL; leave `https://` out';
  if (/[:@]$/.test(text)) return 'nothing follows the last `:` or `@`';
  if (lowerCasePath(text) !== text && parseImageReference(lowerCasePath(text)))
    return 'capital letters are not allowed';
  if (/["'`]/.test(text)) return 'it holds quotes';
  if (/@/.test(text)) return 'what follows `@` is no digest, or the name before it is wrong';
  return 'it is not of the form `registry/path:tag`';
}
