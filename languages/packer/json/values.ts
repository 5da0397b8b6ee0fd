/** The values of a JSON text with their places. What is broken ends the reading: everything before it is there, unclosed. */
import { endOf, SCALAR, SPACE, stringEnd } from './problem.ts';

interface Place {
  readonly start: number;
  readonly end: number;
}

export type JsonValue = JsonObject | JsonArray | JsonString | JsonScalar | JsonUnread;

export interface JsonObject extends Place {
  readonly kind: 'object';
  readonly members: readonly JsonMember[];
  /** The offset of `}`; `undefined` when it is missing. */
  readonly close: number | undefined;
}
export interface JsonMember {
  readonly key: JsonString;
  readonly value: JsonValue;
  readonly comma: number | undefined;
}
export interface JsonArray extends Place {
  readonly kind: 'array';
  readonly items: readonly JsonValue[];
  /** The offset of the comma after each item. */
  readonly commas: readonly (number | undefined)[];
  readonly close: number | undefined;
}
/** Its range holds the quotes. */
export interface JsonString extends Place {
  readonly kind: 'string';
}
export interface JsonScalar extends Place {
  readonly kind: 'scalar';
  readonly value: number | boolean | null;
}
/** A value that is missing or nested too deeply. */
export interface JsonUnread extends Place {
  readonly kind: 'unread';
}

/** How deep values are read: the trees that are made of them are walked recursively. */
const DEEPEST = 120;

/** Reads a text; never throws. Costs time linear in the length of the text. */
export function readJson(text: string): JsonValue {
  return new Reader(text).value(0);
}

class Reader {
  private at: number;
  private broken = false;

  constructor(private readonly text: string) {
    this.at = text.startsWith('\uFEFF') ? 1 : 0;
  }

  value(depth: number): JsonValue {
    const char = this.next();
    if (char === '{' || char === '[') {
      if (depth >= DEEPEST) return this.skipped();
      return char === '{' ? this.object(depth) : this.array(depth);
    }
    if (char === '"') return this.string() ?? this.unread();
    const start = this.at;
    const end = endOf(SCALAR, this.text, start);
    if (end === undefined) return this.unread();
    this.at = end;
    return { kind: 'scalar', value: JSON.parse(this.text.slice(start, end)) as number | boolean | null, start, end };
  }

  private object(depth: number): JsonObject {
    const start = this.at++;
    const members: JsonMember[] = [];
    let close: number | undefined;
    while (!this.broken) {
      if (members.length === 0 && this.next() === '}') close = this.at++;
      if (close !== undefined) break;
      const key = this.next() === '"' ? this.string() : undefined;
      if (!key || this.next() !== ':') {
        this.broken = true;
        break;
      }
      this.at++;
      const value = this.value(depth + 1);
      const comma = this.comma();
      members.push({ key, value, comma });
      if (comma === undefined && !this.broken) close = this.closing('}');
    }
    return { kind: 'object', members, close, start, end: this.at };
  }

  private array(depth: number): JsonArray {
    const start = this.at++;
    const items: JsonValue[] = [];
    const commas: (number | undefined)[] = [];
    let close: number | undefined;
    while (!this.broken) {
      if (items.length === 0 && this.next() === ']') close = this.at++;
      if (close !== undefined) break;
      items.push(this.value(depth + 1));
      const comma = this.comma();
      commas.push(comma);
      if (comma === undefined && !this.broken) close = this.closing(']');
    }
    return { kind: 'array', items, commas, close, start, end: this.at };
  }

  private string(): JsonString | undefined {
    const start = this.at;
    const end = stringEnd(this.text, start);
    if (end === undefined) return undefined;
    this.at = end;
    return { kind: 'string', start, end };
  }

  /** The character at the next place that is not whitespace. */
  private next(): string | undefined {
    this.at = endOf(SPACE, this.text, this.at) ?? this.at;
    return this.text[this.at];
  }

  private comma(): number | undefined {
    return !this.broken && this.next() === ',' ? this.at++ : undefined;
  }

  private closing(bracket: string): number | undefined {
    if (this.next() === bracket) return this.at++;
    this.broken = true;
    return undefined;
  }

  private unread(): JsonUnread {
    this.broken = true;
    return { kind: 'unread', start: this.at, end: this.at };
  }

  /** Past a value that is nested too deeply. */
  private skipped(): JsonUnread {
    const start = this.at;
    let open = 0;
    do {
      const char = this.next();
      if (char === '{' || char === '[') open++;
      else if (char === '}' || char === ']') open--;
      const end = char === '"' ? stringEnd(this.text, this.at) : this.at + 1;
      if (char === undefined || end === undefined) return this.unread();
      this.at = end;
    } while (open > 0);
    return { kind: 'unread', start, end: this.at };
  }
}
