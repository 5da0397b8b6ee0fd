import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LanguageId } from '../core/build.ts';
import { type Document, type LintInput, languageOf, lower } from '../core/linter.ts';

/** Longer files are generated. */
const LONGEST = 1_000_000;

/**
 * The files under a directory that are in one of our languages, without repetitions, in the order of their paths.
 * Without those that no tool reads as they are: templates that still have to be filled.
 */
export function corpusOf(directory: string, input: LintInput): Map<LanguageId, Document[]> {
  const found = new Map<LanguageId, Document[]>(input.engine.languages.map(({ id }) => [id, []]));
  const seen = new Set<string>();
  for (const path of filesUnder(directory)) {
    const text = readFileSync(path, 'utf8');
    const language = languageOf(input.engine, { path, text });
    if (!language || seen.has(text)) continue;
    seen.add(text);
    const document: Document = { path, text, language: language.id };
    if (lower(document, language, input).problems.length === 0) found.get(language.id)!.push(document);
  }
  return found;
}

function* filesUnder(directory: string): Iterable<string> {
  for (const entry of readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name);
    if (entry.isDirectory() && entry.name !== '.git') yield* filesUnder(path);
    else if (entry.isFile() && lstatSync(path).size <= LONGEST) yield path;
  }
}

/** `count` of them, evenly spread. */
export function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!);
}
