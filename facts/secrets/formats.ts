/** Every token format that is known, made from the rows of `data/secret-formats.json`. */
import data, { type FormatRow } from '../../data/secret-formats.json';
import { CHECKS } from './checks.ts';
import type { SecretFormat } from './format.ts';
import { armoredEnd } from './pem.ts';

/** Pieces that patterns name, sources of regular expressions. */
const PIECES: Readonly<Record<string, string>> = {
  uuid: '[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}',
  /**
   * What is between a setting's name and its literal in shell, YAML, JSON, INI and HCL: `NAME=`, `name: "`, `"name" = '`, `NAME `,
   * and the escaped quotes of a string in a string.
   */
  assign: '["\']?(?:[ \\t]{0,4}(?:=>|[:=])[ \\t]{0,4}|[ \\t]{1,4})(?:\\\\?["\'])?',
};

let known: readonly SecretFormat[] | undefined;

/** All formats. The order does not matter: `rank` and length decide between two for the same characters. */
export function secretFormats(): readonly SecretFormat[] {
  return (known ??= Object.values(data.families).flatMap(rows => rows.map(formatOf)));
}

/** The format that a row describes. */
export function formatOf(row: FormatRow): SecretFormat {
  // The value of a setting ends itself, and gives way to a format with a prefix of its own.
  const isSetting = 'settings' in row;
  return {
    id: row.id,
    name: row.name,
    anchors: 'anchors' in row ? row.anchors : 'prefix' in row ? row.prefix : row.settings,
    lead: 'anchors' in row ? row.lead : undefined,
    // Of most formats no anchor is ever met.
    get pattern() {
      return patternOf(row);
    },
    boundary: isSetting ? 'none' : row.boundary,
    rank: isSetting ? 0 : row.rank,
    check: row.check && CHECKS[row.check],
    extend: row.extend && armoredEnd,
    shape: row.shape,
  };
}

/** What is looked for after an anchor. */
function patternOf(row: FormatRow): string {
  if ('anchors' in row) return spelledOut(row.pattern);
  if ('prefix' in row) return oneOf(row.prefix.map(escaped)) + spelledOut(row.body);
  // As environment variables are written, and in lower case.
  const spellings = row.settings.flatMap(setting => [setting, setting.toLowerCase()]);
  return `${oneOf(spellings)}${PIECES.assign}(${spelledOut(row.body)})(?![A-Za-z0-9_])`;
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const oneOf = (sources: readonly string[]) => (sources.length > 1 ? `(?:${sources.join('|')})` : sources.join(''));
const spelledOut = (source: string) => source.replace(/<(\w+)>/g, (whole, name: string) => PIECES[name] ?? whole);
