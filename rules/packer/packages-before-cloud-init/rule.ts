import type { RunStep, Stage } from '../../../core/build.ts';
import { type Fix, fix } from '../../../core/finding.ts';
import { managerCommand } from '../../../facts/packages/commands.ts';
import { isOwn, osOf, stageOf, stepsOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuild, PackerBuildSource, PackerProvisioner } from '../../../languages/packer/tree.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';

export default definePackerRule({
  id: 'packages-before-cloud-init',
  summary: 'apt runs before cloud-init has finished',
  policies: ['G13'],
  category: 'correctness',
  severity: 'info',
  preset: 'strict',
  needs: { programs: ['apt', 'apt-get', 'aptitude'] },
  since: '2026.11',
  *check(file, _context, build) {
    for (const packerBuild of file.module.builds) {
      if (!isOwn(file, packerBuild.block) || !packerBuild.sources.some(startsCloudInit)) continue;
      const stage = stageOf(build, packerBuild);
      const first = stage && firstInstall(stage, packerBuild);
      if (!first) continue;
      const { invocation, provisioner } = first;
      yield {
        message: `\`${invocation.program}\` may run before cloud-init finishes`,
        help: 'Start the build with `cloud-init status --wait`',
        span: invocation.script.spanOf(invocation.command),
        fixes: [waitFix(provisioner)],
      };
    }
  },
});

/** Builders that start images of clouds, in which cloud-init sets up the sources of packages at the first boot. */
const CLOUDS =
  /^(?:amazon-(?:ebs|instance|ebsvolume)|azure-arm|hcloud|digitalocean|openstack|oracle-oci|linode|vultr|scaleway|yandex|alicloud-ecs|lxd|incus)$/;

/** Bases with a cloud-init before 17.2, which has no `status`: https://docs.cloud-init.io/en/latest/reference/cli.html#status */
const WITHOUT_STATUS =
  /\b(?:precise|trusty|wheezy|jessie|stretch)\b|\bubuntu\b[^\n]{0,60}?\b1[0-4][.-](?:04|10)\b|\bdebian-?[5-9]\b/i;

/** What is written in the block of a source, that of a filter included. */
function textOf({ source }: PackerBuildSource): string {
  const blocks = source ? [source.block, ...source.block.blocks()] : [];
  const values = blocks.flatMap(({ attributes }) =>
    attributes.map(({ value }) => `${value.written.text}\n${value.asValue().source.text}`),
  );
  return values.join('\n').slice(0, 20_000);
}

function startsCloudInit(source: PackerBuildSource): boolean {
  const os = osOf(source);
  if (os !== undefined && os !== 'linux') return false;
  if (WITHOUT_STATUS.test(textOf(source))) return false;
  if (CLOUDS.test(source.type)) return true;
  return source.type === 'qemu' && source.attribute('disk_image')?.value.bool === true;
}

/** Provisioners that do not run on the machine, or wait for nothing. */
const PASSED = new Set(['file', 'breakpoint', 'shell-local']);

interface Install {
  readonly invocation: Invocation;
  readonly provisioner: PackerProvisioner;
}

/** The first command that uses apt, when nothing before it waits or may wait. */
function firstInstall(stage: Stage, { provisioners, sources }: PackerBuild): Install | undefined {
  for (const provisioner of provisioners) {
    const { block, dynamic, scripts, type } = provisioner;
    if (dynamic || type === undefined) return undefined;
    if (!sources.some(source => startsCloudInit(source) && provisioner.runsFor(source) !== false)) continue;
    if (PASSED.has(type)) continue;
    if (type !== 'shell' || block.attribute('pause_before')) return undefined;
    if (scripts.some(({ text, value }) => text === undefined || WAITS.test(value.source.text))) return undefined;
    for (const step of stepsOf(stage, provisioner)) {
      if (step.kind !== 'run') continue;
      const invocation = installIn(step);
      if (invocation !== 'none') return invocation && { invocation, provisioner };
    }
  }
  return undefined;
}

/** Signs that something waits: for cloud-init, for the locks of packages, or for some time. */
const WAITS =
  /cloud-init|boot-finished|\/var\/lib\/(?:cloud|dpkg|apt)|Lock::Timeout|apt-daily|unattended|\bwait|\bsleep\b|\btimeout\b|\b(?:until|while)\b|lslocks|fuser|lsof|pgrep/i;

/** `none`: it neither installs nor waits; `undefined`: something may wait first. */
function installIn(step: RunStep): Invocation | undefined | 'none' {
  const { script } = step;
  if (!script?.readable || script.tree.broken) return undefined;
  for (const invocation of invocationsOfStep(step)) {
    const command = managerCommand(invocation);
    const isApt =
      /^apt/.test(invocation.program) &&
      /^(?:install|update|upgrade|dist-upgrade|full-upgrade)$/.test(command?.action ?? '');
    if (isApt) return WAITS.test(script.text.text.slice(0, invocation.command.end)) ? undefined : invocation;
    if (/\.sh$|^(?:source|\.|ansible.*|make)$/.test(invocation.program)) return undefined;
  }
  return WAITS.test(script.text.text) ? undefined : 'none';
}

/** The wait as the first command of the provisioner's list. */
function waitFix({ block }: PackerProvisioner): Fix | undefined {
  const list = block.attribute('inline')?.value;
  const first = list?.items[0];
  if (list?.expression.kind !== 'tuple' || !first || first.source !== list.source) return undefined;
  const { source } = list;
  const between = source.text.slice(list.expression.start + 1, first.expression.start);
  if (between.trim() !== '') return undefined;
  const gap = between === '' ? ' ' : between;
  return fix(
    'suggested',
    'Add `cloud-init status --wait`',
    source.insert(first.expression.start, `"cloud-init status --wait",${gap}`),
  );
}
