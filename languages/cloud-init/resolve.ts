/**
 * What PyYAML, which cloud-init reads its YAML with, makes of a plain scalar: YAML 1.1's implicit types, in PyYAML's
 * reading of them (https://yaml.org/type/ and `yaml/resolver.py`; `1e3` and `08` are strings there).
 */
import type { YamlScalar } from './tree.ts';

export interface Resolved {
  readonly type: YamlScalar['type'] | 'null';
  readonly value: string | number | boolean | undefined;
}

const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const TRUE = /^(?:yes|true|on)$/i;
const INT = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const TIMESTAMP =
  /^\d{4}-(?:\d\d-\d\d|\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;
/** Longer than any intended number. */
const LONGEST_NUMBER = 200;

/** The type and value of a plain scalar's text. */
export function resolvePlain(text: string): Resolved {
  if (text === '' || text === '~' || text === 'null' || text === 'Null' || text === 'NULL')
    return { type: 'null', value: undefined };
  if (text.length > LONGEST_NUMBER) return { type: 'string', value: text };
  if (BOOLEAN.test(text)) return { type: 'bool', value: TRUE.test(text) };
  if (INT.test(text)) return { type: 'int', value: integer(text) };
  if (FLOAT.test(text)) return { type: 'float', value: float(text) };
  if (TIMESTAMP.test(text)) return { type: 'timestamp', value: text };
  return { type: 'string', value: text };
}

/** What PyYAML's safe loader constructs: https://pyyaml.org/wiki/PyYAMLDocumentation#yaml-tags-and-python-types */
const SAFE_TAGS: ReadonlySet<string> = new Set([
  ...['!', '!!null', '!!bool', '!!int', '!!float', '!!binary', '!!timestamp', '!!omap', '!!pairs', '!!set'],
  ...['!!str', '!!seq', '!!map', '!!merge', '!!value'],
]);

/** Whether PyYAML rejects a document for a tag. */
export const isUnknownTag = (tag: string | undefined): tag is string => tag !== undefined && !SAFE_TAGS.has(tag);

/** The value of text under an explicit tag; `undefined` when the tag says nothing about it. */
export function resolveTagged(text: string, tag: string): Resolved | undefined {
  switch (tag.replace(/^!!|^!<tag:yaml\.org,2002:/, '').replace(/>$/, '')) {
    case 'str':
    case '!':
      return { type: 'string', value: text };
    case 'int':
      return INT.test(text) ? { type: 'int', value: integer(text) } : undefined;
    case 'float':
      return FLOAT.test(text) || INT.test(text) ? { type: 'float', value: float(text) } : undefined;
    case 'bool':
      return BOOLEAN.test(text) ? { type: 'bool', value: TRUE.test(text) } : undefined;
    case 'null':
      return { type: 'null', value: undefined };
    default:
      return undefined;
  }
}

function sexagesimal(digits: string): number {
  return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
function signed(text: string): { sign: number; digits: string } {
  const digits = text.replaceAll('_', '').toLowerCase();
  const sign = digits.startsWith('-') ? -1 : 1;
  return { sign, digits: digits.replace(/^[-+]/, '') };
}
function integer(text: string): number {
  const { sign, digits } = signed(text);
  if (digits === '0') return 0;
  if (digits.startsWith('0b')) return sign * Number.parseInt(digits.slice(2), 2);
  if (digits.startsWith('0x')) return sign * Number.parseInt(digits.slice(2), 16);
  if (digits.startsWith('0')) return sign * Number.parseInt(digits, 8);
  return sign * sexagesimal(digits);
}
function float(text: string): number {
  const { sign, digits } = signed(text);
  if (digits === '.inf') return sign * Number.POSITIVE_INFINITY;
  if (digits === '.nan') return Number.NaN;
  return sign * sexagesimal(digits);
}
