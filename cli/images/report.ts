/** Images as they are reported: places in lines, the end of support of what they start from. */
import { Lines, type Range } from '../../node/lines.ts';
import type { Place, WorkspaceImage } from '../../workspace/images/model.ts';
import { supportEndOf } from '../../workspace/images/support.ts';

export interface ReportedPlace {
  readonly path: string;
  /** `null` when the file cannot be read any more. */
  readonly range: Range | null;
}

export interface ReportedName extends ReportedPlace {
  readonly name: string;
  readonly certain: boolean;
}

export interface ReportedBase extends ReportedName {
  readonly use: 'base' | 'copy';
  /** The id of an image of the report; `null` where the workspace does not build it. */
  readonly image: string | null;
  /** `YYYY-MM-DD`, the first end of what its name says; `null` where none is known. */
  readonly supportEnds: string | null;
}

/** One image in the JSON report. */
export interface ReportedImage extends ReportedPlace {
  readonly id: string;
  readonly layer: 'machine' | 'application';
  readonly name: string;
  readonly owner: string | null;
  readonly purpose: string | null;
  /** An interval or a date, as it is written. */
  readonly refresh: string | null;
  readonly retirement: string | null;
  readonly tags: readonly ReportedName[];
  readonly bases: readonly ReportedBase[];
  readonly files: readonly string[];
  readonly startedBy: readonly ReportedName[];
  readonly usedBy: readonly string[];
}

/** `text` is that of a file, `undefined` when it cannot be read. */
export interface Shown {
  show(path: string): string;
  text(path: string): string | undefined;
}

export function reported(images: readonly WorkspaceImage[], { show, text }: Shown): readonly ReportedImage[] {
  const ranges = rangesOf(images, text);
  const place = ({ path, span }: Place): ReportedPlace => ({
    path: show(path),
    range: ranges.get(path)?.get(span.start)?.get(span.end) ?? null,
  });
  const named = (one: Place & { readonly name: string; readonly certain: boolean }): ReportedName => ({
    name: one.name,
    certain: one.certain,
    ...place(one),
  });
  const id = (one: string): string => {
    const at = one.lastIndexOf('#');
    return `${show(one.slice(0, at))}${one.slice(at)}`;
  };
  return images.map(image => ({
    id: id(image.id),
    layer: image.layer,
    name: image.name,
    ...place(image),
    owner: image.owner ?? null,
    purpose: image.purpose ?? null,
    refresh: image.refresh ?? null,
    retirement: image.retirement ?? null,
    tags: image.tags.map(named),
    bases: image.bases.map(base => ({
      ...named(base),
      use: base.use,
      image: base.image === undefined ? null : id(base.image),
      supportEnds: supportEndOf(base.name) ?? null,
    })),
    files: image.files.map(show),
    startedBy: image.startedBy.map(named),
    usedBy: image.usedBy.map(id),
  }));
}

type Ranges = ReadonlyMap<string, ReadonlyMap<number, ReadonlyMap<number, Range>>>;

/** The lines of all places, by path, start and end. Each file is read once, and one after the other. */
function rangesOf(images: readonly WorkspaceImage[], text: Shown['text']): Ranges {
  const wanted = new Map<string, Map<number, Map<number, Range>>>();
  const places: [Map<number, Range>, Place][] = [];
  for (const image of images)
    for (const one of [image, ...image.tags, ...image.bases, ...image.startedBy]) {
      const { path, span } = one;
      const ofPath = wanted.get(path) ?? new Map<number, Map<number, Range>>();
      wanted.set(path, ofPath);
      const ofStart = ofPath.get(span.start) ?? new Map<number, Range>();
      ofPath.set(span.start, ofStart);
      places.push([ofStart, one]);
    }
  places.sort(([, a], [, b]) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  let current: { readonly path: string; readonly lines: Lines | undefined } | undefined;
  for (const [ofStart, { path, span }] of places) {
    if (ofStart.has(span.end)) continue;
    if (current?.path !== path) {
      const content = text(path);
      current = { path, lines: content === undefined ? undefined : new Lines(content) };
    }
    if (current.lines) ofStart.set(span.end, current.lines.range(span));
  }
  return wanted;
}

/** Whether the options ask for the image. */
export function isWanted(
  image: ReportedImage,
  { owner, base, eolBefore }: Readonly<Record<'owner' | 'base' | 'eolBefore', string | undefined>>,
): boolean {
  const has = (text: string | null, part: string): boolean => (text ?? '').toLowerCase().includes(part.toLowerCase());
  if (owner !== undefined && !has(image.owner, owner)) return false;
  if (base !== undefined && !image.bases.some(({ name, image: id }) => has(name, base) || has(id, base))) return false;
  return (
    eolBefore === undefined || image.bases.some(({ supportEnds }) => supportEnds !== null && supportEnds < eolBefore)
  );
}

/** The names of images by their ids. */
export const namesOf = (images: readonly ReportedImage[]): ReadonlyMap<string, string> =>
  new Map(images.map(({ id, name }) => [id, name]));
