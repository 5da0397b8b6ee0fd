import { isRemote, type MediumText } from '../../../facts/install-media.ts';
import { mediaOf } from '../../../languages/packer/media.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

/** A part of the path that the publisher moves to each new release. */
const MUTABLE = /(?:^|[/_.-])(latest(?:-[a-z]+)?|current(?:-live)?|daily(?:-live)?|nightly|rolling)(?=[/_.-])/i;
/** Distributions without releases. */
const ROLLING =
  /\barch(?:linux)?\b|tumbleweed|kali-rolling|rolling-release|vyos|voidlinux|void-|gentoo|nixos|\bsid\b|kitten/i;
/** The day of a build in the name of the file: `FreeBSD-14.0-CURRENT-amd64-20220923-00d8a28.iso`. */
const DATED = /[-_.]20[0-3]\d[-.]?(?:0[1-9]|1[0-2])[-.]?(?:[0-2]\d|3[01])(?:[-_.T]|$)/;

export default definePackerRule({
  id: 'iso-url-mutable',
  summary: 'The URL of an image points to a moving release',
  policies: ['G2', 'G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(file, _context, build) {
    for (const { url } of mediaOf(file, build)) {
      const found = url && isRemote(url) !== false ? mutablePart(url) : undefined;
      if (!url || !found) continue;
      const { definitions, value } = url;
      const known = value.source.text === url.text;
      yield {
        message: `\`${found.word}\` in this URL moves to each new release`,
        help: 'Use a URL with the version or the date of the build in its path',
        span: known ? value.source.spanOf(found.start, found.end) : value.span,
        causes: [`moving ${url.text}`],
        related: definitions.map(span => ({ message: 'Default is set here', origin: true, span })),
      };
    }
  },
});

function mutablePart({ text }: MediumText): { word: string; start: number; end: number } | undefined {
  if (text.length > 2_000 || ROLLING.test(text) || DATED.test(text.slice(text.lastIndexOf('/')))) return undefined;
  // A host may be called `current.example.org`.
  const path = text.indexOf('/', text.indexOf('://') + 3);
  const match = path < 0 ? undefined : MUTABLE.exec(text.slice(path));
  if (!match) return undefined;
  const start = path + match.index + match[0].length - match[1]!.length;
  return { word: match[1]!, start, end: start + match[1]!.length };
}
