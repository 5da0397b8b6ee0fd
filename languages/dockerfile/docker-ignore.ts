/**
 * The `.dockerignore` of a Dockerfile and what it excludes from the build context
 * (https://docs.docker.com/build/concepts/context/#dockerignore-files).
 */
import { matchesSegments } from '../../core/glob.ts';
import type { Files, LowerContext } from '../../core/language.ts';
import { memo } from '../../core/memo.ts';
import { joinPath, nameOf, parentDirectory } from '../../core/path.ts';
import type { DockerfileTree, IgnoreFile } from './tree.ts';

/** Reads `<Dockerfile>.dockerignore`, which wins, or else the `.dockerignore` of the context: by default the same directory. */
export function ignoreFileBeside({ path, files }: Pick<LowerContext, 'path' | 'files'>, context?: string): IgnoreFile {
  if (path === undefined) return 'unknown';
  const own = parentDirectory(path);
  for (const candidate of [joinPath(own, `${nameOf(path)}.dockerignore`), joinPath(context ?? own, '.dockerignore')]) {
    const text = files.read(candidate);
    if (text === undefined) return 'unknown';
    if (text !== null) return { text, path: candidate };
  }
  return 'missing';
}

/**
 * The directory that a Dockerfile in `directory` is built from, as what it copies shows it: `COPY util/web/start.sh` in
 * `/r/util/web/Dockerfile` is meant from `/r`.
 */
export function contextOf(directory: string, tree: DockerfileTree): string {
  // It is asked for each COPY, and looks at all of them.
  const known = contexts(tree);
  let found = known.get(directory);
  if (found === undefined) known.set(directory, (found = shownContext(directory, tree)));
  return found;
}
const contexts = memo((_: DockerfileTree) => new Map<string, string>());

function shownContext(directory: string, { instructions }: DockerfileTree): string {
  for (const instruction of instructions) {
    if ((instruction.kind !== 'copy' && instruction.kind !== 'add') || instruction.origin.kind !== 'context') continue;
    for (const { literal } of instruction.sources) {
      const segments = (literal ?? '').replace(/^(?:\.?\/)+/, '').split('/');
      for (let count = segments.length - 1; count > 0; count--) {
        const start = segments.slice(0, count).join('/');
        if (start !== '' && `/${directory}`.endsWith(`/${start}`))
          return directory.slice(0, -start.length - 1) || (directory.startsWith('/') ? '/' : '.');
      }
    }
  }
  return directory;
}

/** How far up files of the context are looked for. */
const MOST_FOLDERS = 6;

/**
 * The text of a file of the build context, which is `context` or a directory above the Dockerfile's; `null` when there is none,
 * `undefined` when that is not known.
 */
export function contextFile(name: string, context: string, own: string, files: Files): string | null | undefined {
  let folder = own;
  let known: null | undefined = null;
  for (const one of [context, own]) {
    const text = files.read(joinPath(one, name));
    if (typeof text === 'string') return text;
    if (text === undefined) known = undefined;
  }
  for (let level = 0; level < MOST_FOLDERS; level++) {
    const parent = parentDirectory(folder);
    if (parent === folder) break;
    folder = parent;
    const text = files.read(joinPath(folder, name));
    if (typeof text === 'string') return text;
  }
  return known;
}

const TOP = /^(?:LICEN[CS]E(?:\.\w{1,5})?|COPYING|CODEOWNERS|\.gitattributes|\.gitmodules)$/;
/** How far up the `.git` of a checkout is looked for. */
const MOST_LEVELS = 12;

/**
 * Whether a name is in the Dockerfile's directory; `undefined` when that is not known. For `.git` it is known in a checkout
 * only, that is when a directory above has it: of files that were unpacked or copied, Git is simply not the keeper.
 */
export function isBeside(name: string, path: string, files: Files): boolean | undefined {
  const own = parentDirectory(path);
  const listed = files.list(own);
  if (!listed) return undefined;
  if (listed.includes(name)) return true;
  if (name !== '.git') return false;
  let folder = own;
  // Of files that were unpacked or copied, what lies at the top of a project shows where that is.
  let isBelow = false;
  for (let level = 0; level < MOST_LEVELS; level++) {
    if (files.list(joinPath(folder, '.git'))) return level === 0;
    isBelow ||= level > 0 && (files.list(folder) ?? []).some(one => TOP.test(one));
    const parent = parentDirectory(folder);
    if (parent === folder) break;
    folder = parent;
  }
  return isBelow ? false : undefined;
}

