/**
 * `npm run dev -- judge`: how many findings in real repositories are right. `draw` writes a sheet of findings
 * without a verdict, `record` keeps the verdicts that a reader wrote into it, `report` prints the figures.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkoutsIn, findIn, parseCommits } from './judge/checkouts.ts';
import { draw } from './judge/draw.ts';
import { formatReadings, parseReadings, placeKey, type Reading, withReadings } from './judge/readings.ts';
import { changesOf, reportOf } from './judge/report.ts';
import { formatSheet, readSheet } from './judge/sheet.ts';
import { seeded } from './secrets/random.ts';

const OPTIONS = {
  preset: { type: 'string', default: 'recommended' },
  size: { type: 'string', default: '200' },
  'per-rule': { type: 'string', default: '8' },
  seed: { type: 'string', default: '1' },
  commits: { type: 'string' },
  sheet: { type: 'string' },
  reader: { type: 'string' },
  since: { type: 'string', default: '' },
  verdicts: { type: 'string', default: 'dev/judge/verdicts.jsonl' },
} as const;

const USAGE = `npm run dev -- judge draw DIRECTORY --sheet FILE [--preset NAME] [--size N] [--per-rule N] [--seed N] [--commits FILE]
npm run dev -- judge record --sheet FILE --reader NAME
npm run dev -- judge report [--since YYYY-MM-DD]
  --verdicts FILE          keep the verdicts there (default: dev/judge/verdicts.jsonl)
`;

/** Runs one of the three; 2 for arguments that do not fit. */
export function judge(args: readonly string[]): number {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [step, directory] = positionals;
  const { sheet, reader } = values;
  if (step === 'draw' && directory !== undefined && sheet !== undefined)
    process.stdout.write(drawn(directory, sheet, values));
  else if (step === 'record' && sheet !== undefined && reader !== undefined)
    process.stdout.write(recorded(sheet, reader, values.verdicts));
  else if (step === 'report')
    process.stdout.write(reportOf(readingsIn(values.verdicts).filter(({ date }) => date >= values.since)));
  else {
    process.stderr.write(USAGE);
    return 2;
  }
  return 0;
}

const readingsIn = (file: string): Reading[] => (existsSync(file) ? parseReadings(readFileSync(file, 'utf8')) : []);

interface DrawValues {
  readonly preset: string;
  readonly size: string;
  readonly 'per-rule': string;
  readonly seed: string;
  readonly commits?: string | undefined;
  readonly verdicts: string;
}

/** Writes a sheet of findings without a verdict; the line to print. */
function drawn(directory: string, sheet: string, { preset, commits, verdicts, ...numbers }: DrawValues): string {
  const checkouts = checkoutsIn(directory, parseCommits(commits === undefined ? '' : readFileSync(commits, 'utf8')));
  const found = checkouts.flatMap(checkout => findIn(checkout, preset));
  const readings = readingsIn(verdicts);
  const read = new Set(readings.map(placeKey));
  const unread = found.filter(one => !read.has(placeKey(one)));
  const chosen = draw(unread, {
    size: Number(numbers.size),
    perRule: Number(numbers['per-rule']),
    random: seeded(Number(numbers.seed)),
  });
  writeFileSync(sheet, formatSheet(chosen));
  const linted = new Set(checkouts.map(({ commit }) => commit));
  const before = readings.filter(reading => reading.preset === preset && linted.has(reading.commit));
  return `${chosen.length} of ${unread.length} findings without a verdict are in ${sheet}\n${changesOf(before, found)}`;
}

/** Keeps the verdicts of a sheet; the line to print. */
function recorded(sheet: string, reader: string, verdicts: string): string {
  const today = new Date().toISOString().slice(0, 10);
  const { readings, open } = readSheet(readFileSync(sheet, 'utf8'), reader, today);
  writeFileSync(verdicts, formatReadings(withReadings(readingsIn(verdicts), readings)));
  return `${readings.length} verdicts of ${reader} are in ${verdicts}, ${open} findings of the sheet are open\n`;
}
