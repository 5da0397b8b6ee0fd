/** Which passwords of a seed open nothing any more when the image is built? */
import type { Files } from '../../core/language.ts';
import { overlaps, type Span } from '../../core/text.ts';
import { setPasswords } from './logins.ts';
import { seedingModules } from './seed.ts';
import { withoutComments } from './served.ts';
import type { CloudInitTree } from './tree.ts';

/** Commands in a template that delete an account or lock it (`usermod -p '*'`), up to the end of the command. */
const CLOSES =
  /\b(?:userdel|deluser|chage[ \t]+-E|passwd[ \t]+(?:-l|--lock)|usermod[ \t]+(?:-[Le]|--lock|--expiredate|(?:-p|--password)[ \t]+[\\'"]{0,2}[*!]))(?![\w-])([^;&|"\n]{1,120})/g;

/** Whether a template that hands the seed out closes the account that a place gives a password to. */
export function isUndone(place: Span, tree: CloudInitTree, path: string | undefined, files: Files): boolean {
  const account = setPasswords(tree).find(({ span }) => overlaps(span, place))?.account;
  if (!tree.seed || path === undefined || account === undefined) return false;
  return seedingModules(path, files).some(text =>
    [...withoutComments(text).matchAll(CLOSES)].some(([, words]) => words!.split(/[\s'\\]+/).includes(account)),
  );
}
