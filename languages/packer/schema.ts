/**
 * Which attributes and blocks each block of a template may have: Packer's own blocks, and those of the components that
 * `data/packer-components.json` knows. https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks
 */
import { memo } from '../../core/memo.ts';
import { componentOfBlock, type UsedComponent } from './components/resolve.ts';
import { type AttributeType, type Contents, contentsOf, contentsOfBlock, ownAttributes } from './components/table.ts';
import type { HclProblem } from './hcl/ast.ts';
import type { PackerBlock, PackerTree } from './tree.ts';

/** What a block may contain. */
export interface BlockSchema {
  /** As messages say it: "in a `variable` block". */
  readonly where: string;
  readonly attributes: ReadonlySet<string>;
  readonly blocks: ReadonlySet<string>;
  /** What a guess may offer. */
  readonly offered: readonly string[];
  /** The types of what it may contain; `undefined` for Packer's own blocks. */
  readonly contents: Contents | undefined;
  /** Of what Packer itself takes in it, whatever the component: `only`, `pause_before`. */
  readonly own: ReadonlyMap<string, AttributeType>;
  /** The block that {@link own} is for; `source` in a build is `build.source`. */
  readonly ownType: string;
  /** The component that the block configures, or whose nested block it is. */
  readonly used: UsedComponent | undefined;
  /** In a block of a component. */
  readonly nested: boolean;
  /** Packer ignores other attributes and blocks in it, where it rejects them elsewhere. */
  readonly isLenient?: true;
}

/** A block and what it may contain. */
export interface KnownBlock {
  readonly block: PackerBlock;
  readonly schema: BlockSchema;
}

const NONE: ReadonlyMap<string, AttributeType> = new Map();
const words = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);
/** What one of Packer's own blocks may contain; the data of its types is read when it is asked for. */
const schema = (where: string, attributes: string, blocks = '', type = ''): BlockSchema => ({
  where,
  attributes: new Set(words(attributes)),
  blocks: new Set(words(blocks)),
  offered: words(attributes),
  contents: undefined,
  get own() {
    return type === '' ? NONE : ownAttributes(type);
  },
  ownType: type,
  used: undefined,
  nested: false,
});
const ofBlock = (type: string, where: string, attributes: string, blocks = ''): readonly [string, BlockSchema] => [
  type,
  schema(where, attributes, blocks, type),
];
/** `labels` is the deprecated name of `bucket_labels`. */
const REGISTRY: BlockSchema = {
  ...schema('in an `hcp_packer_registry` block', 'bucket_name description bucket_labels build_labels channels labels'),
  offered: ['bucket_name', 'description', 'bucket_labels', 'build_labels', 'channels'],
  get own() {
    return ownAttributes('hcp_packer_registry');
  },
  ownType: 'hcp_packer_registry',
  isLenient: true,
};

const TOP = schema(
  'at the top level',
  '',
  'packer source variable variables local locals data build hcp_packer_registry communicator',
);
const POST_PROCESSORS = schema('in a `post-processors` block', '', 'post-processor');

/** The blocks of the top level and of `build`, by type. */
const BLOCKS: ReadonlyMap<string, BlockSchema> = new Map([
  ofBlock('packer', 'in the `packer` block', 'required_version', 'required_plugins'),
  ofBlock('variable', 'in a `variable` block', 'description default type sensitive', 'validation'),
  ofBlock('validation', 'in a `validation` block', 'condition error_message'),
  ofBlock('local', 'in a `local` block', 'expression sensitive'),
  ofBlock(
    'build',
    'in a `build` block',
    'name description sources',
    'source provisioner error-cleanup-provisioner post-processor post-processors hcp_packer_registry from',
  ),
  ['hcp_packer_registry', REGISTRY] as const,
]);

const SETTINGS_PLUGINS = schema('in `required_plugins`', '');

/** What the innermost of these nested blocks may contain, the outermost first; for none of them the file itself. */
export function schemaIn(blocks: readonly PackerBlock[], { module }: PackerTree): BlockSchema | undefined {
  const [first, second, third] = blocks;
  if (!first) return TOP;
  if (first.type === 'source' || first.type === 'data')
    return componentSchema(first, first.type, blocks.slice(1), module);
  if (!second) return BLOCKS.get(first.type);
  if (first.type === 'variable') return blocks.length === 2 ? BLOCKS.get(second.type) : undefined;
  if (first.type === 'packer') return second.type === 'required_plugins' ? SETTINGS_PLUGINS : undefined;
  if (first.type !== 'build') return undefined;
  if (second.type === 'hcp_packer_registry') return third ? undefined : REGISTRY;
  if (second.type !== 'post-processors')
    return componentSchema(second, second.type === 'source' ? 'build.source' : second.type, blocks.slice(2), module);
  return third ? componentSchema(third, third.type, blocks.slice(3), module) : POST_PROCESSORS;
}

