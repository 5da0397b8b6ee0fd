/**
 * What the tasks of an Ansible playbook do, as commands of a shell that do the same, each where the task says it. Only modules
 * whose arguments show a problem by themselves are read; what Jinja fills in is unknown.
 * https://docs.ansible.com/ansible/latest/collections/index_module.html
 */
import { Decoder, type SourceText, UNRESOLVED } from '../../../core/text.ts';
import { readYaml } from '../../../facts/config-files/yaml.ts';
import { isOff, isOn, type Setting } from '../../../facts/config-files.ts';
import { equivalent } from '../installer/installation.ts';
import { conditionsIn, type Happens, happensAt } from './conditions.ts';

/** A file that a task copies from the repository to the machine. */
export interface CopiedFile {
  readonly source: SourceText;
  readonly to: string | undefined;
}

export interface TaskCommand {
  readonly text: SourceText;
  /** The module that it stands for; `undefined` for a command that the task has. */
  readonly standsFor: string | undefined;
}

/** What the tasks of one file do. */
export interface Tasks {
  readonly commands: readonly TaskCommand[];
  readonly copied: readonly CopiedFile[];
}

/** Tasks of one file; more say nothing new. */
const MOST = 300;

interface Task {
  /** Without the collection: `get_url`. */
  readonly module: string;
  readonly args: ReadonlyMap<string, Setting>;
  /** The value of a module that is given a line. */
  readonly line: Setting | undefined;
  readonly happens: Happens;
}

/** The commands and copies of one file, in order. */
export function tasksIn(text: SourceText): Tasks {
  const commands: TaskCommand[] = [];
  const copied: CopiedFile[] = [];
  for (const task of tasksOf(text).slice(0, MOST)) {
    const made = Object.hasOwn(MODULES, task.module) ? MODULES[task.module]!(task) : [];
    const standsFor = MODULES[task.module] === free ? undefined : task.module;
    commands.push(...made.map(one => ({ text: one, standsFor })));
    const source = task.module === 'copy' ? task.args.get('src') : undefined;
    if (source?.literal !== undefined && !source.literal.includes('{{') && !isOnMachine(task))
      copied.push({ source: source.value, to: plain(task.args.get('dest') ?? task.args.get('path')) });
  }
  return { commands, copied };
}

const isOnMachine = ({ args }: Task): boolean => {
  const remote = args.get('remote_src');
  return remote !== undefined && isOn(remote);
};

/** Keys of a task that are no module. */
const KEYWORD =
  /^(?:name|when|with_\w+|loop|loop_control|register|notify|tags|become\w*|vars|environment|args|block|rescue|always|tasks|pre_tasks|post_tasks|handlers|roles|hosts|listen|until|retries|delay|changed_when|failed_when|no_log|run_once|ignore_errors|check_mode|any_errors_fatal|throttle|timeout|collections|module_defaults|delegate_to|delegate_facts|connection|local_action)$/;
const COLLECTION = /^(?:ansible\.(?:builtin|posix|legacy)|community\.(?:general|docker|crypto))\./;

/** Those that may be done on the machine. */
function tasksOf(text: SourceText): readonly Task[] {
  const settings = readYaml(text) ?? [];
  const conditions = conditionsIn(settings);
  const elsewhere = new Set<string>();
  const tasks = new Map<string, Task & { item: string; args: Map<string, Setting>; line: Setting | undefined }>();
  for (const one of settings) {
    const at = one.path.findLastIndex(part => /^\d+$/.test(part));
    const key = one.path[at + 1];
    if (at < 0 || key === undefined) continue;
    const item = one.path.slice(0, at + 1).join('\n');
    // It runs on the machine that runs Ansible.
    if (key === 'local_action' || (key === 'delegate_to' && one.literal !== undefined)) elsewhere.add(item);
    if (KEYWORD.test(key)) continue;
    const deeper = one.path.length - at;
    if (deeper > 3) continue;
    const id = `${item}\n${key}`;
    const task = tasks.get(id) ?? {
      module: key.replace(COLLECTION, ''),
      item,
      args: new Map(),
      line: undefined,
      happens: happensAt(one.path.slice(0, at + 1), conditions),
    };
    tasks.set(id, task);
    if (deeper === 2) task.line = one;
    else task.args.set(one.path[at + 2]!, one);
  }
  return [...tasks.values()].filter(
    ({ happens, item }) => !elsewhere.has(item) && happens !== 'never' && happens !== 'elsewhere',
  );
}

