/** Fragments: files that a script joins to others with `cat`. */
import { nameOf, parentDirectory } from '../core/path.ts';

/** `cat base.yaml extra.yaml >`, in UTF-16 code units. */
const CAT = /\bcat[ \t]{1,20}([^|;&>\n]{1,400})(>{0,2})/g;
/** How far in front of `cat` a header may be written. */
const HEADER_BEFORE = 300;

/**
 * Whether one of the commands in a text writes the file and others into one file. With a header it has to come behind something:
 * another file, or the header itself.
 */
export function joins(text: string, path: string, header?: string): boolean {
  if (!text.includes('cat')) return false;
  for (const { 0: command, 1: operands, 2: redirection, index } of text.matchAll(CAT)) {
    const words = operands!.split(/[ \t\\]+/).filter(word => word !== '' && !/^-./.test(word));
    const at = words.findIndex(word => means(word, path));
    if (at < 0) continue;
    if (header === undefined) {
      if (redirection !== '' && (words.length > 1 || words[0]!.includes('*'))) return true;
      continue;
    }
    if (at > 0 || redirection === '>>' || /\*/.test(words[at]!)) return true;
    const before = text.slice(Math.max(0, index - HEADER_BEFORE), index);
    if (before.includes(header) && command !== '') return true;
  }
  return false;
}

/** `cp common/*.pkr.hcl build/`, `ln -s ../common/sources.pkr.hcl`, in UTF-16 code units. */
const COPY = /\b(?:cp|ln|mv|rsync|install|copy|Copy-Item)[ \t]{1,20}([^|;&>\n]{1,400})/gi;

/** Whether one of the commands in a text puts the file into another directory, by its name or with those beside it. */
export function copies(text: string, path: string): boolean {
  for (const [, operands] of text.matchAll(COPY)) {
    const words = operands!.split(/[ \t\\]+/).filter(word => word !== '' && !/^-./.test(word));
    if (words.length > 1 && words.slice(0, -1).some(word => means(word, path))) return true;
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
