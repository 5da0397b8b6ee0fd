import { parseArgs } from 'node:util';
import { NO_CONFIG, settingsFor } from '../core/config/resolve.ts';
import { NO_FILES } from '../core/language.ts';
import { lint } from '../core/linter.ts';
import { rules } from '../rules/index.ts';
import { engineOf } from './engine.ts';
import { type Carrier, carriers, filledIn, type Half, lookAlikes } from './secrets/carriers.ts';

/** The rules that report a secret's value in a file. */
const VALUE_RULES = ['baked-secret', 'plain-password', 'weak-credential', 'password-hash'];
const engine = engineOf(rules.filter(({ id }) => VALUE_RULES.includes(id)));

/** A diagnostic, by the lines it covers, counted from 0. */
interface Hit {
  readonly rule: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** How many secrets there were, and how many of them were found. */
class Count {
  found = 0;
  all = 0;

  add(found: boolean): void {
    this.all++;
    if (found) this.found++;
  }

  toString(): string {
    const share = this.all === 0 ? '-' : `${((this.found * 100) / this.all).toFixed(1)}%`;
    return `${share.padStart(6)}  ${this.found}/${this.all}`;
  }
}

/** Counts by name, made when they are asked for. */
class Counts {
  readonly #counts = new Map<string, Count>();

  of(name: string): Count {
    const count = this.#counts.get(name) ?? new Count();
    this.#counts.set(name, count);
    return count;
  }

  print(title: string, keep: (count: Count) => boolean = () => true): void {
    const shown = [...this.#counts].filter(([, count]) => keep(count)).sort(([a], [b]) => (a < b ? -1 : 1));
    if (shown.length > 0) process.stdout.write(`\n${title}\n`);
    for (const [name, count] of shown) process.stdout.write(`  ${name.padEnd(48)} ${count}\n`);
  }
}

/**
 * Fills carriers (`secrets/carriers/`) with values and prints what the preset `recommended` finds of them as a warning
 * or an error: recall by half, language, class, kind of value and carrier, and what is reported in files without a
 * secret. Guessable passwords and hashes, for which any severity counts, are counted apart. No secret is printed.
 */
export async function secretsTable(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      per: { type: 'string', default: '40' },
      seed: { type: 'string', default: '1' },
      half: { type: 'string' },
      carrier: { type: 'string' },
      misses: { type: 'boolean', default: false },
    },
  });
  const chosen = carriers().filter(
    ({ half, id }) => (!values.half || half === (values.half as Half)) && (!values.carrier || id === values.carrier),
  );
  if (chosen.length === 0) {
    process.stderr.write('no carrier; --half takes development or held-out\n');
    return 2;
  }
  printRecall(chosen, Number(values.per), Number(values.seed), values.misses);
  printPrecision(chosen, values.carrier === undefined);
  return 0;
}

function printRecall(chosen: readonly Carrier[], per: number, seed: number, misses: boolean): void {
  const [parts, shapes, byCarrier, weak] = [new Counts(), new Counts(), new Counts(), new Counts()];
  for (const carrier of chosen) {
    const place = `${carrier.id} (${carrier.language})`;
    for (const { text, firstLine, lastLine, shape } of filledIn(carrier, per, seed)) {
      const preset = shape.weak ? 'strict' : 'recommended';
      const found = hits(carrier, text, preset).some(hit => hit.firstLine <= lastLine && hit.lastLine >= firstLine);
      if (shape.weak) {
        for (const name of ['all', shape.kind]) weak.of(name).add(found);
        continue;
      }
      for (const name of ['all', carrier.half, `in ${carrier.language}`, `class ${carrier.group}`])
        parts.of(name).add(found);
      shapes.of(shape.kind).add(found);
      byCarrier.of(place).add(found);
      if (misses && !found) process.stdout.write(`missed: ${place} ${carrier.half}, ${shape.name}\n`);
    }
  }
  parts.print('Secrets found');
  shapes.print('By kind of value');
  byCarrier.print('Carriers with misses', ({ found, all }) => found < all);
  weak.print('Guessable passwords and hashes of passwords');
}

function printPrecision(chosen: readonly Carrier[], withLookAlikes: boolean): void {
  const silent = new Counts();
  const check = (name: string, id: string, file: File) => {
    const found = hits(file, file.text, 'recommended');
    silent.of(name).add(found.length === 0);
    for (const { rule, firstLine } of found)
      process.stdout.write(`false: ${id} (${file.language}), line ${firstLine + 1}: ${rule}\n`);
  };
  process.stdout.write('\n');
  for (const carrier of chosen)
    check('the same files without the secret', carrier.id, { ...carrier, text: carrier.safe });
  if (withLookAlikes) for (const file of lookAlikes()) check('look-alikes', file.id, file);
  silent.print('Files without a secret in which nothing is reported');
}

type File = Pick<Carrier, 'path' | 'language' | 'text'>;

/** Warnings and errors, and with the preset `strict` advice too. */
function hits({ path, language }: File, text: string, preset: 'recommended' | 'strict'): readonly Hit[] {
  const settings = settingsFor(NO_CONFIG, path, engine.rules, preset);
  const result = lint({ path, text, language }, { engine, settings, files: NO_FILES, today: undefined });
  if (!result) return [];
  for (const { error } of result.failures) throw error;
  const line = (offset: number) => text.slice(0, offset).split('\n').length - 1;
  return result.diagnostics
    .filter(({ severity }) => preset === 'strict' || severity === 'error' || severity === 'warning')
    .map(({ rule, span }) => ({
      rule,
      firstLine: line(span.start),
      // A span that ends at the start of a line does not cover that line.
      lastLine: line(Math.max(span.start, span.end - 1)),
    }));
}
