/**
 * A template in the JSON format before Packer 1.7, as the tree that its translation to HCL has: a `variable` for each of its
 * variables, a `source` for each builder, and one `build`. Strings have no `${ }`; `{{user `x`}}` is the variable `x`.
 * https://developer.hashicorp.com/packer/docs/templates/legacy_json_templates
 */
import type { Attribute, Block, Expression, HclFile, HclNode, Label, Name, Template } from '../hcl/ast.ts';
import { UNKNOWN_NAME } from '../hcl/unknown.ts';
import { userFunctions } from '../user-function.ts';
import { DocumentReader, inside } from './document.ts';
import { type Shape, templateShape } from './shapes.ts';
import { labelOf, literalOf, type Stretch, textOf } from './strings.ts';
import { type JsonMember, type JsonObject, type JsonString, type JsonValue, readJson } from './values.ts';

/** Parses a legacy template; what is not JSON any more is left out. Never throws; linear in the length of the text. */
export function parseLegacyJson(text: string): HclFile {
  const root = readJson(text);
  const items = root.kind === 'object' ? new LegacyReader(text, root).items() : [];
  return { body: { kind: 'body', json: true, items, start: 0, end: text.length }, problems: [], comments: [] };
}

/** A builder with the names that it has. */
interface Builder {
  readonly object: JsonObject;
  readonly type: JsonString;
  readonly name: JsonString;
}

class LegacyReader {
  private readonly top: ReadonlyMap<string, JsonMember>;
  private readonly reader: DocumentReader;
  private readonly shape: Shape = templateShape(new Map());
  /** `type.name` of each builder by its name. */
  private readonly addresses = new Map<string, string>();

  constructor(
    private readonly text: string,
    private readonly root: JsonObject,
  ) {
    this.top = this.membersOf(root);
    this.reader = new DocumentReader(text, string => literalOf(text, string, stretchesIn), []);
  }

  items(): readonly Block[] {
    const builders = objectsOf(this.top.get('builders')?.value).flatMap(object => this.builder(object));
    for (const { type, name } of builders)
      this.addresses.set(textOf(this.text, name), `${textOf(this.text, type)}.${textOf(this.text, name)}`);
    return [...this.variables(), ...builders.map(one => this.source(one)), ...this.build(builders)];
  }

  private membersOf({ members }: JsonObject): ReadonlyMap<string, JsonMember> {
    return new Map(members.map(member => [textOf(this.text, member.key), member]));
  }

  private variables(): readonly Block[] {
    const { variables, sensitive } = {
      variables: this.top.get('variables')?.value,
      sensitive: this.top.get('sensitive-variables')?.value,
    };
    const hidden = new Set(
      sensitive?.kind === 'array'
        ? sensitive.items.flatMap(item => (item.kind === 'string' ? [textOf(this.text, item)] : []))
        : [],
    );
    if (variables?.kind !== 'object') return [];
    return variables.members.map(({ key, value }) => {
      const place = { start: key.start, end: value.end };
      const items: Attribute[] = [];
      if (!(value.kind === 'scalar' && value.value === null))
        items.push(attribute('default', key, this.reader.expression(value, 1)));
      if (hidden.has(textOf(this.text, key)))
        items.push(attribute('sensitive', key, { kind: 'bool', value: true, start: key.start, end: key.end }));
      return {
        kind: 'block',
        type: named('variable', key),
        labels: [labelOf(this.text, key)],
        header: { start: key.start, end: key.end },
        body: { kind: 'body', json: true, items, ...place },
        openBrace: undefined,
        closeBrace: undefined,
        ...place,
      };
    });
  }

  private builder(object: JsonObject): readonly Builder[] {
    const members = this.membersOf(object);
    const [type, name] = [members.get('type')?.value, members.get('name')?.value];
    if (type?.kind !== 'string') return [];
    return [{ object, type, name: name?.kind === 'string' ? name : type }];
  }

  private source({ object, type, name }: Builder): Block {
    const labels = [labelOf(this.text, type), labelOf(this.text, name)];
    const shape = this.shape.block('source')!.body(labels.map(({ text }) => text));
    return this.block('source', object, type, labels, shape);
  }

  /** The block that an object with a `type` is; its other members are the body. */
  private block(kind: string, object: JsonObject, type: JsonString, labels: readonly Label[], shape: Shape): Block {
    const members = object.members.filter(({ key }) => !['type', 'name'].includes(textOf(this.text, key)));
    const body = this.reader.body([{ ...object, members }], shape, inside(object), 1);
    const items = body.items.map(item => (item.kind === 'attribute' ? this.withAddresses(item) : item));
    return {
      kind: 'block',
      type: named(kind, type),
      labels,
      header: { start: type.start, end: type.end },
      body: { ...body, items },
      openBrace: object.start,
      closeBrace: object.close,
      start: object.start,
      end: object.end,
    };
  }

  /** `only` and `except` name builders without their type. */
  private withAddresses(item: Attribute): Attribute {
    const { name, value } = item;
    if ((name.text !== 'only' && name.text !== 'except') || value.kind !== 'tuple') return item;
    const elements = value.elements.map(element => {
      const part = element.kind === 'template' && element.parts.length === 1 ? element.parts[0] : undefined;
      const address = part?.kind === 'text' ? this.addresses.get(part.text) : undefined;
      return address === undefined ? element : written(address, element);
    });
    return { ...item, value: { ...value, elements } };
  }

