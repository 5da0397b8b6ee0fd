/** Roles of Ansible: templates of build files, the tasks that put them on a host, and the commands that build them there. */
import { joinPath, nameOf, parentDirectory } from '../../core/path.ts';
import type { Setting } from '../../facts/config-files/setting.ts';
import { commandsIn } from './commands.ts';
import type { FileFacts } from './model.ts';
import type { Naming } from './naming.ts';
import { firstOf, grouped, MOST, movedTo, retagMovedTo } from './values.ts';

/** https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_reuse_roles.html#role-directory-structure */
export const isOfRole = (path: string): boolean => /(?:^|\/)(?:tasks|handlers)\/(?:[^/]+\/)?[^/]+\.ya?ml$/.test(path);

/** The directory of the role that a file is of. */
const roleOf = (path: string): string | undefined =>
  /^(.{1,300}?)\/(?:tasks|handlers|templates)\/(?:[^/]+\/)?[^/]+$/.exec(path)?.[1];

/** Where a role has the values of its variables, of which later ones count. */
export function variablesOfRole(path: string): readonly string[] {
  const role = roleOf(path);
  if (role === undefined || !(isOfRole(path) || /\.(?:j2|jinja2?)$/.test(path))) return [];
  return ['vars/main.yml', 'defaults/main.yml'].map(name => joinPath(role, name));
}

/** Whether a path may be that of a template of a build file in a role. */
export const mayBeRoleTemplate = (path: string): boolean =>
  /(?:^|\/)templates\/(?:[^/]+\/)?[\w.-]{0,60}(?:docker|container)file[\w.-]{0,60}\.(?:j2|jinja2?)$/i.test(path);

/** The files of a role that put templates on a host. */
export function tasksOf(path: string): readonly string[] {
  const role = roleOf(path);
  return role === undefined ? [] : ['tasks/main.yml', 'tasks/main.yaml'].map(name => joinPath(role, name));
}

