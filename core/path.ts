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
/** `directory/name` with `.` and `..` resolved; an absolute `name` stays. */
export function joinPath(directory: string, name: string): string {
  const whole = name.startsWith('/') ? name : `${directory}/${name}`;
  // Most paths are in order already.
  if (!whole.startsWith('.') && !EMPTY_OR_DOTS.test(whole)) return whole;
  const out: string[] = [];
  for (const segment of whole.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && out.length > 0 && out.at(-1) !== '..') out.pop();
    else if (segment !== '..' || !whole.startsWith('/')) out.push(segment);
  }
  return (whole.startsWith('/') ? '/' : '') + out.join('/') || '.';
}
/** A segment that is not a name. */
const EMPTY_OR_DOTS = /\/\.{0,2}(?:\/|$)/;

/** The directory that a directory is in; `undefined` at the top. */
export function parentOf(directory: string): string | undefined {
  const parent = parentDirectory(directory);
  return parent === directory || !directory.includes('/') ? undefined : parent;
}
/** The directories that a path is in, the nearest first, no more than so many. */
export function directoriesAbove(path: string, most: number): readonly string[] {
  const found: string[] = [];
  for (let directory = parentDirectory(path); found.length < most; directory = parentDirectory(directory)) {
    found.push(directory);
    if (parentDirectory(directory) === directory) break;
  }
  return found;
}
/** The path of a name in a directory. */
export function pathIn(directory: string, name: string): string {
  return directory === '/' ? `/${name}` : `${directory}/${name}`;
}
/** Whether a path is a directory or is in it. Both absolute, with `..` resolved. */
export function isInside(directory: string, path: string): boolean {
  return path === directory || path.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}
/** A path as a file of another directory would write it: `../staging/Dockerfile`. */
export function pathBeside(file: string, path: string): string {
  const [own, other] = [parentDirectory(file).split('/'), path.split('/')];
  let same = 0;
  while (same < other.length - 1 && own[same] === other[same]) same++;
  return [...own.slice(same).map(() => '..'), ...other.slice(same)].join('/');
}
/** A path as it is written from a directory; one outside of it stays whole, the directory itself is empty. */
export function pathFrom(directory: string, path: string): string {
  if (!isInside(directory, path)) return path;
  return path.slice(directory.endsWith('/') ? directory.length : directory.length + 1);
}
