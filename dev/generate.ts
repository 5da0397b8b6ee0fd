import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { configSchema } from '../core/config/schema.ts';
import { rules } from '../rules/index.ts';
import { coveragePage } from './coverage/page.ts';
import { editorSettings } from './editor-settings.ts';
import { ruleDirectories } from './engine.ts';
import { publishedSchema } from './publish-schema.ts';
import { insteadOf, ruleCatalog, whenFineOf } from './rule-catalog.ts';
import { policiesPage, rulePage, rulesTable } from './rule-docs.ts';
import { groupIndex, RULE_GROUPS, rulePlaces, rulesIndex } from './rules-index.mjs';

/** Writes every generated file, or with `--check` names the stale ones and fails. */
export function generate(args: readonly string[]): number {
  const files = new Map<string, string>();
  const places = rulePlaces();
  files.set('rules/index.ts', rulesIndex(places));
  for (const group of RULE_GROUPS)
    files.set(
      `rules/${group}/index.ts`,
      groupIndex(places.filter(({ directory }) => directory.startsWith(`rules/${group}/`))),
    );
  files.set('rules/catalog.json', ruleCatalog(rules, places));
  files.set('rules/when-fine.json', whenFineOf(ruleDirectories()));
  files.set('rules/instead.json', insteadOf(ruleDirectories()));
  for (const directory of ruleDirectories())
    files.set(`docs/rules/${directory.id}.md`, rulePage(rules.find(({ id }) => id === directory.id)!, directory));
  files.set('docs/rules/README.md', rulesTable(rules));
  files.set('docs/policies.md', policiesPage(readFileSync('docs/policies.md', 'utf8'), rules));
  files.set('docs/coverage.md', coveragePage(rules));
  files.set('docs/bakelint.schema.json', publishedSchema(configSchema(rules)));
  files.set('package.json', editorSettings(readFileSync('package.json', 'utf8'), rules));
  const stale = [...files]
    .filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
    .map(([path]) => path);
  const orphans = existsSync('docs/rules')
    ? readdirSync('docs/rules')
        .map(name => `docs/rules/${name}`)
        .filter(path => !files.has(path))
    : [];
  if (args.includes('--check')) {
    for (const path of [...stale, ...orphans])
      process.stderr.write(`${path} is out of date: run npm run dev -- generate\n`);
    return stale.length + orphans.length > 0 ? 1 : 0;
  }
  mkdirSync('docs/rules', { recursive: true });
  for (const path of stale) writeFileSync(path, files.get(path)!);
  for (const path of orphans) rmSync(path);
  process.stdout.write(`${rules.length} rules; wrote ${stale.length} files, removed ${orphans.length}\n`);
  return 0;
}
