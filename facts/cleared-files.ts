/** Which files a command leaves without what was in them: deleted, emptied, edited in place, or replaced by another file. */
import { memo } from '../core/memo.ts';
import type { Script } from '../core/script.ts';
import type { Command, Word } from '../core/shell-tree.ts';
import { type Invocation, invocationBy } from '../shell/invocations.ts';
import { readArguments } from '../shell/programs/index.ts';
import { sedCommandOf } from '../shell/sed-scripts.ts';
import { copyOf } from './copies.ts';

/** One file, by the word that names it. */
export interface ClearedFile {
  /** The path as written, which may be a glob, or the pattern of `find -name`. */
  readonly word: Word;
  /** `changed`: some of what was in it may be left. */
  readonly how: 'deleted' | 'emptied' | 'changed';
}

const REMOVERS: ReadonlySet<string> = new Set(['rm', 'unlink', 'shred', 'srm']);
/** Programs that print nothing. */
const SILENT: ReadonlySet<string> = new Set([':', 'true']);
/** `-i`, `-pi`, `-ni.bak`. */
const PERL_IN_PLACE = /^-[pnle0]{0,4}i/;

/** The files that each command of a script clears, in the order of the script; commands that cannot run are left out. */
export const clearedFiles: (script: Script) => readonly { readonly command: Command; readonly file: ClearedFile }[] =
  memo(script =>
    script.commands
      .filter(({ mayRun }) => mayRun)
      .flatMap(command => clearedBy(command, script).map(file => ({ command, file }))),
  );

function clearedBy(command: Command, script: Script): ClearedFile[] {
  const invocation = invocationBy(command, script);
  return [...emptied(command, invocation), ...(invocation ? clearedByProgram(invocation) : [])];
}

/** `> FILE`, `: > FILE`, `cat /dev/null > FILE`: a redirection of no output. */
function emptied({ redirects, words }: Command, invocation: Invocation | undefined): ClearedFile[] {
  if (words.length > 0 && !(invocation && printsNothing(invocation))) return [];
  return redirects.flatMap(({ descriptor, operator, target }) =>
    target && /^>\|?$/.test(operator) && (descriptor ?? 1) === 1 ? [{ word: target, how: 'emptied' as const }] : [],
  );
}

function printsNothing(invocation: Invocation): boolean {
  const { args, program } = invocation;
  if (SILENT.has(program)) return true;
  if (program === 'cat') return args.length === 1 && args[0]!.literal === '/dev/null';
  return (
    (program === 'echo' || program === 'printf') && args.every(({ literal }) => literal === '' || literal === '-n')
  );
}

function clearedByProgram(invocation: Invocation): ClearedFile[] {
  const given = readArguments(invocation);
  const all = (words: readonly Word[], how: ClearedFile['how']) => words.map(word => ({ word, how }));
  if (REMOVERS.has(given.program)) return all(given.operands, 'deleted');
  switch (given.program) {
    case 'find': {
      const run = given.all('-exec', '-execdir').flatMap(({ words }) => words);
      const deletes = given.has('-delete') || run.some(({ literal }) => REMOVERS.has(literal ?? ''));
      return deletes
        ? all([...given.values('-name', '-iname').map(({ word }) => word), ...given.operands], 'deleted')
        : [];
    }
    case 'truncate':
      return given.value('--size')?.literal === '0' ? all(given.operands, 'emptied') : [];
    case 'sed': {
      const sed = sedCommandOf(invocation);
      return sed?.inPlace ? all(sed.files, 'changed') : [];
    }
    case 'perl':
      return invocation.args.some(({ literal }) => PERL_IN_PLACE.test(literal ?? ''))
        ? all(invocation.args.slice(-1), 'changed')
        : [];
    case 'cp':
    case 'mv': {
      const copy = copyOf(invocation);
      const target = given.operands.at(-1);
      if (!copy || copy.intoFolder || !target) return [];
      const empties = copy.sources[0]?.literal === '/dev/null';
      return all([target], empties ? 'emptied' : 'changed');
    }
    default:
      return [];
  }
}
