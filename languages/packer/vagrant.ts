/** Does a template make a box for Vagrant, whose login everyone knows? https://developer.hashicorp.com/vagrant/docs/boxes/base#default-user-settings */
import type { ImageBuild } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import type { PackerBlock, PackerBuild, PackerSource, PackerTree } from './tree.ts';

/** In UTF-16 code units. */
const LONGEST = 200_000;

/** Whether the text of a build speaks of Vagrant, comments left out: a post-processor, a script, a variable. */
export function isVagrant({ block: { hcl, source } }: PackerBuild): boolean {
  if (!hcl) return false;
  const text = source.text.slice(hcl.start, Math.min(hcl.end, hcl.start + LONGEST));
  return text.split('\n').some(line => /vagrant/i.test(line) && !/^\s*(?:#|\/\/)/.test(line));
}

/** Whether the builder logs in with the account that boxes have. */
export function usesPublicLogin(block: PackerBlock): boolean {
  return ['winrm_username', 'winrm_password'].some(name => block.attribute(name)?.value.byDefault === 'vagrant');
}

/** Whether something in the module makes a box, or is called like one. */
export const makesVagrantBox: (tree: PackerTree) => boolean = memo(({ module, path = '' }) => {
  // The home directory of a user says nothing.
  if (/vagrant/i.test(path.replace(/^\/?home\/[^/]+\//, ''))) return true;
  if (module.sources.some(isNamedBox)) return true;
  return module.builds.some(
    ({ postProcessors, sources }) =>
      postProcessors.some(sequence => sequence.some(({ type }) => type?.startsWith('vagrant'))) ||
      sources.some(({ name, type }) => type === 'vagrant' || /vagrant/i.test(name)),
  );
});

/** By the name of the result: `vm_name = "debian-vagrant"`. */
function isNamedBox({ block }: PackerSource): boolean {
  return ['vm_name', 'output_directory', 'output_filename'].some(name =>
    /vagrant/i.test(block.attribute(name)?.value.asValue().source.text ?? ''),
  );
}

/** The public key of Vagrant, which opens the account of every new box. */
const PUBLIC_KEY = /(?:^|\/)vagrant\.pub$/;
const FETCHES_KEY = /\/vagrant\/(?:[\w.-]{1,40}\/){0,3}keys\/vagrant(?:\.key)?(?:\.pub)?\b|\bvagrant\.pub\b/;

/** Whether the public key of Vagrant is put into the machine. */
export function takesVagrantKey({ stages }: Pick<ImageBuild, 'stages'>): boolean {
  return stages.some(({ steps }) =>
    steps.some(
      step =>
        (step.kind === 'copy' && step.sources.some(({ literal }) => PUBLIC_KEY.test(literal ?? ''))) ||
        (step.kind === 'run' && step.phase !== 'host' && FETCHES_KEY.test(step.script?.text.text ?? '')),
    ),
  );
}

/** Whether all that the document makes are boxes: an image in a cloud is none, whatever is made beside it. */
export function isVagrantTemplate(tree: PackerTree, build: Pick<ImageBuild, 'stages'>): boolean {
  if (tree.module.sources.some(({ facts }) => facts?.produces === 'image')) return false;
  return makesVagrantBox(tree) || takesVagrantKey(build);
}
