/** What do the READMEs around a document say first? */
import type { ImageBuild } from '../core/build.ts';
import type { LowerContext } from '../core/language.ts';
import { memo } from '../core/memo.ts';
import { directoriesAbove, pathIn } from '../core/path.ts';

const MOST_LEVELS = 6;
const LONGEST_FILE = 200_000;
const README = /^readme(?:\.(?:md|markdown|rst|txt|adoc|asciidoc|org))?$/i;

/** The READMEs of the document's directory and of those above it, the nearest first, as a build gives them. */
export function readmesAround({ files, path }: Pick<LowerContext, 'files' | 'path'>): Pick<ImageBuild, 'readmes'> {
  if (path === undefined) return {};
  let found: readonly string[] | undefined;
  return {
    readmes: () =>
      (found ??= directoriesAbove(path, MOST_LEVELS).flatMap(directory => {
        const name = files.list(directory)?.find(one => README.test(one));
        const text = name === undefined ? undefined : files.read(pathIn(directory, name));
        return text ? [text.slice(0, LONGEST_FILE)] : [];
      })),
  };
}

/** How a README begins, without marks, badges, menus, tables and the targets of links. */
export interface Beginning {
  /** Empty where it has none. */
  readonly title: string;
  /** Those between the title and the next one; items of lists are sentences of their own. */
  readonly sentences: readonly string[];
}

const LONGEST_BEGINNING = 3_000;
const LONGEST_LINE = 600;
/** What is said of the whole is said at once. */
const MOST_CHARACTERS = 1_000;

/** The beginning of the nearest of some READMEs; those above it are about more. Kept with the list. */
export const nearestBeginning: (readmes: readonly string[]) => Beginning | undefined = memo(([nearest]) =>
  nearest === undefined ? undefined : beginningOf(nearest),
);

export function beginningOf(readme: string): Beginning {
  const lines = readme
    .slice(0, LONGEST_BEGINNING)
    .split(/\r?\n/)
    .map(line => line.trim().slice(0, LONGEST_LINE));
  let title: string | undefined;
  const parts: string[] = [];
  let prose = '';
  const end = (): void => {
    if (prose !== '') parts.push(prose);
    prose = '';
  };
  for (const [at, line] of lines.entries()) {
    const isHeading = /^#{1,6}(?: |$)/.test(line) || (/^[=~-]{3,}$/.test(lines[at + 1] ?? '') && line !== '');
    // A part that is not the introduction.
    if (isHeading && (parts.length > 0 || prose !== '')) break;
    if (isHeading) title ??= plain(line);
    else if (/^(?:[-*+•]|\d{1,3}\.) /.test(line)) {
      end();
      prose = line.replace(/^\S+ /, '');
    } else if (line === '' || /^(?:\[?!\[|[<|`]|\.\. |[=~-]{3,})/.test(line) || isMenu(line)) end();
    else prose += `${prose && ' '}${line}`;
  }
  end();
  const text = parts.map(plain).join('\n').slice(0, MOST_CHARACTERS);
  return { title: title ?? '', sentences: text.split(/\n|[.!?] /).filter(one => one !== '') };
}

/** Without the marks of Markdown, and with single spaces. */
export const plain = (text: string): string =>
  text
    .replace(/\]\([^()\s]{0,300}\)/g, ' ')
    .replace(/[*`_[\]#>]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Links to the same text in other languages, or to parts of the page. */
const isMenu = (line: string): boolean => (line.match(/\]\(|<a /g)?.length ?? 0) > 2;
