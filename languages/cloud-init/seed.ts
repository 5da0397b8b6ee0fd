/** User-data of machines that live only while an image is built. */
import type { Files } from '../../core/language.ts';
import { folderOf, nameOf } from '../../core/path.ts';

/** Folders that Packer serves to installers, or that hold its templates, by their usual names. */
const FOLDER = /^(?:http|packer|packer[-_]templates?)$/i;
const TEMPLATE = /\.pkr\.(?:hcl|json)$/i;
/** Documents that are not user-data themselves but contain some, and what Packer's `templatefile` fills in. */
const WITHIN_TEMPLATE = /\.(?:hcl|json)$/i;
/** How far up a template is looked for. */
const MOST_PARENTS = 3;

/**
 * Whether Packer hands the file to the machine that it builds an image from: it is in a template, in a directory with
 * one of Packer's usual names, or beside or below a template as far as `files` shows it. Logins and keys in such a file
 * are for the build; what the image keeps of them is the build's matter.
 */
export function isPackerSeed(path: string | undefined, files: Files): boolean {
  if (path === undefined) return false;
  if (WITHIN_TEMPLATE.test(path)) return true;
  let folder = folderOf(path);
  if (folder.split('/').some(name => FOLDER.test(name))) return true;
  for (let i = 0; i < MOST_PARENTS; i++) {
    if (files.list(folder)?.some(name => TEMPLATE.test(name))) return true;
    const parent = folderOf(folder);
    if (parent === folder || nameOf(folder) === '..') break;
    folder = parent;
  }
  return false;
}
