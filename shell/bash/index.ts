/**
 * The shell, over tree-sitter-bash. The scanner in here splits the script into words and hands the grammar a mask of
 * it; the library says which commands that makes and what they stand in.
 */
import { Language, Parser } from 'web-tree-sitter';
import { LONGEST_SCRIPT, type ShellParser } from '../../core/script.ts';
import type { ShellTree } from '../../core/shell-tree.ts';
import type { SourceText } from '../../core/text.ts';
import { CommandBuilder, type Draft, type Inner } from './build.ts';
import { Grammar } from './grammar.ts';
import { scan } from './scan.ts';

/** Scripts inside scripts inside scripts; further in nothing is read. */
const DEEPEST_SCRIPT = 8;
/** How many scripts inside one script are read. */
const MOST_SCRIPTS = 500;

/** The two WebAssembly files: `web-tree-sitter/web-tree-sitter.wasm` and `tree-sitter-bash/tree-sitter-bash.wasm`. */
export interface ShellSource {
  readonly treeSitter: Uint8Array;
  readonly bash: Uint8Array;
}

/** Loads the parser from bytes that the host has read. It needs no files and no network, in Node as in a worker. */
export async function loadShell(source: ShellSource): Promise<ShellParser> {
  await Parser.init({
    wasmBinary: ownBytes(source.treeSitter),
    // Never asked for, as the bytes are given; without it the library would look for its own address.
    locateFile: (name: string) => name,
  } as Parameters<typeof Parser.init>[0]);
  const language = await Language.load(ownBytes(source.bash));
  const parser = new Parser();
  parser.setLanguage(language);
  const grammar = new Grammar(language);
  return text => parse(parser, grammar, text);
}

/** Bytes from another realm (a host's, in a worker or a sandbox) are taken for an address by the library. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
}

function parse(parser: Parser, grammar: Grammar, text: SourceText): ShellTree {
  if (text.text.length > LONGEST_SCRIPT) return { commands: [], broken: true };
  const drafts: Draft[] = [];
  const queue: Inner[] = [{ layer: { source: text, frame: undefined }, within: [], depth: 0 }];
  let broken = false;
  for (let i = 0; i < queue.length && i < MOST_SCRIPTS; i++) {
    const inner = queue[i]!;
    if (inner.depth > DEEPEST_SCRIPT) continue;
    const built = parseOne(parser, grammar, inner);
    broken ||= built.broken;
    for (const draft of built.drafts) drafts.push(draft);
    for (const next of built.inner) queue.push(next);
  }
  // What was found inside others goes to where it is written.
  if (queue.length > 1) drafts.sort((a, b) => a.start - b.start);
  return { commands: drafts, broken };
}

function parseOne(parser: Parser, grammar: Grammar, { layer, within, depth }: Inner) {
  const found = scan(layer.source.text);
  if (found.tooDeep || found.tokens.length === 0) return { drafts: [], inner: [], broken: found.broken };
  const builder = new CommandBuilder(found, layer, depth);
  const tree = parser.parse(found.mask);
  if (!tree) return { drafts: [], inner: [], broken: true };
  let broken = found.broken;
  try {
    broken ||= tree.rootNode.hasError;
    const cursor = tree.walk();
    try {
      grammar.read(cursor, builder, within);
    } finally {
      cursor.delete();
    }
  } finally {
    tree.delete();
  }
  builder.finish(within);
  return { drafts: builder.drafts, inner: builder.inner, broken };
}
