/** What a name in a template stands for, where it is declared and used, and how it is renamed. */
import type { FoundName, OutlineKind, Refusal, Renaming } from '../../../core/editor.ts';
import { nameOf } from '../../../core/path.ts';
import type { Edit, Span } from '../../../core/text.ts';
import { eachVariableIn } from '../references.ts';
import type { PackerFile, PackerLabel, PackerReference, PackerTree } from '../tree.ts';
import { refusalOf, stepsNaming } from './source-names.ts';

/** Something that a module declares. */
export interface Declared {
  readonly kind: 'variable' | 'local' | 'source' | 'data';
  readonly name: string;
  /** The type of a source or data source. */
  readonly type: string | undefined;
  /** Where the name is declared. */
  readonly nameSpan: Span;
}

/** What the name at an offset stands for, and the span of that name. */
export interface NameAt {
  readonly declared: Declared;
  readonly span: Span;
}

const covers = ({ start, end, file }: Span, offset: number): boolean =>
  file === undefined && start <= offset && offset <= end;

/** All that the module declares, in the order of its files. */
export function declarations({ module }: PackerTree): readonly Declared[] {
  const { variables, locals, sources, data } = module;
  return [
    ...variables.map(({ name, nameSpan, block }) => ({
      kind: 'variable' as const,
      name,
      type: undefined,
      nameSpan: inQuotes(block?.labels[0]) ?? nameSpan,
    })),
    ...locals.map(({ name, nameSpan, block }) => ({
      kind: 'local' as const,
      name,
      type: undefined,
      nameSpan: inQuotes(block?.labels[0]) ?? nameSpan,
    })),
    ...sources.map(({ name, type, block, header }) => ({
      kind: 'source' as const,
      name,
      type,
      nameSpan: inQuotes(block.labels[1]) ?? header,
    })),
    ...data.map(({ name, type, block, header }) => ({
      kind: 'data' as const,
      name,
      type,
      nameSpan: inQuotes(block.labels[1]) ?? header,
    })),
  ];
}

/** The text of a label without its quotes. */
export function inQuotes(label: PackerLabel | undefined): Span | undefined {
  return label?.value.spanOf(0, label.value.text.length);
}

/** The declared thing whose name is at an offset: in its declaration, in a reference, or in a variables file. */
export function nameAt(tree: PackerTree, offset: number): NameAt | undefined {
  const all = declarations(tree);
  const here = all.find(({ nameSpan }) => covers(nameSpan, offset));
  if (here) return { declared: here, span: here.nameSpan };
  for (const reference of tree.module.references) {
    if (!covers(reference.span, offset)) continue;
    const key = keyOfReference(reference);
    const declared = all.find(one => keyOf(one) === key);
    // Of `data.amazon-ami.base.id` the last name belongs to the component.
    const span = declared && nameIn(reference, declared, tree);
    if (declared && span && offset <= span.end) return { declared, span };
  }
  for (const { name, source, span: around } of stepsNaming(tree)) {
    if (!covers(around, offset)) continue;
    const declared = all.find(one => one.kind === 'source' && one.type === source.type && one.name === name);
    const span = declared && nameInText(around, declared, tree);
    if (declared && span) return { declared, span };
  }
  const assigned = tree.module.assignments.find(({ nameSpan }) => covers(nameSpan, offset));
  const variable = assigned && all.find(({ kind, name }) => kind === 'variable' && name === assigned.name);
  return variable && { declared: variable, span: assigned.nameSpan };
}

/** Every place where something is used, once; its declaration is not among them. */
export function usesOf(declared: Declared, tree: PackerTree): readonly Span[] {
  return usesByName([declared], tree).get(declared)!;
}

/** The uses of several things, found in one pass over the references. */
export function usesByName(all: readonly Declared[], tree: PackerTree): ReadonlyMap<Declared, readonly Span[]> {
  const { uses } = placesByName(all, tree);
  return uses;
}

interface Places {
  readonly uses: ReadonlyMap<Declared, readonly Span[]>;
  /** What is used in a way in which its name is not written as such: `"null.${local.name}"`. */
  readonly unwritten: ReadonlySet<Declared>;
}

