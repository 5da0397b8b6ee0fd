/** Requests about the images of the workspace, for our own client. */
import type { Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { AcrossFiles } from '../core/across-files.ts';
import { type Downstream, downstreamOf } from '../workspace/images/downstream.ts';
import { imagesOf } from '../workspace/images/graph.ts';
import type { ImageTag, Place, WorkspaceImage } from '../workspace/images/model.ts';
import { supportEndOf, tagStateOf } from '../workspace/images/support.ts';
import { AcrossAnswers } from './across.ts';
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
  /** Other files say something else of the images of these. */
  readonly news: (uris: readonly string[]) => void;
}

export interface ServedImages {
  /** These files, or all, are different now. */
  changed(uris?: readonly string[]): void;
  /** The text of an open document is different now. What others say of it waits until it is saved. */
  edited(uri: string): void;
  saved(): void;
  /** What the other files say of the images of one, for rules that ask; `undefined` until they are read. */
  acrossFiles(path: string): AcrossFiles | undefined;
  /** Resolves once what rules have asked for is read. */
  acrossRead(): Promise<void>;
  stop(): void;
}

type Files = NonNullable<Awaited<ReturnType<WorkspaceImageIndex['current']>>>;

export function serveImages(connection: Connection, parts: ImagesParts): ServedImages {
  const index = new WorkspaceImageIndex(parts);
  /** One search at a time: another question waits for it. */
  let running: Promise<unknown> = Promise.resolve();
  let isAnswered = false;

  const shown = (done: number, total: number): void =>
    void connection.sendNotification(IMAGES_PROGRESS, { done, total }).catch(() => undefined);
  const current = (isCancelled: () => boolean, report = shown): Promise<Files | undefined> => {
    const next = running.then(() => (isCancelled() ? undefined : index.current({ isCancelled, report })));
    running = next.catch(() => undefined);
    return next;
  };
  let isStopped = false;
  const across = new AcrossAnswers({
    current: () =>
      current(
        () => isStopped,
        () => undefined,
      ),
    news: parts.news,
  });
  const told = (): void => {
    if (!isAnswered) return;
    // The next answer tells again.
    isAnswered = false;
    void connection.sendNotification(IMAGES_CHANGED).catch(() => undefined);
  };
  const graph = (files: Files): readonly WorkspaceImage[] =>
    imagesOf(new Map([...files].map(([path, { facts }]) => [path, facts])));

  connection.onRequest(IMAGES, async (token): Promise<ImagesAnswer | null> => {
    const files = await current(() => token.isCancellationRequested);
    if (!files) return null;
    isAnswered = true;
    return { images: graph(files).map(image => shownImage(image, files)), unread: index.unread };
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
      across.changed();
      told();
    },
    edited(uri) {
      index.changed(uri);
      told();
    },
    saved: () => across.changed(),
    acrossFiles: path => across.of(path),
    acrossRead: () => across.read(),
    stop() {
      isStopped = true;
      across.stop();
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

function shownImage(image: WorkspaceImage, files: Files): ShownImage {
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
