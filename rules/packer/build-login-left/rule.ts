import type { ImageBuild } from '../../../core/build.ts';
import { HOLE } from '../../../core/text.ts';
import { exposuresOf } from '../../../facts/secrets/sinks/concern.ts';
import { destinationsOf } from '../../../facts/secrets/sinks/flow.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerTree } from '../../../languages/packer/tree.ts';
import { hasFlag } from '../../../shell/arguments.ts';
import { invocationsIn } from '../../../shell/invocations.ts';

export default definePackerRule({
  id: 'build-login-left',
  summary: 'The password that Packer logs in with is a word, and nothing takes the login out of the image',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(file, { project }, build) {
    if (project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    // What a variables file is used for, and what other tools do to the machine, cannot be known.
    if (file.kind !== 'template' || isUnread(file)) return;
    if (isVagrant(file) || makesNothing(file) || closesLogin(build) || closesAtEnd(file)) return;
    for (const exposure of exposuresOf(build, 'login')) {
      const { sink, span } = exposure;
      yield {
        message: `The password in ${sink.place} is easy to guess, and no step locks or deletes this login before the image is made.`,
        span,
        related: destinationsOf(exposure, build),
      };
    }
  },
});

/** A box whose login is public on purpose: https://developer.hashicorp.com/vagrant/docs/boxes/base#default-user-settings */
function isVagrant({ module }: PackerTree): boolean {
  if (module.sources.some(isNamedBox)) return true;
  return module.builds.some(
    ({ postProcessors, sources }) =>
      postProcessors.some(sequence => sequence.some(({ type }) => type?.startsWith('vagrant'))) ||
      sources.some(({ name, type }) => type === 'vagrant' || /vagrant/i.test(name)),
  );
}

/** By what comes out of it: `vm_name = "debian-vagrant"`. */
function isNamedBox({ block }: PackerTree['module']['sources'][number]): boolean {
  return ['vm_name', 'output_directory', 'output_filename'].some(name =>
    /vagrant/i.test(block.attribute(name)?.value.asValue().source.text ?? ''),
  );
}

/** Provisioners whose work stands in the template. */
const READABLE = new Set([
  'shell',
  'file',
  'shell-local',
  'powershell',
  'windows-shell',
  'windows-restart',
  'windows-update',
  'breakpoint',
  'sleep',
]);

function isUnread({ module }: PackerTree): boolean {
  if (!module.complete && module.builds.length === 0) return true;
  return module.builds.some(({ provisioners }) =>
    provisioners.some(({ type }) => type === undefined || !READABLE.has(type)),
  );
}

/** Virtual machines of CI on a Mac, whose login everybody knows: https://tart.run/quick-start/ */
const PUBLIC_LOGINS = /^(?:tart-cli|veertu-anka.{0,20})$/;

/** Nothing with a login comes out of it. */
function makesNothing({ module }: PackerTree): boolean {
  return (
    module.sources.length > 0 &&
    module.sources.every(
      ({ facts, type }) => facts?.produces === 'none' || facts?.produces === 'container' || PUBLIC_LOGINS.test(type),
    )
  );
}

/** Whether a step locks, expires or deletes an account, generalises a Windows image, or cannot be read. */
function closesLogin(build: ImageBuild): boolean {
  for (const stage of build.stages)
    for (const step of stage.steps)
      if (step.kind === 'run' && step.phase === 'build' && (!step.script || CLOSES.test(step.script.text.text)))
        return true;
  for (const { invocation } of invocationsIn(build)) {
    const { program } = invocation;
    if (program === 'userdel' || program === 'deluser') return true;
    if (program === 'passwd' && hasFlag(invocation, '-l', '--lock', '-d', '--delete', '-e')) return true;
    if (program === 'usermod' && hasFlag(invocation, '-L', '--lock', '-e', '--expiredate')) return true;
    if (program === 'chage') return true;
  }
  return false;
}

/** Whether the command that shuts the machine down closes the account, or cannot be read. */
function closesAtEnd({ module }: PackerTree): boolean {
  return module.sources.some(({ block }) => {
    const command = block.attribute('shutdown_command')?.value.asValue();
    const text = (command?.byDefault ?? command?.source.text ?? '').slice(0, 4_000);
    return text === HOLE || CLOSES.test(text) || AT_END.test(text);
  });
}
/** With what accounts are closed, and files that may do it. */
const AT_END = /\b(?:userdel|deluser|chage|passwd -[lde]|usermod -[Le])\b|\.(?:sh|ps1|bat|cmd)\b/;

/** Ways of Windows, of agents and of scripts that are read as text. */
const CLOSES =
  /sysprep|waagent\S{0,20} -deprovision\+user|Disable-LocalUser|Remove-LocalUser|net user \S{1,40} \/(?:delete|active:no)/i;
