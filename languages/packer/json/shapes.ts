/**
 * Which properties of a JSON object are blocks. JSON alone does not say it, so Packer asks the schema of each body:
 * https://github.com/hashicorp/hcl/blob/main/json/spec.md#blocks
 */
import {
  type ComponentKind,
  type Contents,
  componentByName,
  contentsOf,
  contentsOfBlock,
  pluginAt,
} from '../components/table.ts';

/** A body, as far as its blocks and special attributes are known; all other properties are attributes. */
export interface Shape {
  block(name: string): BlockShape | undefined;
  /** The attributes whose string is an expression. */
  readonly expressions?: ReadonlySet<string>;
}

export interface BlockShape {
  readonly labels: number;
  /** Packer's own block, which nothing else can have the name of. */
  readonly certain: boolean;
  body(labels: readonly string[]): Shape;
}

const NO_BLOCKS: Shape = { block: () => undefined };

function shape(blocks: Readonly<Record<string, BlockShape>>, expressions?: ReadonlySet<string>): Shape {
  const known = new Map(Object.entries(blocks));
  const own = { block: (name: string) => known.get(name), ...(expressions && { expressions }) };
  return withDynamic(own);
}

function block(labels: number, body: Shape | ((labels: readonly string[]) => Shape)): BlockShape {
  return { labels, certain: true, body: typeof body === 'function' ? body : () => body };
}

/** `dynamic` stands for any block of the body that it is in. */
function withDynamic(own: Shape): Shape {
  const dynamic = block(1, ([type]) => {
    const wanted = type === undefined ? undefined : own.block(type);
    const content = block(0, wanted && wanted.labels === 0 ? wanted.body([]) : NO_BLOCKS);
    return { block: name => (name === 'content' ? content : undefined), expressions: new Set(['iterator']) };
  });
  return { ...own, block: name => own.block(name) ?? (name === 'dynamic' ? dynamic : undefined) };
}

/** The addresses in `required_plugins` by their key. */
export type PluginAddresses = ReadonlyMap<string, string>;

/** The top level of a template. */
export function templateShape(plugins: PluginAddresses): Shape {
  const component = (kind: ComponentKind, label: string | undefined): Shape => {
    const contents = label === undefined ? undefined : contentsOfLabel(kind, label, plugins);
    return contents ? withDynamic(shapeOf(contents)) : NO_BLOCKS;
  };
  const provisioner = block(1, ([type]) => component('provisioner', type));
  const postProcessor = block(1, ([type]) => component('post-processor', type));
  const build = shape({
    source: block(1, ([address]) => component('source', address?.split('.').at(-2))),
    provisioner,
    'error-cleanup-provisioner': provisioner,
    'post-processor': postProcessor,
    'post-processors': block(0, shape({ 'post-processor': postProcessor })),
    hcp_packer_registry: block(0, NO_BLOCKS),
  });
  return shape({
    packer: block(0, shape({ required_plugins: block(0, NO_BLOCKS) })),
    variable: block(1, shape({ validation: block(0, NO_BLOCKS) }, new Set(['type']))),
    variables: block(0, NO_BLOCKS),
    local: block(1, NO_BLOCKS),
    locals: block(0, NO_BLOCKS),
    source: block(2, ([type]) => component('source', type)),
    data: block(2, ([type]) => component('data', type)),
    communicator: block(2, NO_BLOCKS),
    hcp_packer_registry: block(0, NO_BLOCKS),
    build: block(0, build),
  });
}

function contentsOfLabel(kind: ComponentKind, label: string, plugins: PluginAddresses): Contents | undefined {
  for (const [key, address] of plugins) {
    const plugin = label === key || label.startsWith(`${key}-`) ? pluginAt(address) : undefined;
    const found = plugin && componentByName(kind, plugin.name + label.slice(key.length));
    if (found && found.plugin === plugin) return contentsOf(found.component);
  }
  const found = componentByName(kind, label);
  return found && contentsOf(found.component);
}

function shapeOf({ types }: Contents): Shape {
  return {
    block(name) {
      const type = types.get(name);
      const contents = type?.kind === 'block' ? contentsOfBlock(type.content) : undefined;
      return contents && { labels: 0, certain: false, body: () => shapeOf(contents) };
    },
  };
}
