/**
 * Whether a template belongs to a module in another directory: directories with variables of their own link to the sources and
 * builds that they share, or scripts copy those there.
 */
import type { Files } from '../../core/language.ts';
import { directoriesAbove, joinPath, nameOf, parentDirectory } from '../../core/path.ts';
import type { HclFile } from './hcl/ast.ts';
import { eachTraversalIn, pathOf } from './references.ts';

/** How many directories above are looked into, how many beside and below, and how many templates of each. */
const MOST_ABOVE = 4;
const MOST_BESIDE = 60;
const MOST_TEMPLATES = 20;

/**
 * Whether another directory declares a name that the template uses and its own directory does not declare. If the own directory
 * declares variables, it is a module by itself, and only a link to the template or a copy of it counts.
 */
export function isPartOfModuleElsewhere(
  own: { readonly hcl: HclFile; readonly path: string; readonly text: string; readonly declared: readonly string[] },
  declaredHere: ReadonlySet<string>,
  isCopied: () => boolean,
  files: Files,
  declaredAt: (path: string) => readonly string[] | undefined,
): boolean {
  const { hcl, path } = own;
  const wanted = usedIn(hcl);
  for (const name of declaredHere) wanted.delete(name);
  if (wanted.size === 0) return false;
  if (isCopied()) return true;
  const hasVariables = [...declaredHere].some(name => name.startsWith('variable '));
  // Of a link to a document that is being edited the text is an older one, so that it need not be the same.
  const isCopy = (other: string): boolean => {
    const found = declaredAt(other);
    if (found === undefined || found.join() !== own.declared.join()) return false;
    return own.declared.length > 0 || isAlike(own.text, files.read(other));
  };
  const declaresOne = (templates: readonly string[], directory: string): boolean =>
    templates.some(name => declaredAt(joinPath(directory, name))?.some(one => wanted.has(one)));
  const declares = (directory: string, isLinked: boolean): boolean => {
    const templates = (files.list(directory) ?? []).filter(isTemplate).slice(0, MOST_TEMPLATES);
    if (isLinked && !isCopy(joinPath(directory, nameOf(path)))) return false;
    return declaresOne(templates, directory);
  };
  const directory = parentDirectory(path);
  if (!hasVariables && directoriesAbove(directory, MOST_ABOVE).some(one => declares(one, false))) return true;
  return directoriesAround(directory, files).some(one => declares(one, hasVariables));
}

/** Most lines of a text are in the other one, too. */
function isAlike(text: string, other: string | null | undefined): boolean {
  if (typeof other !== 'string') return false;
  const known = new Set(other.split('\n'));
  const lines = text.split('\n');
  return lines.filter(line => known.has(line)).length >= 0.8 * lines.length;
}

const isTemplate = (name: string): boolean => /\.pkr\.(?:hcl|json)$/.test(name);

/** The variables, locals and data sources that a template refers to, as its declarations are named. */
function usedIn({ body }: HclFile): Set<string> {
  const used = new Set<string>();
  eachTraversalIn(body, traversal => {
    const { path, root } = pathOf(traversal) ?? { path: [], root: '' };
    if (root === 'var' && path[0]) used.add(`variable ${path[0]}`);
    else if (root === 'local' && path[0]) used.add(`local ${path[0]}`);
    else if (root === 'data' && path[1]) used.add(`data ${path[0]}.${path[1]}`);
  });
  return used;
}

/** The directories in a directory and in the one above it, and those in them. */
function directoriesAround(own: string, files: Files): readonly string[] {
  const inside = (directory: string): readonly string[] =>
    (files.directories?.(directory) ?? [])
      .filter(name => !name.startsWith('.') && name !== 'node_modules')
      .map(name => joinPath(directory, name));
  const below = inside(own);
  const beside = parentDirectory(own) === own ? [] : inside(parentDirectory(own)).filter(one => one !== own);
  const near = [...below, ...beside].slice(0, MOST_BESIDE);
  return [...near, ...near.flatMap(inside)].slice(0, MOST_BESIDE);
}
