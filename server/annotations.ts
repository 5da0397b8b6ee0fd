/** What editors show in and beside the text: colors of names, hints, counts of references. */
import {
  type CodeLens,
  type Connection,
  SemanticTokenModifiers,
  SemanticTokensBuilder,
  SemanticTokenTypes,
} from 'vscode-languageserver';
import type { ColoredName, NameKind } from '../core/editor.ts';
import { overlaps } from '../core/text.ts';
import { rangeOf, spanOf } from './convert.ts';
import { SHOW_REFERENCES } from './protocol.ts';
import type { PartialFeature } from './registration.ts';
import type { EditorSettings } from './settings.ts';
import { mayBeShown } from './shown-values.ts';
import type { Subjects } from './subjects.ts';

const KINDS: readonly NameKind[] = ['type', 'class', 'variable', 'parameter', 'property', 'function'];
const LEGEND = {
  tokenTypes: KINDS.map(kind => SemanticTokenTypes[kind]),
  tokenModifiers: [SemanticTokenModifiers.declaration, SemanticTokenModifiers.deprecated],
};
const TOKENS = { legend: LEGEND, full: true };

export const ANNOTATIONS: readonly PartialFeature[] = [
  { name: 'semanticTokens', capability: { semanticTokensProvider: TOKENS }, options: TOKENS },
  { name: 'inlayHint', capability: { inlayHintProvider: true } },
  { name: 'codeLens', capability: { codeLensProvider: {} } },
];

export interface AnnotationParts {
  readonly subjects: Subjects;
  settingsOf(uri: string): Promise<EditorSettings>;
  /** The client has the command {@link SHOW_REFERENCES}. */
  canShowReferences(): boolean;
}

export function serveAnnotations(
  connection: Connection,
  { subjects, settingsOf, canShowReferences }: AnnotationParts,
): void {
  connection.languages.semanticTokens.on(async ({ textDocument }) => {
    const data = await subjects.whole(textDocument.uri, ({ document, build, editor }) => {
      const tokens = new SemanticTokensBuilder();
      for (const name of editor.coloredNames?.(build) ?? []) {
        const { line, character } = document.positionAt(name.span.start);
        tokens.push(line, character, name.span.end - name.span.start, KINDS.indexOf(name.kind), modifiersOf(name));
      }
      return { data: tokens.build().data };
    });
    return data ?? { data: [] };
  });
  connection.languages.inlayHint.on(async ({ textDocument, range }) => {
    if (!(await settingsOf(textDocument.uri)).packer.inlayHints) return [];
    return subjects.whole(textDocument.uri, subject => {
      const { document, build, editor } = subject;
      const asked = spanOf(document, range);
      const hints = editor.hints?.(build).filter(({ offset }) => overlaps({ start: offset, end: offset }, asked));
      return hints
        ?.filter(({ text, places }) => mayBeShown(text, places, subject))
        .map(({ offset, text }) => ({ position: document.positionAt(offset), label: text, paddingLeft: true }));
    });
  });
  connection.onCodeLens(async ({ textDocument }) => {
    if (!(await settingsOf(textDocument.uri)).packer.codeLens) return [];
    return subjects.whole(textDocument.uri, ({ document, build, editor }) =>
      editor.usedNames?.(build).map(({ nameSpan, uses }): CodeLens => {
        const range = rangeOf(document, nameSpan);
        const title = `${uses.length} ${uses.length === 1 ? 'reference' : 'references'}`;
        const locations = uses.flatMap(span => subjects.located(document, span) ?? []);
        const shown = canShowReferences() && uses.length > 0;
        return {
          range,
          // A command without a name is a text that cannot be clicked.
          command: shown
            ? { title, command: SHOW_REFERENCES, arguments: [document.uri, range.start, locations] }
            : { title, command: '' },
        };
      }),
    );
  });
}

function modifiersOf({ isDeclaration, isDeprecated }: ColoredName): number {
  return (isDeclaration ? 1 : 0) + (isDeprecated ? 2 : 0);
}
