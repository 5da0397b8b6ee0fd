import { type Fix, fix } from '../../../core/finding.ts';
import { namesOf } from '../../../core/quoted.ts';
import type { Word } from '../../../core/shell-tree.ts';
import { type InstalledPackage, installHas, installOf } from '../../../facts/package-installs.ts';
import { type ManagerCommand, managerCommand } from '../../../facts/packages/commands.ts';
import { layersOf } from '../../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { insertAfter } from '../../../shell/word-edits.ts';

const NAME = '.build-deps';

interface Added {
  readonly invocation: Invocation;
  readonly verb: Word;
  readonly packages: readonly InstalledPackage[];
}

export default defineDockerfileRule({
  id: 'apk-build-deps-not-virtual',
  summary: 'Build dependencies are added and removed by name instead of as one virtual package',
  policies: ['G14'],
  category: 'style',
  severity: 'hint',
  preset: 'all',
  needs: { programs: ['apk'] },
  since: '2026.11',
  aliases: ['dockerfilelint:apkadd-missing-virtual'],
  *check(_file, _context, build) {
    for (const { invocations } of layersOf(build)) {
      const added = new Map<string, Added>();
      for (const invocation of invocations) {
        const command = managerCommand(invocation);
        if (command?.manager !== 'apk') continue;
        const install = installOf(invocation);
        if (install?.verb && !installHas(install, '--virtual')) {
          const { verb, packages } = install;
          for (const { name } of packages) if (name !== undefined) added.set(name, { invocation, verb, packages });
        }
        if (command.action !== 'del') continue;
        const again = command.arguments.operands.filter(({ literal }) => literal !== undefined && added.has(literal));
        const [first] = again;
        if (!first) continue;
        yield {
          message: `Build dependencies are removed by name: ${namesOf(again.map(({ literal }) => literal!))}`,
          help: `Use \`apk add --virtual ${NAME}\`, and end with \`apk del ${NAME}\``,
          span: invocation.script.spanOf(first),
          fixes: [asVirtual(added.get(first.literal!)!, command, again)],
        };
      }
    }
  },
});

/** Makes the packages one virtual package, where exactly those of one command are deleted. */
function asVirtual(
  { invocation, verb, packages }: Added,
  deletion: ManagerCommand,
  again: readonly Word[],
): Fix | undefined {
  const { operands } = deletion.arguments;
  const names = new Set(again.map(({ literal }) => literal));
  if (operands.length !== again.length || packages.length !== names.size) return undefined;
  if (!packages.every(({ name }) => names.has(name))) return undefined;
  const { script } = deletion.invocation;
  const last = operands.at(-1)!;
  const between = script.text.text.slice(operands[0]!.start, last.end);
  if (between.split(/\s+/).length !== operands.length) return undefined;
  return fix(
    'suggested',
    `Use \`--virtual ${NAME}\``,
    insertAfter(invocation.script, verb, ` --virtual ${NAME}`),
    script.text.replace(operands[0]!.start, last.end, NAME),
  );
}
