/** The files of a playbook: itself, the tasks that it includes, and the roles that lie in the repository. */
import type { Files } from '../../../core/language.ts';
import { joinPath, parentDirectory } from '../../../core/path.ts';
import { conditionalIncludes, type Happens } from './conditions.ts';

/** One file of a playbook. */
export interface PlaybookFile {
  readonly path: string;
  readonly text: string;
  /** A condition that is not known decides whether its tasks are done. */
  readonly conditional: boolean;
}

export interface Playbook {
  readonly files: readonly PlaybookFile[];
  /** Whether they are all there is: no role from elsewhere, no name that is filled in. */
  readonly complete: boolean;
}

/** Files of one playbook that are read; of longer ones the start. */
const MOST_FILES = 60;
const LONGEST = 100_000;

const INCLUDED =
  /^[ \t]*(?:-[ \t]+)?["']?(?:ansible\.builtin\.)?(?:include|include_tasks|import_tasks|import_playbook)["']?[ \t]*:[ \t]*(?:file[ \t]*=[ \t]*)?["']?([^\s"'#]{0,200})/gm;
const INCLUDED_ROLE =
  /^[ \t]*(?:-[ \t]+)?(?:ansible\.builtin\.)?(?:include_role|import_role)[ \t]*:([^\n]{0,200}(?:\n[^\n]{0,200}){0,3})/gm;
const ROLES = /^([ \t]*)(?:-[ \t]+)?roles[ \t]*:[ \t]*([^\n#]{0,400})/gm;
const ROLE_ITEM =
  /^[ \t]*-[ \t]+(?:\{[ \t]*)?["']?(?:(?:role|name)["']?[ \t]*:[ \t]*["']?)?([^\s"',:{}#][^\s"',:}#]{0,200})/;
/** Tasks of roles in other files than `main.yml`. */
const YAML = /\.ya?ml$/;
const MAIN = /^main\.ya?ml$/;
const mainFirst = (a: string, b: string): number => Number(MAIN.test(b)) - Number(MAIN.test(a));

/** The playbook at a path, of which the text is known. */
export function playbookAt(path: string, text: string, files: Files): Playbook {
  const found: PlaybookFile[] = [];
  const seen = new Set<string>();
  let complete = true;
  const add = (at: string, read: string, conditional: boolean): void => {
    if (seen.has(at)) return;
    if (seen.size >= MOST_FILES) {
      complete = false;
      return;
    }
    seen.add(at);
    const part = read.slice(0, LONGEST);
    found.push({ path: at, text: part, conditional });
    const conditions = conditionalIncludes(part, at);
    for (const name of includedIn(part)) {
      const happens = conditions.get(name);
      const other = name === '' || name.includes('{{') ? undefined : joinPath(parentDirectory(at), name);
      const included = other === undefined ? undefined : files.read(other);
      if (happens === 'never' || happens === 'elsewhere') {
        if (other !== undefined) seen.add(other);
        if (happens === 'elsewhere') complete = false;
      } else if (typeof included === 'string') add(other!, included, conditional || isConditional(happens));
      else complete = false;
    }
    for (const role of rolesIn(part)) {
      const happens = conditions.get(role);
      if (happens === 'never') continue;
      if (happens === 'elsewhere' || !addRole(role, at, conditional || isConditional(happens))) complete = false;
    }
  };
  const addRole = (name: string, from: string, conditional: boolean): boolean => {
    for (const folder of rolesAround(from)) {
      const tasks = joinPath(folder, `${name}/tasks`);
      // What `main.yml` does not include by name is included by some other file, or by a name that is filled in.
      const inside = (files.list(tasks) ?? []).filter(file => YAML.test(file)).sort(mainFirst);
      for (const file of inside) {
        const read = files.read(joinPath(tasks, file));
        if (typeof read === 'string') add(joinPath(tasks, file), read, conditional || !MAIN.test(file));
        else complete = false;
      }
      if (inside.length > 0) return true;
    }
    return false;
  };
  add(path, text, false);
  return { files: found, complete };
}

const isConditional = (happens: Happens | undefined): boolean => happens !== undefined && happens !== 'always';

function includedIn(text: string): readonly string[] {
  return [...text.matchAll(INCLUDED)].map(([, name]) => name!);
}

/** Where roles lie: beside the playbook or above it, or beside the role that the file is in. */
function rolesAround(path: string): readonly string[] {
  const own = parentDirectory(path);
  const above = parentDirectory(own);
  const inRoles = /^(.*?(?:^|\/)roles)\//.exec(path)?.[1];
  return [...(inRoles === undefined ? [] : [inRoles]), joinPath(own, 'roles'), joinPath(above, 'roles'), above];
}

function* rolesIn(text: string): Iterable<string> {
  for (const [, rest] of text.matchAll(INCLUDED_ROLE))
    yield /\bname[ \t]*[:=][ \t]*["']?([^\s"'}#]{1,200})/.exec(rest!)?.[1] ?? '{{';
  for (const { 0: line, 1: indent, 2: inline, index } of text.matchAll(ROLES)) {
    const items = inline!.trim();
    if (items !== '') {
      for (const name of items.match(/[\w./-]{1,100}/g) ?? []) yield name;
      continue;
    }
    for (const item of text.slice(index + line.length + 1, index + line.length + 8_000).split('\n')) {
      if (item.trim() === '' || item.trim().startsWith('#')) continue;
      const own = item.search(/\S/);
      if (own < indent!.length || (own === indent!.length && !item.trim().startsWith('-'))) break;
      const name = item.trim().startsWith('-') ? ROLE_ITEM.exec(item)?.[1] : undefined;
      if (name !== undefined) yield name;
    }
  }
}
