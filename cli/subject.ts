/** A document of a run: what it is linted with, and what its own fixes make of it. */
import type { Diagnostic } from '../core/finding.ts';
import { fixAll } from '../core/fixer.ts';
import type { Files } from '../core/language.ts';
import { judged, type Linted } from '../workspace/lint.ts';
import { unifiedDiff } from './diff.ts';
import type { FileDiff } from './notes.ts';
import type { LintOptions } from './options.ts';

/** A document and what is around it. */
export interface Subject {
  readonly path: string;
  readonly shown: string;
  readonly text: string;
  readonly files: Files;
  /** Where the walk that came to it began, or its repository. */
  readonly root: string;
  /** Whether it is in no language of ours and linted for the documents that name it. */
  readonly isNamed?: true;
  /** `others`: the texts of other files, by their paths, that are not as they are on the disk. */
  lint(text: string, others?: ReadonlyMap<string, string>): Linted | undefined;
}

/** No file has another text. */
export const AS_ON_DISK: ReadonlyMap<string, string> = new Map();

/** A document after those of its fixes that change no other file. */
export function fixedByItself({ text, lint }: Subject, first: Linted, allowed: LintOptions['fix']): LintedText {
  let linted = first;
  const again = (changed: string): readonly Diagnostic[] => {
    linted = changed === text ? first : (lint(changed) ?? linted);
    return judged(linted);
  };
  const after = allowed.length > 0 ? fixAll(text, again, allowed) : text;
  again(after);
  return { text: after, linted };
}

/** A text and what was found in it. */
export interface LintedText {
  readonly text: string;
  readonly linted: Linted;
}

/** What would change in a file. */
export function diffOf(shown: string, before: LintedText, after: LintedText): FileDiff {
  const side = ({ text, linted }: LintedText) => ({ text, masks: linted.masks });
  return { path: shown, text: unifiedDiff(shown, side(before), side(after)) };
}
