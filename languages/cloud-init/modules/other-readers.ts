/** Keys at the top level that another program reads in the same document. */
import { asMap, entryOf } from '../nodes.ts';
import type { CloudInitTree, YamlEntry } from '../tree.ts';

/** https://cloudbase-init.readthedocs.io/en/latest/userdata.html#cloud-config */
const CLOUDBASE: ReadonlySet<string> = new Set(['set_hostname', 'set_timezone']);
/** What only user-data for Windows has. */
const WINDOWS = /\bAdministrators\b|\b[A-Za-z]:\\|\bpowershell(?:\.exe)?\b/i;

/** Whether what it sets up is a Windows machine, on which cloudbase-init reads it. */
export function isForWindows({ source, root }: CloudInitTree): boolean {
  return [...CLOUDBASE].some(key => entryOf(root, key)) && WINDOWS.test(source.text);
}

/** Read by a module that only the cloud-init of Raspberry Pi OS has. */
const RASPBERRY_PI: ReadonlySet<string> = new Set(['enable_ssh']);

/** Whether cloudbase-init or the cloud-init of Raspberry Pi OS reads the key, or sops keeps there what it needs to decrypt the file. */
export function isReadByOthers({ name, value }: YamlEntry, tree: CloudInitTree): boolean {
  if (name === undefined) return false;
  // https://getsops.io/docs/#encryption-protocol
  if (name === 'sops') return ['mac', 'lastmodified'].some(key => entryOf(asMap(value), key));
  return RASPBERRY_PI.has(name) || (CLOUDBASE.has(name) && isForWindows(tree));
}
