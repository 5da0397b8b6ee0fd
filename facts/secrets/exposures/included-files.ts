/** Files of credentials that lie in a directory that a step copies: they are included without being named. */
import type { IncludedFile, Value } from '../../../core/build.ts';
import type { LowerContext } from '../../../core/language.ts';
import { memo } from '../../../core/memo.ts';
import { joinPath } from '../../../core/path.ts';
import { credentialFile } from './files.ts';

/** Longer lists of files are not read, and of so many directories none is listed any more. */
const MOST_NAMES = 5_000;
const MOST_FOLDERS = 50;

type Listed = readonly { readonly name: string; readonly text: string | undefined }[];
/** What is known of the directories of one document, so that each is listed once. */
const directoriesOf = memo((_: LowerContext) => new Map<string, Listed>());

/**
 * The files of credentials, by their names, directly in the directories that `sources` name below `root`, where the host can
 * list them. `keptOut` says which paths below `root` are not copied.
 */
export function includedFiles(
  sources: readonly Value[],
  root: string,
  context: LowerContext,
  keptOut: (path: string) => boolean,
): readonly IncludedFile[] {
  const found: IncludedFile[] = [];
  for (const source of sources) {
    const { literal } = source;
    if (literal === undefined || /[*?[\]]/.test(literal) || credentialFile(literal)) continue;
    for (const { name, text } of listed(joinPath(root, literal), context))
      if (!keptOut(joinPath(literal, name))) found.push({ source, name, text });
  }
  return found;
}

function listed(folder: string, context: LowerContext): Listed {
  const folders = directoriesOf(context);
  const known = folders.get(folder);
  if (known) return known;
  if (folders.size >= MOST_FOLDERS) return [];
  const names = context.files.list(folder) ?? [];
  const files =
    names.length > MOST_NAMES
      ? []
      : names.flatMap(name => {
          const file = credentialFile(name);
          if (!file || file.mixed) return [];
          const text = context.files.read(joinPath(folder, name));
          return text === null ? [] : [{ name, text }];
        });
  folders.set(folder, files);
  return files;
}
