/** The index of files that are all at hand: of a test, or of the example of a rule. */
import type { AcrossFiles } from '../../core/across-files.ts';
import { NOTHING_ACROSS } from '../../core/across-files.ts';
import type { Files } from '../../core/language.ts';
import { type Engine, languageOf } from '../../core/linter.ts';
import { acrossFiles } from './across.ts';
import { indexOf } from './index.ts';
import { mayBuild, readFacts, startsContainers } from './read.ts';

/** What the others of these files say of the one at `path`; paths are relative to one directory. */
export function acrossAmong(
  texts: ReadonlyMap<string, string>,
  path: string,
  input: { readonly engine: Engine; readonly files: Files },
): AcrossFiles {
  const facts = [...texts].flatMap(([path, text]) => {
    const language = languageOf(input.engine, { path, text });
    if (!language && !mayBuild(path) && !startsContainers(path, text)) return [];
    return readFacts(path, text, language, input) ?? [];
  });
  return acrossFiles(indexOf(facts), '.').get(path) ?? NOTHING_ACROSS;
}
