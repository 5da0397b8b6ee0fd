/** Reads scripts with tree-sitter-bash: where the words of each simple command start and end. */
import type { Node } from 'web-tree-sitter';
import { oracle } from './load.ts';

const COMMANDS = new Set(['command', 'declaration_command', 'unset_command', 'test_command']);
const NO_WORDS = new Set(['variable_assignment', 'file_redirect', 'heredoc_redirect', 'herestring_redirect']);

/** The strings from first to last word, in the order of the script; `undefined` where the library treats it as broken. */
export const treeSitter = await oracle('tree-sitter-bash/tree-sitter-bash.wasm', (node: Node) => {
  if (!COMMANDS.has(node.type)) return undefined;
  const words = node.children.filter(child => child && (node.type !== 'command' || !NO_WORDS.has(child.type)));
  const first = words[0];
  if (!first) return undefined;
  const start = node.startIndex;
  return [first.startIndex, node.text.slice(first.startIndex - start, words.at(-1)!.endIndex - start)];
});
