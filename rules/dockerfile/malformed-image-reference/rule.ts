import type { Value } from '../../../core/build.ts';
import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'malformed-image-reference',
  summary: 'An image name is invalid',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['FROM', 'COPY', 'ADD', 'RUN'] },
  since: '2026.11',
  aliases: ['dockerfile-utils:INVALID_REFERENCE_FORMAT'],
  *check(file, _context, build) {
    if (!followsReference(file)) return;
    for (const { reference, use } of build.images) {
      const text = settled(reference);
      if (text === undefined || parseImageReference(text)) continue;
      // A bare word in COPY --from may be a named build context; its name is compared in lower case.
      if (use !== 'base' && /^[\w.-]*$/.test(text)) continue;
      const whole = reference.parts.length === 1 && typeof reference.parts[0] === 'string';
      const lower = lowerCasePath(text);
      yield {
        ...problemOf(text),
        span: reference.span,
        // The builds may give the arguments another value, and a script what stands for a name.
        ...((reference.literal === undefined || hasStandIn(text)) && { severity: 'warning' as const }),
        fixes:
          whole && isName(text, lower)
            ? [fix('suggested', `Change it to ${quoted(lower)}`, reference.source.replace(0, text.length, lower))]
            : [],
      };
    }
  },
});

/** The name, when it is certain or made of defaults none of which is missing, and contains no placeholder of a template. */
function settled({ literal, byDefault, parts }: Value): string | undefined {
  const text = literal ?? byDefault;
  if (text === undefined || text === '' || /[{}<>%$]|@@|^@|__[A-Z]/.test(text)) return undefined;
  // A word in capitals alone is no slip: it stands for a name.
  if (/^[A-Z][A-Z\d_-]*$/.test(text)) return undefined;
  // Then the variable is empty, and the name is not to blame.
  if (parts.some(part => typeof part !== 'string') && /^[/:@-]|[/:@]$|\/\/|::|:@|\/:/.test(text)) return undefined;
  return text;
}

/** Whether a part of the path is a word in capitals, as in `registry.example.com/TEAM_NAME/app`. */
function hasStandIn(text: string): boolean {
  return lowerCasePath(text) !== text && /(?:^|\/)[A-Z][A-Z\d]{1,60}(?:[_-][A-Z\d]{1,60}){0,6}(?=[/:@]|$)/.test(text);
}

/** The path in lower case; host and tag may have uppercase letters. */
function lowerCasePath(text: string): string {
  const last = text.lastIndexOf('/') + 1;
  const found = text.slice(last).search(/[:@]/);
  const end = found < 0 ? -1 : last + found;
  const path = end < 0 ? text : text.slice(0, end);
  const slash = path.indexOf('/');
  const host = slash > 0 && /[.:]/.test(path.slice(0, slash)) ? slash : 0;
  return path.slice(0, host) + path.slice(host).toLowerCase() + (end < 0 ? '' : text.slice(end));
}

/** What is wrong with the name. One that may hold a user name and password is not quoted. */
function problemOf(text: string): { readonly message: string; readonly help: string } {
  const at = text.indexOf('@');
  const mayHoldUser = at >= 0 && text.includes('/', at);
  const invalid = `Invalid image name${mayHoldUser ? '' : ` ${quoted(text)}`}`;
  const scheme = /^[a-z]{1,20}:\/\//i.exec(text)?.[0];
  if (scheme !== undefined) return { message: `${invalid}: it is a URL`, help: `Remove \`${scheme}\`` };
  const last = text.at(-1);
  if (last === ':') return { message: `${invalid}: empty tag`, help: 'Add a tag, or remove the `:`' };
  if (last === '@') return { message: `${invalid}: empty digest`, help: 'Add a digest, or remove the `@`' };
  const lower = lowerCasePath(text);
  if (isName(text, lower)) return { message: `${invalid}: uppercase letters`, help: `Write ${quoted(lower, 70)}` };
  if (/["'`]/.test(text)) return { message: `${invalid}: quotes`, help: 'Remove the quotes' };
  if (at >= 0 && !/^@[a-z\d]+:[a-f\d]{64,128}$/.test(text.slice(at)))
    return { message: `${invalid}: invalid digest`, help: 'Write it as `@sha256:` and 64 hexadecimal digits' };
  return { message: invalid, help: 'Use the form `registry/path:tag`' };
}

/** Whether it is a name but for its uppercase letters. */
function isName(text: string, lower: string): boolean {
  return lower !== text && parseImageReference(lower) !== undefined && /[a-z]/.test(text.split(/[:@]/, 1)[0]!);
}
