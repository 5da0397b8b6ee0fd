/** Every token format we know, one file per family of providers. */

import type { SecretFormat } from '../format.ts';
import { GIT_HOSTS } from './git-hosts.ts';
import { KEYS } from './keys.ts';

/** All formats. The order does not matter: `rank` and length decide between two for the same characters. */
export const FORMATS: readonly SecretFormat[] = [...GIT_HOSTS, ...KEYS];
