/** What provisioners that run another tool do to logins: the playbooks of Ansible are read, the rest is not known. */
import type { RunStep } from '../../../core/build.ts';
import type { Files, LowerContext } from '../../../core/language.ts';
import { joinPath, parentDirectory } from '../../../core/path.ts';
import { loginCommands } from '../ansible/logins.ts';
import { type Playbook, playbookAt } from '../ansible/playbook.ts';
import { equivalent } from '../installer/installation.ts';
import type { Evaluated, PackerModule, PackerProvisioner } from '../tree.ts';

const PLAYBOOKS = ['playbook_file', 'playbook_files', 'playbook_paths'];
/** Provisioners of tools whose files are not read. */
const OTHER_TOOLS =
  /^(?:ansible-navigator|chef-client|chef-solo|cinc-client|converge|itamae-local|mitamae|puppet-masterless|puppet-server|salt|salt-masterless)$/;

const MOST_ABOVE = 3;

/** Steps with the commands that do the same as the tasks which close a login; one without a script for what is not known. */
export function toolSteps(
  { block, span, type }: PackerProvisioner,
  module: PackerModule,
  { files, path, script }: LowerContext,
): readonly RunStep[] {
  const unknown: RunStep = { kind: 'run', phase: 'build', span, script: undefined, argv: undefined };
  if (type !== undefined && OTHER_TOOLS.test(type)) return [unknown];
  if (type !== 'ansible' && type !== 'ansible-local') return [];
  const named = PLAYBOOKS.flatMap(name => valuesIn(block.attribute(name)?.value));
  const steps: RunStep[] = [];
  let isKnown = named.length > 0;
  for (const value of named) {
    const playbook = playbookOf(module.asPath(value).byDefault, path, files);
    if (!playbook?.complete) isKnown = false;
    const commands = playbook?.texts.flatMap(loginCommands) ?? [];
    if (commands.length === 0) continue;
    const same = equivalent(commands.join('\n'), value.written);
    const settings = { dialect: 'posix', errexit: false, pipefail: false } as const;
    steps.push({ kind: 'run', phase: 'build', span: value.span, script: script(same, settings), argv: undefined });
  }
  return isKnown ? steps : [...steps, unknown];
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