const EXPRESSION =
  /\{\{-?[ \t]{0,20}([\w.[\]'" ]{1,100}?)[ \t]{0,9}(?:\|[ \t]{0,9}default\([ \t]{0,9}["']([^"'\n]{0,100})["'][^\n{}]{0,60}\)?[^\n{}]{0,60}|\|[^\n{}]{0,200})?-?\}\}/g;
const OTHER = /\{\{[^\n{}]{0,300}\}\}/g;
const STATEMENT = /\{%[^\n%]{0,300}%\}|\{#[^\n#]{0,300}#\}/g;

/** What a template becomes, with variables as a shell has them. Lines stay where they are. */
export const asBecomes = (text: string): string =>
  text
    .split('\n')
    .map(line => {
      if (!/\{[{%#]/.test(line)) return line;
      const [, rest = '', end = ''] = /^(.*?)([ \t]{0,9}\\?\r?)$/.exec(withVariables(line)) ?? [];
      return rest + ' '.repeat(Math.max(0, line.length - rest.length - end.length)) + end;
    })
    .join('\n');

/** A build file with what its role sets declared in front of it, on one line. */
export function asBuildFile(
  text: string,
  variables: readonly string[],
): { readonly text: string; readonly before: number } {
  const plain = asBecomes(text);
  const values = new Map(
    variables.flatMap(one =>
      topLevel(one)
        .split('\n')
        .map(line => [line.split(':', 1)[0]!, line.slice(line.indexOf(':') + 1).trim()] as const),
    ),
  );
  const names = new Set(firstOf(plain.matchAll(/\$\{(\w{1,60})\}/g), MOST).map(([, name = '']) => name));
  const given = [...names].map(name => {
    const value = values.get(name)?.replace(/^(["'])(.*)\1$/, '$2');
    return value !== undefined && /^[\w./:@-]{1,200}$/.test(value) ? `${name}=${value}` : name;
  });
  const declared = given.length > 0 ? `ARG ${given.join(' ')}\n` : '';
  return { text: declared + plain, before: declared.length };
}

/** Facts whose places count from a later place. */
export function movedBack<T>(facts: T, by: number): T {
  if (by === 0 || typeof facts !== 'object' || facts === null) return facts;
  if (Array.isArray(facts)) return facts.map(one => movedBack(one, by)) as T;
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [
      key,
      (key === 'start' || key === 'end') && typeof value === 'number' ? Math.max(0, value - by) : movedBack(value, by),
    ]),
  ) as T;
}

export const withVariables = (text: string): string =>
  text
    .replace(STATEMENT, '')
    .replace(EXPRESSION, (_, written: string, other?: string) => {
      const name = written.trim().replace(/[^\w]+/g, '_');
      return other ? `\${${name}:-${other}}` : `\${${name}}`;
    })
    .replace(OTHER, '${}');

/** The variables at the top of files of values. */
export const topLevel = (text: string): string =>
  text
    .split('\n')
    .filter(line => /^[A-Za-z_]\w{0,80}:[ \t]{1,20}\S/.test(line))
    .slice(0, MOST)
    .map(withVariables)
    .join('\n');

/** A file of the role, and where a task puts it. */
export interface Placed {
  readonly to: string;
  /** As it counts from the file with the task. */
  readonly from: string;
}

const PLACES = /^(?:ansible\.builtin\.)?(template|copy)$/;
const BUILDS = /(?:docker|container)file/i;

/** The build files that tasks put on a host. */
export function placedBy(path: string, settings: readonly Setting[]): readonly Placed[] {
  const depthOf = (one: Setting): number | undefined => {
    const at = one.path.findIndex(key => PLACES.test(key));
    return at < 0 || at + 2 !== one.path.length ? undefined : at + 1;
  };
  const up = /\/(?:tasks|handlers)\/[^/]+\/[^/]+$/.test(path) ? '../..' : '..';
  return grouped(settings, depthOf).flatMap(group => {
    const [src, dest] = ['src', 'dest'].map(key => group.find(one => one.path.at(-1) === key)?.literal);
    if (!src || !dest || /\{\{/.test(src) || !BUILDS.test(`${nameOf(src)} ${nameOf(dest)}`)) return [];
    const kind = PLACES.exec(group[0]!.path.at(-2)!)?.[1] === 'copy' ? 'files' : 'templates';
    const to = dest.endsWith('/') ? `${dest}${nameOf(src).replace(/\.j2$/, '')}` : dest;
    const from = src.startsWith(`${kind}/`) ? src.slice(kind.length + 1) : src;
    return [{ to: spaced(to), from: `${up}/${kind}/${from}` }];
  });
}

/** Expressions with the same spaces everywhere. */
const spaced = (text: string): string =>
  text.replace(/\{\{[ \t]{0,9}([^{}\n]{1,200}?)[ \t]{0,9}\}\}/g, '{{ $1 }}').trim();

/** The file that a build of a directory of the host, or of a file there, reads. */
export function sourceOf(
  placed: readonly Placed[],
  context: string | undefined,
  file: string | undefined,
): string | undefined {
  const directory = spaced(context ?? '').replace(/\/$/, '');
  const named = file === undefined ? undefined : spaced(file);
  const found = placed.filter(({ to }) =>
    named === undefined
      ? parentDirectory(to) === directory && /^(?:docker|container)file$/i.test(nameOf(to))
      : to === named || to === `${directory}/${named}`,
  );
  return found.length === 1 ? found[0]!.from : undefined;
}

const COMMAND = /^(?:(?:ansible\.builtin\.)?(?:command|shell)|cmd)$/;
const ENGINE = /\b(?:docker|podman|buildah|nerdctl)\b/;

/** The commands of tasks, with the files of the role in place of those on the host. */
export function commandsOfRole(
  settings: readonly Setting[],
  placed: readonly Placed[],
  naming: Naming,
): Pick<FileFacts, 'builds' | 'retags' | 'starts'> {
  const said = { builds: [], retags: [], starts: [] } as {
    [K in 'builds' | 'retags' | 'starts']: FileFacts[K][number][];
  };
  for (const { path, literal, value } of settings) {
    if (!COMMAND.test(path.at(-1) ?? '') || literal === undefined || !ENGINE.test(literal)) continue;
    // What is written as it is, a script says.
    if (!literal.includes('{{') && !placed.length) continue;
    const beside = path.slice(0, -1).join('\0');
    const places = new Set([`${beside}\0chdir`, `${beside}\0args\0chdir`]);
    const directory = settings.find(one => places.has(one.path.join('\0')))?.literal;
    const text = withVariables(withSources(spaced(literal).replace(/\n(?=[ \t]{0,20}-)/g, ' '), directory, placed));
    const { builds, retags, starts } = commandsIn(text, naming, false);
    said.builds.push(...builds.map(one => movedTo(one, value.span)));
    said.retags.push(...retags.map(one => retagMovedTo(one, value.span)));
    said.starts.push(...starts.map(one => ({ ...one, span: value.span })));
    if (said.builds.length > MOST) break;
  }
  return said;
}

function withSources(command: string, directory: string | undefined, placed: readonly Placed[]): string {
  let text = command;
  const used: Placed[] = [];
  for (const one of placed) {
    const place = parentDirectory(one.to);
    const isThere = directory !== undefined && spaced(directory).replace(/\/$/, '') === place;
    if (!isThere && !text.includes(place)) continue;
    used.push(one);
    text = text.replaceAll(one.to, one.from).replaceAll(place, parentDirectory(one.from));
  }
  const [only] = used;
  if (used.length !== 1 || / (?:-f|--file)[ =]/.test(text)) return text;
  return text.replace(/\b(?:build|bud)(?=\s)/, verb => `${verb} -f ${only!.from}`);
}
