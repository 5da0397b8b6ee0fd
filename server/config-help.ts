/** Completion and hovers in configuration files, where the editor has them from nobody else. */
import { type CompletionItem, type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { configCompletions, configHover } from '../core/config/assist.ts';
import { configSchema, type Schema } from '../core/config/schema.ts';
import { docsUrl } from '../core/linter.ts';
import type { Rule } from '../core/rule.ts';
import { isConfigName } from '../workspace/configuration.ts';
import { completionOf, rangeOf } from './convert.ts';
import { comparable } from './files.ts';

export interface ConfigHelpParts {
  /** An open document. */
  document(uri: string): TextDocument | undefined;
  /** Whether configurations in JSON, or else those in YAML, are helped with. */
  isServed(isJson: boolean): boolean;
}

export class ConfigHelp {
  /** Made when it is asked for: it is long. */
  private schema: Schema | undefined;

  constructor(
    private readonly rules: readonly Rule[],
    private readonly parts: ConfigHelpParts,
  ) {}

  /** `undefined` for a document that is no configuration. */
  completions(uri: string, position: Position): readonly CompletionItem[] | undefined {
    const found = this.configAt(uri);
    if (!found) return undefined;
    const { document, isJson } = found;
    const offset = document.offsetAt(position);
    return configCompletions(document.getText(), offset, { schema: this.read(), isJson }).map(one =>
      completionOf(document, one),
    );
  }

  hover(uri: string, position: Position): Hover | undefined {
    const found = this.configAt(uri);
    if (!found) return undefined;
    const { document, isJson } = found;
    const asked = { schema: this.read(), isJson, urlOf: docsUrl };
    const help = configHover(document.getText(), document.offsetAt(position), asked);
    return (
      help && { contents: { kind: MarkupKind.Markdown, value: help.markdown }, range: rangeOf(document, help.span) }
    );
  }

  private configAt(uri: string): { readonly document: TextDocument; readonly isJson: boolean } | undefined {
    const path = comparable(uri)?.path ?? uri;
    const isJson = path.endsWith('.json');
    const document = isConfigName(path) && this.parts.isServed(isJson) ? this.parts.document(uri) : undefined;
    return document && { document, isJson };
  }

  private read(): Schema {
    return (this.schema ??= configSchema(this.rules));
  }
}
