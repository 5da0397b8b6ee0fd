/** POSIX paths as plain strings; hosts convert their own to these. */

/** The directory of a path, without a trailing slash; `.` for a bare name. */
export function parentDirectory(path: string): string {
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
/** The directory that a directory is in; `undefined` at the top. */
export function parentOf(folder: string): string | undefined {
  const parent = parentDirectory(folder);
  return parent === folder || !folder.includes('/') ? undefined : parent;
}
/** The path of a name in a directory. */
export function pathIn(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}
/** Whether a path is a directory or is in it. Both absolute, with `..` resolved. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
/** A path as it is written from a directory; one outside of it stays whole, the directory itself is empty. */
export function pathFrom(folder: string, path: string): string {
  if (!isInside(folder, path)) return path;
  return path.slice(folder.endsWith('/') ? folder.length : folder.length + 1);
}
