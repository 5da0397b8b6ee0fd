/** Fragments: files that a script joins to another one, whose header then holds for them too. */
import type { Files } from '../../core/language.ts';
import { nameOf, parentDirectory, pathIn } from '../../core/path.ts';
import { buildFilesAround } from '../../facts/build-files.ts';
import { joins } from '../../facts/joined-files.ts';

/**
 * Whether a file around it writes the header, or another file, in front of the file's text, has Multipass do so, or makes
 * it a part of a message, whose type says what it is.
 */
export function isJoined(path: string, files: Files): boolean {
  return (
    (buildFilesAround(path, files) ?? []).some(
      ({ text }) => joins(text, path, '#cloud-config') || launches(text, path) || packs(text, path),
    ) ||
    isTerraformPart(path, files) ||
    isVagrantPart(path, files)
  );
}

/** `cloud-init devel make-mime -a config.yaml:cloud-config`, and `write-mime-multipart config.yaml:text/cloud-config`. */
function packs(text: string, path: string): boolean {
  return (
    /\b(?:make-mime|write-mime-multipart)\b/.test(text) &&
    /:(?:text\/)?cloud-config/.test(text) &&
    text.includes(nameOf(path))
  );
}

/** Directories above a file in which its Terraform may be, and the files of each that are read. */
const MOST_PARENTS = 3;
const MOST_FILES = 30;

/** Whether Terraform gives the file as a part of a type: https://registry.terraform.io/providers/hashicorp/cloudinit/latest/docs */
function isTerraformPart(path: string, files: Files): boolean {
  let folder = parentDirectory(path);
  for (let i = 0; i <= MOST_PARENTS; i++) {
    const names = (files.list(folder) ?? []).filter(name => /\.(?:tf|tofu)$/.test(name));
    for (const name of names.slice(0, MOST_FILES)) {
      const text = files.read(pathIn(folder, name));
      if (typeof text === 'string' && text.includes(nameOf(path)) && (PART.test(text) || isReadAnew(text))) return true;
    }
    const parent = parentDirectory(folder);
    if (parent === folder || nameOf(folder) === '..') return false;
    folder = parent;
  }
  return false;
}

/** Whether a Vagrantfile gives the file with its type: https://developer.hashicorp.com/vagrant/docs/cloud-init/usage */
function isVagrantPart(path: string, files: Files): boolean {
  let folder = parentDirectory(path);
  for (let i = 0; i <= MOST_PARENTS; i++) {
    const text = files.list(folder)?.includes('Vagrantfile') ? files.read(pathIn(folder, 'Vagrantfile')) : undefined;
    if (typeof text === 'string' && text.includes(nameOf(path)) && VAGRANT_PART.test(text)) return true;
    const parent = parentDirectory(folder);
    if (parent === folder || nameOf(folder) === '..') return false;
    folder = parent;
  }
  return false;
}

/**
 * The provider of libvirt before 0.5 read the user-data as YAML and wrote it anew with the header, together with the name of the
 * host and the key: https://github.com/dmacvicar/terraform-provider-libvirt/pull/410
 */
const isReadAnew = (text: string): boolean =>
  /\bresource[ \t]{1,20}"libvirt_cloudinit"/.test(text) &&
  /\b(?:local_hostname|ssh_authorized_key)[ \t]{0,40}=/.test(text);

const VAGRANT_PART = /\bcontent_type\s{0,20}[=:]\s{0,20}["']text\/cloud-config["']/;
const PART = /\bcontent_type[ \t]{0,40}=[ \t]{0,40}"text\/cloud-config"/;

/** Multipass reads the file as YAML and writes it anew, with the header: https://documentation.ubuntu.com/multipass/. */
function launches(text: string, path: string): boolean {
  return /\bmultipass\s{1,20}launch\b/.test(text) && text.includes('--cloud-init') && text.includes(nameOf(path));
}
