/** Shows what is wrong in configuration files, in those files, as long as a document that is open uses them. */
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { Checked } from './checker.ts';
import { rangeOf, SOURCE } from './convert.ts';
import { type ConfigFile, isConfig } from './workspace-config.ts';

export class ConfigProblems {
  /** What is shown now, by URI. */
  private readonly shown = new Map<string, ConfigFile>();

  constructor(private readonly publish: (uri: string, diagnostics: Diagnostic[]) => void) {}

  /** Whether problems of this document are shown here and not as findings. */
  owns(uri: string): boolean {
    return isConfig(URI.parse(uri));
  }

  /** Brings what is shown in line with the configurations that the open documents use, or are. */
  show(open: readonly Checked[]): void {
    const used = new Map(open.flatMap(({ config }) => (config ? [[config.uri, config] as const] : [])));
    for (const [uri, file] of used) {
      if (this.shown.get(uri) === file) continue;
      const document = TextDocument.create(uri, 'yaml', 0, file.text);
      this.publish(
        uri,
        file.problems.map(({ message, span }) => ({
          range: rangeOf(document, span),
          severity: DiagnosticSeverity.Error,
          source: SOURCE,
          // As the command line names it.
          code: 'invalid-config',
          message,
        })),
      );
      this.shown.set(uri, file);
    }
    for (const uri of [...this.shown.keys()].filter(uri => !used.has(uri))) {
      this.shown.delete(uri);
      this.publish(uri, []);
    }
  }
}