/** An ignore file; paths are paths in the build context. */
export interface DockerIgnore {
  /** Its path. */
  readonly path: string;
  /** Whether a file or directory of the context is excluded, by its own name or that of a directory above it. */
  ignores(path: string): boolean;
  /** The same, and no exception (`!name`) can include anything below it. */
  ignoresAll(path: string): boolean;
  /** Whether an exception names the file itself: `!.env`. */
  excepts(path: string): boolean;
  /** Whether nothing of the context is left. */
  readonly ignoresEverything: boolean;
}

interface Pattern {
  readonly segments: readonly string[];
  readonly exception: boolean;
}

/** Longer lists are not read: what they exclude is unknown. */
const MOST_PATTERNS = 1000;
/** The cost limit of all questions about one file, in comparisons of a path with a pattern. */
const MOST_COMPARISONS = 2_000_000;
const DEEPEST = 50;

/**
 * The ignore file of the build, which applies to everything that is copied from the context. `undefined` when there is
 * none, when it is unknown, unreadable or too long. Patterns are Go's `filepath.Match` and `**`; the last one that
 * matches wins.
 */
export const dockerIgnoreOf: (file: DockerfileTree) => DockerIgnore | undefined = memo(({ ignore }: DockerfileTree) =>
  typeof ignore === 'object' ? readDockerIgnore(ignore.text, ignore.path) : undefined,
);

/** Reads the text of an ignore file; `undefined` when it is too long or has patterns that are not supported. */
export function readDockerIgnore(text: string, path: string): DockerIgnore | undefined {
  const patterns: Pattern[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    if (line.startsWith('#')) continue;
    const written = line.trim();
    const exception = written.startsWith('!');
    const segments = segmentsOf((exception ? written.slice(1) : written).trim());
    if (!segments || patterns.length >= MOST_PATTERNS) return undefined;
    if (segments.length > 0) patterns.push({ segments, exception });
  }
  let left = MOST_COMPARISONS;
  const matches = (pattern: Pattern, parts: readonly string[]): boolean => {
    for (let length = 1; length <= parts.length; length++) {
      left -= pattern.segments.length + length;
      if (matchesSegments(pattern.segments, parts.slice(0, length))) return true;
    }
    return false;
  };
  const ignores = (parts: readonly string[]): boolean => {
    if (left < 0 || parts.length === 0 || parts.length > DEEPEST) return false;
    const last = patterns.findLast(pattern => matches(pattern, parts));
    return last !== undefined && !last.exception;
  };
  const every = patterns.findLastIndex(
    ({ exception, segments }) => !exception && /^(?:\*\*,)?\*$/.test(segments.join()),
  );
  return {
    path,
    ignoresEverything: every >= 0 && patterns.slice(every).every(({ exception }) => !exception),
    ignores: given => ignores(partsOf(given)),
    excepts(given) {
      const name = partsOf(given).at(-1);
      return patterns.some(
        one => one.exception && one.segments.at(-1) === name && matchesSegments(one.segments, partsOf(given)),
      );
    },
    ignoresAll(given) {
      const parts = partsOf(given);
      return (
        ignores(parts) &&
        !patterns.some(
          ({ exception, segments }) =>
            exception &&
            (segments.includes('**') ||
              (segments.length > parts.length && matchesSegments(segments.slice(0, parts.length), parts))),
        )
      );
    },
  };
}

function partsOf(path: string): string[] {
  return joinPath('/', path).split('/').filter(Boolean);
}

/** Empty for a line without a pattern; `undefined` for a pattern that is not supported. */
function segmentsOf(pattern: string): readonly string[] | undefined {
  const segments = joinPath('/', pattern)
    .split('/')
    .filter(Boolean)
    .flatMap(segment => {
      // `**.md` crosses directories too.
      const rest = /^\*{2,}([^*].*)?$/s.exec(segment);
      return rest === null ? [segment] : rest[1] === undefined ? ['**'] : ['**', `*${rest[1]}`];
    });
  if (segments.some(segment => segment !== '**' && segment.includes('**'))) return undefined;
  // At the end it matches the content of the directory, not the directory.
  return segments.at(-1) === '**' ? [...segments, '*'] : segments;
}
