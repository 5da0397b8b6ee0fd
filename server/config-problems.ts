/** Shows what is wrong in configuration files, in those files, as long as a document that is shown uses them. */
import { type CodeAction, CodeActionKind, type Diagnostic, type Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readConfig } from '../core/config/read.ts';
import { applyEdits } from '../core/fixer.ts';
import type { Rule } from '../core/rule.ts';
import { overlaps } from '../core/text.ts';
import { type ConfigFile, isConfigName } from '../workspace/configuration.ts';
import { invalidConfig } from '../workspace/findings.ts';
import type { Checked } from './checked.ts';
import { diagnosticOf, spanOf, textEditOf } from './convert.ts';
import { comparable, normalized } from './files.ts';

export class ConfigProblems {
  /** What is shown now, by URI. */
  private readonly shown = new Map<string, ConfigFile>();

  constructor(private readonly publish: (uri: string, diagnostics: Diagnostic[]) => void) {}

  /** Whether problems of this document are shown here and not as findings. */
  owns(uri: string): boolean {
    return isConfigName(comparable(uri)?.path ?? uri) || this.shown.has(normalized(uri));
  }

  /** Brings what is shown in line with the configurations that documents use, or are; of one that is named twice the last. */
  show(open: readonly Pick<Checked, 'config'>[]): void {
    const used = new Map(open.flatMap(({ config }) => (config ? [[config.uri, config.file] as const] : [])));
    for (const [uri, file] of used) {
      if (this.shown.get(uri) === file) continue;
      const document = TextDocument.create(uri, 'yaml', 0, file.text);
      this.publish(uri, shownIn(document, file));
      this.shown.set(uri, file);
    }
    for (const uri of [...this.shown.keys()].filter(uri => !used.has(uri))) {
      this.shown.delete(uri);
      this.publish(uri, []);
    }
  }

  /** What corrects the problems in a range; `undefined` for a document that is no configuration which is shown. */
  actions(document: TextDocument, range: Range, rules: readonly Rule[]): CodeAction[] | undefined {
    const file = this.shown.get(normalized(document.uri));
    if (!file) return this.owns(document.uri) ? [] : undefined;
    const text = document.getText();
    if (file.text !== text) return [];
    const shown = shownIn(document, file);
    const span = spanOf(document, range);
    return file.problems.flatMap((problem, i) =>
      (overlaps(problem.span, span) ? (problem.fixes ?? []) : []).flatMap((one): CodeAction[] => {
        // What would be a second key of that name is as wrong as before.
        if (!one || readConfig(applyEdits(text, one.edits), rules).problems.length >= file.problems.length) return [];
        const edits = one.edits.map(edit => textEditOf(document, edit));
        const { title } = one;
        const diagnostics = shown.slice(i, i + 1);
        const edit = { changes: { [document.uri]: edits } };
        return [{ title, kind: CodeActionKind.QuickFix, diagnostics, isPreferred: true, edit }];
      }),
    );
  }
}

/** With the help as a second line: the hovers of these files are not ours everywhere. */
function shownIn(document: TextDocument, file: ConfigFile): Diagnostic[] {
  return invalidConfig(file).map(one => diagnosticOf(document, one, undefined, true));
}
