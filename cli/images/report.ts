/** Images as they are reported: places in lines, the end of support of what they start from. */
import { endOfLifeOfImage } from '../../facts/end-of-life/of-image.ts';
import { parseImageReference } from '../../facts/image-reference.ts';
import { Lines, type Range } from '../../node/lines.ts';
import type { Place, WorkspaceImage } from '../../workspace/images/model.ts';

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
  const lines = new Map<string, Lines | undefined>();
  const place = ({ path, span }: Place): ReportedPlace => {
    if (!lines.has(path)) {
      const content = text(path);
      lines.set(path, content === undefined ? undefined : new Lines(content));
    }
    return { path: show(path), range: lines.get(path)?.range(span) ?? null };
  };
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
    tags: image.tags.map(named),
    bases: image.bases.map(base => ({
      ...named(base),
      use: base.use,
      image: base.image === undefined ? null : id(base.image),
      supportEnds: supportEnd(base.name),
    })),
    files: image.files.map(show),
    startedBy: image.startedBy.map(named),
    usedBy: image.usedBy.map(id),
  }));
}

function supportEnd(name: string): string | null {
  const reference = parseImageReference(name);
  const ends = reference ? endOfLifeOfImage(reference).map(({ date }) => date) : [];
  return ends.sort()[0] ?? null;
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
