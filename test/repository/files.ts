import { readdirSync, readFileSync } from 'node:fs';

/** Files of the repository; tests run in its root. */
export const read = (path: string): string => readFileSync(path, 'utf8');
export const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

export const yamlIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter(name => /\.ya?ml$/.test(name))
    .map(name => `${folder}/${name}`);
