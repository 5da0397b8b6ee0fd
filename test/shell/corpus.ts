/** The shell scripts of a directory: in Dockerfiles, Packer templates and cloud-init files, and in files of their own. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageBuild } from '../../core/build.ts';
import { NO_FILES } from '../../core/language.ts';
import { languageOf, lower } from '../../core/linter.ts';
import { dialectOfShebang, type Script } from '../../core/script.ts';
import { languages } from '../../languages/index.ts';
import { shellParser } from '../../shell/parser.ts';

export interface CorpusScript {
  /** The file it is in. */
  readonly path: string;
  readonly text: string;
  readonly dialect: 'posix' | 'bash';
}

const LONGEST = 200_000;
const ENGINE = { languages, rules: [], shell: shellParser };

/** Every script below a directory, each text once. */
export function scriptsBelow(folder: string): CorpusScript[] {
  const found = new Map<string, CorpusScript>();
  for (const path of filesBelow(folder)) {
    const text = readFileSync(path, 'utf8');
    if (text.length > LONGEST || text.includes('\0')) continue;
    for (const { text: script, dialect } of scriptsOf(path, text))
      if (dialect === 'posix' || dialect === 'bash') found.set(`${dialect} ${script}`, { path, text: script, dialect });
  }
  return [...found.values()];
}

/** Every PowerShell script below a folder, each text once. A hole or a template of another tool is no PowerShell. */
export function powerShellScriptsBelow(
  folder: string,
): { readonly path: string; readonly text: string; readonly dialect: 'powershell' | 'pwsh' }[] {
  const found = new Map<string, { path: string; text: string; dialect: 'powershell' | 'pwsh' }>();
  for (const path of filesBelow(folder)) {
    const bytes = readFileSync(path);
    const text = bytes.toString(bytes[0] === 0xff ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
    if (text.length > LONGEST || text.includes('\0')) continue;
    const scripts = /\.psm?1$/i.test(path) ? [{ text, dialect: 'powershell' }] : scriptsOf(path, text);
    for (const { text: script, dialect } of scripts)
      if ((dialect === 'powershell' || dialect === 'pwsh') && !/\uE000|\{\{/.test(script))
        found.set(script, { path, text: script, dialect });
  }
  return [...found.values()];
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== '.git' && entry.name !== 'node_modules') yield* filesBelow(path);
    } else if (entry.isFile()) yield path;
  }
}

function scriptsOf(path: string, text: string): { readonly text: string; readonly dialect: string | undefined }[] {
  const language = languageOf(ENGINE, { path, text });
  if (language) {
    const build = lower({ path, text }, language, { engine: ENGINE, files: NO_FILES });
    return scriptsIn(build).map(script => ({ text: script.text.text, dialect: script.dialect }));
  }
  const dialect = dialectOfShebang(text) ?? (/\.(?:sh|bash)$/.test(path) ? 'posix' : undefined);
  return [{ text, dialect }];
}

function scriptsIn(build: ImageBuild): Script[] {
  const own = build.stages.flatMap(stage =>
    stage.steps.flatMap(step => ((step.kind === 'run' || step.kind === 'write-file') && step.script) || []),
  );
  return [...own, ...build.nested.flatMap(scriptsIn)];
}
