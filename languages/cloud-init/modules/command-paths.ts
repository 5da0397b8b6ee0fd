/** The keys with lists of commands: `runcmd` and others, which take strings and lists of strings. */
import { at, entriesOf, itemsOf } from '../nodes.ts';
import type { CloudInitTree, YamlNode } from '../tree.ts';
import type { Path } from './check.ts';

const LISTS: readonly (readonly string[])[] = [
  ['bootcmd'],
  ['runcmd'],
  ['snap', 'commands'],
  ['autoinstall', 'early-commands'],
  ['autoinstall', 'late-commands'],
  ['autoinstall', 'error-commands'],
];

/** Whether a path leads to one command, and not to a word of it. */
export function isCommandPath(path: Path): boolean {
  return LISTS.some(list => path.length === list.length + 1 && list.every((step, i) => path[i] === step));
}

export interface CommandItem {
  readonly node: YamlNode;
  /** The key of the list of commands. */
  readonly list: string;
}

/** Every item of the lists of commands of a document, of any kind. */
export function commandItems(tree: CloudInitTree): CommandItem[] {
  return LISTS.flatMap(path => {
    const node = at(tree.root, ...path);
    const items = node?.kind === 'map' ? entriesOf(node).map(entry => entry.value) : itemsOf(node);
    return items.map(item => ({ node: item, list: path.join('.').replace('autoinstall.', '') }));
  });
}
