import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of the package in `home`. */
export function version(home: string): string {
  return (JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }).version;
}
