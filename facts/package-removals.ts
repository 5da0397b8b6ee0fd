/** Which packages commands remove. */
import { memo } from '../core/memo.ts';
import type { Word } from '../core/shell-tree.ts';
import type { Invocation } from '../shell/invocations.ts';
import { installOf, type PackageInstall } from './package-installs.ts';
import { managerCommand } from './packages/commands.ts';
import type { PackageManager } from './packages/managers.ts';

/** A command that removes packages. */
export interface PackageRemoval {
  readonly manager: PackageManager;
  /** The packages that it names for certain; the names of virtual packages of apk (`.build-deps`) among them. */
  readonly names: readonly Word[];
  /** Whether it may remove others too: those that nothing needs, those in a variable or a pattern. */
  readonly open: boolean;
}

const REMOVES = /^(?:remove|purge|autoremove|autopurge|del|erase|uninstall|(?:module|group) remove)$/;
/** Programs for the same packages. */
const RPM: ReadonlySet<PackageManager> = new Set(['yum', 'dnf', 'microdnf', 'tdnf', 'zypper']);

/** What a command removes; `undefined` for other commands. */
export const packageRemovalOf: (invocation: Invocation) => PackageRemoval | undefined = memo(invocation => {
  const command = managerCommand(invocation);
  if (!command || !REMOVES.test(command.action)) return undefined;
  const { operands } = command.arguments;
  const names = operands.filter(({ literal }) => literal !== undefined && !/[*?[]/.test(literal));
  const open =
    names.length < operands.length ||
    operands.length === 0 ||
    /^auto/.test(command.action) ||
    invocation.via.includes('xargs') ||
    !command.arguments.lacks('--auto-remove', '--autoremove', '--recursive', '--clean-deps');
  return { manager: command.manager, names, open };
});

/** The words of a removal that name packages of an installation, by their own names or their virtual package's. */
export function removedOf(
  removal: PackageRemoval,
  install: Pick<PackageInstall, 'manager' | 'packages' | 'arguments'>,
): readonly Word[] {
  if (removal.manager !== install.manager && !(RPM.has(removal.manager) && RPM.has(install.manager))) return [];
  const given = new Set([
    ...install.packages.flatMap(({ name }) => name ?? []),
    ...(install.arguments?.values('--virtual').flatMap(({ literal }) => literal ?? []) ?? []),
  ]);
  return removal.names.filter(({ literal }) => given.has(literal!));
}

/** Whether one of the commands removes packages that another one installs, or may do so. */
export function mayBeRemoved(install: PackageInstall, commands: readonly Invocation[]): boolean {
  const from = install.invocation ? commands.findIndex(one => installOf(one)?.invocation === install.invocation) : -1;
  return commands.slice(from + 1).some(one => {
    const removal = packageRemovalOf(one);
    return removal !== undefined && (removal.open || removedOf(removal, install).length > 0);
  });
}