type Module = (task: Task) => readonly SourceText[];

/** A word of a command: what is not known is a variable. */
function plain(setting: Setting | undefined): string | undefined {
  const text = setting?.literal;
  if (text === undefined) return undefined;
  if (/^[\w./:@%+=,~-]{1,500}$/.test(text)) return text;
  return '"$ANSIBLE"';
}

function quotedText(text: string): string {
  return `'${text.replace(JINJA, UNRESOLVED).replaceAll("'", `'\\''`)}'`;
}

const JINJA = /\{\{[^{}]{0,300}\}\}|\{%[^{}]{0,300}%\}/g;

/** A command as it is written, where what Jinja fills in is unknown. */
function asWritten({ value }: Setting): SourceText {
  if (!/\{[{%]/.test(value.text)) return value;
  const decoder = new Decoder(value, 'read-only');
  let from = 0;
  for (const { 0: found, index } of value.text.matchAll(JINJA)) {
    decoder.verbatim(from, index).as(UNRESOLVED, index, index + found.length);
    from = index + found.length;
  }
  return decoder.verbatim(from, value.text.length).done();
}

const isYes = (setting: Setting | undefined): boolean => setting !== undefined && isOn(setting);
const isNo = (setting: Setting | undefined): boolean => setting !== undefined && isOff(setting);

const free: Module = ({ args, line }) => {
  const given = line ?? args.get('cmd');
  return given ? [asWritten(given)] : [];
};

/** Text that goes into a file, at the setting that has it. */
function writes(task: Task, key: string, operator: '>' | '>>'): readonly SourceText[] {
  const text = task.args.get(key);
  const path = plain(task.args.get('path') ?? task.args.get('dest'));
  if (!text?.literal || path === undefined || task.args.get('state')?.literal === 'absent') return [];
  return [equivalent(`printf '%s\\n' ${quotedText(text.literal)} ${operator} ${path}`, text.value)];
}

const getUrl: Module = ({ args }) => {
  const [url, dest, mode] = ['url', 'dest', 'mode'].map(key => plain(args.get(key)));
  if (url === undefined || dest === undefined || args.has('checksum')) return [];
  const chmod =
    mode !== undefined && /^(?:0?[0-7]{3,4}|[augo+=rwx,]{2,20})$/.test(mode) ? ` && chmod ${mode} ${dest}` : '';
  return [equivalent(`curl -fsSLo ${dest} ${url}${chmod}`, args.get('url')!.value)];
};

const git: Module = ({ args }) => {
  const [repo, dest, version] = ['repo', 'dest', 'version'].map(key => plain(args.get(key)));
  if (repo === undefined || dest === undefined || isNo(args.get('clone'))) return [];
  const branch = version === undefined || version === 'HEAD' ? '' : `--branch ${version} `;
  return [equivalent(`git clone ${branch}${repo} ${dest}`, (args.get('version') ?? args.get('repo'))!.value)];
};

/** Packages that are installed without a check of their signature, with the option of their manager that does the same. */
function unsigned(command: string, ...keys: readonly string[]): Module {
  return ({ args }) => {
    const key = keys.map(name => args.get(name)).find(isYes);
    return key ? [equivalent(`${command} ${plain(args.get('name')) ?? '"$ANSIBLE"'}`, key.value)] : [];
  };
}

const service: Module = ({ args, happens }) => {
  const name = plain(args.get('name') ?? args.get('unit'));
  const enabled = args.get('enabled');
  // A service that is disabled under a condition mostly makes room for another one.
  if (name === undefined || !enabled || (isNo(enabled) && happens === 'maybe')) return [];
  return isYes(enabled) || isNo(enabled)
    ? [
        equivalent(
          `systemctl ${isYes(enabled) ? 'enable' : 'disable'} ${name}`,
          args.get('name')?.value ?? enabled.value,
        ),
      ]
    : [];
};

function container(program: string): Module {
  return ({ args }) => {
    const image = args.get('image');
    const name = plain(image);
    if (!image || name === undefined || name.includes('$') || args.get('state')?.literal === 'absent') return [];
    return [
      equivalent(`${program} run -d ${isYes(args.get('privileged')) ? '--privileged ' : ''}${name}`, image.value),
    ];
  };
}

function image(program: string): Module {
  return ({ args }) => {
    const [name, tag] = ['name', 'tag'].map(key => plain(args.get(key)));
    const source = args.get('source')?.literal ?? 'pull';
    if (name === undefined || name.includes('$') || tag?.includes('$') || source !== 'pull') return [];
    if (args.get('state')?.literal === 'absent') return [];
    return [equivalent(`${program} pull ${name}${tag === undefined ? '' : `:${tag}`}`, args.get('name')!.value)];
  };
}

const MODULES: Readonly<Record<string, Module>> = {
  shell: free,
  command: free,
  raw: free,
  get_url: getUrl,
  git,
  apt: unsigned('apt-get install -y --no-install-recommends --allow-unauthenticated', 'allow_unauthenticated'),
  dnf: unsigned('dnf install -y --nogpgcheck', 'disable_gpg_check'),
  yum: unsigned('yum install -y --nogpgcheck', 'disable_gpg_check'),
  zypper: unsigned('zypper --no-gpg-checks install -y', 'disable_gpg_check'),
  apt_repository: ({ args }) => {
    const repo = args.get('repo');
    return repo?.literal === undefined || args.get('state')?.literal === 'absent'
      ? []
      : [equivalent(`echo ${quotedText(repo.literal)} > /etc/apt/sources.list.d/ansible.list`, repo.value)];
  },
  yum_repository: ({ args }) => {
    const check = args.get('gpgcheck');
    return isNo(check) ? [equivalent(`echo 'gpgcheck=0' > /etc/yum.repos.d/ansible.repo`, check!.value)] : [];
  },
  lineinfile: task => (task.args.get('state')?.literal === 'absent' ? [] : writes(task, 'line', '>>')),
  blockinfile: task => writes(task, 'block', '>>'),
  copy: task => writes(task, 'content', '>'),
  service,
  systemd: service,
  systemd_service: service,
  ufw: ({ args }) => {
    const state = args.get('state');
    return state?.literal === 'disabled' ? [equivalent('ufw disable', state.value)] : [];
  },
  selinux: ({ args }) => {
    const state = args.get('state');
    return state && /^(?:disabled|permissive)$/.test(state.literal ?? '')
      ? [equivalent(`echo 'SELINUX=${state.literal}' > /etc/selinux/config`, state.value)]
      : [];
  },
  docker_container: container('docker'),
  podman_container: container('podman'),
  docker_image: image('docker'),
  podman_image: image('podman'),
  pip: ({ args }) => {
    const file = args.get('requirements');
    const path = plain(file);
    return file && path !== undefined ? [equivalent(`pip install -r ${path}`, file.value)] : [];
  },
  file: ({ args }) => {
    const [path, mode] = ['path', 'mode'].map(key => plain(args.get(key)));
    const isMode = path !== undefined && mode !== undefined && /^(?:0?[0-7]{3,4}|[augo+=rwxst,]{2,20})$/.test(mode);
    return isMode ? [equivalent(`chmod ${mode} ${path}`, args.get('mode')!.value)] : [];
  },
};
