/** Requests for actions, and those that our own client sends for what an action begins. */
import {
  type CodeAction,
  CodeActionKind,
  CodeActionTriggerKind,
  type Connection,
  type InitializeParams,
  type Diagnostic as LspDiagnostic,
  type Range,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { AroundExtraction } from '../core/editor.ts';
import type { Diagnostic } from '../core/finding.ts';
import { cancelled } from './cancelled.ts';
import type { Checked } from './checked.ts';
import { type ActionContext, codeActions, isWanted } from './code-actions.ts';
import { workspaceEditOf } from './config-edits.ts';
import { type ExtractionContext, extracted, extractionActions } from './extraction.ts';
import { EXTRACT, type Extracted, SEVERITY_EDIT, type SeverityQuestion } from './protocol.ts';
import type { Models } from './subjects.ts';

export interface ActionParts {
  /** A document as it is now; `undefined` for one that is not open. */
  current(uri: string): Promise<{ readonly document: TextDocument; readonly checked: Checked } | undefined>;
  around(document: TextDocument): Promise<AroundExtraction>;
  readonly models: Models;
  toLsp(document: TextDocument, found: Diagnostic, checked: Checked): LspDiagnostic;
  openAt: ActionContext['openAt'];
  client(): InitializeParams['capabilities'];
  isOurClient(): boolean;
  /** The client asks for the reason of an ignore comment. */
  asksWhy(): boolean;
  /** What corrects problems in a range of a configuration; `undefined` for other documents. */
  inConfig(document: TextDocument, range: Range): CodeAction[] | undefined;
}

export function serveActions(connection: Connection, parts: ActionParts): void {
  const extractionContext = (around: AroundExtraction): ExtractionContext => ({
    client: parts.client().workspace?.workspaceEdit,
    canShow: parts.isOurClient(),
    around,
  });

  connection.onCodeAction(async (params, token) => {
    if (token.isCancellationRequested) return cancelled();
    // The light bulb asks at every move of the cursor; where nothing is marked yet there is nothing to offer.
    const automatic = params.context.triggerKind === CodeActionTriggerKind.Automatic;
    const now = await parts.current(params.textDocument.uri);
    if (token.isCancellationRequested) return cancelled();
    const corrections =
      now && isWanted(params.context.only, CodeActionKind.QuickFix) && parts.inConfig(now.document, params.range);
    if (corrections) return corrections;
    if (!now || (automatic && now.checked.diagnostics.length === 0)) return [];
    const { document, checked } = now;
    const around = checked.diagnostics.some(({ extractable }) => extractable)
      ? await parts.around(document)
      : undefined;
    if (token.isCancellationRequested) return cancelled();
    return (
      codeActions(document, checked, params, {
        versionedEdits: parts.client().workspace?.workspaceEdit?.documentChanges === true,
        openAt: parts.openAt,
        isOurClient: parts.isOurClient(),
        reasons: parts.asksWhy() ? 'asked' : takesSnippets(parts.client()) ? 'snippet' : undefined,
        configEdit: change => workspaceEditOf(change, parts.client()),
        cancelled: () => token.isCancellationRequested,
        extractions(here) {
          const model = here.some(({ extractable }) => extractable) ? parts.models.of(checked) : undefined;
          if (!model || !around) return [];
          const shown = (found: Diagnostic): LspDiagnostic => parts.toLsp(document, found, checked);
          return extractionActions({ document, ...model }, here, shown, extractionContext(around));
        },
        toLsp: (own, found) => parts.toLsp(own, found, checked),
      }) ?? cancelled()
    );
  });

  connection.onRequest(SEVERITY_EDIT, async ({ uri, rule, severity }: SeverityQuestion) => {
    const change = (await parts.current(uri))?.checked.configEdit(rule, severity);
    return (change && workspaceEditOf(change, parts.client())) ?? null;
  });

  connection.onRequest(EXTRACT, async (uri: string): Promise<Extracted> => {
    const now = await parts.current(uri);
    const model = now && parts.models.of(now.checked);
    if (!model) return { refusal: 'This file is not linted.' };
    const around = await parts.around(now.document);
    return extracted({ document: now.document, ...model }, extractionContext(around));
  });
}

function takesSnippets({ workspace }: InitializeParams['capabilities']): boolean {
  const can = workspace?.workspaceEdit as { documentChanges?: boolean; snippetEditSupport?: boolean } | undefined;
  return can?.documentChanges === true && can.snippetEditSupport === true;
}
