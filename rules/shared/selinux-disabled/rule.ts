import type { Stage } from '../../../core/build.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import { FILE_WRITE_NEEDS, fileWrites } from '../../../facts/file-writes.ts';
import { SERVICE_PROGRAMS, serviceChangeOf } from '../../../facts/service-changes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { readArguments } from '../../../shell/programs/index.ts';

const PERMISSIVE = 'SELinux enforcement';

export default defineBuildRule({
  id: 'selinux-disabled',
  summary: 'SELinux or AppArmor is turned off',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['packer', 'cloud-init'],
  needs: { ...FILE_WRITE_NEEDS, programs: [...FILE_WRITE_NEEDS.programs!, 'setenforce', ...SERVICE_PROGRAMS] },
  since: '2026.11',
  *check(build) {
    const off = new Map<Stage, { readonly name: string; readonly span: Span }[]>();
    const on = new Set<Stage>();
    const add = (stage: Stage, name: string, span: Span): void => {
      const list = off.get(stage);
      if (list) list.push({ name, span });
      else off.set(stage, [{ name, span }]);
    };
    for (const { invocation, stage } of setupCommands(build)) {
      const span = invocation.script.spanOf(invocation.command);
      if (invocation.program === 'setenforce') {
        const mode = readArguments(invocation).operands[0]?.literal?.toLowerCase();
        if (mode === '0' || mode === 'permissive') add(stage, PERMISSIVE, span);
        else on.add(stage);
      }
      const change = serviceChangeOf(invocation);
      if (change && !change.on && change.names.includes('apparmor')) add(stage, 'AppArmor', span);
    }
    for (const { path, text, stage } of fileWrites(build)) {
      if (!/selinux/i.test(path)) continue;
      for (const match of text.text.matchAll(/(?:^|\n)SELINUX=(disabled|permissive)\b/g))
        add(
          stage,
          match[1] === 'permissive' ? PERMISSIVE : 'SELinux',
          text.spanOf(match.index + (match[0].startsWith('\n') ? 1 : 0), match.index + match[0].length),
        );
    }
    for (const [stage, [first, ...others]] of off) {
      if (on.has(stage) || !first) continue;
      yield {
        message: first.name === PERMISSIVE ? 'SELinux is permissive: it only logs' : `${first.name} is disabled`,
        help: 'Keep enforcing mode, and allow the denied access in a policy module',
        span: first.span,
        related: others.map(({ span }) => ({ message: 'Also disabled here', span })),
      };
    }
  },
});
