/** Scripts of every shell, read when a rule first asks. The same script is read once, wherever and however often it is used. */
import type { ReadDialect, ShellParser } from '../core/script.ts';
import { Kept } from './kept-trees.ts';
import { parse } from './parse.ts';
import { bound } from './tree/bound.ts';
import type { ScriptTree } from './tree/nodes.ts';

/**
 * The trees of so many characters of scripts are kept, and of more while a large file is edited. A tree weighs about 80
 * bytes for each, with what facts keep beside it.
 */
const LEAST = 40_000;
const MOST = 500_000;

// From the key, which is a copy: what is cut from the script would keep the document that the script is a part of.
const trees = new Kept<ScriptTree>(LEAST, MOST, key => {
  const end = key.indexOf(':');
  return parse(key.slice(end + 1), key.slice(0, end) as ReadDialect);
});

/** Reads a script of the dialect. Never throws. */
export const shellParser: ShellParser = (text, dialect) => {
  const tree = trees.get(`${dialect}:${text.text}`);
  return bound(tree, text);
};
