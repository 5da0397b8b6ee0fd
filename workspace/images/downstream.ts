/** What is built on something, and what starts it: all that a change of it reaches. */
import type { ImageTag, WorkspaceImage } from './model.ts';
import { keyOf } from './names.ts';

/** A place in a file that is asked about. */
export interface Asked {
  readonly path: string;
  /** `undefined`: the whole file. */
  readonly offset: number | undefined;
}

export interface Downstream {
  /** What was asked about: the name of a base, of images, or the path of a script. */
  readonly of: string;
  /** The nearest first. */
  readonly images: readonly WorkspaceImage[];
  /** Where those and the image itself are started. */
  readonly starts: readonly ImageTag[];
}

/**
 * On a base it is what is built on that base, elsewhere in a Dockerfile or template what is built on its images, and of
 * another file what takes it in. `undefined` where the place has nothing to do with an image.
 */
export function downstreamOf(images: readonly WorkspaceImage[], { path, offset }: Asked): Downstream | undefined {
  const own = images.filter(image => image.path === path);
  const within = ({ span }: { readonly span: { readonly start: number; readonly end: number } }): boolean =>
    offset !== undefined && span.start <= offset && offset <= span.end;
  const base = own.flatMap(({ bases }) => bases).find(one => one.path === path && within(one));
  if (base) {
    const key = keyOf(base.name);
    const on = images.filter(({ bases }) =>
      bases.some(one =>
        base.image === undefined ? one.image === undefined && keyOf(one.name) === key : one.image === base.image,
      ),
    );
    return reached(base.name, on, on, images);
  }
  if (own.length > 0) {
    const here = own.filter(within);
    const roots = here.length > 0 ? here : own;
    return reached(roots.map(({ name }) => name).join(', '), [], roots, images);
  }
  const users = images.filter(({ files }) => files.includes(path));
  return users.length === 0 ? undefined : reached(path, users, users, images);
}

/** `first`: reached themselves; `roots`: where the way begins. */
function reached(
  of: string,
  first: readonly WorkspaceImage[],
  roots: readonly WorkspaceImage[],
  images: readonly WorkspaceImage[],
): Downstream {
  const byId = new Map(images.map(image => [image.id, image]));
  const found = new Set(first);
  const queue = [...roots];
  const seen = new Set(queue);
  for (const image of queue)
    for (const id of image.usedBy) {
      const next = byId.get(id);
      if (!next || seen.has(next)) continue;
      seen.add(next);
      found.add(next);
      queue.push(next);
    }
  return { of, images: [...found], starts: [...seen].flatMap(({ startedBy }) => startedBy) };
}
