/** Findings in files that a document names: a script that it runs, a seed that it serves. */
import type { ImageBuild } from './build.ts';
import type { Diagnostic } from './finding.ts';
import type { Files } from './language.ts';
import { lineComments } from './line-comments.ts';
import { Suppressions } from './suppression.ts';
import type { Span } from './text.ts';

const SCRIPT = /\.(?:sh|bash|ps1|bat|cmd)$/i;

export class OtherFiles {
  /** Where the document names each of them first. */
  private readonly references = new Map<string, Span>();
  private readonly suppressions = new Map<string, Suppressions>();

  constructor(
    /** The path of the document. */
    private readonly path: string,
    builds: readonly ImageBuild[],
    private readonly files: Files,
  ) {
    for (const { mentions } of builds)
      for (const { file, reference } of mentions)
        if (reference && reference.file === undefined && !this.references.has(file))
          this.references.set(file, reference);
  }

  /** Where the document names a file; `undefined` for the document itself and for files that it does not name. */
  referenceTo(file: string | undefined): Span | undefined {
    return file === undefined ? undefined : this.references.get(file);
  }

  /** What the document does where it names a file: it runs scripts; other files may be served, copied or filled in. */
  useOf(file: string): string {
    return SCRIPT.test(file) || this.textOf(file)?.startsWith('#!') ? 'Script runs here' : 'File is used here';
  }

  /** The text of one of them. */
  textOf(file: string): string | undefined {
    return this.files.read(file) ?? undefined;
  }

  /** Whether a comment in the file silences a finding in it. */
  silences(diagnostic: Diagnostic, aliases: readonly string[]): boolean {
    const file = diagnostic.span.file!;
    let known = this.suppressions.get(file);
    if (!known) {
      const text = this.textOf(file);
      known = new Suppressions(text === undefined ? [] : lineComments(text, file));
      this.suppressions.set(file, known);
    }
    return known.silences(diagnostic, aliases);
  }

  /** The diagnostics in the document, and those in each other file as that file sees them. */
  apart(diagnostics: readonly Diagnostic[]): {
    readonly own: readonly Diagnostic[];
    readonly inOtherFiles: Map<string, readonly Diagnostic[]>;
  } {
    const own: Diagnostic[] = [];
    const inOtherFiles = new Map<string, Diagnostic[]>();
    for (const one of diagnostics) {
      const { file } = one.span;
      if (file === undefined) {
        own.push(one);
        continue;
      }
      const seen = <T extends { readonly span: Span }>(at: T): T => ({ ...at, span: this.seenFrom(file, at.span) });
      const related = one.related.map(seen);
      const fixes = one.fixes.map(fix => ({ ...fix, edits: fix.edits.map(seen) }));
      const inside = inOtherFiles.get(file) ?? [];
      inside.push({ ...seen(one), related, fixes });
      inOtherFiles.set(file, inside);
    }
    return { own, inOtherFiles };
  }

  private seenFrom(file: string, { start, end, ...span }: Span): Span {
    if (span.file === file) return { start, end };
    return { start, end, file: span.file ?? this.path };
  }
}
