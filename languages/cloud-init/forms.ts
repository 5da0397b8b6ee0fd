/** Which documents hold what cloud-init's modules read. */
import type { CloudInitForm, CloudInitTree } from './tree.ts';

const USER_DATA: ReadonlySet<CloudInitForm> = new Set(['cloud-config', 'jinja cloud-config', 'unknown header']);

/** User-data or vendor-data in cloud-init's own dialect; with a misspelt header too, since the rest was meant. */
export function isUserData(tree: CloudInitTree): boolean {
  return USER_DATA.has(tree.form);
}
/** User-data, or a piece of `cloud.cfg`. */
export function isConfig(tree: CloudInitTree): boolean {
  return tree.form === 'cloud.cfg' || isUserData(tree);
}
