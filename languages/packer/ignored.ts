/** Does Git ignore a file that a template names? Then something makes it, and that it is not there says nothing. */
import { coversPath } from '../../core/glob.ts';
import type { Files } from '../../core/language.ts';
import { directoriesAbove, joinPath, pathFrom } from '../../core/path.ts';

/** How many directories above a file are asked for their `.gitignore`, and how much of one is read. */
const MOST_ABOVE = 12;
const MOST_LINES = 2_000;

/**
 * Whether some `.gitignore` names the path, or what is written where Packer is called in the directory of the `.gitignore`.
 * Patterns that take a file back are left out: true when in doubt.
 */
export function isIgnoredByGit(path: string, written: string, files: Files): boolean {
  const called = /^(?:\.\/)*(?!\.|\/|\$)/.test(written) ? joinPath('', written) : undefined;
  return directoriesAbove(path, MOST_ABOVE).some(directory => {
    const rules = files.read(joinPath(directory, '.gitignore'));
    if (typeof rules !== 'string') return false;
    return covers(rules, pathFrom(directory, path)) || (called !== undefined && covers(rules, called));
  });
}

function covers(rules: string, path: string): boolean {
  return rules
    .split('\n', MOST_LINES)
    .map(line => line.trim())
    .some(line => line !== '' && line.length < 200 && !/^[#!]/.test(line) && coversPath(line, path, false));
}

/**
 * Whether a `.gitignore` names a template of the directory that is not among its files: who runs Packer has one of their own. A
 * pattern counts that says where the file is, and the last one decides.
 */
export function hasIgnoredTemplate(directory: string, names: readonly string[], files: Files): boolean {
  return directoriesAbove(joinPath(directory, 'x'), MOST_ABOVE).some(above => {
    const rules = files.read(joinPath(above, '.gitignore'));
    if (typeof rules !== 'string' || !rules.includes('.pkr.')) return false;
    const ignored = new Map<string, boolean>();
    for (const line of rules.slice(0, LONGEST).split('\n', MOST_LINES)) {
      const [, negation, place = '', name] = TEMPLATE_NAME.exec(line) ?? [];
      if (name === undefined || names.includes(name) || (place === '' && above !== directory)) continue;
      if (coversPath(`${place}${name}`, pathFrom(above, joinPath(directory, name)), false))
        ignored.set(name, negation === undefined);
    }
    return [...ignored.values()].includes(true);
  });
}

const LONGEST = 200_000;
const TEMPLATE_NAME = /^[ \t]{0,8}(!)?([\w./-]{0,200}\/)?([\w.-]{1,80}\.pkr\.(?:hcl|json))[ \t\r]{0,8}$/;
