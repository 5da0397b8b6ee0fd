// The text of rules/index.ts, made from the directories under rules/.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The groups: each is a layer of the compiler that sees the shared model and, but for `shared`, one language. */
export const RULE_GROUPS = ['cloud-init', 'dockerfile', 'packer', 'shared'];

/** Every rule's id and directory, sorted by id; `wanted` limits them. Ids are unique over all groups. */
export function rulePlaces(wanted = undefined) {
  const places = RULE_GROUPS.flatMap(group =>
    readdirSync(`rules/${group}`)
      .map(id => ({ id, directory: `rules/${group}/${id}` }))
      .filter(({ directory }) => existsSync(`${directory}/rule.ts`) && existsSync(`${directory}/rule.md`)),
  )
    .filter(({ id }) => !wanted || wanted.includes(id))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const twice = places.find(({ id }, i) => id === places[i + 1]?.id);
  if (twice) throw new Error(`two groups have a rule ${twice.id}`);
  return places;
}

const variable = ({ id }) => id.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** The rules whose page shows a fix. */
export function fixablePlaces(places) {
  return places.filter(({ directory }) => /^```[a-z-]+ fixed/m.test(readFileSync(`${directory}/rule.md`, 'utf8')));
}

/** The text of rules/GROUP/index.ts: a host that loads rules on demand loads this. */
export function groupIndex(places) {
  return `// Generated from the directories beside this file by \`npm run dev -- generate\`.
import type { Rule } from '../../core/rule.ts';
${places.map(place => `import ${variable(place)} from './${place.id}/rule.ts';\n`).join('')}
const rules: readonly Rule[] = [
${places.map(place => `  ${variable(place)},\n`).join('')}];
export default rules;
`;
}

export function rulesIndex(places) {
  const fixable = fixablePlaces(places);
  return `// Generated from the directories beside this file by \`npm run dev -- generate\`.
import type { Rule } from '../core/rule.ts';
${places.map(place => `import ${variable(place)} from './${place.directory.slice('rules/'.length)}/rule.ts';\n`).join('')}
/** Every rule, by id. */
export const rules: readonly Rule[] = [
${places.map(place => `  ${variable(place)},\n`).join('')}];

/** The rules whose page shows a fix. */
export const fixable: ReadonlySet<string> = new Set([
${fixable.map(({ id }) => `  '${id}',\n`).join('')}]);
`;
}
