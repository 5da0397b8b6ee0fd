/** Reads what the files of a workspace say of one another's images. Loaded when a rule asks: it brings the readers of all of them. */
import type { AcrossFiles } from '../core/across-files.ts';
import { type FileSource, realPathOf } from '../node/files.ts';
import { type ConfigFile, Configurations } from '../workspace/configuration.ts';
import { Directories } from '../workspace/directories.ts';
import { find } from '../workspace/find.ts';
import { acrossFiles } from '../workspace/images/across.ts';
import { indexOf } from '../workspace/images/index.ts';
import type { AcrossAnswers } from './across.ts';
import type { EngineSource } from './host.ts';
import { factsReader, indexable } from './images/index-files.ts';

/** All files in the roots, whichever are linted, so that a file gets the same findings whatever else is named. */
export async function readAcross(
  roots: Iterable<string>,
  files: FileSource,
  source: EngineSource,
  given: ConfigFile | undefined,
): Promise<AcrossAnswers> {
  const answers = new Map<string, ReadonlyMap<string, AcrossFiles>>();
  for (const root of roots) {
    const directories = new Directories(files, new Configurations(source.rules), given);
    const start = { kind: 'directory', path: root, real: realPathOf(root) ?? root } as const;
    // A repository in a repository is on its own.
    const own = find([start], files, directories).candidates.filter(({ directory }) => directory.root === root);
    const all = indexable(own, files, source);
    await source.load(new Set(all.flatMap(([, id]) => id ?? [])));
    const read = factsReader(files, source);
    answers.set(root, acrossFiles(indexOf(all.flatMap(one => read(one) ?? [])), root));
  }
  return answers;
}
