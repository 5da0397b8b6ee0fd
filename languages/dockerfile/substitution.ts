/** Values of an instruction's words: quotes removed, variables expanded where that is certain. */
import type { Reference, Value } from '../../core/build.ts';
import { Decoder, type Encode, type SourceText, UNRESOLVED } from '../../core/text.ts';
import { type EscapeCharacter, isSpace } from './lines.ts';
import { replaced, withoutPrefix, withoutSuffix } from './pattern.ts';
import { type Modifier, type Node, readTemplate, type Template, type VariableNode } from './template.ts';
import type { Scope } from './tree.ts';

/** Longer values are not substituted into other words; they count as unknown there. */
const LONGEST_SUBSTITUTED = 4096;

/** The total length to which the variables of one document may expand: `ENV A=$A$A` doubles with every line. */
export class Budget {
  private left = 4_000_000;

  /** The text, or `undefined` when the limit is reached. */
  spend(text: string): string | undefined {
    if (text.length > LONGEST_SUBSTITUTED) return undefined;
    this.left -= text.length;
    return this.left < 0 ? undefined : text;
  }
}

/** What a word is read with. */
export interface Reading {
  readonly escape: EscapeCharacter;
  readonly scope: Scope;
  readonly budget: Budget;
  /** What ends the word: nothing, any space, a space outside quotes. Decides how edits are written. */
  readonly ends: 'never' | 'space' | 'unquoted-space' | 'body';
  /** False in heredoc bodies. */
  readonly quotes?: boolean;
}

export interface Read {
  readonly value: Value;
  readonly error: Template['error'];
}

