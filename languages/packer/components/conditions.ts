/** What plugins refuse of several attributes together, from `data/packer-components.json`. */
import { memo } from '../../../core/memo.ts';
import data, { type Conditions, type Format } from '../../../data/packer-components.json';
import { type Contents, words } from './table.ts';

/** `NAME`: it is set; `NAME=A|B?`: it has one of the values, or (with `?`) is not set. */
export interface Term {
  readonly name: string;
  readonly values: readonly string[] | undefined;
  readonly orUnset: boolean;
}

/** What holds when all terms hold. */
export interface Implied<T> {
  readonly when: readonly Term[];
  readonly asks: T;
  /** The version of the plugin that brought the check. */
  readonly since: string | undefined;
}

/** A number that may not be greater than another one, each with its default. */
export interface Ordered {
  readonly least: readonly [name: string, byDefault: number];
  readonly greatest: readonly [name: string, byDefault: number];
}

/** The conditions of one component or nested block, of the attributes that it has. */
export interface KnownConditions {
  readonly exclusive: readonly (readonly string[])[];
  /** Rows of which one term has to hold. */
  readonly needs: readonly Implied<readonly (readonly Term[])[]>[];
  readonly forbids: readonly Implied<readonly Term[]>[];
  readonly ordered: readonly Ordered[];
  readonly ranges: ReadonlyMap<string, readonly [least: number | null, greatest: number | null]>;
  readonly formats: ReadonlyMap<string, Format>;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

const byPattern = memo((all: typeof data.conditions): readonly (readonly [pattern: string, Conditions])[] =>
  Object.entries(all).flatMap(([patterns, conditions]) =>
    patterns.split(', ').map(pattern => [pattern, conditions] as const),
  ),
);

/** The conditions of a component or of a nested block. */
export const conditionsOf = memo(({ key, types }: Contents): KnownConditions => {
  const found = byPattern(data.conditions).flatMap(([pattern, conditions]) =>
    pattern === key || (pattern.endsWith('*') && key.startsWith(pattern.slice(0, -1))) ? conditions : [],
  );
  const has = (name: string): boolean => types.has(name.split('.', 1)[0]!);
  const known = (terms: readonly Term[]): boolean => terms.every(({ name }) => has(name));
  const implied = <T>(
    rows: Readonly<Record<string, T>> | undefined,
    read: (asks: T) => readonly (readonly Term[])[],
    since: string | undefined,
  ) =>
    Object.entries(rows ?? {}).flatMap(([terms, asks]) => {
      const when = termsOf(terms);
      const left = read(asks).flatMap(row => {
        const ours = row.filter(({ name }) => has(name));
        return ours.length > 0 ? [ours] : [];
      });
      return known(when) && left.length > 0 ? [{ when, asks: left, since }] : [];
    });
  const entries = <T>(tables: readonly (Readonly<Record<string, T>> | undefined)[]) =>
    new Map(tables.flatMap(table => Object.entries(table ?? {}).filter(([name]) => has(name))));
  return {
    exclusive: found
      .flatMap(({ exclusive = [] }) => exclusive.map(row => words(row).filter(has)))
      .filter(row => row.length > 1),
    needs: found.flatMap(({ needs, since }) => implied(needs, rows => rows.map(termsOf), since)),
    forbids: found
      .flatMap(({ forbids, since }) => implied(forbids, row => [termsOf(row)], since))
      .map(one => ({ ...one, asks: one.asks.flat() })),
    ordered: found
      .flatMap(({ ordered = [] }) => ordered.map(orderedOf))
      .filter(({ greatest, least }) => has(least[0]) && has(greatest[0])),
    ranges: entries(found.map(({ ranges }) => ranges)),
    formats: entries(
      found.map(({ formats = {} }) =>
        Object.fromEntries(
          Object.entries(formats).flatMap(([format, names]) => words(names).map(name => [name, data.formats[format]!])),
        ),
      ),
    ),
    values: entries(found.map(({ values }) => values)),
  };
});

/** The terms of a row of the data. */
export function termsOf(row: string): readonly Term[] {
  return words(row).map(word => {
    const [name = '', value] = word.split('=');
    const orUnset = value?.endsWith('?') ?? false;
    return { name, values: (orUnset ? value!.slice(0, -1) : value)?.split('|'), orUnset };
  });
}

function orderedOf(row: string): Ordered {
  const [least, greatest] = termsOf(row).map(({ name, values }) => [name, Number(values?.[0])] as const);
  return { least: least!, greatest: greatest! };
}