  private build(builders: readonly Builder[]): readonly Block[] {
    const key = this.top.get('provisioners')?.key ?? this.top.get('builders')?.key;
    if (!key || builders.length === 0) return [];
    const { close, end, start } = this.root;
    const elements = builders.map(({ name, type }) =>
      written(`source.${textOf(this.text, type)}.${textOf(this.text, name)}`, type),
    );
    const sources: Expression = {
      kind: 'tuple',
      elements,
      commas: elements.map(() => undefined),
      close: undefined,
      start: key.start,
      end: key.end,
    };
    const items = [
      attribute('sources', key, sources),
      ...objectsOf(this.top.get('provisioners')?.value).flatMap(one => this.step('provisioner', one)),
      ...objectsOf(this.top.get('error-cleanup-provisioner')?.value).flatMap(one =>
        this.step('error-cleanup-provisioner', one),
      ),
      ...this.postProcessors(this.top.get('post-processors')?.value),
    ];
    return [
      {
        kind: 'block',
        type: named('build', key),
        labels: [],
        header: { start: key.start, end: key.end },
        body: { kind: 'body', json: true, items, start: start + 1, end: close ?? end },
        openBrace: undefined,
        closeBrace: undefined,
        start,
        end,
      },
    ];
  }

  private step(kind: 'provisioner' | 'error-cleanup-provisioner' | 'post-processor', object: JsonObject): Block[] {
    const type = this.membersOf(object).get('type')?.value;
    if (type?.kind !== 'string') return [];
    const label = labelOf(this.text, type);
    return [
      this.block(kind, object, type, [label], this.shape.block('build')!.body([]).block(kind)!.body([label.text])),
    ];
  }

  /** A list in the list is a sequence; a name alone is a post-processor without settings. */
  private postProcessors(value: JsonValue | undefined): readonly Block[] {
    if (value?.kind !== 'array') return [];
    return value.items.flatMap((item): readonly Block[] => {
      if (item.kind === 'object') return this.step('post-processor', item);
      if (item.kind === 'string') return [this.bare(item)];
      if (item.kind !== 'array') return [];
      const { end, start } = item;
      const items = item.items.flatMap(one =>
        one.kind === 'object' ? this.step('post-processor', one) : one.kind === 'string' ? [this.bare(one)] : [],
      );
      return [
        {
          kind: 'block',
          type: named('post-processors', { start, end: start + 1 }),
          labels: [],
          header: { start, end: start + 1 },
          body: { kind: 'body', json: true, items, start: start + 1, end },
          openBrace: start,
          closeBrace: item.close,
          start,
          end,
        },
      ];
    });
  }

  private bare(string: JsonString): Block {
    const place = { start: string.start, end: string.end };
    return {
      kind: 'block',
      type: named('post-processor', string),
      labels: [labelOf(this.text, string)],
      header: place,
      body: { kind: 'body', json: true, items: [], start: string.end, end: string.end },
      openBrace: undefined,
      closeBrace: undefined,
      ...place,
    };
  }
}

function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  if (value?.kind === 'object') return [value];
  return value?.kind === 'array' ? value.items.filter(item => item.kind === 'object') : [];
}

function named(text: string, { end, start }: HclNode): Name {
  return { kind: 'name', text, start, end };
}

function attribute(name: string, place: HclNode, value: Expression): Attribute {
  return { kind: 'attribute', name: named(name, place), value, start: place.start, end: value.end };
}

/** A string that says something else than what is written. */
function written(text: string, { end, start }: HclNode): Template {
  return {
    kind: 'template',
    heredoc: undefined,
    json: 'literal',
    parts: [{ kind: 'text', text, runs: [{ length: text.length, verbatim: false, start, end }], start, end }],
    content: { start: start + 1, end: end - 1 },
    closed: true,
    start,
    end,
  };
}

/** Calls whose value the template does not say, and `user` and `template_dir`, which HCL writes as references. */
const ACTION = /\{\{-?\s{0,9}(user|env|template_dir|pwd|vault|consul_key|aws_secretsmanager)\b[^{}]{0,200}\}\}/g;

function stretchesIn(text: string): readonly Stretch[] {
  if (!text.includes('{{')) return [];
  const variables = new Map([...userFunctions(text)].map(({ start, name }) => [start, name]));
  return [...text.matchAll(ACTION)].map(({ index, 0: whole, 1: name }) => ({
    start: index,
    end: index + whole.length,
    expression: place => {
      const variable = variables.get(index);
      if (variable !== undefined) return reference('var', variable, place);
      return name === 'template_dir' ? reference('path', 'root', place) : reference(UNKNOWN_NAME, undefined, place);
    },
  }));
}

function reference(root: string, name: string | undefined, { end, start }: HclNode): Expression {
  const variable: Expression = { kind: 'variable', name: root, start, end };
  if (name === undefined) return variable;
  const step = { kind: 'attribute-step' as const, name: named(name, { start, end }), start, end };
  return { kind: 'traversal', source: variable, steps: [step], start, end };
}