/** The value of a word that the builder expands. */
export function readWord(source: SourceText, reading: Reading): Read {
  const { text } = source;
  if (text !== '' && !/[$'"\\`\uE000]/.test(text)) {
    // No special characters, as in most words.
    const decoded = new Decoder(source, wordEncoder(source, reading)).verbatim(0, text.length).done();
    return {
      value: { source: decoded, parts: [text], literal: text, byDefault: text, span: source.span },
      error: undefined,
    };
  }
  const template = readTemplate(text, reading.escape, reading.quotes);
  const decoder = new Decoder(source, wordEncoder(source, reading), originOf(text));
  const parts: (string | Reference)[] = [];
  let known = true;
  let byDefault: string[] | undefined = [];
  for (const node of template.nodes) {
    if (node.kind === 'literal') {
      const piece = literalText(text, node);
      if (node.escaped === undefined) decoder.verbatim(node.start, node.end);
      else decoder.as(piece, node.start, node.end);
      byDefault?.push(piece);
      if (typeof parts.at(-1) === 'string') parts[parts.length - 1] += piece;
      else parts.push(piece);
      continue;
    }
    const certain = evaluate(text, node, reading, 'certain');
    if (certain === undefined) known = false;
    decoder.as(certain ?? UNRESOLVED, node.start, node.end);
    const assumed = certain ?? evaluate(text, node, reading, 'default');
    if (assumed === undefined) byDefault = undefined;
    else byDefault?.push(assumed);
    collect(source, node, reading.scope, parts);
  }
  const decoded = decoder.done();
  const literal = known && !template.error && !decoded.text.includes(UNRESOLVED) ? decoded.text : undefined;
  const value: Value = {
    source: decoded,
    parts,
    literal,
    byDefault: literal ?? (template.error || text.includes(UNRESOLVED) ? undefined : byDefault?.join('')),
    span: source.span,
  };
  return { value, error: template.error };
}

/** The value of text without quotes, escapes and variables. */
export function plainValue(source: SourceText): Value {
  const literal = source.text.includes(UNRESOLVED) ? undefined : source.text;
  return { source, parts: source.text === '' ? [] : [source.text], literal, byDefault: literal, span: source.span };
}

/** An unquoted heredoc body of COPY or ADD: variables are expanded, quotes are literal. */
export function readBody(body: SourceText, mark: EscapeCharacter, scope: Scope): SourceText {
  if (!body.text.includes('$') && !body.text.includes(mark)) return body;
  return readWord(body, { escape: mark, scope, budget: new Budget(), ends: 'body', quotes: false }).value.source;
}

/** The offset of an empty value: inside its quotes. */
function originOf(text: string): number {
  return text[0] === '"' || text[0] === "'" ? 1 : 0;
}

function literalText(text: string, node: Node & { kind: 'literal' }): string {
  return node.escaped ?? text.slice(node.start, node.end);
}

/** The variable, followed by those inside its modifier. */
function collect(source: SourceText, node: VariableNode, scope: Scope, parts: (string | Reference)[]): void {
  const definition = scope.get(node.name)?.definition;
  const reference = { name: node.name, span: source.spanOf(node.start, node.end) };
  parts.push(definition ? { ...reference, definition } : reference);
  for (const inner of [...(node.modifier?.word ?? []), ...(node.modifier?.replacement ?? [])])
    if (inner.kind === 'variable') collect(source, inner, scope, parts);
}

type Mode = 'certain' | 'default';

/** `unset` differs from `unknown` only where nothing outside the file can set the variable. */
type Lookup = { readonly set: true; readonly value: string } | 'unset' | 'required' | 'unknown';

/** The positional and special parameters of a shell; BuildKit does not set them. */
const SPECIAL = /^(?:[0-9]+|[@*#?\-$!])$/;

function lookUp(name: string, scope: Scope, mode: Mode): Lookup {
  if (SPECIAL.test(name)) return 'unset';
  const binding = scope.get(name);
  if (!binding) return scope.closed ? 'unset' : 'unknown';
  const value = mode === 'certain' ? binding.literal : binding.byDefault;
  if (value !== undefined) return { set: true, value };
  return mode === 'default' && binding.kind === 'arg' && !binding.value ? 'required' : 'unknown';
}

function evaluate(text: string, node: VariableNode, reading: Reading, mode: Mode): string | undefined {
  const found = lookUp(node.name, reading.scope, mode);
  if (found === 'unknown') return undefined;
  const value = typeof found === 'object' ? found.value : undefined;
  if (!node.modifier) {
    if (found === 'required') return undefined;
    return reading.budget.spend(value ?? '');
  }
  const result = modified(text, node.modifier, value, reading, mode);
  return result === undefined ? undefined : reading.budget.spend(result);
}

function modified(
  text: string,
  { operator, word, replacement }: Modifier,
  value: string | undefined,
  reading: Reading,
  mode: Mode,
): string | undefined {
  const inner = () => evaluateAll(text, word, reading, mode);
  switch (operator) {
    case '-':
      return value ?? inner();
    case ':-':
      return value || inner();
    case '+':
      return value === undefined ? '' : inner();
    case ':+':
      return value ? inner() : '';
    case '?':
      return value;
    case ':?':
      return value || undefined;
    case 'too-deep':
      return undefined;
  }
  const pattern = inner();
  if (pattern === undefined) return undefined;
  const before = value ?? '';
  if (operator === '#' || operator === '##') return withoutPrefix(before, pattern, operator === '##');
  if (operator === '%' || operator === '%%') return withoutSuffix(before, pattern, operator === '%%');
  const by = evaluateAll(text, replacement, reading, mode);
  return by === undefined ? undefined : replaced(before, pattern, by, operator === '//');
}

function evaluateAll(text: string, nodes: readonly Node[], reading: Reading, mode: Mode): string | undefined {
  let out = '';
  for (const node of nodes) {
    const piece = node.kind === 'literal' ? literalText(text, node) : evaluate(text, node, reading, mode);
    if (piece === undefined) return undefined;
    out += piece;
  }
  return out;
}

/**
 * Writes into a word, quoted or escaped as needed there, and only if the word is then read as the old one with the new
 * text in it. A variable is never overwritten, not even as a whole: it was written for a reason.
 */
function wordEncoder(source: SourceText, reading: Reading): Encode {
  const { text } = source;
  const { escape: mark, ends, quotes = true } = reading;
  return (newText, at) => {
    if (newText.includes(UNRESOLVED)) return undefined;
    const written = write(newText, quotes ? quoteAt(text, at.parentStart, mark) : 'body', mark, ends);
    if (written === undefined) return undefined;
    const old = readTemplate(text, mark, quotes);
    if (old.nodes.some(n => n.kind === 'variable' && n.start < at.parentEnd && n.end > at.parentStart))
      return undefined;
    const next = text.slice(0, at.parentStart) + written + text.slice(at.parentEnd);
    const reread = readTemplate(next, mark, quotes);
    const expected = skeleton(text, { ...old, nodes: inside(old.nodes, 0, at.parentStart) });
    const rest = skeleton(text, { ...old, nodes: inside(old.nodes, at.parentEnd, text.length) });
    if (reread.error || skeleton(next, reread) !== expected + newText + rest) return undefined;
    return holds(next, ends, mark) ? written : undefined;
  };
}

/** The nodes between two offsets; literal ones are cut at them. */
function inside(nodes: readonly Node[], start: number, end: number): Node[] {
  const out: Node[] = [];
  for (const node of nodes) {
    if (node.end <= start || node.start >= end) continue;
    if (node.kind === 'variable' || node.escaped !== undefined) out.push(node);
    else out.push({ ...node, start: Math.max(start, node.start), end: Math.min(end, node.end) });
  }
  return out;
}

/** The decoded text, with each variable as it is written between two `UNRESOLVED`s. */
function skeleton(text: string, { nodes }: Template): string {
  return nodes
    .map(node =>
      node.kind === 'literal'
        ? literalText(text, node)
        : `${UNRESOLVED}${text.slice(node.start, node.end)}${UNRESOLVED}`,
    )
    .join('');
}

/** Whether the written word is still one word there. */
function holds(text: string, ends: Reading['ends'], mark: EscapeCharacter): boolean {
  if (ends === 'body') return true;
  // Only the value after `NAME=` may be empty; any other word would disappear.
  if (text === '') return ends === 'unquoted-space';
  if (ends === 'never') return !(isSpace(text.charCodeAt(0)) || isSpace(text.charCodeAt(text.length - 1)));
  // At the end of the line an escaped space is trimmed like any other.
  if (isSpace(text.charCodeAt(text.length - 1))) return false;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (isSpace(text.charCodeAt(at)) && (ends === 'space' || quote === '')) return false;
    if (ends === 'space') continue;
    if (character === mark && quote !== "'") at++;
    else if (quote === '' ? character === '"' || character === "'" : character === quote)
      quote = quote === '' ? character : '';
  }
  return true;
}

/** The quote that is open at the offset; empty when none is. */
function quoteAt(text: string, offset: number, mark: EscapeCharacter): '' | '"' | "'" {
  let quote: '' | '"' | "'" = '';
  for (let at = 0; at < offset; at++) {
    const character = text[at]!;
    if (character === mark && quote !== "'") at++;
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
  }
  return quote;
}

function write(
  text: string,
  place: '' | '"' | "'" | 'body',
  mark: EscapeCharacter,
  ends: Reading['ends'],
): string | undefined {
  if (place === "'") return text.includes("'") ? undefined : text;
  let out = '';
  for (const character of text) {
    const special =
      character === mark ||
      character === '$' ||
      (place !== 'body' && character === '"') ||
      (place === '' && (character === "'" || (ends === 'unquoted-space' && isSpace(character.charCodeAt(0)))));
    out += special ? mark + character : character;
  }
  return out;
}