function placesByName(all: readonly Declared[], tree: PackerTree): Places {
  const uses = new Map<Declared, Span[]>(all.map(declared => [declared, []]));
  const unwritten = new Set<Declared>();
  // A list of sources may be that of several builds.
  const seen = new Set<string>();
  const add = (declared: Declared | undefined, spanOf: (declared: Declared) => Span | undefined): void => {
    if (!declared) return;
    const span = spanOf(declared);
    if (!span) unwritten.add(declared);
    const place = span && `${span.start} ${span.file ?? ''}`;
    if (!span || seen.has(place!)) return;
    seen.add(place!);
    uses.get(declared)!.push(span);
  };
  // The first of several declarations of a name is meant.
  const byName = new Map([...all].reverse().map(declared => [keyOf(declared), declared] as const));
  for (const reference of tree.module.references)
    add(byName.get(keyOfReference(reference)), declared => nameIn(reference, declared, tree));
  for (const { source, span } of stepsNaming(tree))
    add(byName.get(keyOf({ kind: 'source', ...source })), declared => nameInText(span, declared, tree));
  for (const { name, nameSpan } of tree.module.assignments)
    add(byName.get(keyOf({ kind: 'variable', name, type: undefined })), () => nameSpan);
  return { uses, unwritten };
}

const keyOf = ({ kind, type, name }: Pick<Declared, 'kind' | 'type' | 'name'>): string =>
  type === undefined ? `${kind}.${name}` : `${kind}.${type}.${name}`;

/** What a reference names, as `keyOf` writes it. */
function keyOfReference({ root, path }: PackerReference): string {
  const [first, second] = path;
  if (root === 'var' || root === 'local') return `${root === 'var' ? 'variable' : 'local'}.${first}`;
  return `${root}.${first}.${second}`;
}

/** Where a reference writes the declared name: after a dot or, with quotes, in brackets. */
function nameIn(
  { span }: PackerReference,
  { name, type }: Pick<Declared, 'name' | 'type'>,
  tree: PackerTree,
): Span | undefined {
  const text = textOf(tree, span.file)?.slice(span.start, span.end);
  if (text === undefined) return undefined;
  const start = (type === undefined ? FIRST : SECOND).exec(text)?.[0].length ?? 0;
  if (start === 0 || !isNameAt(text, start, name)) return undefined;
  return { ...span, start: span.start + start, end: span.start + start + name.length };
}

const FIRST = /^[a-z]+\s*(?:\.\s*|\[\s*")/;
/** In the strings of builds, `source` may be left out. */
const SECOND = /^"?(?:[a-z]+\s*(?:\.\s*|\[\s*"))?[\w-]+(?:"\s*\])?\s*(?:\.\s*|\[\s*")/;

function isNameAt(text: string, start: number, name: string): boolean {
  return text.slice(start, start + name.length) === name && !/^[\w-]/.test(text.slice(start + name.length));
}

/** Where a step names a source: `"null.a"` in a list, `a` as a key. */
function nameInText(span: Span, { name, type }: Declared, tree: PackerTree): Span | undefined {
  const text = textOf(tree, span.file)?.slice(span.start, span.end);
  const [, before, written] = /^("?(?:[\w-]+\.)?)([^".]+)"?$/.exec(text ?? '') ?? [];
  if (before === undefined || written !== name || !['', '"', `"${type}.`, `${type}.`].includes(before))
    return undefined;
  const start = span.start + before.length;
  return { ...span, start, end: start + name.length };
}

function textOf({ module, source }: PackerTree, path: string | undefined): string | undefined {
  return path === undefined ? source.text : module.files.find((file: PackerFile) => file.path === path)?.source.text;
}

const OUTLINE: Readonly<Record<Declared['kind'], OutlineKind>> = {
  variable: 'variable',
  local: 'constant',
  source: 'class',
  data: 'class',
};

