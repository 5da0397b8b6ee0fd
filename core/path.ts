/** POSIX paths as plain strings; hosts convert their own to these. */

/** The folder of a path, without a trailing slash; `.` for a bare name. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : slash === 0 ? '/' : path.slice(0, slash);
}
/** The last segment. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
/** `folder/name` with `.` and `..` resolved; an absolute `name` stays. */
export function joinPath(folder: string, name: string): string {
  const whole = name.startsWith('/') ? name : `${folder}/${name}`;
  const out: string[] = [];
  for (const segment of whole.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && out.length > 0 && out.at(-1) !== '..') out.pop();
    else if (segment !== '..' || !whole.startsWith('/')) out.push(segment);
  }
  return (whole.startsWith('/') ? '/' : '') + out.join('/') || '.';
}
