/**
 * HCL written as JSON, as the tree that HCL has: https://github.com/hashicorp/hcl/blob/main/json/spec.md. Strings are templates
 * (and literal in variables files), objects are blocks where {@link Shape} says so, and the key `//` is a comment.
 */
import type {
  Attribute,
  Block,
  Body,
  Expression,
  HclFile,
  HclNode,
  HclProblem,
  Label,
  ObjectItem,
} from '../hcl/ast.ts';
import { jsonProblem } from './problem.ts';
import { type BlockShape, type PluginAddresses, type Shape, templateShape } from './shapes.ts';
import { expressionOf, labelOf, nameOf, templateOf, textOf } from './strings.ts';
import { type JsonMember, type JsonObject, type JsonString, type JsonValue, readJson } from './values.ts';

/** Parses a JSON template or variables file. Never throws; costs time linear in the length of the text. */
export function parseJsonFile(text: string, kind: 'template' | 'variables'): HclFile {
  const root = readJson(text);
  const broken = jsonProblem(text);
  const problems: HclProblem[] = broken ? [{ ...broken, until: text.length, unclosed: false }] : [];
  const host = kind === 'variables' ? 'literal' : 'template';
  const reader = new DocumentReader(text, (string, depth) => templateOf(text, string, host, depth, problems), problems);
  const objects = objectsIn(root);
  if (!objects && !broken)
    reader.report(root, 'This JSON is not an object', 'Write `{ … }` with the blocks as properties');
  const shape = kind === 'template' ? templateShape(pluginsIn(text, objects ?? [])) : NOTHING;
  const body = reader.body(objects ?? [], shape, root, 0);
  return { body, problems: problems.sort((a, b) => a.start - b.start), comments: [] };
}

const NOTHING: Shape = { block: () => undefined };
const COMMENT = '//';

/** The object that a body is, or the objects whose properties it has together; `undefined` for other values. */
function objectsIn(value: JsonValue): readonly JsonObject[] | undefined {
  if (value.kind === 'object') return [value];
  if (value.kind !== 'array') return undefined;
  const objects = value.items.filter(item => item.kind === 'object');
  return objects.length === value.items.length ? objects : undefined;
}

/** The addresses in `packer.required_plugins`. */
function pluginsIn(text: string, roots: readonly JsonObject[]): PluginAddresses {
  const inside = (objects: readonly JsonObject[], name: string): readonly JsonObject[] =>
    objects.flatMap(({ members }) =>
      members.flatMap(({ key, value }) => (textOf(text, key) === name ? (objectsIn(value) ?? []) : [])),
    );
  const found = new Map<string, string>();
  for (const { members } of inside(inside(roots, 'packer'), 'required_plugins'))
    for (const { key, value } of members)
      for (const plugin of value.kind === 'object' ? value.members : [])
        if (textOf(text, plugin.key) === 'source' && plugin.value.kind === 'string')
          found.set(textOf(text, key), textOf(text, plugin.value));
  return found;
}

/** What a block is made of that JSON spreads over several levels. */
interface BlockSite {
  readonly key: JsonString;
  readonly shape: BlockShape;
  readonly labels: readonly Label[];
}

/** Reads the objects of a document as bodies, and its values as expressions. */
export class DocumentReader {
  constructor(
    private readonly text: string,
    private readonly stringAt: (string: JsonString, depth: number) => Expression,
    private readonly problems: HclProblem[],
  ) {}

  report({ end, start }: HclNode, message: string, help: string): void {
    this.problems.push({ message, help, start, end, until: end, unclosed: false });
  }

  /** The properties of one or several objects as the items of a body. */
  body(objects: readonly JsonObject[], shape: Shape, { end, start }: HclNode, depth: number): Body {
    const items: (Attribute | Block)[] = [];
    const names = new Set<string>();
    for (const { members } of objects) {
      for (const member of members) {
        const name = textOf(this.text, member.key);
        if (name === COMMENT) continue;
        const block = shape.block(name);
        if (block && this.addBlocks(items, member, block, depth)) continue;
        if (names.has(name)) this.report(member.key, 'Duplicate attribute', 'Remove one of them');
        names.add(name);
        items.push(this.attribute(member, shape.expressions?.has(name) === true, depth));
      }
    }
    return { kind: 'body', json: true, items, start, end };
  }

