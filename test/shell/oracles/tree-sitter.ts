/** Reads scripts with tree-sitter-bash: where the words of each simple command start and end. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

const require = createRequire(import.meta.url);
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(readFileSync(require.resolve('tree-sitter-bash/tree-sitter-bash.wasm'))));

const COMMANDS = new Set(['command', 'declaration_command', 'unset_command', 'test_command']);
const NO_WORDS = new Set(['variable_assignment', 'file_redirect', 'heredoc_redirect', 'herestring_redirect']);

/** The strings from first to last word, in the order of the script; `undefined` where the library treats it as broken. */
export function treeSitter(text: string): string[] | undefined {
  const tree = parser.parse(text);
  if (!tree) return undefined;
  try {
    if (tree.rootNode.hasError) return undefined;
    const found: [number, string][] = [];
    collect(tree.rootNode, found);
    return found.toSorted(([a], [b]) => a - b).map(([at, words]) => `${at} ${words}`);
  } finally {
    tree.delete();
  }
}

function collect(node: Node, found: [number, string][]): void {
  if (COMMANDS.has(node.type)) {
    const words = node.children.filter(child => child && (node.type !== 'command' || !NO_WORDS.has(child.type)));
    const first = words[0];
    if (first) {
      const last = words.at(-1)!;
      found.push([
        first.startIndex,
        node.text.slice(first.startIndex - node.startIndex, last.endIndex - node.startIndex),
      ]);
    }
  }
  for (const child of node.children) if (child) collect(child, found);
}
