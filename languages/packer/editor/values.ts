/** What can be written as a value, or as a part of one. */
import type { Completion } from '../../../core/editor.ts';
import { componentOf } from '../components/resolve.ts';
import { accessors, plugins, words } from '../components/table.ts';
import { templateDataOf } from '../components/template-data.ts';
import { functionNames } from '../functions.ts';
import { ROOTS } from '../names.ts';
import { usableTemplateFunctions } from '../template-actions.ts';
import type { PackerAttribute, PackerTree } from '../tree.ts';
import { signatureOf, typeIn } from './facts.ts';
import { textAtEnd } from './line-end.ts';
import { isInText, type Place } from './place.ts';

/** Where a value is written. */
export interface ValuePlace extends Pick<Place, 'blocks' | 'before' | 'schema'> {
  readonly attribute: Pick<PackerAttribute, 'name' | 'hcl'> | undefined;
  /** What `dynamic` blocks around it call their elements. */
  readonly iterators: readonly string[];
}

export function valueCompletions(tree: PackerTree, place: ValuePlace, offset: number): readonly Completion[] {
  const { attribute, before, schema, iterators } = place;
  if (!attribute) return [];
  // A line that begins in a text is one of a heredoc.
  const text = textAtEnd(before, isInText(attribute.hcl.value, offset - before.length));
  if (text !== undefined) return textCompletions(tree, place, attribute.name, offset, text);
  const typed = wordBefore(before);
  const dot = typed.lastIndexOf('.');
  const replaces = { start: offset - (typed.length - dot - 1), end: offset };
  if (dot >= 0) {
    const root = typed.slice(0, dot);
    const members = iterators.includes(root) ? ELEMENT : membersOf(tree, root);
    return members.map(one => ({ ...one, replaces }));
  }
  const found: Omit<Completion, 'replaces'>[] = [];
  const type = schema && typeIn(schema, attribute.name);
  if (type?.kind === 'value' && type.type === 'bool')
    for (const value of ['true', 'false']) found.push({ label: value, kind: 'value', snippet: value, preferred: true });
  if (type?.kind === 'value' && type.type === 'type') return TYPES.map(one => ({ ...one, replaces }));
  for (const value of schema?.contents?.values.get(attribute.name) ?? [])
    found.push({ label: value, kind: 'value', snippet: `"${value}"`, preferred: true });
  if (attribute.name === 'sources') found.push(...sourceNames(tree, '"'));
  if (tree.kind === 'variables' || place.blocks[0]?.type === 'packer') return found.map(one => ({ ...one, replaces }));
  for (const name of iterators)
    found.push({ label: name, kind: 'variable', detail: 'element of `dynamic`', snippet: name, preferred: true });
  for (const root of ROOTS) if (root !== 'sources') found.push({ label: root, kind: 'reference', snippet: root });
  for (const name of functionNames()) {
    const signature = signatureOf(name);
    found.push({ label: name, kind: 'function', detail: signature?.label ?? '', snippet: `${name}($1)` });
  }
  return found.map(one => ({ ...one, replaces }));
}

/** https://developer.hashicorp.com/packer/docs/templates/hcl_templates/variables#type-constraints */
const TYPES: readonly Omit<Completion, 'replaces'>[] = [
  ['string', 'string'],
  ['number', 'number'],
  ['bool', 'bool'],
  ['list', 'list(${1:string})'],
  ['set', 'set(${1:string})'],
  ['map', 'map(${1:string})'],
  ['object', 'object({\n  $1 = string\n})'],
  ['tuple', 'tuple([$1])'],
  ['any', 'any'],
].map(([label, snippet]) => ({ label: label!, kind: 'value', snippet: snippet! }));

/** The names and dots at the end of a text. */
function wordBefore(text: string): string {
  let start = text.length;
  while (start > 0 && /[\w.-]/.test(text[start - 1]!)) start--;
  return text.slice(start);
}

/** In quotes: template functions, the values that an attribute takes, sources of a build, addresses of plugins. */
function textCompletions(
  tree: PackerTree,
  { blocks, before, schema }: ValuePlace,
  attribute: string,
  offset: number,
  typed: string,
): readonly Completion[] {
  const call = /\{\{-?[ \t]{0,9}(\.?\w{0,40})$/.exec(before);
  if (call) {
    const replaces = { start: offset - call[1]!.length, end: offset };
    const fields = (schema && templateDataOf(attribute, schema)) ?? [];
    const functions = usableTemplateFunctions(schema?.used?.key);
    return [...fields.map(field => `.${field}`), ...functions].map(label => ({
      label,
      kind: label.startsWith('.') ? 'variable' : 'function',
      snippet: label,
      replaces,
    }));
  }
  const replaces = { start: offset - typed.length, end: offset };
  const values = schema?.contents?.values.get(attribute) ?? [];
  const found: Omit<Completion, 'replaces'>[] = values.map(label => ({ label, kind: 'value', snippet: label }));
  if (/^(?:sources|only|except)$/.test(attribute)) found.push(...sourceNames(tree, '', attribute === 'sources'));
  if (blocks.at(-1)?.type === 'required_plugins' && /\bsource[ \t]{0,99}=[ \t]{0,99}"[^"]*$/.test(before))
    for (const [label, { name }] of plugins()) found.push({ label, kind: 'value', detail: name, snippet: label });
  return found.map(one => ({ ...one, replaces }));
}

/** The sources as builds name them; in `only` without `source.`. */
function sourceNames({ module }: PackerTree, quote: string, whole = true): readonly Omit<Completion, 'replaces'>[] {
  return module.sources.map(({ type, name }) => {
    const label = `${whole ? 'source.' : ''}${type}.${name}`;
    return { label, kind: 'reference', snippet: `${quote}${label}${quote}`, preferred: true };
  });
}

type Member = Omit<Completion, 'replaces'>;

/** What an element of a `dynamic` block has. */
const ELEMENT: readonly Member[] = ['key', 'value'].map(label => ({ label, kind: 'variable', snippet: label }));

/** What may follow `var.`, `data.amazon-ami.`, … */
function membersOf({ module }: PackerTree, before: string): readonly Member[] {
  const [root = '', type, name, ...more] = before.split('.');
  const member = (label: string, detail?: string, documentation?: string): Member => ({
    label,
    kind: 'variable',
    snippet: label,
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation }),
  });
  if (more.length > 0) return [];
  if (type === undefined) {
    if (root === 'var')
      return module.variables.map(one => member(one.name, one.type ?? 'variable', one.description?.text));
    if (root === 'local') return module.locals.map(one => member(one.name, 'local'));
    if (root === 'source')
      return [...new Set(module.sources.map(one => one.type)), ...accessors(root)].map(one => member(one));
    if (root === 'data') return [...new Set(module.data.map(one => one.type))].map(one => member(one));
    return accessors(root).map(one => member(one));
  }
  if (root !== 'source' && root !== 'data') return [];
  const declared = root === 'source' ? module.sources : module.data;
  if (name === undefined) return declared.filter(one => one.type === type).map(one => member(one.name));
  const outputs = root === 'data' ? componentOf('data', type, module)?.component.outputs : undefined;
  return Object.entries(outputs ?? {}).flatMap(([kind, names]) => words(names).map(one => member(one, kind)));
}
