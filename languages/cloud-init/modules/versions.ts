/** cloud-init's versions: `22.2`, `24.1.3`. */

/** Whether a version comes before another; false when it is not known, which means a current one. */
export function isOlder(version: string | undefined, than: string): boolean {
  if (version === undefined) return false;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = than.split('.').map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}
