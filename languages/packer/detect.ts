import type { Recognition } from '../../core/language.ts';
import { nameOf } from '../../core/path.ts';
import { textOf } from './json/strings.ts';
import { readJson } from './json/values.ts';

/** `Language.detect` for Packer: by name, and legacy JSON by its first keys. */
export function detectPacker(path: string, beginning: string): boolean {
  const name = nameOf(path);
  // Another program makes the file of variables of it.
  if (/\.(?:tpl|tmpl|tftpl|template|j2)\.pkrvars\.(?:hcl|json)$/.test(name)) return false;
  if (/\.(?:pkr|pkrvars)\.(?:hcl|json)$/.test(name)) return true;
  return name.endsWith('.json') && isLegacy(beginning);
}

/** `Language.mayNameFiles` for Packer: templates, and what gives their variables values. */
export function mayNameFiles(path: string): boolean {
  return /\.(?:pkr|pkrvars)\.hcl$|\.json$/.test(path);
}

/** Whether a template with the name of HCL in JSON is in the format before: a list of builders, and nothing of HCL. */
export function isMisnamedLegacy(text: string): boolean {
  if (!isLegacy(text)) return false;
  const root = readJson(text);
  if (root.kind !== 'object') return false;
  const keys = new Map(root.members.map(({ key, value }) => [textOf(text, key), value]));
  return keys.get('builders')?.kind === 'array' && !HCL_KEYS.some(name => keys.has(name));
}
const HCL_KEYS = ['build', 'data', 'local', 'locals', 'packer', 'source', 'variable'];

/** A template in the JSON format before Packer 1.7, which has few top-level keys. */
export function isLegacy(text: string): boolean {
  if (/"builders"\s{0,20}:\s{0,20}\[/.test(text)) return /"type"\s{0,20}:/.test(text);
  // Where many variables come first, their values show whose they are.
  return text.length >= LONG && FIRST_VARIABLES.test(text) && ENVIRONMENT.test(text);
}
const LONG = 4_000;
const FIRST_VARIABLES = /^\s{0,20}\{[^{}[\]]{0,600}"variables"\s{0,9}:\s{0,9}\{/;
const ENVIRONMENT = /"\{\{ ?(?:env|isotime|timestamp|template_dir|build_name)\b[^"{}]{0,80}\}\}/;

const FORMS: readonly (readonly [ending: string, form: string])[] = [
  ['.pkr.hcl', 'HCL template'],
  ['.pkrvars.hcl', 'variables file'],
  ['.pkr.json', 'HCL template in JSON'],
  ['.pkrvars.json', 'variables file in JSON'],
];

/** `Language.recognition` for Packer. */
export function recognizePacker(path: string): Recognition {
  const found = FORMS.find(([ending]) => path.endsWith(ending));
  if (found) return { form: found[1], evidence: `the ending \`${found[0]}\`` };
  return { form: 'JSON template of Packer 1.6 and older', evidence: 'the keys `builders` and `type`' };
}