/** The schema of a component's block, or of the innermost of the blocks in it. */
function componentSchema(
  block: PackerBlock,
  core: string,
  inner: readonly PackerBlock[],
  module: PackerTree['module'],
): BlockSchema | undefined {
  const used = componentOfBlock(block, module);
  if (!used) return undefined;
  let contents: Contents | undefined = contentsOf(used.component);
  for (const { type } of inner) {
    const known: AttributeType | undefined = contents.types.get(type);
    contents = known?.kind === 'block' ? contentsOfBlock(known.content) : undefined;
    if (!contents) return undefined;
  }
  const last = inner.at(-1);
  if (last) return contentsSchema(`in a \`${last.type}\` block`, contents, used);
  return withAttributes({ ...contentsSchema(whereIn(used), contents, used), nested: false }, core);
}

function whereIn({ kind, label }: UsedComponent): string {
  return `in ${/^[aeiou]/.test(label) ? 'an' : 'a'} \`${label}\` ${kind === 'data' ? 'data source' : kind}`;
}

/** How deep blocks in blocks of components are read. */
const DEEPEST = 8;

/**
 * The blocks of a template whose contents are known, the file itself first, in the order of the file. Where the text is not HCL
 * items may appear in the wrong block, so blocks with a problem in them or directly after them are left out.
 */
export const knownBlocks = memo(({ file, module }: PackerTree): readonly KnownBlock[] => {
  const { hcl, kind, top } = file;
  if (kind !== 'template') return [];
  const found: KnownBlock[] = [];
  const add = (block: PackerBlock, own: BlockSchema | undefined): void => {
    if (own && !isBroken(block, hcl.problems)) found.push({ block, schema: own });
  };
  const addComponent = (block: PackerBlock, own: string): void => {
    const used = componentOfBlock(block, module);
    if (!used || used.plugin.incomplete || isBroken(block, hcl.problems)) return;
    const where = whereIn(used);
    addContents(found, block, { ...contentsSchema(where, contentsOf(used.component), used), nested: false }, own, 0);
  };
  // A file with only assignments is a variables file with another name, which `-var-file` accepts.
  if (top.blocks().length > 0) add(top, TOP);
  for (const block of top.blocks()) {
    add(block, BLOCKS.get(block.type));
    if (block.type === 'source' || block.type === 'data') addComponent(block, block.type);
    if (block.type === 'variable') for (const inner of block.blocks('validation')) add(inner, BLOCKS.get('validation'));
    if (block.type !== 'build') continue;
    for (const inner of block.blocks()) {
      if (inner.type === 'post-processors') {
        add(inner, POST_PROCESSORS);
        for (const one of inner.blocks('post-processor')) addComponent(one, one.type);
      } else if (inner.type === 'hcp_packer_registry') add(inner, REGISTRY);
      else addComponent(inner, inner.type === 'source' ? 'build.source' : inner.type);
    }
  }
  return found;
});

/** Adds a block of a component and the blocks in it. */
function addContents(found: KnownBlock[], block: PackerBlock, own: BlockSchema, core: string, depth: number): void {
  const schema = core === '' ? own : withAttributes(own, core);
  found.push({ block, schema });
  if (depth >= DEEPEST) return;
  for (const inner of block.blocks()) {
    const type = own.contents?.types.get(inner.type);
    const contents = type?.kind === 'block' ? contentsOfBlock(type.content) : undefined;
    if (contents && own.used)
      addContents(found, inner, contentsSchema(`in a \`${inner.type}\` block`, contents, own.used), '', depth + 1);
  }
}

function contentsSchema(where: string, contents: Contents, used: UsedComponent): BlockSchema {
  const attributes = new Set<string>();
  const blocks = new Set<string>();
  for (const [name, { kind }] of contents.types) (kind === 'block' ? blocks : attributes).add(name);
  const offered = [...attributes].filter(name => !contents.hidden.has(name) && !contents.deprecated.has(name));
  return { where, attributes, blocks, offered, contents, own: NONE, ownType: '', used, nested: true };
}

function withAttributes(schema: BlockSchema, core: string): BlockSchema {
  const own = ownAttributes(core);
  return {
    ...schema,
    own,
    ownType: core,
    attributes: new Set([...schema.attributes, ...own.keys()]),
    offered: [...schema.offered, ...own.keys()],
  };
}

/** How far after a block a problem may belong to it: an extra brace, in characters. */
const NEARBY = 3;

/** Whether a block has syntax problems in it or directly after it, so that its content is not certain. */
export function isBroken({ hcl }: PackerBlock, problems: readonly HclProblem[]): boolean {
  if (problems.length === 0) return false;
  if (!hcl || hcl.closeBrace === undefined) return true;
  let low = 0;
  for (let high = problems.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (problems[middle]!.end < hcl.start) low = middle + 1;
    else high = middle;
  }
  return low < problems.length && problems[low]!.start <= hcl.end + NEARBY;
}
