/** Conditions of Ansible tasks: what they say of the machine that a template builds. */
import { SourceText, type Span } from '../../../core/text.ts';
import { readYaml } from '../../../facts/config-files/yaml.ts';
import type { Setting } from '../../../facts/config-files.ts';
import { choosesEnvironment, isEnvironment } from '../../../facts/environments.ts';

/**
 * When a task is done. `never`: a literal says so. `elsewhere`: in one environment, of which an image has none. `system`: on one
 * operating system. `maybe`: something else decides.
 */
export type Happens = 'always' | 'system' | 'maybe' | 'elsewhere' | 'never';

/** The conditions of a file's tasks and blocks, by the path of each. */
export type Conditions = ReadonlyMap<string, readonly string[]>;

/** Paths as one text. */
export const pathKey = (path: readonly string[]): string => path.join('\n');

/** `when: a`, and `when: [a, b]`. */
export function conditionsIn(settings: readonly Setting[]): Conditions {
  const found = new Map<string, string[]>();
  for (const { path, value } of settings) {
    const at = path.length - (/^\d+$/.test(path.at(-1) ?? '') ? 2 : 1);
    if (path[at] !== 'when' || !/^\d+$/.test(path[at - 1] ?? '')) continue;
    const key = pathKey(path.slice(0, at));
    found.set(key, [...(found.get(key) ?? []), value.text]);
  }
  return found;
}

/** When what is at a path of a file is done: the conditions of the blocks around it count, too. */
export function happensAt(path: readonly string[], conditions: Conditions): Happens {
  const all = path.flatMap((_, i) => conditions.get(pathKey(path.slice(0, i + 1))) ?? []);
  if (all.some(one => /^\s*(?:false|no)\s*$/i.test(one))) return 'never';
  if (all.some(namesEnvironment)) return 'elsewhere';
  const open = all.filter(one => !/^\s*(?:true|yes)\s*$/i.test(one));
  if (open.length === 0) return 'always';
  return open.every(one => SYSTEM.test(one)) ? 'system' : 'maybe';
}

/** About the operating system, and nothing else that is known here. */
const SYSTEM =
  /^[\s(]*(?:ansible_(?:os_family|distribution\w{0,30}|system|pkg_mgr|lsb\b)|ansible_facts(?:\.|\[["'])(?:os_family|distribution|system|pkg_mgr|lsb\b))/;

/** `env == 'dev'`, `env | default('dev') in ['dev', 'test']` */
const IS_ONE_OF =
  /^[\s(]{0,9}(\w{1,60})(?:\s{0,9}\|\s{0,9}default\([^()]{0,60}\))?\s{0,9}(?:==\s{0,9}(["'][\w-]{1,40}["'])|in\s{1,9}\[([^\]]{0,200})\])[\s)]{0,9}$/;

/** Whether it holds in environments that it names, or in a box of Vagrant. What is excluded or asked otherwise may hold in an image. */
function namesEnvironment(condition: string): boolean {
  if (/^\s{0,9}(?:is_)?vagrant(?:\s{0,9}\|\s{0,9}bool)?\s{0,9}$/.test(condition)) return true;
  const [, variable, one, several] = IS_ONE_OF.exec(condition) ?? [];
  const names = (one ?? several ?? '').match(/[\w-]{1,40}/g) ?? [];
  return variable !== undefined && choosesEnvironment(variable) && names.length > 0 && names.every(isEnvironment);
}

/** The more often something is done, the farther behind. */
const ORDER: readonly Happens[] = ['never', 'elsewhere', 'maybe', 'system', 'always'];

/** Files and roles that a file includes under a condition, each by its weakest one. */
export function conditionalIncludes(text: string, path: string): ReadonlyMap<string, Happens> {
  const found = new Map<string, Happens>();
  const settings = settingsOf(text, path);
  const conditions = conditionsIn(settings);
  for (const { literal, path } of settings) {
    if (literal === undefined || !INCLUDES.test(path.slice(-2).join('.'))) continue;
    const happens = happensAt(path, conditions);
    if (ORDER.indexOf(happens) > ORDER.indexOf(found.get(literal) ?? 'never') || !found.has(literal))
      found.set(literal, happens);
  }
  return found;
}

const INCLUDES =
  /^roles\.\d+$|(?:^|\.)(?:role|(?:include|include_tasks|import_tasks|import_playbook)(?:\.file)?|(?:include|import)_role\.name)$/;

/** Where tasks with a condition are. */
export function conditionalPlaces(text: string, path: string): readonly Span[] {
  const settings = settingsOf(text, path);
  const conditions = conditionsIn(settings);
  return settings.flatMap(one => (happensAt(one.path, conditions) === 'always' ? [] : [one.span]));
}

/** Nothing where no task has a condition. */
function settingsOf(text: string, path: string): readonly Setting[] {
  return /\bwhen["']?[ \t]{0,9}:/.test(text) ? (readYaml(SourceText.document(text, path)) ?? []) : [];
}
