import type { Value } from '../../../core/build.ts';
import { matchesSegment } from '../../../core/glob.ts';
import { stringList } from '../../../core/options.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { UNRESOLVED } from '../../../core/text.ts';

export default defineBuildRule({
  id: 'untrusted-registry',
  summary: 'An image is from a registry that the project does not trust',
  policies: ['G10'],
  category: 'security',
  severity: 'error',
  preset: 'recommended',
  languages: ['dockerfile'],
  needs: { instructions: ['FROM', 'COPY', 'ADD', 'RUN'] },
  since: '2026.11',
  aliases: ['hadolint:DL3026'],
  options: {
    registries: stringList(
      'Registries, or paths in them, that images may be from, besides the trusted registries of the project: `ghcr.io/our-team`, `*.example.com`',
    ),
  },
  *check(build, { options, project }) {
    const trusted = [...project.trustedRegistries, ...options.registries].map(entry =>
      entry
        .toLowerCase()
        .split('/')
        .filter(segment => segment !== '')
        .map(hubName),
    );
    if (trusted.length === 0) return;
    for (const { reference } of build.images) {
      const path = pathOf(reference);
      if (!path || trusted.some(entry => mayBeUnder(entry, path))) continue;
      yield {
        message: trusted.some(([host]) => host === path[0])
          ? `Image is from an untrusted path in ${quoted(path[0]!)}`
          : `Image is from the untrusted registry ${quoted(path[0]!)}`,
        help: 'Use a trusted registry, or list this one in `images.trusted-registries`',
        span: reference.span,
      };
    }
  },
});

const hubName = (segment: string, index: number): string =>
  index === 0 && /^(?:index\.|registry-1\.)?docker\.io$|^hub\.docker\.com$/.test(segment) ? 'docker.io' : segment;

/**
 * Host and path of the image, segment by segment; a part that is not known is a `UNRESOLVED`. `undefined` when the host is
 * unknown.
 */
function pathOf({ byDefault, source }: Value): string[] | undefined {
  const text = (byDefault ?? source.text).slice(0, 1000);
  if (text === '' || text === 'scratch') return undefined;
  const at = text.indexOf('@');
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const segments = (colon > named.lastIndexOf('/') ? named.slice(0, colon) : named).toLowerCase().split('/');
  const [first = ''] = segments;
  if (first.includes(UNRESOLVED)) return undefined;
  if (segments.length > 1 && (/[.:]/.test(first) || first === 'localhost')) return segments.map(hubName);
  return segments.length > 1 ? ['docker.io', ...segments] : ['docker.io', 'library', ...segments];
}

/** Whether the image is, or with its unknown parts may be, under an entry of the list. */
function mayBeUnder(entry: readonly string[], path: readonly string[]): boolean {
  return entry.every((segment, i) => {
    const given = path[i];
    if (given === undefined) return false;
    // An entry without a port trusts the host on any.
    const host = i === 0 && !segment.includes(':') ? given.replace(/:[0-9]+$/, '') : given;
    return given.includes(UNRESOLVED) || matchesSegment(segment, host);
  });
}
