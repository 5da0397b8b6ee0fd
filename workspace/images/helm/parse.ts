/** Templates of Go as far as charts need them: https://pkg.go.dev/text/template. Never throws; linear in the length of the text. */

/** What an expression is made of. */
export type Operand =
  | { readonly kind: 'text'; readonly text: string }
  /** `.Values.image`, `$name.key`: the root is `.`, `$` or `$name`. */
  | { readonly kind: 'path'; readonly root: string; readonly keys: readonly string[] }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'group'; readonly pipeline: Pipeline; readonly keys: readonly string[] };

/** Each command gets what the one before gives. */
export type Pipeline = readonly (readonly Operand[])[];

export interface Branch {
  /** `$key, $value :=`, without the `$`. */
  readonly variables: readonly string[];
  readonly pipeline: Pipeline;
  readonly body: readonly Node[];
}

export type Node =
  | { readonly kind: 'text'; readonly text: string; readonly start: number }
  | {
      readonly kind: 'value';
      readonly pipeline: Pipeline;
      readonly variable: string | undefined;
      readonly start: number;
    }
  | { readonly kind: 'if' | 'with' | 'range'; readonly branches: readonly Branch[]; readonly other: readonly Node[] };

export interface Parsed {
  readonly nodes: readonly Node[];
  /** What `define` and `block` name. */
  readonly defined: ReadonlyMap<string, readonly Node[]>;
}

const ACTION =
  /\{\{(-?)[ \t\r\n]{0,20}((?:[^{}"`]|"(?:[^"\\\n]|\\.){0,500}"|`[^`]{0,500}`|\{(?!\{)|\}(?!\})){0,2000})\}\}/g;
const TOKEN = /"(?:[^"\\\n]|\\.){0,500}"|`[^`]{0,500}`|:=|=|\||\(|\)(?:\.\w+){0,9}|,|[^\s()|,"`=]{1,200}/g;
/** Actions of one text, and blocks in blocks. */
const MOST = 5_000;
const DEEPEST = 40;

interface Open {
  readonly kind: 'root' | 'define' | 'if' | 'with' | 'range';
  readonly name: string;
  readonly branches: Branch[];
  nodes: Node[];
  other: Node[] | undefined;
}

export function parse(text: string): Parsed {
  const defined = new Map<string, readonly Node[]>();
  const root: Open = { kind: 'root', name: '', branches: [], nodes: [], other: undefined };
  const open: Open[] = [root];
  let from = 0;
  let left = MOST;
  const add = (node: Node): void => {
    open.at(-1)!.nodes.push(node);
  };
  const begin = (kind: Open['kind'], name: string, branch?: Branch): void => {
    const body = branch ? (branch.body as Node[]) : [];
    open.push({ kind, name, branches: branch ? [branch] : [], nodes: body, other: undefined });
  };
  for (const { 0: whole, 1: dash, 2: inside = '', index } of text.matchAll(ACTION)) {
    if (left-- <= 0) break;
    const before = text.slice(from, index);
    const plain = dash ? before.trimEnd() : before;
    if (plain !== '') add({ kind: 'text', text: plain, start: from });
    from = index + whole.length;
    const isTrimmed = /[ \t\r\n]-$/.test(inside);
    if (isTrimmed) while (from < text.length && /\s/.test(text[from]!)) from++;
    const written = isTrimmed ? inside.slice(0, -1).trim() : inside.trim();
    if (written.startsWith('/*') || written === '') continue;
    const [, word = '', rest = ''] = /^(\w{0,20})([\s\S]*)$/.exec(written) ?? [];
    const top = open.at(-1)!;
    if (word === 'if' || word === 'with' || word === 'range') {
      if (open.length > DEEPEST) return { nodes: root.nodes, defined };
      begin(word, '', branchOf(rest));
    } else if (word === 'define' || word === 'block') begin('define', /"([^"]{1,200})"/.exec(rest)?.[1] ?? '');
    else if (word === 'else' && top.branches.length > 0) {
      const branch = branchOf(rest.replace(/^\s*(?:if|with)\b/, ''));
      if (rest.trim() === '') top.nodes = top.other = [];
      else {
        top.branches.push(branch);
        top.nodes = branch.body as Node[];
      }
    } else if (word === 'end' && open.length > 1) {
      const { kind, name, nodes, branches, other } = open.pop()!;
      if (kind === 'define') defined.set(name, nodes);
      else if (kind !== 'root') add({ kind, branches, other: other ?? [] });
    } else {
      const [, variable, value] = /^\$(\w{1,60})\s{0,9}:?=\s{0,9}([\s\S]{1,2000})$/.exec(written) ?? [];
      const isCall = word === 'template' && /^\s/.test(rest);
      const pipeline = pipelineOf(tokensOf(value ?? (isCall ? `include${rest}` : written)));
      add({ kind: 'value', pipeline, variable, start: index });
    }
  }
  if (from < text.length) add({ kind: 'text', text: text.slice(from), start: from });
  return { nodes: root.nodes, defined };
}

function branchOf(written: string): Branch {
  const [, variables, rest] =
    /^\s{0,9}(\$\w{1,60}(?:\s{0,9},\s{0,9}\$\w{1,60})?)\s{0,9}:=([\s\S]*)$/.exec(written) ?? [];
  return {
    variables: variables?.split(',').map(one => one.trim().slice(1)) ?? [],
    pipeline: pipelineOf(tokensOf(rest ?? written)),
    body: [],
  };
}

interface Tokens {
  readonly all: readonly string[];
  next: number;
}
const tokensOf = (written: string): Tokens => ({ all: [...written.matchAll(TOKEN)].map(([token]) => token), next: 0 });

function pipelineOf(tokens: Tokens, depth = 0): Pipeline {
  const commands: Operand[][] = [[]];
  while (tokens.next < tokens.all.length) {
    const token = tokens.all[tokens.next++]!;
    if (token.startsWith(')')) break;
    if (token === '|') commands.push([]);
    else if (token === '(') {
      const pipeline = depth < DEEPEST ? pipelineOf(tokens, depth + 1) : [];
      const closing = tokens.all[tokens.next - 1] ?? '';
      commands.at(-1)!.push({ kind: 'group', pipeline, keys: closing.split('.').slice(1) });
    } else commands.at(-1)!.push(operandOf(token));
  }
  return commands;
}

function operandOf(token: string): Operand {
  if (token.startsWith('"')) return { kind: 'text', text: token.slice(1, -1).replace(/\\(.)/g, escaped) };
  if (token.startsWith('`')) return { kind: 'text', text: token.slice(1, -1) };
  if (token.startsWith('$') || token.startsWith('.')) {
    const [root = '', ...keys] = token.split('.');
    return { kind: 'path', root: root === '' ? '.' : root, keys: keys.filter(key => key !== '') };
  }
  return /^-?\d/.test(token) ? { kind: 'text', text: token } : { kind: 'name', name: token };
}

const escaped = (_: string, char: string): string => (char === 'n' ? '\n' : char === 't' ? '\t' : char);
