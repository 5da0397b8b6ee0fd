/** The `{{ … }}` of Go templates in strings, as far as functions go: https://developer.hashicorp.com/packer/docs/templates/legacy_json_templates/engine */

import { memo } from '../../core/memo.ts';
import data from '../../data/packer-components.json';
import { words } from './components/table.ts';

/** A function that is called in an action. */
export interface TemplateCall {
  readonly name: string;
  /** Where the name is in the text. */
  readonly start: number;
  readonly end: number;
  /** How many arguments it is given; `undefined` in a pipe or with parentheses. */
  readonly given: number | undefined;
}

/** Longer texts are read up to here, in UTF-16 code units. */
const LONGEST = 100_000;
const KEYWORDS: ReadonlySet<string> = new Set(
  'if else end range with define template block break continue nil true false'.split(' '),
);
const TOKEN = /"(?:[^"\\]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)*'|[$.]?[\w$.]+|:?=|[|(),]|\S/y;

/** The calls in the actions of a text, in order. Text in quotes is not read, so that ``{{`{{.Names}}`}}`` has none. */
export function templateCalls(text: string): readonly TemplateCall[] {
  const calls: TemplateCall[] = [];
  const limit = Math.min(text.length, LONGEST);
  let at = text.indexOf('{{');
  while (at >= 0 && at < limit) {
    const action = actionAt(text, at + 2, limit);
    if (!action) break;
    calls.push(...action.calls);
    at = text.indexOf('{{', action.end);
  }
  return calls;
}

/** A field of the data that an action is given: `.Vars`. */
export interface TemplateField {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The fields in the actions of a text; none where actions change what `.` is. */
export function templateFields(text: string): readonly TemplateField[] {
  const fields: TemplateField[] = [];
  const limit = Math.min(text.length, LONGEST);
  for (let at = text.indexOf('{{'); at >= 0 && at < limit; ) {
    const action = actionAt(text, at + 2, limit);
    if (!action || action.tokens.some(token => SCOPES.has(token.text))) return [];
    for (const token of action.tokens) {
      const [, name] = /^\$?\.([A-Za-z]\w*)/.exec(token.text) ?? [];
      if (name !== undefined) fields.push({ name, start: token.start, end: token.start + token.text.length });
    }
    at = text.indexOf('{{', action.end);
  }
  return fields;
}
const SCOPES: ReadonlySet<string> = new Set(['range', 'with', 'define', 'template', 'block', 'index', 'env']);

/** What Go cannot parse: an action without `}}`, a block without `end`, an `end` without a block. */
export interface TemplateFault {
  readonly kind: 'unclosed action' | 'unclosed block' | 'stray word';
  /** The word that opens the block, or that stands alone. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const OPENS: ReadonlySet<string> = new Set(['if', 'range', 'with', 'define', 'block']);

/** The first fault in the actions of a text; `undefined` for a text that is too long to be read. */
export function templateFault(text: string): TemplateFault | undefined {
  if (text.length > LONGEST) return undefined;
  const open: TemplateFault[] = [];
  for (let at = text.indexOf('{{'); at >= 0; ) {
    const action = actionAt(text, at + 2, text.length);
    const place = { start: at, end: action?.end ?? Math.min(text.length, at + 2) };
    if (!action) return { kind: 'unclosed action', word: '', ...place };
    const word = action.tokens[0]?.text ?? '';
    if (OPENS.has(word)) open.push({ kind: 'unclosed block', word, ...place });
    else if (word === 'end' && !open.pop()) return { kind: 'stray word', word, ...place };
    else if (word === 'else' && open.length === 0) return { kind: 'stray word', word, ...place };
    at = text.indexOf('{{', action.end);
  }
  return open.at(-1);
}

interface Token {
  readonly text: string;
  readonly start: number;
}

function actionAt(
  text: string,
  from: number,
  limit: number,
): { calls: TemplateCall[]; tokens: readonly Token[]; end: number } | undefined {
  const tokens: Token[] = [];
  let at = text[from] === '-' ? from + 1 : from;
  for (;;) {
    while (at < limit && /\s/.test(text[at]!)) at++;
    if (at >= limit) return undefined;
    if (text.startsWith('}}', at) || text.startsWith('-}}', at)) break;
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return undefined;
    tokens.push({ text: token, start: at });
    at += token.length;
  }
  return { calls: callsIn(tokens), tokens, end: at + 2 };
}

/** The names in front of a pipe's parts; what control structures and variables are made of is left out. */
function callsIn(tokens: readonly Token[]): TemplateCall[] {
  const first = tokens[0]?.text ?? '';
  if (KEYWORDS.has(first) || first.startsWith('$') || first.startsWith('/')) return [];
  const isPlain = !tokens.some(({ text }) => /^[|(),]$/.test(text));
  return tokens.flatMap(({ start, text }, i): TemplateCall[] => {
    const opens = i === 0 || /^[|(]$/.test(tokens[i - 1]!.text);
    if (!opens || !/^[A-Za-z_]\w*$/.test(text) || KEYWORDS.has(text)) return [];
    return [{ name: text, start, end: start + text.length, given: isPlain ? tokens.length - 1 : undefined }];
  });
}

/** What is known of a function. */
export interface TemplateFunction {
  readonly min: number;
  readonly max: number;
  /** In the variables of JSON templates only. */
  readonly onlyInVariables: boolean;
}

/** The numbers of arguments that a function takes; `undefined` for one that does not exist. */
export function templateFunction(name: string): TemplateFunction | undefined {
  return functions(data.templateFunctions).get(name);
}

/** The names of all functions. */
export function templateFunctionNames(): readonly string[] {
  return [...functions(data.templateFunctions).keys()];
}

/** The names of Packer's functions that strings of a component in HCL can use. */
export function usableTemplateFunctions(component: string | undefined): readonly string[] {
  const fits = (pattern: string): boolean =>
    pattern === component || (pattern.endsWith('*') && component?.startsWith(pattern.slice(0, -1)) === true);
  return Object.entries(data.templateFunctions)
    .filter(
      ([, { components, deprecated, onlyIn }]) =>
        !onlyIn && deprecated === undefined && (components?.some(fits) ?? true),
    )
    .map(([name]) => name)
    .toSorted();
}

const functions = memo((own: typeof data.templateFunctions) => {
  const known = new Map<string, TemplateFunction>();
  const any = { min: 0, max: Number.POSITIVE_INFINITY, onlyInVariables: false };
  for (const name of words(data.goTemplateBuiltins)) known.set(name, any);
  // Their old names are said to be deprecated elsewhere.
  for (const name of Object.keys(data.templateRenamed)) known.set(name, any);
  for (const [name, { max, min, onlyIn }] of Object.entries(own))
    known.set(name, {
      min,
      max: max ?? Number.POSITIVE_INFINITY,
      onlyInVariables: onlyIn?.includes('json variables') ?? false,
    });
  return known;
});
