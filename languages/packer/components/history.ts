/** Names that a plugin once had or does not have yet. */
import { OLD_IN_POST_PROCESSORS, OLD_IN_SOURCES } from './old-names.ts';
import type { UsedComponent } from './resolve.ts';
import { contentsOf, renamedIn, versionIn } from './table.ts';
import { allowsFrom, versionOf } from './versions.ts';

/** What became of a name. */
export interface OldName {
  readonly name: string;
  /** What to write instead: an attribute, or `name{}` for a block. `undefined` without a replacement. */
  readonly into: string | undefined;
  /** Whether current plugins reject it; else they warn. */
  readonly gone: boolean;
  /** The version of the plugin that dropped it. */
  readonly removedIn: string | undefined;
}

/** What became of an attribute of a component; `undefined` when it is current, or was never one. */
export function oldNameOf(used: UsedComponent, name: string): OldName | undefined {
  const { component, key, kind } = used;
  const type = key.slice(kind.length + 1);
  const table = kind === 'source' ? OLD_IN_SOURCES : kind === 'post-processor' ? OLD_IN_POST_PROCESSORS : [];
  const old = table.find(one => one.name === name && one.types.test(type));
  const contents = contentsOf(component);
  // Not every plugin that the name was of dropped it.
  const gone = old?.gone === true && !contents.types.has(name);
  if (old)
    return old.since && !allowsFrom(used.range, versionOf(old.since))
      ? undefined
      : { ...old, gone, removedIn: undefined };
  if (contents.types.has(name)) {
    const into = contents.deprecated.get(name);
    return into === undefined ? undefined : { name, into: into || undefined, gone: false, removedIn: undefined };
  }
  const into = renamedIn(key, name);
  if (into !== undefined) return { name, into: into || undefined, gone: true, removedIn: undefined };
  const removedIn = removedVersion(used, name);
  if (removedIn === undefined) return undefined;
  return { name, into: undefined, gone: true, removedIn };
}

/** Whether the versions that the template allows are all older than the one that dropped a name. */
export function isStillThere(used: UsedComponent, name: string): boolean {
  const removedIn = removedVersion(used, name);
  return removedIn !== undefined && (removedIn === UNRELEASED || !allowsFrom(used.range, versionOf(removedIn)));
}

/** The version that brought an attribute, when the template allows only older ones. */
export function tooNew(used: UsedComponent, name: string): string | undefined {
  const since = versionIn(used.component.attributesSince, name);
  return since !== undefined && since !== UNRELEASED && !allowsFrom(used.range, versionOf(since)) ? since : undefined;
}

/** In the branch of the plugin, and in no release of it. */
const UNRELEASED = 'unreleased';

function removedVersion({ component }: UsedComponent, name: string): string | undefined {
  return versionIn(component.attributesRemoved, name);
}
