/** HCL written as JSON, by the specification of HCL's JSON syntax: what a test compares the JSON reader with. */
import type { Block, Body, Expression, TemplatePart } from '../../languages/packer/hcl/ast.ts';
import { parseHcl } from '../../languages/packer/hcl/index.ts';

/** The same file in JSON; `undefined` for what JSON cannot say: broken HCL, comments, types in quotes, code in a variables file. */
export function asJson(hcl: string, isVariables = false): string | undefined {
  const { body, comments, problems } = parseHcl(hcl);
  if (problems.length > 0 || comments.length > 0) return undefined;
  if (/^ *type *= "/m.test(hcl)) return undefined;
  if (isVariables && /[$%]\{|= *[a-z]/i.test(hcl)) return undefined;
  return `${JSON.stringify(new Writer(hcl, isVariables).body(body), undefined, 2)}\n`;
}

/** Attributes whose value is not a value but code. */
const ARE_CODE = new Set(['type', 'iterator']);

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

class Writer {
  constructor(
    private readonly text: string,
    private readonly isVariables: boolean,
  ) {}

  body({ items }: Body): Json {
    const object: { [key: string]: Json } = {};
    for (const item of items) {
      if (item.kind === 'block') {
        const name = item.type.text;
        const before = object[name];
        const block = this.block(item);
        object[name] = before === undefined ? block : Array.isArray(before) ? [...before, block] : [before, block];
      } else
        object[item.name.text] = ARE_CODE.has(item.name.text) ? this.typeOf(item.value) : this.expression(item.value);
    }
    return object;
  }

  private block({ body, labels }: Block): Json {
    let value = this.body(body);
    for (const { text } of [...labels].reverse()) value = { [text]: value };
    return value;
  }

  private expression(node: Expression): Json {
    switch (node.kind) {
      case 'null':
        return null;
      case 'bool':
      case 'number':
        return node.value;
      case 'tuple':
        return node.elements.map(element => this.expression(element));
      case 'object': {
        const entries = node.items.map(({ key, value }): [string, Json] => [
          key.kind === 'variable' ? key.name : String(this.expression(key)),
          this.expression(value),
        ]);
        return Object.fromEntries(entries);
      }
      case 'template':
        return node.parts.map(part => this.part(part)).join('');
      default:
        return this.code(node);
    }
  }

  /** A type or name: in JSON a string without markers. */
  private typeOf(node: Expression): Json {
    return node.kind === 'template' ? this.expression(node) : this.slice(node);
  }

  private part(part: TemplatePart): string {
    if (part.kind !== 'text') return this.slice(part);
    return this.isVariables ? part.text : part.text.replace(/[$%](?=\{)/g, '$&$&');
  }

  private code(node: Expression): string {
    return `\${${this.slice(node)}}`;
  }
  private slice({ end, start }: { readonly start: number; readonly end: number }): string {
    return this.text.slice(start, end);
  }
}
