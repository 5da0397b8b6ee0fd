// The text of rules/index.ts, made from the folders under rules/.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Folders that hold a rule, by name; `wanted` limits them. */
export function ruleIds(wanted = undefined) {
  return readdirSync('rules', { withFileTypes: true })
    .filter(
      entry =>
        entry.isDirectory() && existsSync(`rules/${entry.name}/rule.ts`) && existsSync(`rules/${entry.name}/rule.md`),
    )
    .map(entry => entry.name)
    .filter(id => !wanted || wanted.includes(id))
    .sort();
}

export function rulesIndex(ids) {
  const variable = id => id.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
  const fixable = ids.filter(id => /^```[a-z-]+ fixed/m.test(readFileSync(`rules/${id}/rule.md`, 'utf8')));
  return `// Generated from the folders beside this file by \`npm run dev -- generate\`.
import type { Rule } from '../core/rule.ts';
${ids.map(id => `import ${variable(id)} from './${id}/rule.ts';\n`).join('')}
/** Every rule, by id. */
export const rules: readonly Rule[] = [
${ids.map(id => `  ${variable(id)},\n`).join('')}];

/** The rules whose page shows a fix. */
export const fixable: ReadonlySet<string> = new Set([
${fixable.map(id => `  '${id}',\n`).join('')}]);
`;
}
