/** What tasks, steps and plugins of pipelines and of Ansible build and start, by their settings instead of a command. */
import { parentDirectory } from '../../core/path.ts';
import type { Setting } from '../../facts/config-files/setting.ts';
import { commandsOfRole, isOfRole, type Placed, placedBy, sourceOf, topLevel, withVariables } from './ansible.ts';
import { targetOf } from './arguments.ts';
import { commandsIn } from './commands.ts';
import type { BuildCall, FileFacts, NamedImage } from './model.ts';
import { type Naming, withEach } from './naming.ts';
import { grouped, MOST } from './values.ts';

type Said = Pick<FileFacts, 'builds' | 'starts'>;

/** Images of plugins of Drone and Woodpecker, in a text or alone. */
const PLUGIN = /(?:^|[/\s"'])(?:(?:woodpecker-)?plugins\/|drone-|plugin-)(?:docker|kaniko|ecr|gcr|acr|buildx)/;

const TASK =
  /\btask:[ \t]{1,9}["']?Docker@|cloud-builders\/|kaniko|\b(?:docker|podman)_(?:image|container)\w{0,8}:|^[ \t]{0,4}using:[ \t]{0,9}["']?docker/im;

/** Whether a text has such a task at all: most YAML does not. */
export const hasTask = (text: string): boolean => TASK.test(text) || PLUGIN.test(text);

/** A list item or a mapping with the settings of one task. */
class Task {
  constructor(
    private readonly settings: readonly Setting[],
    private readonly depth: number,
  ) {}

  one(...keys: readonly string[]): Setting | undefined {
    return this.settings.find(
      ({ path }) =>
        path.length === this.depth + keys.length && keys.every((key, i) => sameKey(path[this.depth + i], key)),
    );
  }

  text(...keys: readonly string[]): string | undefined {
    return this.one(...keys)?.literal;
  }

  /** The items of a list, or the one string in its place. */
  all(...keys: readonly string[]): readonly Setting[] {
    const whole = this.one(...keys);
    if (whole) return [whole];
    return this.settings.filter(
      ({ path }) =>
        path.length === this.depth + keys.length + 1 && keys.every((key, i) => sameKey(path[this.depth + i], key)),
    );
  }
}

/** `dockerFile` and `Dockerfile`. */
const sameKey = (one: string | undefined, other: string): boolean => one?.toLowerCase() === other.toLowerCase();

/** The mappings in lists below, and directly below, any of the keys. */
function tasksIn(settings: readonly Setting[], lists: RegExp): readonly Task[] {
  const depthOf = ({ path }: Setting): number | undefined => {
    for (let i = path.length - 2; i >= 0; i--) if (lists.test(path[i - 1] ?? '')) return i + 1;
    return undefined;
  };
  return grouped(settings, depthOf).map(task => new Task(task, depthOf(task[0]!)!));
}

/** `namingBy`: with the variables of a text alone. `taken` has files of variables of a role. */
export function ofTasks(
  path: string,
  settings: readonly Setting[],
  naming: Naming,
  namingBy: (text: string) => Naming,
  taken: string,
): Said & Pick<FileFacts, 'retags'> {
  // The keys of tasks are no variables: `name`, `image`, `tag`.
  const named = namingBy(`${variablesIn(settings)}\n${topLevel(taken)}`);
  const placed = isOfRole(path) ? placedBy(path, settings) : [];
  const said: { builds: BuildCall[]; starts: NamedImage[] } = { builds: [], starts: [] };
  for (const task of tasksIn(settings, /^(?:steps|pipeline|tasks|pre_tasks|post_tasks|handlers|block)$/)) {
    for (const call of [azure(task, named), plugin(task, naming)]) if (call) said.builds.push(call);
    const { builds, starts } = cloudBuild(task, naming);
    said.builds.push(...builds);
    said.starts.push(...starts);
  }
  const { builds, starts } = ansible(settings, named, placed);
  const commands = isOfRole(path) ? commandsOfRole(settings, placed, named) : undefined;
  said.builds.push(...builds, ...actionOf(settings, naming), ...(commands?.builds ?? []));
  said.starts.push(...starts, ...(commands?.starts ?? []));
  return { ...said, retags: commands?.retags ?? [] };
}

/** `variables` of Azure, `vars` and `set_fact` of Ansible, as a shell sets them. */
function variablesIn(settings: readonly Setting[]): string {
  const lines: string[] = [];
  let named: Setting | undefined;
  for (const one of settings) {
    const key = one.path.at(-1)!;
    const isItem = one.path.at(-3) === 'variables';
    if (isItem && key === 'name') named = one;
    const name = isItem && key === 'value' ? named?.literal : VARIABLES.test(one.path.at(-2) ?? '') ? key : undefined;
    if (name !== undefined && one.literal !== undefined && !one.literal.includes('\n') && lines.length < MOST)
      lines.push(`${name}=${one.literal}`);
  }
  return lines.join('\n');
}

const VARIABLES = /^(?:variables|vars|(?:ansible\.builtin\.)?set_fact)$/;

/** Kaniko in the containers of a manifest. */
export const ofContainers = (settings: readonly Setting[], naming: Naming): readonly BuildCall[] =>
  tasksIn(settings, /^(?:containers|initContainers|steps)$/).flatMap(task => cloudBuild(task, naming).builds);

interface Written {
  readonly names: readonly (string | undefined)[];
  readonly at: Setting;
  readonly context: string | undefined;
  readonly file: string | undefined;
  readonly target?: string | undefined;
}

function callOf({ names, at, context, file, target }: Written, naming: Naming): BuildCall {
  const span = at.value.span;
  const written = names.map(written => ({ written, span }));
  return {
    ...withEach({ context, file }, written, naming),
    by: 'workflow',
    target: targetOf(target, naming),
    span: at.span,
  };
}

/** https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/docker-v2 */
function azure(task: Task, naming: Naming): BuildCall | undefined {
  const kind = task.one('task');
  if (!kind?.literal?.startsWith('Docker@')) return undefined;
  const command = task.text('inputs', 'command') ?? task.text('inputs', 'action') ?? 'buildAndPush';
  const repository = task.one('inputs', 'repository') ?? task.one('inputs', 'imageName');
  if (!/^build/i.test(command)) return undefined;
  const tags = (task.text('inputs', 'tags') ?? '').split(/[\n,]/).map(tag => tag.trim());
  const given = tags.filter(tag => tag !== '');
  const name = repository?.literal;
  const file = task.text('inputs', 'dockerfile')?.replace(/^\*\*\//, '');
  const context = task.text('inputs', 'buildContext');
  const isBeside = context === undefined || context === '**';
  return callOf(
    {
      names: name === undefined ? [] : given.length > 0 ? given.map(tag => `${name}:${tag}`) : [name],
      at: repository ?? kind,
      // The context is the directory of the Dockerfile where none is given.
      context: isBeside ? (file === undefined ? '.' : undefined) : fromSources(context),
      file: file === undefined ? undefined : fromSources(file),
      target: task.text('inputs', 'target'),
    },
    naming,
  );
}

const fromSources = (path: string): string =>
  path.replace(
    /^\$\((?:Build\.SourcesDirectory|System\.DefaultWorkingDirectory|Build\.Repository\.LocalPath)\)\/?/i,
    './',
  );

/** Plugins of Drone and Woodpecker: https://plugins.drone.io/plugins/docker */
function plugin(task: Task, naming: Naming): BuildCall | undefined {
  const image = task.text('image') ?? '';
  if (!PLUGIN.test(image)) return undefined;
  const below = task.one('settings', 'repo') ? ['settings'] : [];
  const repository = task.one(...below, 'repo');
  if (!repository?.literal) return undefined;
  const tags = task.all(...below, 'tags').flatMap(one => one.literal?.split(',') ?? []);
  const given = tags.map(tag => tag.trim()).filter(tag => tag !== '');
  return callOf(
    {
      names: (given.length > 0 ? given : ['latest']).map(tag => `${repository.literal}:${tag}`),
      at: repository,
      context: task.text(...below, 'context') ?? '.',
      file: task.text(...below, 'dockerfile'),
      target: task.text(...below, 'target'),
    },
    naming,
  );
}

/** https://cloud.google.com/build/docs/building/build-containers: the arguments of a command are a list. */
function cloudBuild(task: Task, naming: Naming): Said {
  const name = [task.text('name'), task.text('image')].filter(Boolean).join(' ');
  const args = task.all('args');
  const [first] = args;
  if (!first) return NOTHING;
  const program = /(?:cloud-builders\/|^)docker(?::|$| )/.test(name)
    ? 'docker'
    : /kaniko/.test(name)
      ? '/kaniko/executor'
      : '';
  const entrypoint = task.text('entrypoint');
  if (program === '' || (entrypoint !== undefined && entrypoint !== 'docker')) return NOTHING;
  const words = args.map(({ literal }) => quoted((literal ?? '').replace(/^dir:\/\//, '')));
  const { builds, starts } = commandsIn(`${program} ${words.join(' ')}`, naming, true);
  const span = { start: first.value.span.start, end: args.at(-1)!.value.span.end };
  const placed = <T extends NamedImage>(one: T): T => {
    const at = args.find(({ literal }) => literal?.includes(one.name));
    return { ...one, span: at?.value.span ?? span };
  };
  return {
    builds: builds.map(call => ({
      ...call,
      ...(call.parts ? { parts: call.parts.map(part => ({ ...part, span })) } : {}),
      names: call.names.map(placed),
      span,
    })),
    starts: starts.map(placed),
  };
}

const NOTHING: Said = { builds: [], starts: [] };
const quoted = (word: string): string => (/[\s;&|<>()#]/.test(word) ? `"${word.replaceAll('"', '')}"` : word);

/** https://docs.ansible.com/ansible/latest/collections/community/docker/docker_image_module.html */
function ansible(settings: readonly Setting[], naming: Naming, placed: readonly Placed[]): Said {
  const said: { builds: BuildCall[]; starts: NamedImage[] } = { builds: [], starts: [] };
  const depthOf = ({ path }: Setting): number | undefined => {
    const at = path.findIndex(key => MODULE.test(key));
    return at < 0 || at + 1 >= path.length ? undefined : at + 1;
  };
  for (const group of grouped(settings, depthOf)) {
    const depth = depthOf(group[0]!)!;
    const task = new Task(group, depth);
    const isContainer = group[0]!.path[depth - 1]!.endsWith('container');
    const name = task.one(isContainer ? 'image' : 'name');
    if (!name?.literal || task.text('state') === 'absent') continue;
    const tag = task.text('tag');
    const written = withVariables(tag === undefined || isContainer ? name.literal : `${name.literal}:${tag}`);
    const context = task.text('build', 'path') ?? task.text('path');
    if (isContainer) {
      const found = naming.named(written, name.value.span);
      if (found) said.starts.push(found);
    } else if (context !== undefined) {
      const file = task.text('build', 'dockerfile') ?? task.text('build', 'file');
      // What a task before has put there is a file of the role.
      const source = sourceOf(placed, context, file);
      const paths =
        source === undefined
          ? {
              context: plainPath(context),
              file: file === undefined ? undefined : `${plainPath(context)}/${file}`,
            }
          : { context: parentDirectory(source), file: source };
      const call = callOf({ names: [written], at: name, ...paths, target: task.text('build', 'target') }, naming);
      said.builds.push(call);
    }
  }
  return said;
}

const MODULE = /^(?:community\.docker\.|containers\.podman\.)?(?:docker|podman)_(?:image|container|image_build)$/;
const plainPath = (path: string): string =>
  path.replace(/^\{\{[ \t]{0,9}(?:playbook_dir|role_path|inventory_dir)[ \t]{0,9}\}\}\/?/, './');

/** An action that is a container: https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#runs-for-docker-container-actions */
function actionOf(settings: readonly Setting[], naming: Naming): readonly BuildCall[] {
  const at = (key: string) => settings.find(({ path }) => path.length === 2 && path[0] === 'runs' && path[1] === key);
  const image = at('image');
  if (at('using')?.literal !== 'docker' || !image?.literal || image.literal.startsWith('docker://')) return [];
  const { span } = image.value;
  return [
    {
      names: [],
      by: 'devcontainer',
      context: undefined,
      file: naming.known(image.literal),
      target: undefined,
      span,
      starts: { name: naming.shown(image.literal), certain: true, span },
    },
  ];
}
