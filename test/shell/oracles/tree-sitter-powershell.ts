/** Reads scripts with tree-sitter-powershell: the words of each command. */
import type { Node } from 'web-tree-sitter';
import { parse } from '../../../shell/parse.ts';
import { oracle } from './load.ts';

/** `12 name · argument · argument` for each command in order; `undefined` where the library treats the script as broken. */
export const powerShellCommands = await oracle('tree-sitter-powershell/tree-sitter-powershell.wasm', node => {
  const words = node.type === 'command' ? wordsOf(node) : undefined;
  return words && [node.startIndex, words.join(' · ')];
});

/** `undefined` for `& { … }`, which is a block and no command here. */
function wordsOf(node: Node): string[] | undefined {
  const words: string[] = [];
  let joins = false;
  const add = (text: string) => {
    if (joins) words.push((words.pop() ?? '') + text);
    else words.push(text);
    joins = true;
  };
  for (const child of node.children) {
    if (!child || child.type === 'comment' || child.type === 'command_invokation_operator') continue;
    if (/^command_name/.test(child.type) || child.type === 'foreach_command') {
      if (child.text.startsWith('{')) return undefined;
      add(child.text);
    } else if (child.type === 'command_elements')
      for (const element of child.children) {
        if (!element || element.type === 'comment' || element.type === 'redirection') continue;
        if (element.type === 'command_argument_sep') {
          if (/\s|^$/.test(element.text) && element.text !== '') joins = false;
          else if (element.text !== '') add(element.text.trim());
        } else add(element.text);
      }
  }
  return words;
}

/** The same of our own parser. */
export function ourPowerShellCommands(text: string, dialect: 'powershell' | 'pwsh'): string[] {
  return parse(text, dialect).commands.flatMap(({ words, start, within, source }) => {
    if (words.length === 0 || source.origin || within.some(nesting => nesting.endsWith('-script'))) return [];
    if (/^\.[A-Za-z]|::\w+$/.test(words[0]!.raw) && source.text[words[0]!.end] === '(') return [];
    return [`${start} ${words.map(({ raw }) => raw).join(' · ')}`];
  });
}
