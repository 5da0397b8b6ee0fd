/** Requests about the images of the workspace, for our own client. */
import type { Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Downstream, downstreamOf } from '../workspace/images/downstream.ts';
import { imagesOf } from '../workspace/images/graph.ts';
import type { ImageTag, Place, WorkspaceImage } from '../workspace/images/model.ts';
import { supportEndOf, tagStateOf } from '../workspace/images/support.ts';
import { comparable, normalized } from './files.ts';
import {
  BUILT_ON,
  type BuiltOn,
  IMAGES,
  IMAGES_CHANGED,
  IMAGES_PROGRESS,
  type ImagesAnswer,
  type ShownImage,
  type ShownName,
  type ShownPlace,
} from './protocol.ts';
import { type IndexParts, WorkspaceImageIndex } from './workspace-images.ts';

export interface ImagesParts extends IndexParts {
  readonly document: (uri: string) => TextDocument | undefined;
}

export interface ServedImages {
  /** These files, or all, are different now. */
  changed(uris?: readonly string[]): void;
}

type Files = NonNullable<Awaited<ReturnType<WorkspaceImageIndex['current']>>>;

export function serveImages(connection: Connection, parts: ImagesParts): ServedImages {
  const index = new WorkspaceImageIndex(parts);
  /** One search at a time: another question waits for it. */
  let running: Promise<unknown> = Promise.resolve();
  let isAnswered = false;

  const current = (isCancelled: () => boolean): Promise<Files | undefined> => {
    const report = (done: number, total: number): void =>
      void connection.sendNotification(IMAGES_PROGRESS, { done, total }).catch(() => undefined);
    const next = running.then(() => (isCancelled() ? undefined : index.current({ isCancelled, report })));
    running = next.catch(() => undefined);
    return next;
  };
  const graph = (files: Files): readonly WorkspaceImage[] =>
    imagesOf(new Map([...files].map(([path, { facts }]) => [path, facts])));

  connection.onRequest(IMAGES, async (token): Promise<ImagesAnswer | null> => {
    const files = await current(() => token.isCancellationRequested);
    if (!files) return null;
    isAnswered = true;
    return { images: graph(files).map(image => shown(image, files)), unread: index.unread };
  });

  connection.onRequest(BUILT_ON, async ({ uri, line, character }: ShownPlace, token): Promise<BuiltOn | null> => {
    const files = await current(() => token.isCancellationRequested);
    const path = comparable(uri)?.path;
    if (!files || path === undefined) return null;
    isAnswered = true;
    const offset = parts.document(normalized(uri))?.offsetAt({ line, character });
    const found = downstreamOf(graph(files), { path, offset });
    return found ? { of: found.of, places: placesOf(found, files) } : null;
  });

  return {
    changed(uris) {
      if (uris) for (const uri of uris) index.changed(uri);
      else index.everythingChanged();
      if (!isAnswered) return;
      // The next answer tells again.
      isAnswered = false;
      void connection.sendNotification(IMAGES_CHANGED).catch(() => undefined);
    },
  };
}

function placeOf({ path, span }: Place, files: Files): ShownPlace {
  const file = files.get(path);
  return { uri: file?.uri ?? path, ...(file?.positions.get(span.start) ?? { line: 0, character: 0 }) };
}

const namedPlace = (one: ImageTag, files: Files): ShownName => ({
  name: one.name,
  certain: one.certain,
  ...placeOf(one, files),
});

function placesOf({ images, starts }: Downstream, files: Files): readonly ShownName[] {
  return [
    ...images.map(image => ({ name: image.name, certain: true, ...placeOf(image, files) })),
    ...starts.map(one => namedPlace(one, files)),
  ];
}

function shown(image: WorkspaceImage, files: Files): ShownImage {
  const { id, layer, name, usedBy, owner, purpose, refresh, retirement } = image;
  return {
    id,
    layer,
    name,
    usedBy,
    ...placeOf(image, files),
    tags: image.tags.map(one => namedPlace(one, files)),
    startedBy: image.startedBy.map(one => namedPlace(one, files)),
    bases: image.bases.map(base => {
      const supportEnds = supportEndOf(base.name);
      const tag = layer === 'application' ? tagStateOf(base.name) : undefined;
      return {
        ...namedPlace(base, files),
        use: base.use,
        ...(base.image === undefined ? {} : { image: base.image }),
        ...(supportEnds === undefined ? {} : { supportEnds }),
        ...(tag === undefined || base.name === 'scratch' ? {} : { tag }),
      };
    }),
    ...(owner === undefined ? {} : { owner }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(refresh === undefined ? {} : { refresh }),
    ...(retirement === undefined ? {} : { retirement }),
  };
}
