import type { Completion, CompletionKind } from '../../../core/editor.ts';
import { type AttributeType, type ComponentKind, componentNames, plugins } from '../components/table.ts';
import type { Block } from '../hcl/ast.ts';
import type { BlockSchema } from '../schema.ts';
import type { PackerBlock, PackerTree } from '../tree.ts';
import { attributeOfShell, iteratorsIn, SHELL_ITEMS, shellOf, writtenBlocksAt } from './dynamic.ts';
import { attributeText, givenIn, requirementOf, shownType, typeIn } from './facts.ts';
import { overrideKeys } from './override.ts';
import { ownBlockText } from './own-blocks.ts';
import { isKeyOfObject, type Place, placeAt } from './place.ts';
import { valueCompletions } from './values.ts';

/** What can be written at an offset: blocks and attributes where a line begins, types in labels, names in values. */
export function completionsAt(tree: PackerTree, offset: number): readonly Completion[] {
  if (tree.kind === 'legacy-json' || tree.file.hcl.body.json || isInComment(tree, offset)) return [];
  const place = placeAt(tree, offset);
  const written = writtenBlocksAt(tree.file.hcl.body, offset);
  const iterators = iteratorsIn(written);
  const shell = shellOf(written);
  if (shell) return inShell(tree, shell, place, offset);
  const label = /^\s*([\w-]+)\s+"([^"]*)$/.exec(place.before);
  if (label && !place.attribute) return labelCompletions(label[1]!, label[2]!, place, offset);
  const word = /^\s*([\w-]*)$/.exec(place.before)?.[1];
  if (word !== undefined && !place.attribute) return itemCompletions(tree, place, word, offset);
  if (!place.attribute && place.inLine !== undefined) return inLineCompletions(tree, place, place.inLine, offset);
  if (!place.attribute) return [];
  if (word !== undefined && isKeyOfObject(place.attribute.hcl.value, offset))
    return place.attribute.name === 'override'
      ? overrideKeys(tree, place, offset, word)
      : pluginKeys(place, offset, word);
  return valueCompletions(tree, { ...place, iterators }, offset);
}

