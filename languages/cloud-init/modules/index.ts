/** Every key that cloud-init's modules read, as of 26.1; see `types.ts` for how they are written down. */
import { AUTOINSTALL } from './autoinstall.ts';
import { BASE, CLOUD_CFG } from './base-config.ts';
import { COMMANDS } from './commands.ts';
import { CONFIG_MANAGEMENT } from './config-management.ts';
import { DISKS } from './disks.ts';
import { NETWORK } from './network.ts';
import { PACKAGES } from './packages.ts';
import { SSH } from './ssh.ts';
import { SUBSCRIPTIONS } from './subscriptions.ts';
import { SYSTEM } from './system.ts';
import { any, type MapType, map } from './types.ts';
import { USERS } from './users.ts';

/** What user-data and vendor-data may say. */
export const USER_DATA: MapType = map({
  ...USERS,
  ...COMMANDS,
  ...PACKAGES,
  ...SSH,
  ...NETWORK,
  ...DISKS,
  ...SYSTEM,
  ...CONFIG_MANAGEMENT,
  ...SUBSCRIPTIONS,
  ...AUTOINSTALL,
  ...BASE,
  // Told apart from cloud-init's by an older schema; nothing reads it.
  version: any,
});

/** What `cloud.cfg` and the files in `cloud.cfg.d` may say besides. */
export const CLOUD_CFG_CONFIG: MapType = map({ ...USER_DATA.keys, ...CLOUD_CFG });

export { USER_KEYS } from './users.ts';
