/** Lints a document so that nothing is lost: what fails inside becomes a finding. */
import type { ImageBuild } from '../core/build.ts';
import type { Diagnostic } from '../core/finding.ts';
import { type Document, type LintInput, lint } from '../core/linter.ts';
import { internalError } from './findings.ts';

export interface Linted {
  /** `undefined` when the document could not be read at all: then its only finding says so. */
  readonly build: ImageBuild | undefined;
  /** What failed, `rule: undefined` for everything else than a rule, comes first. */
  readonly diagnostics: readonly Diagnostic[];
  /** For a log. The errors may quote the document. */
  readonly failures: readonly Failure[];
}
export interface Failure {
  readonly rule: string | undefined;
  readonly error: unknown;
}

/** Everything there is to say about a document; `undefined` when it is in none of the languages. Never throws. */
export function lintDocument(document: Document, input: LintInput): Linted | undefined {
  try {
    const result = lint(document, input);
    if (!result) return undefined;
    const { build, diagnostics, failures } = result;
    if (failures.length === 0) return { build, diagnostics, failures };
    return {
      build,
      diagnostics: [...failures.map(({ rule, error }) => internalError(error, rule)), ...diagnostics],
      failures,
    };
  } catch (error) {
    return { build: undefined, diagnostics: [internalError(error)], failures: [{ rule: undefined, error }] };
  }
}
