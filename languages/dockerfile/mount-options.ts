/** The options of mounts: https://docs.docker.com/reference/dockerfile/#run---mount */

/** Where it is in the container. */
export const PLACE: readonly string[] = ['target', 'dst', 'destination'];
const SOURCE = ['source', 'src'];
/** Options that may have no value. */
export const READ: readonly string[] = ['ro', 'readonly', 'rw', 'readwrite'];
const OWNER = ['mode', 'uid', 'gid'];

/** By type. */
export const MOUNT_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  bind: [...PLACE, ...SOURCE, ...READ, 'from'],
  cache: [...PLACE, ...SOURCE, ...READ, ...OWNER, 'from', 'id', 'sharing'],
  tmpfs: [...PLACE, ...READ, 'size'],
  secret: [...PLACE, ...SOURCE, ...READ, ...OWNER, 'id', 'required', 'env'],
  ssh: [...PLACE, ...SOURCE, ...READ, ...OWNER, 'id', 'required'],
};

/** The values of `sharing`. */
export const SHARING: readonly string[] = ['shared', 'private', 'locked'];