/** What the module declares, and its builds. */
export function foundNames(tree: PackerTree): readonly FoundName[] {
  const declared = declarations(tree).map(({ kind, name, type, nameSpan }) => ({
    name,
    detail: type === undefined ? kind : `${kind} ${type}`,
    kind: OUTLINE[kind],
    span: nameSpan,
  }));
  const builds = tree.module.builds.map(({ header, name, sources }) => {
    const first = sources[0];
    const more = sources.length > 1 ? ', …' : '';
    return {
      name: name?.text ?? 'build',
      detail: first ? `build of ${first.type}.${first.name}${more}` : 'build',
      kind: 'module' as const,
      span: header,
    };
  });
  return [...declared, ...builds];
}

/** What HCL takes for a name. */
const NAME = /^[\p{ID_Start}_][\p{ID_Continue}-]{0,200}$/u;

/** Renames in all files of the module that Packer reads by itself: files for `-var-file` are not known. */
export function renamingAt(tree: PackerTree, offset: number, isUnsaved = false): Renaming | undefined {
  const found = nameAt(tree, offset);
  if (!found) return unreadAt(tree, offset);
  const { declared } = found;
  return {
    span: found.span,
    name: declared.name,
    to(name): readonly Edit[] | Refusal {
      if (!NAME.test(name)) return { refusal: 'A name consists of letters, digits, `_` and `-`.' };
      const unknown = isUnsaved && tree.module.files.length === 1 ? brokenIn(tree) : unknownIn(tree);
      if (unknown) return unknown;
      const all = declarations(tree);
      const isSame = (one: Declared): boolean => one.kind === declared.kind && one.type === declared.type;
      if (name !== declared.name && all.some(one => isSame(one) && one.name === name))
        return { refusal: `There is a ${declared.kind} with this name already.` };
      const refusal = declared.kind === 'source' ? refusalOf(declared, name, tree) : takenAsWhole(declared, tree);
      if (refusal !== undefined) return { refusal };
      const { uses, unwritten } = placesByName([declared], tree);
      if (unwritten.has(declared)) return { refusal: 'The name is made of other values somewhere.' };
      return [declared.nameSpan, ...uses.get(declared)!].map(span => ({ span, newText: name }));
    },
  };
}

/** A name that a file may declare which has not been read. */
function unreadAt(tree: PackerTree, offset: number): Renaming | undefined {
  const refusal = unknownIn(tree);
  const reference = refusal && tree.module.references.find(({ span }) => covers(span, offset));
  if (!reference) return undefined;
  const { path, root } = reference;
  const isTyped = root === 'source' || root === 'data';
  const name = path[isTyped ? 1 : 0];
  if (name === undefined || !(isTyped || root === 'var' || root === 'local')) return undefined;
  const span = nameIn(reference, { name, type: isTyped ? path[0] : undefined }, tree);
  return span && offset <= span.end ? { span, name, to: () => refusal } : undefined;
}

/** Why it is not known where a name is used. */
function unknownIn(tree: PackerTree): Refusal | undefined {
  const { alone, complete } = tree.module;
  if (complete) return undefined;
  if (alone) return { refusal: 'Another template in the directory declares the same names.' };
  return brokenIn(tree) ?? { refusal: 'Not all files of the template can be read.', isUnread: true };
}

function brokenIn({ module, path }: PackerTree): Refusal | undefined {
  const broken = module.files.find(({ hcl }) => hcl.problems.length > 0);
  const name = broken && (broken.path ?? path);
  return broken && { refusal: `${name === undefined ? 'The document' : `\`${nameOf(name)}\``} has syntax errors.` };
}

/** Whether something takes the name as text: `local[var.key]`, `keys(local)`. */
function takenAsWhole({ kind, type }: Declared, { module }: PackerTree): string | undefined {
  const root = kind === 'variable' ? 'var' : kind;
  const isTaken = module.references.some(
    ({ root: other, path }) =>
      other === root && path.length < (type === undefined ? 1 : 2) && (path[0] ?? type) === type,
  );
  let isWhole = false;
  for (const { hcl } of module.files)
    eachVariableIn(hcl.body, ({ name }) => {
      if (name === root) isWhole = true;
    });
  return isTaken || isWhole ? `\`${root}\` is used as a whole, or with a name that is not known.` : undefined;
}