/** In a `dynamic` block, outside of its content. */
function inShell(tree: PackerTree, shell: Block, place: Place, offset: number): readonly Completion[] {
  const attribute = attributeOfShell(shell, tree.source.text, offset);
  if (attribute) {
    const own = { name: attribute.name.text, hcl: attribute };
    return valueCompletions(tree, { ...place, schema: undefined, attribute: own, iterators: [] }, offset);
  }
  const word = /^\s*([\w-]*)$/.exec(place.before)?.[1];
  if (word === undefined) return [];
  const given = new Set(
    shell.body.items
      .map(item => (item.kind === 'attribute' ? item.name.text : item.type.text))
      .filter(one => one !== word),
  );
  const bare = /^[\w-]*\s*[={]/.test(place.after);
  return SHELL_ITEMS.filter(({ name }) => !given.has(name)).map(({ name, snippet }) => ({
    label: name,
    kind: name === 'content' ? 'block' : 'attribute',
    snippet: bare ? name : snippet,
    replaces: { start: offset - word.length, end: offset },
  }));
}

function isInComment({ file }: PackerTree, offset: number): boolean {
  return file.hcl.comments.some(({ start, end }) => start < offset && offset <= end);
}

/** `source "`: the types of the components of a kind; `dynamic "`: the blocks that may be there. */
function labelCompletions(
  type: string,
  typed: string,
  { after, schema }: Place,
  offset: number,
): readonly Completion[] {
  const kind = KIND_OF_BLOCK[type];
  const names = kind ? componentNames(kind) : type === 'dynamic' ? [...(schema?.blocks ?? [])] : [];
  const replaces = { start: offset - typed.length, end: offset };
  const closes = after.startsWith('"') ? '' : '"';
  return names.map(name => ({
    label: name,
    kind: 'value',
    detail: kind ?? 'block',
    snippet: `${name}${closes}`,
    replaces,
  }));
}

const KIND_OF_BLOCK: Readonly<Record<string, ComponentKind>> = {
  source: 'source',
  data: 'data',
  provisioner: 'provisioner',
  'error-cleanup-provisioner': 'provisioner',
  'post-processor': 'post-processor',
};

/** A new attribute or block. What is there already, and can be there only once, is left out. */
function itemCompletions(tree: PackerTree, place: Place, typed: string, offset: number): readonly Completion[] {
  const { schema, blocks, after } = place;
  const replaces = { start: offset - typed.length, end: offset };
  const block = blocks.at(-1);
  // Before a `=` or a `{` only the name is wanted.
  const bare = /^[\w-]*\s*[={]/.test(after);
  if (block?.type === 'required_plugins') return pluginCompletions(block, replaces);
  if (tree.kind === 'variables') return variableAssignments(tree, replaces, bare);
  if (!schema) return [];
  const given = new Set(
    (block ?? tree.file.top).attributes.filter(one => !touches(one, offset)).map(({ name }) => name),
  );
  const present = givenIn(block ?? tree.file.top);
  const attributes = schema.offered
    .filter(name => !given.has(name))
    .map((name): Completion => {
      const type = typeIn(schema, name);
      const requirement = requirementOf(schema, name, present);
      return {
        label: name,
        kind: 'attribute',
        detail: `${shownType(type)}${requirement}`,
        documentation: attributeText(schema, name, present),
        snippet: bare ? name : `${name} = ${valueSnippet(type, schema.contents?.values.get(name))}`,
        replaces,
        ...(requirement === '' ? {} : { preferred: true }),
      };
    });
  const inside = [...schema.blocks].filter(name => !isHidden(schema, name));
  return [...attributes, ...inside.map(name => blockCompletion(name, schema, present, replaces, bare))];
}

/** In a block on one line, which may have one attribute and no blocks. */
function inLineCompletions(tree: PackerTree, place: Place, text: string, offset: number): readonly Completion[] {
  const word = /^\s*([\w-]*)$/.exec(text)?.[1];
  if (word === undefined || place.blocks.at(-1)?.attributes.some(one => !touches(one, offset))) return [];
  return itemCompletions(tree, place, word, offset).filter(({ kind }) => kind === 'attribute');
}

const touches = ({ nameSpan }: { readonly nameSpan: { start: number; end: number } }, offset: number): boolean =>
  nameSpan.start <= offset && offset <= nameSpan.end;

/** Blocks that Packer reads and nobody documents. */
const UNDOCUMENTED: ReadonlySet<string> = new Set(['communicator', 'from']);

function isHidden({ contents, used }: BlockSchema, name: string): boolean {
  if (!used) return UNDOCUMENTED.has(name);
  return contents?.hidden.has(name) === true || contents?.deprecated.has(name) === true;
}

function valueSnippet(type: AttributeType | undefined, values: readonly string[] | undefined): string {
  if (values && values.length > 0) return `"\${1|${values.join(',')}|}"`;
  const name = type?.kind === 'value' ? type.type : 'any';
  if (name === 'string' || name === 'duration') return '"$1"';
  if (name === 'bool') return '${1|true,false|}';
  if (name.startsWith('list(string')) return '["$1"]';
  if (name.startsWith('list(')) return '[$1]';
  if (name.startsWith('map(')) return '{\n  $1\n}';
  return '$1';
}

/** Labels of Packer's own blocks, as fields of a snippet. */
const LABELS: Readonly<Record<string, string>> = {
  source: ' "${1:type}" "${2:name}"',
  data: ' "${1:type}" "${2:name}"',
  variable: ' "${1:name}"',
  local: ' "${1:name}"',
  provisioner: ' "${1:shell}"',
  'error-cleanup-provisioner': ' "${1:shell}"',
  'post-processor': ' "${1:manifest}"',
};

function blockCompletion(
  name: string,
  schema: BlockSchema,
  present: ReadonlySet<string>,
  replaces: Completion['replaces'],
  bare: boolean,
): Completion {
  const labels = schema.contents ? '' : (LABELS[name] ?? '');
  const inBuild = schema.contents === undefined && schema.where.includes('build') && name === 'source';
  const own = ownBlockText(inBuild ? 'build.source' : name);
  const documentation = schema.contents ? attributeText(schema, name, present) : own;
  const fields = inBuild ? ' "source.${1:type}.${2:name}"' : labels;
  return {
    label: name,
    kind: 'block',
    detail: shownType(typeIn(schema, name)) === 'any value' ? 'block' : shownType(typeIn(schema, name)),
    ...(documentation === undefined ? {} : { documentation }),
    snippet: bare ? name : `${name}${fields} {\n  $0\n}`,
    replaces,
  };
}

/** The plugins that are not required yet, with a constraint that allows what is known of them and everything after. */
function pluginCompletions(block: PackerBlock, replaces: Completion['replaces']): readonly Completion[] {
  const given = new Set(block.attributes.map(({ name }) => name));
  return plugins()
    .filter(([, { name }]) => !given.has(name))
    .map(([address, { name, version }]) => ({
      label: name,
      kind: 'key',
      detail: address,
      snippet: `${name} = {\n  version = "~> ${version.replace(/^(\d+)\.(\d+).*/, '$1.$2')}"\n  source  = "${address}"\n}`,
      replaces,
    }));
}

/** `version` and `source` in an entry of `required_plugins`. */
function pluginKeys({ blocks, attribute }: Place, offset: number, typed: string): readonly Completion[] {
  if (blocks.at(-1)?.type !== 'required_plugins' || attribute?.hcl.value.kind !== 'object') return [];
  const given = attribute.value.entries.map(({ key }) => key);
  const replaces = { start: offset - typed.length, end: offset };
  return ['version', 'source']
    .filter(name => !given.includes(name))
    .map(label => ({ label, kind: 'key', snippet: `${label} = "$1"`, replaces }));
}

/** The variables of the module that have no value in this variables file. */
function variableAssignments(tree: PackerTree, replaces: Completion['replaces'], bare: boolean): readonly Completion[] {
  const given = new Set(tree.file.top.attributes.map(({ name }) => name));
  const kind: CompletionKind = 'variable';
  return tree.module.variables
    .filter(({ name }) => !given.has(name))
    .map(({ name, type, description }) => ({
      label: name,
      kind,
      detail: type ?? 'variable',
      ...(description?.text === undefined ? {} : { documentation: description.text }),
      snippet: bare ? name : `${name} = $1`,
      replaces,
    }));
}
