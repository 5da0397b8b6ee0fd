/** Shows what is wrong in configuration files, in those files, as long as a document that is shown uses them. */
import type { Diagnostic } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type ConfigFile, isConfigName } from '../workspace/configuration.ts';
import { invalidConfig } from '../workspace/findings.ts';
import type { Checked } from './checked.ts';
import { diagnosticOf } from './convert.ts';
import { comparable } from './files.ts';

export class ConfigProblems {
  /** What is shown now, by URI. */
  private readonly shown = new Map<string, ConfigFile>();

  constructor(private readonly publish: (uri: string, diagnostics: Diagnostic[]) => void) {}

  /** Whether problems of this document are shown here and not as findings. */
  owns(uri: string): boolean {
    return isConfigName(comparable(uri)?.path ?? uri);
  }

  /** Brings what is shown in line with the configurations that documents use, or are; of one that is named twice the last. */
  show(open: readonly Pick<Checked, 'config'>[]): void {
    const used = new Map(open.flatMap(({ config }) => (config ? [[config.uri, config.file] as const] : [])));
    for (const [uri, file] of used) {
      if (this.shown.get(uri) === file) continue;
      const document = TextDocument.create(uri, 'yaml', 0, file.text);
      this.publish(
        uri,
        invalidConfig(file).map(one => diagnosticOf(document, one)),
      );
      this.shown.set(uri, file);
    }
    for (const uri of [...this.shown.keys()].filter(uri => !used.has(uri))) {
      this.shown.delete(uri);
      this.publish(uri, []);
    }
  }
}
