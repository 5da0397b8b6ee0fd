/** Versions and constraints as `required_version` and `required_plugins` write them. */

/** The numbers of a version; pre-releases count as their release. */
export type Version = readonly number[];

interface Clause {
  readonly operator: string;
  readonly version: Version;
}

/** What a constraint allows; a bound that is `undefined` is open. */
export interface Range {
  readonly atLeast: Version | undefined;
  readonly below: { readonly version: Version; readonly inclusive: boolean } | undefined;
}

/** Every version. */
export const ANY_VERSION: Range = { atLeast: undefined, below: undefined };

const CLAUSE = /^(?:(=|!=|>=?|<=?|~>)\s{0,20})?v?(\d{1,9}(?:\.\d{1,9}){0,5})(?:[-+][\w.+-]{1,80})?$/;

/** Reads a constraint; `undefined` when it does not parse. https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks/packer#version-constraint-syntax */
export function rangeOf(constraint: string): Range | undefined {
  const clauses: Clause[] = [];
  for (const part of constraint.slice(0, 500).split(',')) {
    const [, operator = '=', version] = CLAUSE.exec(part.trim()) ?? [];
    if (version === undefined) return undefined;
    clauses.push({ operator, version: versionOf(version) });
  }
  return clauses.reduce(narrowed, ANY_VERSION);
}

export function versionOf(text: string): Version {
  return text.split('.').map(Number);
}

export function compareVersions(a: Version, b: Version): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether some version after this one may be allowed. */
export function allowsAfter({ below }: Range, version: Version): boolean {
  return below === undefined || compareVersions(below.version, version) > 0;
}

/** Whether this version or a later one may be allowed. */
export function allowsFrom({ below }: Range, version: Version): boolean {
  if (below === undefined) return true;
  const order = compareVersions(below.version, version);
  return order > 0 || (order === 0 && below.inclusive);
}

/** Whether some version before this one may be allowed. */
export function allowsBefore({ atLeast }: Range, version: Version): boolean {
  return atLeast === undefined || compareVersions(atLeast, version) < 0;
}

function narrowed(range: Range, { operator, version }: Clause): Range {
  switch (operator) {
    case '=':
      return { atLeast: version, below: { version, inclusive: true } };
    case '>':
    case '>=':
      return { ...range, atLeast: version };
    case '<':
      return { ...range, below: { version, inclusive: false } };
    case '<=':
      return { ...range, below: { version, inclusive: true } };
    case '~>': {
      // `~> 1.2.3` stays within 1.2; a single number has no upper bound.
      const fixed = version.slice(0, -1) as number[];
      const last = fixed.pop();
      const next = last === undefined ? undefined : [...fixed, last + 1];
      return { atLeast: version, below: next ? { version: next, inclusive: false } : range.below };
    }
    default:
      return range;
  }
}
