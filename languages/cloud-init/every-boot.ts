/** Commands that run at every boot: `bootcmd`, boothooks, and scripts in the places for it. */
import type { ImageBuild, Step } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import type { Script } from '../../core/script.ts';
import { contains } from '../../core/text.ts';
import { setupCommands } from '../../facts/setup-commands.ts';
import { type Invocation, invocationsIn } from '../../shell/invocations.ts';
import { isUserData } from './forms.ts';
import { entryOf } from './nodes.ts';
import { runsPer } from './once.ts';
import type { CloudInitTree } from './tree.ts';

export interface EveryBootCommand {
  readonly invocation: Invocation;
  readonly step: Step;
  /** What runs it, for messages: `` `bootcmd` ``. */
  readonly where: string;
  /** Whether it runs before disks are mounted. */
  readonly early: boolean;
  /** Whether the script may have ended before, as in `blkid /dev/vdb && exit 0`. */
  readonly mayHaveLeft: boolean;
}

/** https://docs.cloud-init.io/en/latest/reference/modules.html#scripts-per-boot, systemd-rc-local-generator(8) */
const PLACES: readonly (readonly [path: RegExp, where: string])[] = [
  [/^\/var\/lib\/cloud\/scripts\/per-boot\/[^/]{1,100}$/, 'a per-boot script'],
  [/^\/etc\/(?:rc\.d\/)?rc\.local$/, '`rc.local`'],
];

/** Without those that `cloud-init-per` holds back. */
export function everyBootCommands(tree: CloudInitTree, build: ImageBuild): readonly EveryBootCommand[] {
  const boot = isUserData(tree) ? entryOf(tree.root, 'bootcmd')?.span : undefined;
  const whole =
    tree.form === 'boothook'
      ? ({ where: 'a boothook', early: true } as const)
      : tree.form === 'script' && tree.type === 'text/x-shellscript-per-boot'
        ? ({ where: 'a per-boot script', early: false } as const)
        : undefined;
  const found: EveryBootCommand[] = [];
  let left: Step | undefined;
  if (boot || whole)
    for (const { invocation, step } of setupCommands(build)) {
      const { span } = step;
      const inBoot = boot && contains(boot, span);
      if (!inBoot && !whole) continue;
      // All items of `bootcmd` are one script; in a list `exit` ends that command.
      const mayHaveLeft = (left !== undefined && left !== step) || endsBefore(invocation);
      if (inBoot && step.kind === 'run' && !step.argv && endOf(invocation.script) < Infinity) left ??= step;
      if (runsPer(invocation, step)) continue;
      found.push({ invocation, step, mayHaveLeft, ...(inBoot ? { where: '`bootcmd`', early: true } : whole!) });
    }
  for (const { invocation, step } of invocationsIn(build, { written: true })) {
    if (step.kind !== 'write-file') continue;
    const place = PLACES.find(([path]) => path.test(step.path?.literal ?? ''));
    if (place && !runsPer(invocation, step))
      found.push({ invocation, step, where: place[1], early: false, mayHaveLeft: endsBefore(invocation) });
  }
  return found;
}

const endsBefore = ({ command, script }: Invocation): boolean => endOf(script) < command.start;

/** The first place where a script may end; in a subshell and the like `exit` ends only that. */
const endOf = memo(({ text, tree }: Script): number => {
  const end = tree.broken
    ? /\b(?:exit|exec)\b/.exec(text.text)?.index
    : tree.commands.find(({ within, words: [first, second] }) => {
        const leaves = first?.literal === 'exit' || (first?.literal === 'exec' && second !== undefined);
        return leaves && !within.some(one => OF_THEIR_OWN.has(one));
      })?.start;
  return end ?? Infinity;
});
const OF_THEIR_OWN: ReadonlySet<string> = new Set(['subshell', 'substitution', 'string-script', 'heredoc-script']);
