/** Who owns the files of a repository. https://docs.github.com/repositories/working-with-files/managing-files/about-code-owners */
import { isInside, joinPath } from '../core/path.ts';
import { isRefused, type WorkspaceFiles } from './files.ts';
import { decisivePattern, type GitPattern, readGitignore } from './gitignore.ts';

/** Where the file may be, the first one that is there counts. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];
const LONGEST = 200_000;
const MOST_LINES = 4_000;
/** More are no help in a comment or a label. */
const MOST = 10;

/** Its name and its text; `undefined` where there is none, or it cannot be read. */
export function codeownersIn(
  root: string,
  files: WorkspaceFiles,
): { readonly file: string; readonly text: string } | undefined {
  for (const file of PLACES) {
    const content = files.read(joinPath(root, file), root);
    if (content && !isRefused(content)) return { file, text: content.text.slice(0, LONGEST) };
  }
  return undefined;
}

/** Users, teams and addresses in the text of such a file, those of the most patterns first. */
export function ownersIn(text: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const { owners } of linesOf(text)) for (const owner of owners) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST)
    .map(([owner]) => owner);
}

/** The owners of a file: those of the last pattern that matches it, in each section. */
export function ownersOf(path: string, root: string, files: WorkspaceFiles): readonly string[] {
  const text = isInside(root, path) ? codeownersIn(root, files)?.text : undefined;
  if (text === undefined) return [];
  const segments = path.slice(root.length).split('/').filter(Boolean);
  const found: (readonly string[])[] = [[]];
  let usual: readonly string[] = [];
  for (const { first, owners } of linesOf(text))
    if (isSection(first)) {
      found.push([]);
      usual = owners;
    } else {
      const [pattern] = readGitignore(first);
      if (pattern && !pattern.negated && covers(pattern, segments))
        found[found.length - 1] = owners.length > 0 ? owners : usual;
    }
  return [...new Set(found.flat())].slice(0, MOST);
}

/** `[Database]`, `^[Docs][2] @owner`: https://docs.gitlab.com/user/project/codeowners/reference/ */
const isSection = (first: string): boolean => /^\^?\[/.test(first);

/** A path in more directories has no owner. */
const DEEPEST = 50;

const OWNER = /^@[\w./-]{1,100}$|^[\w.+-]{1,64}@[\w.-]{1,100}$/;

function* linesOf(text: string): Iterable<{ readonly first: string; readonly owners: readonly string[] }> {
  for (const line of text.slice(0, LONGEST).split('\n', MOST_LINES)) {
    const [first = '', ...words] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (first !== '') yield { first, owners: words.filter(word => OWNER.test(word)) };
  }
}

/** Whether a pattern is about a file, or about a directory that it is in; `docs/*` is about the files of `docs` alone. */
function covers(pattern: GitPattern, path: readonly string[]): boolean {
  const from =
    pattern.anchored && pattern.segments.at(-1) === '*' && pattern.segments.at(-2) !== '**' ? path.length : 1;
  if (path.length > DEEPEST) return false;
  return path.some((_, i) => i + 1 >= from && decisivePattern([pattern], path.slice(0, i + 1), i + 1 < path.length));
}
