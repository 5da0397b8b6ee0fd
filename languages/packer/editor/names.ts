/** What a name in a template stands for, where it is declared and used, and how it is renamed. */
import type { FoundName, OutlineKind, Renaming } from '../../../core/editor.ts';
import type { Edit, Span } from '../../../core/text.ts';
import type { PackerFile, PackerLabel, PackerReference, PackerTree } from '../tree.ts';

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
  const assigned = tree.module.assignments.find(({ nameSpan }) => covers(nameSpan, offset));
  const variable = assigned && all.find(({ kind, name }) => kind === 'variable' && name === assigned.name);
  return variable && { declared: variable, span: assigned.nameSpan };
}

/** Every place where something is used; its declaration is not among them. */
export function usesOf(declared: Declared, tree: PackerTree): readonly Span[] {
  return usesByName([declared], tree).get(declared)!;
}

/** The uses of several things, found in one pass over the references. */
export function usesByName(all: readonly Declared[], tree: PackerTree): ReadonlyMap<Declared, readonly Span[]> {
  const uses = new Map<Declared, Span[]>(all.map(declared => [declared, []]));
  // The first of several declarations of a name is meant.
  const byName = new Map([...all].reverse().map(declared => [keyOf(declared), declared] as const));
  for (const reference of tree.module.references) {
    const declared = byName.get(keyOfReference(reference));
    const span = declared && nameIn(reference, declared, tree);
    if (span) uses.get(declared)!.push(span);
  }
  for (const { name, nameSpan } of tree.module.assignments) {
    const declared = byName.get(keyOf({ kind: 'variable', name, type: undefined }));
    if (declared) uses.get(declared)!.push(nameSpan);
  }
  return uses;
}

const keyOf = ({ kind, type, name }: Pick<Declared, 'kind' | 'type' | 'name'>): string =>
  type === undefined ? `${kind}.${name}` : `${kind}.${type}.${name}`;

/** What a reference names, as `keyOf` writes it. */
function keyOfReference({ root, path }: PackerReference): string {
  const [first, second] = path;
  if (root === 'var' || root === 'local') return `${root === 'var' ? 'variable' : 'local'}.${first}`;
  return `${root}.${first}.${second}`;
}

/** Where a reference writes the declared name; `undefined` when it does so in an unusual way (`local["a"]`). */
function nameIn({ span }: PackerReference, { name, type }: Declared, tree: PackerTree): Span | undefined {
  const text = textOf(tree, span.file)?.slice(span.start, span.end);
  if (text === undefined) return undefined;
  const before = type === undefined ? /^[a-z]+\s*\.\s*/ : /^"?(?:[a-z]+\s*\.\s*)?[\w-]+\s*\.\s*/;
  const start = before.exec(text)?.[0].length ?? 0;
  if (start === 0 || text.slice(start, start + name.length) !== name) return undefined;
  return { ...span, start: span.start + start, end: span.start + start + name.length };
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
export function renamingAt(tree: PackerTree, offset: number): Renaming | undefined {
  const found = nameAt(tree, offset);
  if (!found) return undefined;
  const { declared } = found;
  return {
    span: found.span,
    name: declared.name,
    to(name): readonly Edit[] | { readonly refusal: string } {
      if (!NAME.test(name)) return { refusal: 'A name consists of letters, digits, `_` and `-`.' };
      if (!tree.module.complete) return { refusal: 'Not all files of the template can be read.' };
      const taken = declarations(tree).some(
        one => one.kind === declared.kind && one.type === declared.type && one.name === name,
      );
      if (taken && name !== declared.name) return { refusal: `There is a ${declared.kind} with this name already.` };
      return [declared.nameSpan, ...usesOf(declared, tree)].map(span => ({ span, newText: name }));
    },
  };
}
