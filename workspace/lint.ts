/** Lints a document so that nothing is lost: what fails inside becomes a finding. */
import type { ImageBuild } from '../core/build.ts';
import { type Days, EVER } from '../core/day.ts';
import type { Diagnostic } from '../core/finding.ts';
import type { Files } from '../core/language.ts';
import { type Document, type LintInput, type LintResult, lint } from '../core/linter.ts';
import { Masks } from '../facts/secrets/masking/masks.ts';
import { internalError } from './findings.ts';

export interface Linted {
  /** `undefined` when the document could not be read at all: then its only finding says so. */
  readonly build: ImageBuild | undefined;
  /** What failed, `rule: undefined` for everything else than a rule, comes first. */
  readonly diagnostics: readonly Diagnostic[];
  /** What was found in the files that the document names; those of them that the host leaves out are for it to drop. */
  readonly inOtherFiles: readonly LintedOther[];
  /**
   * Of a file that documents name: what is found in those. A fix of the file must bring nothing new there either, so that
   * it counts when fixes are judged.
   */
  readonly around?: readonly Diagnostic[];
  /** What must not be shown of the document's text; nothing that the diagnostics say repeats any of it. */
  readonly masks: Masks;
  /** The days on which the same would be found. */
  readonly days: Days;
  /** For a log. The errors may quote the document. */
  readonly failures: readonly Failure[];
}

/** A file that a document names, and what was found in it on behalf of that document. */
export interface LintedOther {
  readonly path: string;
  readonly text: string;
  /** In the order of the file. Spans without a `file` are in this file. */
  readonly diagnostics: readonly Diagnostic[];
  /** What must not be shown of its text. */
  readonly masks: Masks;
}

export interface Failure {
  readonly rule: string | undefined;
  readonly error: unknown;
}

/** What is compared to judge a fix. */
export function judged({ diagnostics, around = [] }: Linted): readonly Diagnostic[] {
  return around.length > 0 ? [...diagnostics, ...around] : diagnostics;
}

/** Everything there is to say about a document; `undefined` when it is in none of the languages. Never throws. */
export function lintDocument(document: Document, input: LintInput): Linted | undefined {
  try {
    const result = lint(document, input);
    if (!result) return undefined;
    const { build, days, failures } = result;
    const { diagnostics, ...shown } = withoutSecrets(document.text, result, input.files);
    const failed = failures.map(({ rule, error }) => internalError(error, rule));
    return { build, diagnostics: [...failed, ...diagnostics], ...shown, days, failures };
  } catch (error) {
    const masks = new Masks(document.text, undefined);
    const failures = [{ rule: undefined, error }];
    return { build: undefined, diagnostics: [internalError(error)], inOtherFiles: [], masks, days: EVER, failures };
  }
}

/** What was found in a text and in the files that it names, with nothing of a secret in any string. */
export function withoutSecrets(
  text: string,
  { build, diagnostics, inOtherFiles }: LintResult,
  files: Files,
): Pick<Linted, 'diagnostics' | 'inOtherFiles' | 'masks'> {
  const masks = new Masks(text, build);
  return {
    masks,
    diagnostics: diagnostics.map(one => clean(one, masks)),
    inOtherFiles: [...inOtherFiles].flatMap(([path, found]): readonly LintedOther[] => {
      const other = files.read(path);
      if (typeof other !== 'string') return [];
      const own = new Masks(other, build, path);
      return [{ path, text: other, diagnostics: found.map(one => clean(clean(one, masks), own)), masks: own }];
    }),
  };
}

/** A diagnostic whose strings repeat nothing of a secret. The edits of its fixes keep the text that they write. */
function clean(diagnostic: Diagnostic, masks: Masks): Diagnostic {
  const { message, help, related, fixes } = diagnostic;
  return {
    ...diagnostic,
    message: masks.clean(message),
    help: help === undefined ? undefined : masks.clean(help),
    related: related.map(one => ({ ...one, message: masks.clean(one.message) })),
    fixes: fixes.map(one => ({ ...one, title: masks.clean(one.title) })),
  };
}
