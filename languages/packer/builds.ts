/** `build` blocks: what they build, with which steps. */
import type { Span } from '../../core/text.ts';
import { pathOf } from './references.ts';
import { factsOf } from './sources/index.ts';
import type {
  Evaluated,
  PackerAttribute,
  PackerBlock,
  PackerBuild,
  PackerBuildSource,
  PackerModule,
  PackerPostProcessor,
  PackerProvisioner,
  PackerSource,
  ScriptUse,
} from './tree.ts';

/** Further sources of one build are not read. */
const MOST_SOURCES = 200;

/** Reads a `build` block of a module. */
export function readBuild(
  block: PackerBlock,
  module: Pick<PackerModule, 'source'>,
  scriptsIn: (block: PackerBlock) => readonly ScriptUse[],
): PackerBuild {
  const attribute = block.attribute('sources');
  let sourcesKnown = attribute?.value.complete ?? true;
  const sources: PackerBuildSource[] = [];
  const add = (address: string | undefined, span: Span, overrides: PackerBlock | undefined): void => {
    const [, type, name] = ADDRESS.exec(address ?? '') ?? [];
    if (type === undefined || name === undefined || sources.length >= MOST_SOURCES) sourcesKnown = false;
    else sources.push(new BuildSource(type, name, span, module, overrides));
  };
  for (const item of attribute?.value.items ?? []) add(item.text ?? addressOf(item), item.span, undefined);
  for (const nested of block.blocks('source')) {
    const label = nested.labels[0];
    if (nested.dynamic || !label) sourcesKnown = false;
    if (label) add(label.text, label.span, nested);
  }
  const provisioner = (inner: PackerBlock): PackerProvisioner => new Provisioner(inner, scriptsIn);
  const postProcessors: (readonly PackerPostProcessor[])[] = [];
  for (const inner of block.blocks()) {
    if (inner.type === 'post-processor') postProcessors.push([new PartialStep(inner)]);
    else if (inner.type === 'post-processors')
      postProcessors.push(inner.blocks('post-processor').map(one => new PartialStep(one)));
  }
  return {
    block,
    header: block.header,
    span: block.span,
    name: block.attribute('name')?.value,
    description: block.attribute('description')?.value,
    sources,
    sourcesKnown,
    provisioners: block.blocks('provisioner').map(provisioner),
    cleanups: block.blocks('error-cleanup-provisioner').map(provisioner),
    postProcessors,
    registry: block.block('hcp_packer_registry'),
  };
}

/** `source.amazon-ebs.web`, with or without the first part. */
const ADDRESS = /^(?:sources?\.)?([^.\s]+)\.([^.\s]+)$/;

/** A bare `source.type.name`, also when it is not declared. */
function addressOf({ expression }: Evaluated): string | undefined {
  const whole = expression.kind === 'traversal' ? pathOf(expression) : undefined;
  if (!whole || (whole.root !== 'source' && whole.root !== 'sources') || whole.path.length !== 2) return undefined;
  return whole.path.join('.');
}

class BuildSource implements PackerBuildSource {
  constructor(
    readonly type: string,
    readonly name: string,
    readonly span: Span,
    private readonly module: Pick<PackerModule, 'source'>,
    readonly overrides: PackerBlock | undefined,
  ) {}

  get source(): PackerBuildSource['source'] {
    return this.module.source(this.type, this.name);
  }
  get facts(): PackerBuildSource['facts'] {
    return factsOf(this.type);
  }
  attribute(name: string): PackerAttribute | undefined {
    return this.overrides?.attribute(name) ?? this.source?.block.attribute(name);
  }
  blocks(type: string): readonly PackerBlock[] {
    const own = this.overrides?.blocks(type) ?? [];
    return own.length > 0 ? own : (this.source?.block.blocks(type) ?? []);
  }
}

/** A source that no build uses, as if one did. */
export function asUse(source: PackerSource): PackerBuildSource {
  const { block, facts, header, name, type } = source;
  return {
    type,
    name,
    span: header,
    source,
    overrides: undefined,
    facts,
    attribute: attribute => block.attribute(attribute),
    blocks: inner => block.blocks(inner),
  };
}

/** A step that runs for some of a build's sources. */
class PartialStep implements PackerPostProcessor {
  constructor(readonly block: PackerBlock) {}

  get type(): string | undefined {
    return this.block.labels[0]?.text;
  }
  get header(): Span {
    return this.block.header;
  }
  get span(): Span {
    return this.block.span;
  }
  get dynamic(): boolean {
    return this.block.dynamic;
  }
  get only(): readonly string[] | undefined {
    return certainNames(this.block.attribute('only'));
  }
  get except(): readonly string[] | undefined {
    return certainNames(this.block.attribute('except'));
  }

  // https://developer.hashicorp.com/packer/docs/templates/hcl_templates/onlyexcept
  runsFor(source: PackerBuildSource): boolean | undefined {
    const given = source.overrides?.attribute('name')?.value;
    if (given && given.text === undefined) return undefined;
    const name = `${source.type}.${given?.text ?? source.name}`;
    const verdict = (attribute: 'only' | 'except'): boolean | undefined => {
      const written = this.block.attribute(attribute);
      if (!written || written.value.kind === 'null') return true;
      const names = this[attribute];
      if (!names) return undefined;
      return names.length === 0 || names.includes(name) === (attribute === 'only');
    };
    const only = verdict('only');
    const except = verdict('except');
    if (only === false || except === false) return false;
    return only === undefined || except === undefined ? undefined : true;
  }
}

class Provisioner extends PartialStep implements PackerProvisioner {
  private files: readonly ScriptUse[] | undefined;

  constructor(
    block: PackerBlock,
    private readonly scriptsIn: (block: PackerBlock) => readonly ScriptUse[],
  ) {
    super(block);
  }

  get override(): Evaluated | undefined {
    return this.block.attribute('override')?.value;
  }
  get scripts(): readonly ScriptUse[] {
    return (this.files ??= this.scriptsIn(this.block));
  }
}

function certainNames(attribute: PackerAttribute | undefined): readonly string[] | undefined {
  if (!attribute?.value.complete || attribute.value.kind !== 'list') return undefined;
  const names = attribute.value.items.map(item => item.text);
  return names.some(name => name === undefined) ? undefined : (names as string[]);
}
