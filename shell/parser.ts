/** Scripts of every shell, read when a rule first asks. The same script is read once, wherever and however often it is used. */
import type { ReadDialect, ShellParser } from '../core/script.ts';
import { parse } from './parse.ts';
import { bound } from './tree/bound.ts';
import type { ScriptTree } from './tree/nodes.ts';

/** The trees of so many characters of scripts are kept: those of a large file, while it is edited. */
const MOST_KEPT = 4_000_000;

const kept = new Map<string, ScriptTree>();
let characters = 0;

function treeOf(text: string, dialect: ReadDialect): ScriptTree {
  const key = `${dialect}:${text}`;
  const known = kept.get(key);
  if (known) {
    // To the end of the line: what was not asked for longest goes first.
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  // From the key, which is a copy: what is cut from the script would keep the document that the script is a part of.
  const tree = parse(key.slice(dialect.length + 1), dialect);
  kept.set(key, tree);
  characters += key.length;
  for (const oldest of kept.keys()) {
    if (characters <= MOST_KEPT) break;
    kept.delete(oldest);
    characters -= oldest.length;
  }
  return tree;
}

/** Reads a script of the dialect. Never throws. */
export const shellParser: ShellParser = (text, dialect) => {
  const tree = treeOf(text.text, dialect);
  return { ...bound(tree, text), broken: tree.broken };
};
