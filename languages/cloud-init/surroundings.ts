/** The other documents of a directory that belong to one: user-data beside vendor-data. */
import type { Files } from '../../core/language.ts';
import { nameOf, parentDirectory, pathIn } from '../../core/path.ts';
import { SourceText } from '../../core/text.ts';
import { parseCloudInit } from './document.ts';
import type { CloudInitTree, Surroundings } from './tree.ts';

/** What is around a document at a path. */
export function surroundingsOf(path: string | undefined, files: Files): Surroundings {
  const folder = path === undefined ? undefined : parentDirectory(path);
  let userData: { readonly tree: CloudInitTree | undefined } | undefined;
  return {
    get names() {
      return (folder === undefined ? undefined : files.list(folder)) ?? undefined;
    },
    get userData() {
      return (userData ??= { tree: path === undefined ? undefined : userDataBeside(path, files) }).tree;
    },
  };
}

/** The user-data beside vendor-data, under the usual names of both. */
function userDataBeside(path: string, files: Files): CloudInitTree | undefined {
  if (!/^vendor[-_]data2?(?:\.ya?ml)?$/.test(nameOf(path))) return undefined;
  const folder = parentDirectory(path);
  const beside = files.list(folder)?.find(name => /^user[-_]data(?:\.ya?ml)?$/.test(name));
  if (beside === undefined) return undefined;
  const place = pathIn(folder, beside);
  const text = files.read(place);
  return typeof text === 'string' ? parseCloudInit(SourceText.document(text, place), place) : undefined;
}