  private attribute({ key, value }: JsonMember, isExpression: boolean, depth: number): Attribute {
    const written =
      isExpression && value.kind === 'string'
        ? expressionOf(this.text, value, depth, this.problems)
        : this.expression(value, depth + 1);
    return { kind: 'attribute', name: nameOf(this.text, key), value: written, start: key.start, end: value.end };
  }

  /** Adds the blocks of a property; false when its value is none, so that it is rather an attribute. */
  private addBlocks(
    items: (Attribute | Block)[],
    { key, value }: JsonMember,
    shape: BlockShape,
    depth: number,
  ): boolean {
    if (isNull(value)) return true;
    if (!shape.certain && !objectsIn(value)) return false;
    this.addLabelled(items, value, { key, shape, labels: [] }, depth + 1);
    return true;
  }

  private addLabelled(items: (Attribute | Block)[], value: JsonValue, site: BlockSite, depth: number): void {
    const isBody = site.labels.length === site.shape.labels;
    const objects = isBody && isNull(value) ? [] : objectsIn(value);
    if (!objects) {
      if (value.kind !== 'unread')
        this.report(value, 'A block in JSON is an object', 'Write `{ … }`, or a list of objects');
      return;
    }
    for (const object of objects) {
      if (isBody) items.push(this.block(object, site, value.kind === 'array', depth));
      else
        for (const member of object.members)
          this.addLabelled(
            items,
            member.value,
            { ...site, labels: [...site.labels, labelOf(this.text, member.key)] },
            depth + 1,
          );
    }
  }

  /** A block starts where nothing else does: at its last label, its type, or its object in an array. */
  private block(object: JsonObject, { key, labels, shape }: BlockSite, inArray: boolean, depth: number): Block {
    const named = labels.at(-1) ?? key;
    const start = inArray ? object.start : named.start;
    const body = this.body([object], shape.body(labels.map(({ text }) => text)), inside(object), depth);
    return {
      kind: 'block',
      type: nameOf(this.text, key),
      labels,
      header: { start, end: inArray ? object.start + 1 : named.end },
      body,
      openBrace: object.start,
      closeBrace: object.close,
      start,
      end: object.end,
    };
  }

  /** A value that is no block. */
  expression(value: JsonValue, depth: number): Expression {
    const { start, end } = value;
    switch (value.kind) {
      case 'string':
        return this.stringAt(value, depth);
      case 'scalar':
        if (value.value === null) return { kind: 'null', start, end };
        if (typeof value.value === 'boolean') return { kind: 'bool', value: value.value, start, end };
        return { kind: 'number', text: this.text.slice(start, end), value: value.value, start, end };
      case 'array': {
        const elements = value.items.map(item => this.expression(item, depth + 1));
        return { kind: 'tuple', elements, commas: value.commas, close: value.close, start, end };
      }
      case 'object': {
        this.checkKeys(value);
        const items = value.members.map(member => this.entry(member, depth + 1));
        return { kind: 'object', json: true, items, close: value.close, start, end };
      }
      case 'unread':
        return { kind: 'invalid', start, end };
    }
  }

  /** Unlike HCL, JSON has no second value for a key. */
  private checkKeys({ members }: JsonObject): void {
    const keys = new Set<string>();
    for (const { key } of members) {
      const name = textOf(this.text, key);
      if (keys.has(name)) this.report(key, 'Duplicate key', 'Remove one of them');
      keys.add(name);
    }
  }

  private entry({ comma, key, value }: JsonMember, depth: number): ObjectItem {
    const written = this.expression(value, depth);
    return {
      kind: 'object-item',
      key: this.stringAt(key, depth),
      separator: ':',
      value: written,
      comma,
      start: key.start,
      end: value.end,
    };
  }
}

/** The range between the braces. */
export function inside({ close, end, start }: JsonObject): HclNode {
  return { start: start + 1, end: close ?? end };
}

function isNull(value: JsonValue): boolean {
  return value.kind === 'scalar' && value.value === null;
}
