/** Images that files name: services of Compose, Quadlets, pods. */
import type { ImageBuild, Reference, Step, Value } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import { type SourceText, type Span, UNRESOLVED } from '../../core/text.ts';
import { type ConfigFile, configFiles } from '../config-files.ts';
import type { Setting } from './setting.ts';

/** An image in a file, and the step that writes it. */
export interface FileImage {
  readonly reference: Value;
  readonly span: Span;
  readonly step: Step;
}

/** The images that files of a build name, file by file in order. */
export const imagesInFiles: (build: ImageBuild) => readonly FileImage[] = memo(build =>
  configFiles(build).flatMap(file =>
    (file.settings ?? []).flatMap(one => {
      if (!namesImage(file, one)) return [];
      const reference = asValue(one.value, file.kind === 'compose');
      return [{ reference, span: reference.span, step: file.step }];
    }),
  ),
);

function namesImage({ kind }: ConfigFile, { path }: Setting): boolean {
  const key = path.at(-1);
  switch (kind) {
    case 'compose':
      return (
        key === 'image' &&
        ((path.length === 3 && path[0] === 'services') ||
          // What services merge: `x-base: &base`.
          (path.length <= 3 && path[0]!.startsWith('x-')))
      );
    case 'quadlet':
      return key === 'Image' && (path[0] === 'Container' || path[0] === 'Image');
    case 'gitlab-runner':
      return path[0] === 'runners.docker' && (key === 'image' || key === 'helper_image');
    case 'pod':
      return key === 'image' && /^(?:initC|c)ontainers$/.test(path.at(-3) ?? '');
    default:
      return false;
  }
}

/** Compose fills in `${…}`, so such an image is not certain, and neither is one with a default. */
function asValue(source: SourceText, fills: boolean): Value {
  const { text } = source;
  // A Quadlet may name a unit of its own.
  const literal = text.includes(UNRESOLVED) || /\.(?:image|build)$/.test(text) ? undefined : text;
  const plain: Value = { source, parts: [text], literal, byDefault: literal, span: source.span };
  return fills && literal !== undefined && /\$\{?[A-Za-z_]/.test(text)
    ? { ...plain, ...withVariables(source), literal: undefined }
    : plain;
}

/** The parts of `repo:${TAG:-1.2}`, and what it is when the environment says nothing. */
function withVariables(source: SourceText): Pick<Value, 'parts' | 'byDefault'> {
  const { text } = source;
  const parts: (string | Reference)[] = [];
  let byDefault: string | undefined = '';
  let from = 0;
  for (const found of text.matchAll(
    /\$(?:([A-Za-z_]\w{0,80})|\{([A-Za-z_]\w{0,80})(:?-([^}$]{0,200}))?[^}]{0,200}\})/g,
  )) {
    const before = text.slice(from, found.index);
    if (before) parts.push(before);
    parts.push({ name: found[1] ?? found[2]!, span: source.spanOf(found.index, found.index + found[0].length) });
    byDefault = byDefault === undefined || found[3] === undefined ? undefined : byDefault + before + found[4];
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return { parts, byDefault: byDefault === undefined ? undefined : byDefault + text.slice(from) };
}
