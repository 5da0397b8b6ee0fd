import type { Diagnostic } from '../core/finding.ts';
import type { Files } from '../core/language.ts';
import { type Engine, languageOf } from '../core/linter.ts';
import { Masks } from '../facts/secrets/masking/masks.ts';
import { Lines } from '../node/lines.ts';
import type { Refused } from '../workspace/files.ts';
import { unreadable } from '../workspace/findings.ts';
import type { Linted } from '../workspace/lint.ts';
import { type FileReport, type Reporting, reportOf } from './report.ts';
import type { Subject } from './subject.ts';

type Texts = Pick<Files, 'read'>;

interface ReporterOptions {
  /** Whether a format of this run shows edits. */
  readonly withEdits: boolean;
  /** In bytes. */
  readonly maxFileSize: number;
}

/** Makes reports of what was found: with the rules' policies, paths as they are shown, and no text that is a secret. */
export class Reporter {
  private readonly policies: ReadonlyMap<string, readonly string[]>;

  constructor(
    private readonly engine: Engine,
    /** How a path is shown. */
    private readonly show: (path: string) => string,
    private readonly options: ReporterOptions,
  ) {
    this.policies = new Map(engine.rules.map(rule => [rule.id, rule.policies]));
  }

  /** The report of a document, of which `text` is what is left after its fixes. */
  of({ path, shown, files, isNamed }: Subject, text: string, { build, diagnostics, masks }: Linted): FileReport {
    const language = isNamed ? 'script' : (build?.language ?? this.languageByName(path));
    // Without the build it is unknown what in the text is a secret, so none of it is shown.
    if (!build || diagnostics.length === 0) return this.withoutDocument(shown, language, diagnostics);
    return reportOf({ path: shown, language, lines: new Lines(text), masks }, diagnostics, this.reporting(files));
  }

  /** The report of a file that a document names. */
  ofNamed({ path, text, diagnostics, masks }: Linted['inOtherFiles'][number], files: Texts): FileReport {
    const language: FileReport['language'] = languageOf(this.engine, { path, text })?.id ?? 'script';
    const own = { path: this.show(path), language, lines: new Lines(text), masks };
    return reportOf(own, diagnostics, this.reporting(files));
  }

  /** The report of a file that is not read. */
  refused(path: string, why: Refused, shown = this.show(path)): FileReport {
    // Nothing is wrong with a file that is encrypted.
    const found = why.refused === 'encrypted' ? [] : [unreadable(why, this.options.maxFileSize, '`--max-file-size`')];
    return this.withoutDocument(shown, this.languageByName(path), found);
  }

  /** The report of a file of which nothing is a secret, or nothing is shown. */
  withoutDocument(
    path: string,
    language: FileReport['language'],
    diagnostics: readonly Diagnostic[],
    text = '',
  ): FileReport {
    const own = { path, language, lines: new Lines(text), masks: new Masks(text, undefined) };
    return reportOf(own, diagnostics, this.reporting({ read: () => undefined }));
  }

  private reporting(files: Texts): Reporting {
    return {
      policiesOf: rule => this.policies.get(rule) ?? [],
      otherFiles: { show: other => this.show(other), text: other => files.read(other) },
      withEdits: this.options.withEdits,
    };
  }

  private languageByName(path: string): FileReport['language'] {
    return languageOf(this.engine, { path, text: '' })?.id ?? 'unknown';
  }
}
