/** Fragments: files that a script joins to another one, whose header then holds for them too. */
import type { Files } from '../../core/language.ts';
import { nameOf, parentDirectory, pathIn } from '../../core/path.ts';
import { buildFilesAround } from '../../facts/build-files.ts';

/** `cat base.yaml extra.yaml >`, in UTF-16 code units. */
const CAT = /\bcat[ \t]{1,20}([^|;&>\n]{1,400})(>{0,2})/g;
/** How far in front of `cat` a header may be written. */
const HEADER_BEFORE = 300;

/**
 * Whether a file around it writes the header, or another file, in front of the file's text, has Multipass do so, or makes
 * it a part of a message, whose type says what it is.
 */
export function isJoined(path: string, files: Files): boolean {
  return (
    (buildFilesAround(path, files) ?? []).some(
      ({ text }) => (text.includes('cat') && joins(text, path)) || launches(text, path) || packs(text, path),
    ) || isTerraformPart(path, files)
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
      if (typeof text === 'string' && text.includes(nameOf(path)) && PART.test(text)) return true;
    }
    const parent = parentDirectory(folder);
    if (parent === folder || nameOf(folder) === '..') return false;
    folder = parent;
  }
  return false;
}

const PART = /\bcontent_type[ \t]{0,40}=[ \t]{0,40}"text\/cloud-config"/;

/** Multipass reads the file as YAML and writes it anew, with the header: https://documentation.ubuntu.com/multipass/. */
function launches(text: string, path: string): boolean {
  return /\bmultipass\s{1,20}launch\b/.test(text) && text.includes('--cloud-init') && text.includes(nameOf(path));
}

/** Whether one of the commands in a text puts the file behind something. */
export function joins(text: string, path: string): boolean {
  for (const { 0: command, 1: operands, 2: redirection, index } of text.matchAll(CAT)) {
    const words = operands!.split(/[ \t\\]+/).filter(word => word !== '' && !/^-./.test(word));
    const at = words.findIndex(word => means(word, path));
    if (at < 0) continue;
    if (at > 0 || redirection === '>>' || /\*/.test(words[at]!)) return true;
    const before = text.slice(Math.max(0, index - HEADER_BEFORE), index);
    if (before.includes('#cloud-config') && command !== '') return true;
  }
  return false;
}

/** Whether a word is the file's name with any directory in front, or a pattern for its directory: `parts/*.yaml`. */
function means(word: string, path: string): boolean {
  const bare = word.replace(/["']/g, '');
  const last = nameOf(bare);
  if (last === nameOf(path)) return `/${path}`.endsWith(`/${bare.replace(/^(?:.*[$}]|[./]*)\//, '')}`);
  const star = last.indexOf('*');
  if (star < 0 || nameOf(parentDirectory(bare)) !== nameOf(parentDirectory(path))) return false;
  const name = nameOf(path);
  return name.startsWith(last.slice(0, star)) && name.endsWith(last.slice(last.lastIndexOf('*') + 1));
}
