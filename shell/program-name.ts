import { nameOf } from '../core/path.ts';

/** The name a program is known by: the last segment of its path, without `.exe`. */
export function programName(literal: string): string {
  const name = nameOf(literal);
  return name.endsWith('.exe') ? name.slice(0, -4) : name;
}
