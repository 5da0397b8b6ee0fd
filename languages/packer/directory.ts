/** The files that Packer would read together with a document. */
import type { Files } from '../../core/language.ts';
import { joinPath, nameOf, parentDirectory } from '../../core/path.ts';
import { SourceText } from '../../core/text.ts';
import { buildFilesAround } from '../../facts/build-files.ts';
import { copies, joins } from '../../facts/joined-files.ts';
import { placeholdersIn } from '../../facts/placeholders.ts';
import { isPartOfModuleElsewhere } from './elsewhere.ts';
import type { HclFile } from './hcl/ast.ts';
import { parseHcl } from './hcl/index.ts';
import { withUnknown } from './hcl/unknown.ts';
import { hasIgnoredTemplate } from './ignored.ts';
import { parseJsonFile } from './json/document.ts';
import { templatesOf } from './var-files.ts';

/** A parsed file of a directory. */
export interface ReadFile {
  readonly path: string | undefined;
  readonly own: boolean;
  readonly kind: 'template' | 'variables';
  readonly source: SourceText;
  readonly hcl: HclFile;
  /** A file of variables that a command gives, so that its values hold. */
  readonly given?: true;
}

export interface Directory {
  /** The document first, then the others by name. */
  readonly files: readonly ReadFile[];
  readonly complete: boolean;
  readonly alone: boolean;
  /** Other directories declare what its files use: they are linked or copied together with files from there. */
  readonly fragment: boolean;
}

/** How many sibling files are read at most; a directory with more is not complete. */
const MOST_SIBLINGS = 500;

interface Parsed {
  readonly text: string;
  readonly hcl: HclFile;
  /** What the file declares, as `variable x`: two files with a common declaration do not belong together. */
  readonly declared: readonly string[];
}

/**
 * Sibling files as they were last parsed: a directory of templates is parsed once when all of it is linted. The result depends
 * only on path and text.
 */
const siblings = new Map<string, Parsed>();

/** Parses a file by its name: HCL, or HCL written as JSON. */
export function parseFile(path: string | undefined, text: string, kind: ReadFile['kind']): HclFile {
  const isJson = path === undefined ? text.trimStart().startsWith('{') : path.endsWith('.json');
  return isJson ? parseJsonFile(text, kind) : parseHcl(text);
}

function parseSibling(path: string, text: string, kind: ReadFile['kind']): Parsed {
  const found = siblings.get(path);
  if (found?.text === text) return found;
  siblings.delete(path);
  const hcl = parseFile(path, text, kind);
  const parsed = { text, hcl, declared: declaredIn(hcl) };
  siblings.set(path, parsed);
  if (siblings.size > MOST_SIBLINGS) siblings.delete(siblings.keys().next().value!);
  return parsed;
}

/** A file of variables that a command gives to a template. */
export function readGiven(path: string, text: string): ReadFile {
  const { hcl } = parseSibling(path, text, 'variables');
  return { path, own: false, kind: 'variables', source: SourceText.document(text, path), hcl, given: true };
}

/** Reads the directory around a document; for a variables file, the templates that a command builds with it. */
export function readDirectory(own: ReadFile, files: Files): Directory {
  const { path } = own;
  const directory = path === undefined ? undefined : parentDirectory(path);
  const names = directory === undefined ? undefined : files.list(directory);
  if (path === undefined || directory === undefined || !names) return partOf(own);
  const isGiven = own.kind === 'variables' && !isAutomatic(nameOf(path));
  if (isGiven && !names.some(isTemplate)) return withTemplatesElsewhere(own, path, files);
  const others = siblingsIn(directory, names, own, files);
  // What a script joins to more files has what those declare.
  const scripts = own.kind === 'template' ? (buildFilesAround(path, files) ?? []) : [];
  if (scripts.some(({ text }) => joins(text, path)))
    return { files: [own, ...others.files], complete: false, alone: false, fragment: true };
  if (!others.alone) {
    const { complete, declared } = others;
    const isCopied = (): boolean => scripts.some(({ text }) => copies(text, path));
    const fragment =
      own.kind === 'template' &&
      complete &&
      isPartOfModuleElsewhere(
        { hcl: own.hcl, path, text: own.source.text, declared: declaredIn(own.hcl) },
        declared,
        isCopied,
        files,
        place => declaredAt(place, files),
      );
    return { files: [own, ...others.files], complete, alone: false, fragment };
  }
  const target = isGiven ? templatesOf(path, files) : undefined;
  const one = others.files.find(file => file.kind === 'template' && file.path === target);
  const values = others.files.filter(file => file.kind === 'variables');
  return one
    ? { files: [own, one, ...values], complete: isRead(own) && isRead(one), alone: true, fragment: false }
    : { files: [own, ...values], complete: false, alone: true, fragment: false };
}

