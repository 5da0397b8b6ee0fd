/** A grammar of tree-sitter as an oracle: loads it, and lists what a walk over its tree finds. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

const require = createRequire(import.meta.url);

/** What a node is to the caller: its offset and its text; `undefined` when it is nothing. */
export type Reading = (node: Node) => readonly [at: number, text: string] | undefined;

/**
 * Reads scripts with the grammar of a package: `12 text` for each node that `reading` knows, in the order of the script;
 * `undefined` where the library treats the script as broken.
 */
export async function oracle(wasm: string, reading: Reading): Promise<(text: string) => string[] | undefined> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(require.resolve(wasm))));
  return text => {
    const tree = parser.parse(text);
    if (!tree) return undefined;
    try {
      if (tree.rootNode.hasError) return undefined;
      const found: (readonly [number, string])[] = [];
      collect(tree.rootNode, reading, found);
      return found.toSorted(([a], [b]) => a - b).map(([at, read]) => `${at} ${read}`);
    } finally {
      tree.delete();
    }
  };
}

function collect(node: Node, reading: Reading, found: (readonly [number, string])[]): void {
  const read = reading(node);
  if (read) found.push(read);
  for (const child of node.children) if (child) collect(child, reading, found);
}
