/** Temporary directories of files to lint. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { LanguageId } from '../core/build.ts';
import type { Document } from '../core/linter.ts';
import { documentOf, LANGUAGES } from './documents.ts';

/** A directory and the paths of its files in it. */
export interface BenchDirectory {
  readonly path: string;
  readonly files: readonly string[];
}

/** Calls `use` with a directory that holds each document in a directory of its own; the directory is gone afterwards. */
export function withDirectory<T>(documents: Iterable<Document>, use: (directory: BenchDirectory) => T): T {
  const path = mkdtempSync(join(tmpdir(), 'bakelint-bench-'));
  try {
    const files: string[] = [];
    for (const document of documents) {
      const file = join(`p${files.length}`, basename(document.path));
      mkdirSync(join(path, `p${files.length}`));
      writeFileSync(join(path, file), document.text);
      files.push(file);
    }
    return use({ path, files });
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

/** `count` generated documents of 40 to 99 lines, no two of them alike. */
export function* generated(count: number, languages: readonly LanguageId[] = LANGUAGES): Iterable<Document> {
  for (let i = 0; i < count; i++) yield documentOf(languages[i % languages.length]!, 40 + (i % 60), i);
}
