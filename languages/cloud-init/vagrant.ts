/** Is a document for a Vagrant box, or for a machine that Vagrant starts, whose login everyone knows? */
import type { Files } from '../../core/language.ts';
import { nameOf, parentDirectory, pathIn } from '../../core/path.ts';
import { isVagrantBox } from './logins.ts';
import { seedingTemplates } from './seed.ts';
import type { CloudInitTree } from './tree.ts';

/** Directories above that may have a Vagrantfile. */
const MOST_PARENTS = 2;
/** A template with it makes a box. */
const MAKES_BOX = /\bpost-processor[ \t]+"vagrant|"type"[ \t]*:[ \t]*"vagrant(?:-\w{1,20})?"/;

/** The beginnings of the public keys that every box takes: https://github.com/hashicorp/vagrant/tree/main/keys */
const INSECURE_KEYS = [
  'AAAAB3NzaC1yc2EAAAABIwAAAQEA6NF8iallvQVp22WDkTkyrtvp9eWW6A8YVr',
  'AAAAC3NzaC1lZDI1NTE5AAAAIN1YdxBpNlzxDqfJyw',
];

export function isForVagrant(tree: CloudInitTree, path: string | undefined, files: Files): boolean {
  if (isVagrantBox(tree) || INSECURE_KEYS.some(key => tree.source.text.includes(key))) return true;
  if (path === undefined) return false;
  return tree.seed
    ? seedingTemplates(path, files).some(text => MAKES_BOX.test(text))
    : isGivenByVagrantfile(path, files);
}

/** https://developer.hashicorp.com/vagrant/docs/cloud-init/usage */
function isGivenByVagrantfile(path: string, files: Files): boolean {
  let folder = parentDirectory(path);
  for (let i = 0; i <= MOST_PARENTS; i++) {
    const text = files.list(folder)?.includes('Vagrantfile') ? files.read(pathIn(folder, 'Vagrantfile')) : undefined;
    if (typeof text === 'string' && /\bcloud_init\b/.test(text) && text.includes(nameOf(path))) return true;
    const parent = parentDirectory(folder);
    if (parent === folder || nameOf(folder) === '..') return false;
    folder = parent;
  }
  return false;
}
