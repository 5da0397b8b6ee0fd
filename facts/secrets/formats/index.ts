/** Every token format we know, one file per family of providers. */

import type { SecretFormat } from '../format.ts';
import { AI } from './ai.ts';
import { CHAT } from './chat.ts';
import { CI } from './ci.ts';
import { CLOUD } from './cloud.ts';
import { DATABASES } from './databases.ts';
import { GIT_HOSTS } from './git-hosts.ts';
import { KEYS } from './keys.ts';
import { MAIL } from './mail.ts';
import { MONITORING } from './monitoring.ts';
import { PAYMENT } from './payment.ts';
import { REGISTRIES } from './registries.ts';
import { VPN } from './vpn.ts';

/** All formats. The order does not matter: `rank` and length decide between two for the same characters. */
export const FORMATS: readonly SecretFormat[] = [
  ...AI,
  ...CHAT,
  ...CI,
  ...CLOUD,
  ...DATABASES,
  ...GIT_HOSTS,
  ...KEYS,
  ...MAIL,
  ...MONITORING,
  ...PAYMENT,
  ...REGISTRIES,
  ...VPN,
];
