/** What provisioners that run another tool do: the playbooks of Ansible are read, the rest is not known. */
import type { CopyStep, Mention, RunStep, Value } from '../../../core/build.ts';
import type { Files, LowerContext } from '../../../core/language.ts';
import { joinPath, nameOf, parentDirectory } from '../../../core/path.ts';
import { SourceText, type Span } from '../../../core/text.ts';
import { conditionalPlaces } from '../ansible/conditions.ts';
import { loginCommands } from '../ansible/logins.ts';
import { type Playbook, type PlaybookFile, playbookAt } from '../ansible/playbook.ts';
import { tasksIn } from '../ansible/tasks.ts';
import { equivalent } from '../installer/installation.ts';
import type { Evaluated, PackerModule, PackerProvisioner, PackerTree } from '../tree.ts';

const PLAYBOOKS = ['playbook_file', 'playbook_files', 'playbook_paths'];
/** Provisioners of tools whose files are not read. */
const OTHER_TOOLS =
  /^(?:ansible-navigator|chef-client|chef-solo|cinc-client|converge|itamae-local|mitamae|puppet-masterless|puppet-server|salt|salt-masterless)$/;

const MOST_ABOVE = 3;

/** Steps that do the same as the tasks of playbooks, those last that close a login; one without a script for what is not known. */
export function toolSteps(
  { block, span, type }: PackerProvisioner,
  module: PackerModule,
  { files, path, script }: LowerContext,
): readonly (RunStep | CopyStep)[] {
  const unknown: RunStep = { kind: 'run', phase: 'build', span, script: undefined, argv: undefined };
  if (type !== undefined && OTHER_TOOLS.test(type)) return [unknown];
  if (type !== 'ansible' && type !== 'ansible-local') return [];
  const named = PLAYBOOKS.flatMap(name => valuesIn(block.attribute(name)?.value));
  const steps: (RunStep | CopyStep)[] = [];
  let isKnown = named.length > 0;
  for (const value of named) {
    const playbook = playbookOf(module.asPath(value).byDefault, path, files);
    if (!playbook?.complete) isKnown = false;
    steps.push(...(playbook?.files ?? []).flatMap(file => taskSteps(file, value, script, files)));
    const commands = playbook?.files.flatMap(({ text }) => loginCommands(text)) ?? [];
    if (commands.length === 0) continue;
    const same = equivalent(commands.join('\n'), value.written);
    const settings = SETTINGS;
    steps.push({ kind: 'run', phase: 'build', span: value.span, script: script(same, settings), argv: undefined });
  }
  return isKnown ? steps : [...steps, unknown];
}

const SETTINGS = { dialect: 'posix', errexit: false, pipefail: false } as const;

/** What the tasks of one file do, with places in that file. */
function taskSteps(
  { path, text }: PlaybookFile,
  { span }: Evaluated,
  script: LowerContext['script'],
  files: Files,
): (RunStep | CopyStep)[] {
  const { commands, copied } = tasksIn(SourceText.document(text, path));
  const runs = commands.map(
    ({ standsFor, text: command }): RunStep => ({
      kind: 'run',
      phase: 'build',
      span,
      script: script(command, { ...SETTINGS, standsFor }),
      argv: undefined,
    }),
  );
  const copies = copied.map(({ source, to }): CopyStep => {
    const target = to === undefined ? undefined : asValue(equivalent(to, source));
    return {
      kind: 'copy',
      origin: 'context',
      sources: [asValue(source)],
      to: target,
      mode: undefined,
      textOf: name => copiedText(name, path, files),
      span,
    };
  });
  return [...runs, ...copies];
}

/**
 * The file that a task copies: of the `files` of its role, or from beside the tasks
 * (https://docs.ansible.com/projects/ansible/latest/playbook_guide/playbook_pathing.html).
 */
function copiedText(name: string, tasks: string, files: Files): string | undefined {
  if (name.startsWith('/')) return undefined;
  const folder = parentDirectory(tasks);
  const isOfRole = /^(?:tasks|handlers)$/.test(nameOf(folder));
  const role = isOfRole ? [joinPath(parentDirectory(folder), 'files')] : [];
  const places = [...role, joinPath(folder, 'files'), folder];
  for (const place of places) {
    const text = files.read(joinPath(place, name));
    if (typeof text === 'string') return text;
  }
  return undefined;
}

function asValue(source: SourceText): Value {
  const { span, text } = source;
  return { source, parts: [text], literal: text, byDefault: text, span };
}

interface NamedFile extends PlaybookFile {
  readonly reference: Span;
}

/** The files of the playbooks that a template runs, and where it names each playbook. */
export function playbookMentions(tree: PackerTree, context: LowerContext): readonly Mention[] {
  return playbookFiles(tree, context).map(({ path: file, reference }) => ({ file, reference }));
}

/** Whether a place is in tasks that are done under a condition; files are read when it is asked. */
export function isConditional(place: Span, tree: PackerTree, context: LowerContext): boolean {
  if (place.file === undefined) return false;
  const file = playbookFiles(tree, context).find(({ path }) => path === place.file);
  return (
    file !== undefined &&
    (file.conditional ||
      conditionalPlaces(file.text, file.path).some(({ end, start }) => start <= place.start && place.end <= end))
  );
}

function playbookFiles({ module, source }: PackerTree, { files, path }: LowerContext): readonly NamedFile[] {
  return module.builds
    .flatMap(({ provisioners }) => provisioners)
    .filter(({ block, type }) => (type === 'ansible' || type === 'ansible-local') && block.source === source)
    .flatMap(({ block }) => PLAYBOOKS.flatMap(name => valuesIn(block.attribute(name)?.value)))
    .flatMap(value => {
      const found = playbookOf(module.asPath(value).byDefault, path, files)?.files ?? [];
      return found.map(file => ({ ...file, reference: value.span }));
    });
}

/** Relative paths start at the directory where Packer is called: that of the template, or one above. */
function playbookOf(name: string | undefined, path: string | undefined, files: Files): Playbook | undefined {
  if (name === undefined || name === '' || path === undefined) return undefined;
  let folder = parentDirectory(path);
  for (let above = 0; above <= MOST_ABOVE; above++) {
    const place = joinPath(folder, name);
    const text = files.read(place);
    if (typeof text === 'string') return playbookAt(place, text, files);
    folder = parentDirectory(folder);
  }
  return undefined;
}

function valuesIn(value: Evaluated | undefined): readonly Evaluated[] {
  if (!value || value.kind === 'null') return [];
  return value.kind === 'list' ? value.items : [value];
}
