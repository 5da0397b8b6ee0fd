/** Is a file kept for an old release, with the same file for a later one beside it? */
import type { ImageBuild } from '../core/build.ts';
import type { Files, LowerContext } from '../core/language.ts';
import { pathIn } from '../core/path.ts';

/** Segments from the end of a path that may name a release, and releases that are looked for. */
const MOST_SEGMENTS = 8;
const MOST_LATER = 6;
/** `v1.16`, `8.0`, `6.4.x`, `ubuntu-22.04.pkr.hcl`, `debian11`. */
const RELEASE = /^((?:[a-z]{1,20}[-_]?)?v?)(\d{1,2})(?:\.(\d{1,2}))?(?=$|[^\d])/i;
const MACHINE = /^(?:arm|amd|x|i|s|ppc|riscv|win|mips)\d/i;

/** Whether a directory or file of the path has a later release in its name elsewhere: `v1.5/…` beside `v1.4/…`. */
export function hasLaterRelease(path: string, files: Files): boolean {
  const segments = path.split('/');
  for (let i = segments.length - 1; i >= Math.max(0, segments.length - MOST_SEGMENTS); i--) {
    const folder = i === 0 ? '.' : segments.slice(0, i).join('/') || '/';
    const isFile = i === segments.length - 1;
    const names = isFile ? (files.list(folder) ?? []) : [];
    for (const name of laterNames(segments[i]!))
      if (isFile ? names.includes(name) : (files.list(pathIn(folder, name)) ?? undefined) !== undefined) return true;
  }
  return false;
}

/** The names of the next releases, as the name of one writes them. */
function laterNames(name: string): readonly string[] {
  const found = MACHINE.test(name) ? null : RELEASE.exec(name);
  if (!found) return [];
  const [whole, before, major, minor] = found;
  const rest = name.slice(whole.length);
  const later = [...Array(MOST_LATER).keys()].map(i => i + 1);
  const width = (text: string, number: number) => `${number}`.padStart(text.startsWith('0') ? text.length : 1, '0');
  const majors = later.map(by => width(major!, Number(major) + by));
  if (minor === undefined) return majors.map(one => before + one + rest);
  return [
    ...later.map(by => `${before}${major}.${width(minor, Number(minor) + by)}${rest}`),
    ...majors.flatMap(one => [`${before}${one}.${minor}${rest}`, `${before}${one}.0${rest}`, before + one + rest]),
  ];
}

/** The question as a build answers it. */
export function laterRelease({ files, path }: LowerContext): Pick<ImageBuild, 'hasLaterRelease'> {
  return path === undefined ? {} : { hasLaterRelease: () => hasLaterRelease(path, files) };
}
