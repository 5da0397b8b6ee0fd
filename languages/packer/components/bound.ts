/** Keeps a plugin on the versions that a template is written for. */
import { type Fix, fix } from '../../../core/finding.ts';
import type { UsedComponent } from './resolve.ts';
import { allowsBefore, versionOf } from './versions.ts';

/**
 * Leaves a version of the plugin and all later ones out of its constraint; `undefined` where that allows none, or where the
 * constraint is not a string of this document.
 */
export function boundBelow({ range, required }: UsedComponent, version: string): Fix | undefined {
  const written = required?.version?.written;
  const constraint = required?.version?.text;
  if (!written || constraint === undefined || written.text !== `"${constraint}"`) return undefined;
  if (!allowsBefore(range, versionOf(version))) return undefined;
  const edit = written.replace(0, written.text.length, `"${constraint}, < ${version}"`);
  return fix('suggested', `Limit plugin \`${required!.name}\` to \`< ${version}\``, edit);
}
