import type { ImageBuild } from '../../core/build.ts';
import type { Inventory } from '../../core/needs.ts';
import { programsRun } from '../../shell/programs-run.ts';
import type { CloudInitTree, YamlNode } from './tree.ts';

/** What rules may say that they need of a cloud-init document. */
export function inventoryOf(build: ImageBuild): Inventory {
  return {
    get programs() {
      return programsRun(build);
    },
    get keys() {
      const { document, root } = build.syntax as CloudInitTree;
      return keysIn(root ?? document);
    },
  };
}

/** Aliases are not followed: what they refer to is written in the same document. */
function keysIn(document: YamlNode | undefined): ReadonlySet<string> {
  const keys = new Set<string>();
  const open: YamlNode[] = document ? [document] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'seq') open.push(...node.items);
    if (node.kind !== 'map') continue;
    for (const { name, value } of node.entries) {
      if (name !== undefined) keys.add(name);
      open.push(value);
    }
  }
  return keys;
}
