/** Reads the files of a workspace for the index of its images. */
import type { LanguageId } from '../../core/build.ts';
import type { FileSource } from '../../node/files.ts';
import { isRefused } from '../../workspace/files.ts';
import type { Candidate } from '../../workspace/find.ts';
import { mayBeRoleTemplate } from '../../workspace/images/ansible.ts';
import type { FileFacts } from '../../workspace/images/model.ts';
import { mayBuild, mayStartContainers, readFacts, startsContainers } from '../../workspace/images/read.ts';
import { languageOfFile } from '../../workspace/recognize.ts';
import { filesIn } from '../../workspace/related.ts';
import { SettingsFinder } from '../../workspace/settings.ts';
import type { EngineSource } from '../host.ts';

/** A file that may say something of images, and its language where it has one. */
export type Indexable = readonly [Candidate, LanguageId | undefined];

/** Documents come first. */
export function indexable(
  candidates: readonly Candidate[],
  disk: FileSource,
  source: EngineSource,
): readonly Indexable[] {
  const files: Indexable[] = [];
  const others: Indexable[] = [];
  for (const candidate of candidates) {
    const { path } = candidate;
    const language = languageOfFile(source, path, disk);
    if (language) files.push([candidate, language.id]);
    else if (mayBeRoleTemplate(path)) files.push([candidate, 'dockerfile']);
    else if (mayBuild(path) || (mayStartContainers(path) && startsContainers(path, disk.beginning(path))))
      others.push([candidate, undefined]);
  }
  return [...files, ...others];
}

/** What one file says; its language must have been loaded. */
export function factsReader(disk: FileSource, source: EngineSource): (one: Indexable) => FileFacts | undefined {
  const settings = new SettingsFinder([], { preset: undefined, only: undefined, rules: undefined });
  const languages = new Map(source.languages.map(one => [one.id, one]));
  return ([{ path, directory }, id]) => {
    const content = disk.read(path);
    // Each is read once; templates of one directory are read for one another, and soon after.
    disk.forget(path);
    if (!content || isRefused(content)) return undefined;
    const input = { engine: source, files: filesIn(directory.root, disk) };
    const { project } = settings.of(path, directory);
    try {
      return readFacts(path, content.text, id && languages.get(id), input, project);
    } catch {
      // A file that cannot be read as what it seems to be says nothing; the others do.
      return undefined;
    }
  };
}
