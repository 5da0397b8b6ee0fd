import { nameOf } from '../../core/path.ts';

/** `Language.detect` for Packer: by name, and legacy JSON by its first keys. */
export function detectPacker(path: string, beginning: string): boolean {
  const name = nameOf(path);
  if (/\.(?:pkr|pkrvars)\.(?:hcl|json)$/.test(name)) return true;
  return name.endsWith('.json') && isLegacy(beginning);
}

/** A template in the JSON format before Packer 1.7, which has few top-level keys. */
export function isLegacy(text: string): boolean {
  return /"builders"\s{0,20}:\s{0,20}\[/.test(text) && /"type"\s{0,20}:/.test(text);
}
