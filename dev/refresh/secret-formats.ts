import type { KeptFormatRow, SecretFormatsData } from '../../data/secret-formats.json';
import { CHECKS } from '../../facts/secrets/checks.ts';
import { formatOf } from '../../facts/secrets/formats.ts';
import { FORMAT_FLAGS, sourceOf } from '../../facts/secrets/scan.ts';
import type { Keeper } from './data-file.ts';

type Data = SecretFormatsData<KeptFormatRow>;

/** Keeps `data/secret-formats.json`. */
export const SECRET_FORMATS: Keeper<Data> = {
  file: 'data/secret-formats.json',
  input: undefined,
  levels: 3,
  problems,
  async refresh(data, input) {
    if (input !== undefined)
      throw new Error('this file has no input: edit its rows, then pass the day of the review with --date');
    const families = Object.entries(data.families).map(([family, rows]) => [family, rows.toSorted(byId)] as const);
    return {
      data: { ...data, families: Object.fromEntries(families.toSorted(([a], [b]) => (a < b ? -1 : 1))) },
      report: [],
    };
  },
};

const byId = (a: KeptFormatRow, b: KeptFormatRow) => (a.id < b.id ? -1 : 1);

const KEYS = new Set(
  'id name prefix settings anchors lead body pattern boundary rank check extend shape docs note'.split(' '),
);

function problems({ families }: Data): readonly string[] {
  const rows = Object.values(families).flat();
  const ids = rows.map(({ id }) => id);
  return [
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map(id => `${id} occurs twice`),
    ...rows.flatMap(row => problemsOf(row).map(problem => `${row.id} ${problem}`)),
  ];
}

function problemsOf(row: KeptFormatRow): readonly string[] {
  const problems: string[] = [];
  const unless = (good: boolean, problem: string) => void (good || problems.push(problem));
  const literals = ['prefix', 'settings', 'anchors'].flatMap(key => (Object.hasOwn(row, key) ? [key] : []));
  unless(/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(row.id), 'is not in kebab case');
  unless(
    /^(?:an? |[a-z ]*credentials )/.test(row.name) || /credentials$/.test(row.name),
    'has a name without an article',
  );
  unless(/^https:\/\/\S+$/.test(row.docs), 'has no link to documentation');
  unless(
    Object.keys(row).every(key => KEYS.has(key)),
    'has an unknown key',
  );
  unless(row.check === undefined || Object.hasOwn(CHECKS, row.check), 'names an unknown check');
  unless(row.extend === undefined || row.extend === 'armour', 'has an unknown extension');
  unless(row.boundary === undefined || ['token', 'start', 'none'].includes(row.boundary), 'has an unknown boundary');
  unless(row.rank === undefined || [0, 1].includes(row.rank), 'has an unknown rank');
  unless(
    row.shape === undefined || ['url-credentials', 'private-key', 'key-id'].includes(row.shape),
    'has an unknown shape',
  );
  unless(literals.length === 1, 'needs one of prefix, settings and anchors');
  if (literals.length === 1) problems.push(...problemsOfPattern(row));
  return problems;
}

function problemsOfPattern(row: KeptFormatRow): readonly string[] {
  if (typeof ('anchors' in row ? row.pattern : row.body) !== 'string') return ['has no pattern'];
  const format = formatOf(row);
  if (!format.anchors.every(anchor => /^[\x20-\x7e]{2,}$/.test(anchor))) return ['has an anchor that is too short'];
  if (/<\w+>/.test(format.pattern)) return ['names an unknown piece'];
  try {
    new RegExp(sourceOf(format), FORMAT_FLAGS);
  } catch {
    return ['has a pattern that does not compile'];
  }
  const bare = format.pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
  return /[*+]|\{\d+,\}/.test(bare) ? ['has an unbounded quantifier'] : [];
}
