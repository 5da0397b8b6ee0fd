/** Reads `carriers/`: files with a place for a secret, written without sight of the detection, and what to fill in. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { LanguageId } from '../../core/build.ts';
import { type Random, seeded } from './random.ts';
import { filledTemplate } from './value-shapes.ts';

const DIRECTORY = 'dev/secrets/carriers';
const LANGUAGES = ['dockerfile', 'packer', 'cloud-init'] as const;
const PATHS: Readonly<Record<LanguageId, string>> = {
  dockerfile: 'Dockerfile',
  packer: 'build.pkr.hcl',
  'cloud-init': 'user-data.yaml',
};
/** Stands where the secret goes. */
const HOLE = '{{SECRET}}';
/** `⟪with the secret‖handled safely⟫`. */
const ALTERNATIVES = /⟪([^‖⟫]*)‖([^⟫]*)⟫/g;

/** A way in which a tool is given a secret, in one language. */
export interface Carrier {
  readonly id: string;
  /** The name of the file it is in, without its extension: where the secret is. */
  readonly group: string;
  readonly language: LanguageId;
  readonly path: string;
  /** With `{{SECRET}}` where the secret goes. */
  readonly text: string;
  /** The same file without a secret in it. */
  readonly safe: string;
  readonly shapes: readonly Shape[];
  readonly half: Half;
}

/** The detection is developed with one half of the carriers; the other half measures it. */
export type Half = 'development' | 'held-out';

/** A kind of value. */
export interface Shape {
  readonly name: string;
  readonly kind: string;
  readonly template?: string;
  readonly examples?: readonly string[];
  /** Characters other than letters and digits that a value may hold. */
  readonly characters?: string;
  /** Guessable passwords, and hashes of passwords. */
  readonly weak?: boolean;
}

/** A file with nothing secret in it. */
export interface LookAlike {
  readonly id: string;
  readonly why: string;
  readonly language: LanguageId;
  readonly path: string;
  readonly text: string;
}

type Texts = Readonly<Partial<Record<LanguageId, string>>>;
interface CarrierEntry extends Texts {
  readonly id: string;
  readonly values: readonly string[];
  /** Characters that the syntax around the secret cannot take. */
  readonly without?: string;
  readonly file?: string;
}

const read = (name: string): unknown => parse(readFileSync(`${DIRECTORY}/${name}`, 'utf8'));
const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
const halfOf = (id: string): Half => (hash(id)[0]! % 2 === 0 ? 'development' : 'held-out');

/** Every carrier in every language that it is written in. */
export function carriers(): readonly Carrier[] {
  const { shapes, groups } = read('values.yaml') as {
    readonly shapes: Readonly<Record<string, Omit<Shape, 'name'>>>;
    readonly groups: Readonly<Record<string, readonly string[]>>;
  };
  const shapesOf = ({ values, without = '' }: CarrierEntry): readonly Shape[] =>
    [...new Set(values.flatMap(value => groups[value] ?? [value]))]
      .map(name => ({ ...shapes[name]!, name }))
      .filter(({ characters = '' }) => ![...characters].some(character => without.includes(character)));
  return readdirSync(DIRECTORY)
    .filter(name => name.endsWith('.yaml') && name !== 'values.yaml' && name !== 'look-alikes.yaml')
    .flatMap(name =>
      (read(name) as readonly CarrierEntry[]).flatMap(entry =>
        LANGUAGES.flatMap(language => {
          const text = entry[language];
          if (text === undefined) return [];
          const [group, path] = [name.replace(/\.yaml$/, ''), entry.file ?? PATHS[language]];
          const shapes = shapesOf(entry);
          return { id: entry.id, group, language, path, ...variants(text), shapes, half: halfOf(entry.id) };
        }),
      ),
    );
}

/** The text with the secret and without. Lines of which nothing is left in the safe text are left out. */
function variants(text: string): Pick<Carrier, 'text' | 'safe'> {
  const safe = text.replace(ALTERNATIVES, (_, __, harmless: string) => harmless);
  return {
    text: text.replace(ALTERNATIVES, (_, secret: string) => secret),
    safe: safe.replace(/^[ \t]+\n/gm, ''),
  };
}

/** Every look-alike. */
export function lookAlikes(): readonly LookAlike[] {
  return (read('look-alikes.yaml') as readonly (Texts & Pick<LookAlike, 'id' | 'why'>)[]).map(
    ({ id, why, ...texts }) => {
      const language = LANGUAGES.find(name => texts[name] !== undefined)!;
      return { id, why, language, path: PATHS[language], text: texts[language]! };
    },
  );
}

/** A carrier with a value filled in; the lines of the value are counted from 0. */
export interface Filled {
  readonly text: string;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly shape: Shape;
}

/** `times` values in a carrier, its shapes in turn; the same for the same seed. */
export function filledIn(carrier: Carrier, times: number, seed: number): readonly Filled[] {
  const random = seeded(hash(`${seed}/${carrier.id}/${carrier.language}`).readInt32LE());
  const order = shuffled(carrier.shapes, random);
  return Array.from({ length: times }, (_, i) => {
    const shape = order[i % order.length]!;
    const value = shape.examples ? random.pick(shape.examples) : filledTemplate(shape.template!, random);
    return { ...fill(carrier.text, value), shape };
  });
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** Further lines of a value are indented as its first line where nothing else is before it there. */
function fill(text: string, value: string): Omit<Filled, 'shape'> {
  const at = text.indexOf(HOLE);
  const before = text.slice(text.lastIndexOf('\n', at) + 1, at);
  const indent = before.trim() === '' ? before : '';
  const firstLine = text.slice(0, at).split('\n').length - 1;
  const lines = value.split('\n');
  return {
    text: text.slice(0, at) + lines.join(`\n${indent}`) + text.slice(at + HOLE.length),
    firstLine,
    lastLine: firstLine + lines.length - 1,
  };
}