const partOf = (own: ReadFile): Directory => ({ files: [own], complete: false, alone: false, fragment: false });
const isRead = ({ hcl }: ReadFile): boolean => hcl.problems.length === 0;

/** A variables file that is not beside its templates. */
function withTemplatesElsewhere(own: ReadFile, path: string, files: Files): Directory {
  const target = templatesOf(path, files);
  if (target === undefined) return partOf(own);
  const directory = isTemplate(target) ? parentDirectory(target) : target;
  const names = files.list(directory);
  if (!names) return partOf(own);
  const wanted = isTemplate(target) ? names.filter(name => name === nameOf(target) || isAutomatic(name)) : names;
  const { alone, complete, files: others } = siblingsIn(directory, wanted, own, files);
  const isWhole = !alone && others.some(({ kind }) => kind === 'template');
  return isWhole ? { files: [own, ...others], complete, alone, fragment: false } : partOf(own);
}

interface Siblings {
  readonly files: readonly ReadFile[];
  readonly complete: boolean;
  readonly alone: boolean;
  /** What templates among them and the document declare. */
  readonly declared: ReadonlySet<string>;
}

/** The templates of a directory and the variables files that Packer reads with them. */
function siblingsIn(directory: string, names: readonly string[], own: ReadFile, files: Files): Siblings {
  const wanted = [...new Set(names)]
    .map(name => ({ name, place: joinPath(directory, name) }))
    .filter(({ name, place }) => place !== own.path && (isTemplate(name) || isAutomatic(name)))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  let complete = wanted.length <= MOST_SIBLINGS && isRead(own) && !hasIgnoredTemplate(directory, names, files);
  const others: ReadFile[] = [];
  const declared = new Set(own.kind === 'template' ? declaredIn(own.hcl) : []);
  let alone = false;
  for (const { name, place } of wanted.slice(0, MOST_SIBLINGS)) {
    const text = files.read(place);
    if (typeof text !== 'string') {
      complete = false;
      continue;
    }
    const kind = isTemplate(name) ? 'template' : 'variables';
    const parsed = parseSibling(place, text, kind);
    if (parsed.hcl.problems.length > 0) complete = false;
    const hcl = withUnknown(parsed.hcl, placeholdersIn(text, place, files));
    others.push({ path: place, own: false, kind, source: SourceText.document(text, place), hcl });
    if (kind === 'variables') continue;
    for (const key of parsed.declared) {
      if (declared.has(key)) alone = true;
      declared.add(key);
    }
  }
  return { files: others, complete, alone, declared };
}

/** What a template in another directory declares; `undefined` when it cannot be read. */
function declaredAt(path: string, files: Files): readonly string[] | undefined {
  const text = files.read(path);
  return typeof text === 'string' ? parseSibling(path, text, 'template').declared : undefined;
}

const isTemplate = (name: string): boolean => /\.pkr\.(?:hcl|json)$/.test(name);
/** Whether Packer reads a variables file without `-var-file`. */
export const isAutomatic = (name: string): boolean => /\.auto\.pkrvars\.(?:hcl|json)$/.test(name);

/** The names that a file declares and that must be unique in a module, each once. */
function declaredIn({ body }: HclFile): readonly string[] {
  const keys = new Set<string>();
  for (const item of body.items) {
    if (item.kind !== 'block') continue;
    const type = item.type.text;
    const labels = item.labels.map(label => label.text);
    if (type === 'variable' || type === 'local') keys.add(`${type} ${labels[0]}`);
    else if (type === 'source' || type === 'data') keys.add(`${type} ${labels[0]}.${labels[1]}`);
    for (const inner of item.body.items) {
      if (inner.kind === 'attribute') {
        if (type === 'variables' || type === 'locals') keys.add(`${type.slice(0, -1)} ${inner.name.text}`);
      } else if (type === 'packer' && inner.type.text === 'required_plugins') {
        for (const plugin of inner.body.items)
          if (plugin.kind === 'attribute') keys.add(`required_plugin ${plugin.name.text}`);
      }
    }
  }
  return [...keys];
}
