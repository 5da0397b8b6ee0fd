import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { get, itemsOf, textOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import { invocationsIn } from '../../../shell/invocations.ts';

/** Programs whose package has another name. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  docker: ['docker.io', 'docker-ce', 'docker-ce-cli', 'docker-cli', 'moby-engine'],
  node: ['nodejs'],
  pip: ['python3-pip', 'python-pip'],
  pip3: ['python3-pip'],
  mysql: ['mysql-server', 'mariadb-server', 'mysql-client', 'mariadb-client'],
  psql: ['postgresql', 'postgresql-client'],
  aws: ['awscli'],
  'mkfs.xfs': ['xfsprogs'],
  vgcreate: ['lvm2'],
  pvcreate: ['lvm2'],
  lvcreate: ['lvm2'],
  'mount.nfs': ['nfs-common', 'nfs-utils'],
};

export default defineCloudInitRule({
  id: 'command-before-package',
  summary: '`bootcmd` uses a program before its package is installed',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  needs: { keys: ['bootcmd'] },
  since: '2026.11',
  *check(tree, _context, build): Iterable<Finding> {
    const commands = get(tree.root, 'bootcmd');
    if (!isUserData(tree) || !commands) return;
    const names = itemsOf(get(tree.root, 'packages')).map(item => textOf(item) ?? textOf(itemsOf(item)[0]));
    const installed = new Set(names.filter(name => name !== undefined));
    if (installed.size === 0) return;
    const isGuarded = guards();
    for (const { invocation, step } of invocationsIn(build)) {
      if (step.span.start < commands.span.start || step.span.end > commands.span.end) continue;
      const { program, programWord } = invocation;
      const packaged = [program, ...(PACKAGES[program] ?? [])].some(candidate => installed.has(candidate));
      if (!packaged || isGuarded(invocation.script.text.text, program)) continue;
      yield {
        message: `\`bootcmd\` runs ${quoted(program)} before its package is installed`,
        help: 'Move the command to `runcmd`',
        span: invocation.script.spanOf(programWord),
      };
    }
  },
});

/** Whether a script first checks that the program exists; each pair is checked once. */
function guards(): (script: string, program: string) => boolean {
  const known = new Map<string, Map<string, boolean>>();
  return (script, program) => {
    const programs = known.get(script) ?? new Map<string, boolean>();
    known.set(script, programs);
    const found =
      programs.get(program) ??
      new RegExp(`(?:command -v|which|type|hash)\\s+${program.replace(/[^\w-]/g, '\\$&')}\\b`).test(script);
    programs.set(program, found);
    return found;
  };
}
