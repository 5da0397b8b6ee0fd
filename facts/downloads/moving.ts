/** Addresses whose content may change. */

import { nameOf } from '../../core/path.ts';
import { withoutQuery } from './tools.ts';

/** `branch`: the tip of a branch; `latest`: whatever was released last. */
export type Moving = 'branch' | 'latest';

const BRANCH = 'main|master|head|develop|devel|dev|trunk|nightly|edge';
/** A branch's name where a host has the revision: `/raw/main/`, `/-/raw/main/`, `/blob/main/`, `/archive/main.zip`. */
const REVISION = new RegExp(
  `/(?:raw|blob|archive|tarball|zipball|src/branch)/(?:refs/heads/|(?<branch>${BRANCH})(?:[/.?]|$))`,
  'i',
);
const RAW_HOST = new RegExp(
  `^https?://raw\\.githubusercontent\\.com/[^/]+/[^/]+/(?:refs/heads/|(?<branch>${BRANCH})/)`,
  'i',
);
/** `stable` and `current` are directories with versions in them, unless the address ends there. */
const LATEST_PATH = /\/(?:latest|nightly)(?:[/?]|$)|\/(?:stable|current)\/?(?:\?|$)/i;
const LATEST_NAME = /(?:^|[-_.])(?:latest|current|nightly)[-_.]/i;

/** Any revision of a file on GitHub's host for them: what comes after is the path in the repository. */
const RAW_REVISION = /^https?:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/([^/]+)\//i;

/** Why the content of a URL may change under the same address; `undefined`: no sign of it. */
export function movingUrl(url: string): Moving | undefined {
  const address = url.split('#', 1)[0]!;
  if (RAW_HOST.test(address) || REVISION.test(address)) return 'branch';
  const revision = RAW_REVISION.exec(address)?.[1];
  if (revision !== undefined) return /^(?:latest|nightly)$/i.test(revision) ? 'latest' : undefined;
  if (LATEST_PATH.test(address)) return 'latest';
  const name = nameOf(withoutQuery(address));
  const at = name.search(LATEST_NAME);
  // `commandlinetools-linux-9477386_latest.zip` says which build it is.
  return at >= 0 && !/\d{4}|\d\.\d|\uE000/.test(name.slice(0, at)) ? 'latest' : undefined;
}

/** The branch that an address names; `undefined` when it names none that is known to be one. */
export function branchIn(url: string): string | undefined {
  const match = RAW_HOST.exec(url) ?? REVISION.exec(url);
  if (!match) return undefined;
  const after = match.index + match[0].length;
  return match.groups!.branch ?? /^[\w-]{1,60}/.exec(url.slice(after, after + 60))?.[0];
}

/** Branches, and tags that are moved. */
const MOVING_REVISION = new RegExp(
  `^(?:refs/heads/.{1,200}|(?:origin/)?(?:${BRANCH}|stable|latest|beta|canary|next|unstable|rolling|tip|current|lts|staging|production))$`,
  'i',
);

/** Whether a git revision moves: a branch does, a commit does not, and of other names one cannot say. */
export function movingRevision(revision: string): boolean | undefined {
  if (MOVING_REVISION.test(revision)) return true;
  if (/^[0-9a-f]{7,64}$/.test(revision) || /^(?:refs\/tags\/)?v?\d+(?:\.\d+)+/.test(revision)) return false;
  return undefined;
}
