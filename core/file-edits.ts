/** Fixes that change more files than the one that they are found in. */
import type { Finding, Fix } from './finding.ts';
import { applyEdits } from './fixer.ts';
import type { Edit } from './text.ts';
import { fittedEdit } from './written-edits.ts';

/** A document and the files around it after edits. */
export interface Rewritten {
  /** Of the document itself. */
  readonly text: string;
  /** Of each other file that changes, by its path. */
  readonly others: ReadonlyMap<string, string>;
}

/** Texts of files by their paths; `undefined` as the path is the document itself, as the text it is that of no known file. */
export type TextOf = (file: string | undefined) => string | undefined;

/** Edits by the file that they change; `undefined` is the document itself. */
export function editsByFile(edits: readonly Edit[]): ReadonlyMap<string | undefined, readonly Edit[]> {
  const byFile = new Map<string | undefined, Edit[]>();
  for (const edit of edits) {
    const known = byFile.get(edit.span.file);
    if (known) known.push(edit);
    else byFile.set(edit.span.file, [edit]);
  }
  return byFile;
}

/** Whether edits change another file than the document. */
export const reachesOut = ({ edits }: Pick<Fix, 'edits'>): boolean => edits.some(({ span }) => span.file !== undefined);

/** All files after edits; `undefined` when one of them cannot be had. */
export function rewritten(edits: readonly Edit[], textOf: TextOf): Rewritten | undefined {
  const others = new Map<string, string>();
  let text = textOf(undefined);
  for (const [file, own] of editsByFile(edits)) {
    const before = textOf(file);
    if (before === undefined) return undefined;
    const after = applyEdits(before, own);
    if (file === undefined) text = after;
    else others.set(file, after);
  }
  return text === undefined ? undefined : { text, others };
}

/**
 * The fixes of a finding as they fit the files that they are for, without those for a file that cannot be read. What keeps
 * the meaning for one document may change it for another that the same file belongs to: then it needs a look.
 */
export function fittedFixes({ fixes = [], span }: Pick<Finding, 'fixes' | 'span'>, textOf: TextOf): readonly Fix[] {
  return fixes.flatMap(fix => {
    if (!fix) return [];
    const edits = fix.edits.map(edit => {
      const text = textOf(edit.span.file);
      return text === undefined ? undefined : fittedEdit(edit, text);
    });
    const whole = edits.filter(edit => edit !== undefined);
    if (whole.length < edits.length) return [];
    const isOwn = whole.every(edit => edit.span.file === span.file);
    return [{ ...fix, safety: isOwn ? fix.safety : 'suggested', edits: whole }];
  });
}
