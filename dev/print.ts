import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Value } from '../core/build.ts';
import { languageOf, lower } from '../core/linter.ts';
import { SourceText } from '../core/text.ts';
import { DiskFiles } from '../node/files.ts';
import { filesIn } from '../workspace/related.ts';
import { engineOf } from './engine.ts';

/** Prints how a file is read. Values are shown by place and kind only, because any of them may be a secret. */
export async function print([path = '']: readonly string[]): Promise<number> {
  const document = { path: resolve(path), text: readFileSync(path, 'utf8') };
  const engine = engineOf([]);
  const language = languageOf(engine, document);
  if (!language) {
    process.stderr.write(`${path} is not a Dockerfile, Packer template or cloud-init file\n`);
    return 2;
  }
  const build = lower(document, language, { engine, files: filesIn(resolve('.'), new DiskFiles()) });
  const seen = new Set<unknown>();
  const shown = JSON.stringify(
    build,
    (key, value: unknown) => {
      if (key === 'syntax' || key === 'source') return undefined;
      if (value instanceof SourceText) return `text ${value.span.start}-${value.span.end}`;
      if (isValue(value))
        return `${value.literal === undefined ? (value.byDefault === undefined ? 'unknown' : 'default') : 'literal'} ${value.span.start}-${value.span.end}`;
      if (typeof value === 'object' && value !== null) {
        if (seen.has(value)) return '(above)';
        seen.add(value);
      }
      return value;
    },
    1,
  );
  process.stdout.write(`${shown}\n`);
  return 0;
}

const isValue = (value: unknown): value is Value =>
  typeof value === 'object' && value !== null && 'byDefault' in value && 'parts' in value;
