/** Scripts of every shell, read when a rule first asks. The same script is read once, wherever and however often it is used. */
import type { ReadDialect, ShellParser } from '../core/script.ts';
import { parse } from './parse.ts';
import { bound } from './tree/bound.ts';
import type { ScriptTree } from './tree/nodes.ts';

/**
 * The trees of about so many characters of scripts are kept, up to twice as many: those of a large file, while it is
 * edited. A tree weighs about 30 bytes for each.
 */
const KEPT = 500_000;
/** What a tree weighs beside that, in characters. */
const ENTRY = 20;

/** What was asked for lately, and before that: where the first is full it takes the place of the second. */
let recent = new Map<string, ScriptTree>();
let earlier = new Map<string, ScriptTree>();
let characters = 0;

function treeOf(text: string, dialect: ReadDialect): ScriptTree {
  const key = `${dialect}:${text}`;
  const known = recent.get(key);
  if (known) return known;
  // From the key, which is a copy: what is cut from the script would keep the document that the script is a part of.
  const tree = earlier.get(key) ?? parse(key.slice(dialect.length + 1), dialect);
  if (characters > KEPT) {
    earlier = recent;
    recent = new Map();
    characters = 0;
  }
  recent.set(key, tree);
  characters += key.length + ENTRY;
  return tree;
}

/** Reads a script of the dialect. Never throws. */
export const shellParser: ShellParser = (text, dialect) => {
  const tree = treeOf(text.text, dialect);
  return bound(tree, text);
};
