/** The names that an action makes of a repository: https://github.com/docker/metadata-action#tags-input */
import type { Span } from '../../core/text.ts';

/** Lines of one list, and names. */
const MOST = 40;
const MOST_NAMES = 400;

export interface WrittenName {
  readonly written: string;
  readonly span: Span;
  /** Not in every run. */
  readonly isPerhaps?: true;
}

/** What its inputs say, with the matrix filled in. */
interface Metadata {
  readonly images: readonly WrittenName[];
  readonly tags: string | undefined;
  readonly flavor: string | undefined;
}

/** Each image with each tag; a part that only a run knows is written `{{branch}}`. */
export function namesOfMetadata({ images, tags, flavor }: Metadata): readonly WrittenName[] {
  const all = tagsOf(tags, flavor);
  const named = images.slice(0, Math.max(1, Math.floor(MOST_NAMES / Math.max(1, all.length))));
  return named.slice(0, MOST).flatMap(({ written, span }) => {
    const name = /^name=([^,]{1,300})/.exec(written)?.[1] ?? written;
    return all.map(({ tag, isPerhaps }) => ({
      written: `${name}:${tag}`,
      span,
      ...(isPerhaps ? { isPerhaps } : {}),
    }));
  });
}

interface Tag {
  readonly tag: string;
  readonly isPerhaps?: true;
}

const PERHAPS = { isPerhaps: true } as const;

function tagsOf(written: string | undefined, flavor = ''): readonly Tag[] {
  const lines = linesOf(written ?? '');
  const given = /(?:^|[\n,])[ \t]*prefix=([^,\n]{0,60})/.exec(flavor)?.[1]?.trim() ?? '';
  const ending = /(?:^|[\n,])[ \t]*suffix=([^,\n]{0,60})/.exec(flavor)?.[1]?.trim() ?? '';
  const isLatest = /\blatest=(true|false)\b/.exec(flavor)?.[1];
  const found: Tag[] = [];
  let isVersion = lines.length === 0;
  for (const line of lines) {
    const attributes = new Map(
      line.split(',').map(part => [part.slice(0, part.indexOf('=')).trim(), part.slice(part.indexOf('=') + 1).trim()]),
    );
    if (/^(?:false|\$\{\{[ \t]*false[ \t]*\}\})$/.test(attributes.get('enable') ?? '')) continue;
    const type = line.includes('=') ? (attributes.get('type') ?? 'raw') : 'raw';
    const tag = line.includes('=') ? tagOf(type, attributes) : line;
    if (tag === undefined || tag === '') continue;
    const prefix = attributes.get('prefix') ?? (given || PREFIXES[attributes.get('event') ?? type] || '');
    found.push({
      tag: `${prefix}${tag}${attributes.get('suffix') ?? ending}`,
      ...(type === 'raw' && !attributes.has('enable') ? {} : PERHAPS),
    });
    isVersion ||= /^(?:semver|pep440|match)$/.test(type) || attributes.get('event') === 'tag';
  }
  if (lines.length === 0) found.push({ tag: `${given}{{ref}}${ending}`, ...PERHAPS });
  if (isLatest === 'true') found.push({ tag: 'latest' });
  else if (isVersion && isLatest !== 'false') found.push({ tag: 'latest', ...PERHAPS });
  return found;
}

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
    .slice(0, MOST);

/** What a tag has in front by default. */
const PREFIXES: Readonly<Record<string, string>> = { sha: 'sha-', pr: 'pr-' };

function tagOf(type: string, attributes: ReadonlyMap<string, string>): string | undefined {
  switch (type) {
    case 'raw':
      return attributes.get('value');
    case 'ref':
      return `{{${attributes.get('event') ?? 'ref'}}}`;
    case 'edge':
      return 'edge';
    case 'schedule':
      return attributes.get('pattern') ?? 'nightly';
    case 'semver':
    case 'pep440':
      return attributes.get('pattern') ?? '{{version}}';
    case 'sha':
      return '{{sha}}';
    case 'match':
      return '{{match}}';
    default:
      return undefined;
  }
}
