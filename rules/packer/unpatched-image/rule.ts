import type { RunStep, Stage } from '../../../core/build.ts';
import { isBourne } from '../../../core/script.ts';
import { isUpgrade, managerCommand } from '../../../facts/packages/commands.ts';
import { writesOtherImage } from '../../../languages/packer/generalize.ts';
import { makesImage } from '../../../languages/packer/images.ts';
import { isOwn, stageOf, stepsOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuild } from '../../../languages/packer/tree.ts';
import { isVagrant } from '../../../languages/packer/vagrant.ts';
import { programRunBy } from '../../../shell/interpreters.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default definePackerRule({
  id: 'unpatched-image',
  summary: 'An image is built without the updates of its base',
  policies: ['G6', 'G15'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  needs: {
    blocks: [
      'provisioner.shell',
      'provisioner.file',
      'provisioner.breakpoint',
      'provisioner.sleep',
      'provisioner.powershell',
      'provisioner.windows-shell',
    ],
  },
  since: '2026.11',
  *check(file, _context, build) {
    for (const packerBuild of file.module.builds) {
      if (!isOwn(file, packerBuild.block) || !isSubject(packerBuild)) continue;
      const stage = stageOf(build, packerBuild);
      if (!stage || mayPatch(stage, packerBuild)) continue;
      yield {
        message: isWindowsBuild(packerBuild) ? 'No step installs Windows updates' : 'No step installs package updates',
        help: isWindowsBuild(packerBuild)
          ? 'Add `windows-update` of `github.com/rgl/windows-update` as an early step'
          : `Run ${upgradeOf(stage)} in an early step`,
        span: packerBuild.header,
      };
    }
  },
});

/** The command for the package manager that the build uses. */
function upgradeOf(stage: Stage): string {
  const invocations = stage.steps.flatMap(step => (step.kind === 'run' ? invocationsOfStep(step) : []));
  const programs = new Set(invocations.map(({ program }) => program));
  const sudo = invocations.some(({ via }) => via.includes('sudo')) ? 'sudo ' : '';
  const rpm = ['dnf', 'yum', 'zypper'].find(program => programs.has(program));
  if (rpm !== undefined) return `\`${sudo}${rpm} -y ${rpm === 'zypper' ? 'update' : 'upgrade'}\``;
  const apt = ['apt-get', 'apt', 'dpkg'].some(program => programs.has(program));
  return apt
    ? `\`${sudo}apt-get update && ${sudo}apt-get -y upgrade\``
    : `\`${sudo}apt-get -y upgrade\` or \`${sudo}dnf -y upgrade\``;
}

/** Machines on a cloud or platform; an installation of Linux from a medium fetches current packages. */
function isSubject(build: PackerBuild): boolean {
  const { provisioners, sources, sourcesKnown } = build;
  const isWindows = isWindowsBuild(build);
  return (
    sourcesKnown &&
    sources.length > 0 &&
    sources.every(source =>
      isWindows
        ? (makesImage(source) || source.facts?.produces === 'disk') && source.facts?.generalize === true
        : makesImage(source) && source.facts?.generalize === true && !source.type.endsWith('-iso'),
    ) &&
    !(isWindows && isVagrant(build)) &&
    !writesOtherImage(build) &&
    provisioners.length > 0
  );
}

/** Whether all machines of the build run Windows, by its provisioners. */
function isWindowsBuild({ provisioners }: PackerBuild): boolean {
  const types = provisioners.map(({ type }) => type ?? '');
  return types.some(type => WINDOWS.test(type)) && !types.includes('shell');
}

const WINDOWS = /^(?:powershell|windows-shell|windows-restart)$/;

/** Provisioners that are read here; any other may install updates, `shell-local` by `ssh`. */
const READ = /^(?:shell|file|breakpoint|sleep|powershell|windows-shell|windows-restart)$/;
const SAYS_SO = /updat|upgrad|patch|baseline/i;

function mayPatch(stage: Stage, { provisioners }: PackerBuild): boolean {
  return provisioners.some(provisioner => {
    if (provisioner.dynamic || !READ.test(provisioner.type ?? '')) return true;
    if (!/shell$/.test(provisioner.type!)) return false;
    if (provisioner.scripts.some(({ value }) => SAYS_SO.test(value.source.text))) return true;
    const runs = stepsOf(stage, provisioner).filter((step): step is RunStep => step.kind === 'run');
    return runs.some(
      step =>
        !isRead(step) ||
        (isBourne(step.script!.dialect)
          ? invocationsOfStep(step).some(mayInstallUpdates)
          : MAY_ON_WINDOWS.test(step.script!.text.text)),
    );
  });
}

/** Cmdlets, programs and objects that install updates, and other scripts, which are not read here. */
const MAY_ON_WINDOWS =
  /windows-?update|wuauclt|usoclient|microsoft\.update|wuinstall|\bwusa\b|\.msu\b|add-package|dsc|ansible|chef|puppet|\.(?:ps1|bat|cmd)\b|\\packer|invoke-expression|\biex\b/i;

function isRead({ script }: RunStep): boolean {
  return script?.readable === true && !script.tree.broken;
}

const SYSTEM_MANAGERS = /^(?:apk|apt|apt-get|aptitude|dnf\d?|microdnf|tdnf|yum|zypper)$/;
/** Programs that install updates, and those that run files which are not read here. */
const MAY =
  /^(?:unattended-upgrades?|softwareupdate|freebsd-update|cloud-init|ansible(?:-playbook|-pull)?|salt-call|chef-client|puppet|pyinfra|goss|make|just)$/;

/** Whether a shell runs what is not read here: a script that was uploaded before may do anything. */
function runsUnreadScript(invocation: Invocation): boolean {
  const run = programRunBy(invocation);
  if (!run?.shell) return false;
  if (run.from === 'text') return run.word?.literal === undefined;
  return run.from === 'file' || invocation.command.pipeline.length > 1;
}

function mayInstallUpdates(invocation: Invocation): boolean {
  const { program } = invocation;
  if (MAY.test(program) || /\.sh$/.test(program) || runsUnreadScript(invocation)) return true;
  const command = managerCommand(invocation);
  if (command) return isUpgrade(command);
  // A verb that is not known may be this one.
  const { path, operands } = readArguments(invocation);
  return SYSTEM_MANAGERS.test(program) && path.length === 0 && operands.length > 0;
}
