/** Blocks of the syntax tree with their text, as `tree.ts` describes them. */
import { Decoder, type SourceText, type Span } from '../../core/text.ts';
import type { Site } from './evaluate/evaluate.ts';
import type { Attribute, Block, Body, HclNode, Label } from './hcl/ast.ts';
import { encodeQuoted, jsonEncoder } from './hcl/index.ts';
import type { Evaluated, PackerAttribute, PackerBlock, PackerLabel } from './tree.ts';

/** How expressions of the module are read. */
export type Read = (site: Site) => Evaluated;

/** A block of a document; the whole file when `hcl` is `undefined`. */
export function packerBlock(body: Body, hcl: Block | undefined, source: SourceText, read: Read): PackerBlock {
  return new BlockNode(body, hcl, source, read, undefined);
}

/** The shell of a `dynamic` block around its content. */
interface Dynamic {
  readonly type: string;
  readonly outer: Block;
}

class BlockNode implements PackerBlock {
  private list: readonly PackerAttribute[] | undefined;
  private byName: ReadonlyMap<string, PackerAttribute> | undefined;
  private nested: readonly PackerBlock[] | undefined;
  private names: readonly PackerLabel[] | undefined;

  constructor(
    readonly body: Body,
    readonly hcl: Block | undefined,
    readonly source: SourceText,
    private readonly read: Read,
    private readonly around: Dynamic | undefined,
  ) {}

  get type(): string {
    return this.around?.type ?? this.hcl?.type.text ?? '';
  }
  get dynamic(): boolean {
    return this.around !== undefined;
  }
  get labels(): readonly PackerLabel[] {
    return (this.names ??= this.around
      ? this.dynamicLabels(this.around)
      : (this.hcl?.labels ?? []).map(label => packerLabel(label, this.source)));
  }
  get header(): Span {
    return this.spanOf((this.around?.outer ?? this.hcl)?.header ?? { start: 0, end: 0 });
  }
  get span(): Span {
    return this.spanOf(this.around?.outer ?? this.hcl ?? this.body);
  }

  get attributes(): readonly PackerAttribute[] {
    return (this.list ??= this.body.items.flatMap(item => (item.kind === 'attribute' ? this.attributeOf(item) : [])));
  }
  attribute(name: string): PackerAttribute | undefined {
    if (!this.byName) {
      const byName = new Map<string, PackerAttribute>();
      for (const attribute of this.attributes) if (!byName.has(attribute.name)) byName.set(attribute.name, attribute);
      this.byName = byName;
    }
    return this.byName.get(name);
  }

  blocks(type?: string): readonly PackerBlock[] {
    this.nested ??= this.body.items.flatMap(item => (item.kind === 'block' ? this.blockOf(item) : []));
    return type === undefined ? this.nested : this.nested.filter(block => block.type === type);
  }
  block(type: string): PackerBlock | undefined {
    return this.blocks().find(block => block.type === type);
  }

  private spanOf({ start, end }: HclNode): Span {
    return this.source.spanOf(start, end);
  }

  private attributeOf(hcl: Attribute): PackerAttribute {
    const { source, read } = this;
    let value: Evaluated | undefined;
    return {
      name: hcl.name.text,
      nameSpan: this.spanOf(hcl.name),
      span: source.spanOf(hcl.start, hcl.end),
      hcl,
      source,
      get value() {
        return (value ??= read({ expression: hcl.value, source }));
      },
    };
  }

  private blockOf(hcl: Block): PackerBlock[] {
    const { source, read } = this;
    const type = hcl.type.text === 'dynamic' ? hcl.labels[0]?.text : undefined;
    if (type === undefined) return [new BlockNode(hcl.body, hcl, source, read, undefined)];
    const content = hcl.body.items.find(item => item.kind === 'block' && item.type.text === 'content');
    return content?.kind === 'block' ? [new BlockNode(content.body, content, source, read, { type, outer: hcl })] : [];
  }

  /** `labels = ["shell"]`; those that cannot be known end the list. */
  private dynamicLabels({ outer }: Dynamic): PackerLabel[] {
    const labels: PackerLabel[] = [];
    const written = outer.body.items.find(item => item.kind === 'attribute' && item.name.text === 'labels');
    if (written?.kind !== 'attribute') return labels;
    for (const item of this.read({ expression: written.value, source: this.source }).items) {
      if (item.text === undefined) break;
      labels.push({ text: item.text, span: item.span, value: item.asValue().source });
    }
    return labels;
  }
}

function packerLabel(label: Label, source: SourceText): PackerLabel {
  const span = source.spanOf(label.start, label.end);
  if (!label.quoted) return { text: label.text, span, value: source.slice(label.start, label.end) };
  const decoder = new Decoder(source, label.json ? jsonEncoder('literal') : encodeQuoted, label.start + 1);
  let at = 0;
  for (const run of label.runs) {
    if (run.verbatim) decoder.verbatim(run.start, run.end);
    else if (run.length > 0) decoder.as(label.text.slice(at, at + run.length), run.start, run.end);
    at += run.length;
  }
  return { text: label.text, span, value: decoder.done() };
}
