/** What the files of a workspace say of one another's images, for rules that ask: read before anything is linted. */
import { type AcrossFiles, NOTHING_ACROSS } from '../core/across-files.ts';
import type { Rule } from '../core/rule.ts';
import { type FileSource, realPathOf } from '../node/files.ts';
import type { ConfigFile } from '../workspace/configuration.ts';
import { Configurations } from '../workspace/configuration.ts';
import { Directories } from '../workspace/directories.ts';
import { type Candidate, find } from '../workspace/find.ts';
import { acrossFiles } from '../workspace/images/across.ts';
import { indexOf } from '../workspace/images/index.ts';
import type { EngineSource } from './host.ts';
import { factsReader, indexable } from './images/index-files.ts';

/** By root, and then by path. Plain data, to be sent to another thread. */
export type AcrossAnswers = ReadonlyMap<string, ReadonlyMap<string, AcrossFiles>>;

/** `undefined` for a file in a root that was not read. */
export function answerFrom(answers: AcrossAnswers | undefined, path: string, root: string): AcrossFiles | undefined {
  const ofRoot = answers?.get(root);
  return ofRoot && (ofRoot.get(path) ?? NOTHING_ACROSS);
}

/**
 * The directories whose files have to be read: those of files for which a rule is on that asks. A file that is named and in no
 * repository may be anywhere, so nothing is read around it.
 */
export function rootsAsked(
  candidates: readonly Candidate[],
  rules: readonly Rule[],
  isOn: (rule: string, candidate: Candidate) => boolean,
): ReadonlySet<string> {
  const asking = rules.filter(rule => rule.asksAcrossFiles).map(({ id }) => id);
  const roots = new Set<string>();
  for (const candidate of candidates) {
    const { directory, named } = candidate;
    if (roots.has(directory.root) || (named && directory.repository === undefined)) continue;
    if (asking.some(id => isOn(id, candidate))) roots.add(directory.root);
  }
  return roots;
}

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
