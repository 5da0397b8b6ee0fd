/** `npm run dev -- refresh`: keeps the files in `data/` up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CLOUD_INIT_KEYS } from './refresh/cloud-init.ts';
import { type DataFile, dataText, isDay, isTooOld, type Keeper } from './refresh/data-file.ts';
import { DOTNET_IMAGES } from './refresh/dotnet-images.ts';
import { END_OF_LIFE } from './refresh/end-of-life.ts';
import { OFFICIAL_IMAGES } from './refresh/official-images.ts';
import { PACKER_COMPONENTS } from './refresh/packer.ts';
import { SECRET_FORMATS } from './refresh/secret-formats.ts';
import { VENDOR_IMAGES } from './refresh/vendor-images.ts';

/** The keeper of each file in `data/`, by the name that the command takes. */
export const KEEPERS: Readonly<Record<string, Keeper<DataFile>>> = {
  'cloud-init': CLOUD_INIT_KEYS,
  'dotnet-images': DOTNET_IMAGES,
  'end-of-life': END_OF_LIFE,
  'official-images': OFFICIAL_IMAGES,
  packer: PACKER_COMPONENTS,
  'secret-formats': SECRET_FORMATS,
  'vendor-images': VENDOR_IMAGES,
};

/** Runs the command; resolves to the exit code: 1 for data that is too old or invalid, 2 for usage and I/O errors. */
export async function refresh(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { check: { type: 'boolean' }, date: { type: 'string' } },
    });
    const [what = '', place] = positionals;
    if (values.check) return check(new Date().toISOString().slice(0, 10));
    if (what === '') {
      process.stdout.write(help());
      return 0;
    }
    if (Object.hasOwn(KEEPERS, what)) return await rewrite(KEEPERS[what]!, place, values.date);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 2;
  }
  process.stderr.write(help());
  return 2;
}

function help(): string {
  const rows = Object.entries(KEEPERS).map(
    ([what, { input }]) =>
      `  ${what.padEnd(16)} ${input ?? 'kept by hand: edit the file, then put it in order; --date after a review'}\n`,
  );
  return `npm run dev -- refresh --check\nnpm run dev -- refresh WHAT [INPUT] [--date YYYY-MM-DD]\n${rows.join('')}`;
}

/** Without an input the file is only put in order. An invalid result is reported and not written. */
async function rewrite(keeper: Keeper<DataFile>, place: string | undefined, date: string | undefined): Promise<number> {
  const before = readFileSync(keeper.file, 'utf8');
  const input = place === undefined ? undefined : { place, date };
  const { data: fresh, report } = await keeper.refresh(JSON.parse(before), input);
  if (date !== undefined && !isDay(date)) throw new Error(`invalid date \`${date}\`: expected YYYY-MM-DD`);
  // Data that is kept by hand is as old as its last review.
  const data = keeper.input === undefined && date !== undefined ? { ...fresh, date } : fresh;
  const problems = keeper.problems(data);
  for (const line of [...report, ...problems.map(problem => `problem: ${problem}`)]) process.stdout.write(`${line}\n`);
  if (problems.length > 0) return 1;
  const text = dataText(data, keeper);
  if (text !== before) writeFileSync(keeper.file, text);
  process.stdout.write(`${keeper.file}: ${text === before ? 'unchanged' : 'written'}, dated ${data.date}\n`);
  return 0;
}

function check(today: string): number {
  const files = Object.entries(KEEPERS).map(([what, { file }]) => {
    const data: DataFile = JSON.parse(readFileSync(file, 'utf8'));
    return { what, file, data };
  });
  const old = overdue(files, today);
  for (const line of old) process.stderr.write(`${line}\n`);
  if (old.length === 0) process.stdout.write(`${files.length} data files, none older than a year\n`);
  return old.length > 0 ? 1 : 0;
}

/** A sentence for each file that is more than a year old on the given day, with the command that refreshes it. */
export function overdue(
  files: readonly { readonly what: string; readonly file: string; readonly data: DataFile }[],
  today: string,
): readonly string[] {
  return files
    .filter(({ data }) => isTooOld(data.date, today))
    .map(
      ({ what, file, data }) =>
        `${file} dates from ${data.date}, more than a year ago: run \`npm run dev -- refresh ${what} INPUT\` (source: ${data.source})`,
    );
}
