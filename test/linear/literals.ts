import { readdirSync, readFileSync } from 'node:fs';
import type { Pattern } from './linear.ts';
import { regexLiterals } from './regex-literals.ts';

/** The layers whose code is shipped. */
export const LAYERS = [
  ...['core', 'shell', 'facts', 'languages', 'rules', 'workspace'],
  ...['node', 'api', 'server', 'client', 'cli'],
] as const;

/** The TypeScript sources of a layer, as paths from the root of the project. */
export function sourcesOf(layer: string): readonly string[] {
  return readdirSync(layer, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => `${layer}/${file.replaceAll('\\', '/')}`);
}

/** Every regular expression literal of some layers; the label is the file and the beginning of the pattern. */
export function literalsOf(...layers: readonly string[]): readonly Pattern[] {
  return layers.flatMap(sourcesOf).flatMap(file =>
    regexLiterals(readFileSync(file, 'utf8')).map(({ source, flags }) => ({
      label: `${file} /${source.slice(0, 30)}`,
      source,
      flags,
    })),
  );
}

/** Patterns that take longer than linear time, or that cannot be proven linear, by their labels: what bounds their input. */
export const SIGNED: Readonly<Record<string, string>> = {
  'languages/cloud-init/masking.ts /(?:^|[\\s:-])[|>][-+1-9]{0,2}[ ': 'sees the last 200 characters of a line',
  'languages/packer/part-of-machine.ts /(?:^|\\/)(?:kindest\\/[a-z]+|bui':
    'sees repositories of at most 300 characters',
  'rules/dockerfile/label-not-email/rule.ts /^\\S+ ?(?:\\[at\\]|\\(at\\)) ?\\S+$':
    'sees labels of at most 2,000 characters',
};
