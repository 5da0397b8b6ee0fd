/** Asks for the severity of a rule and writes it into the configuration. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, WorkspaceEdit } from 'vscode-languageclient';
import { SEVERITY_EDIT, type SeverityQuestion } from '../server/protocol.ts';
import { applyOrSay } from './read-only.ts';

const CHOICES: readonly (vscode.QuickPickItem & { readonly label: SeverityQuestion['severity'] })[] = [
  { label: 'error', description: 'fails a run of the command line' },
  { label: 'warning', description: 'fails a run of the command line' },
  { label: 'info' },
  { label: 'hint' },
  { label: 'off', description: 'disable the rule' },
];

/** The arguments are those of the command `CHANGE_SEVERITY`. */
export async function changeSeverity(
  client: BaseLanguageClient,
  uri: string,
  rule: string,
  current: string,
): Promise<void> {
  const chosen = await vscode.window.showQuickPick(
    CHOICES.filter(({ label }) => label !== current),
    { placeHolder: `Severity of ${rule} (now ${current})` },
  );
  if (!chosen) return;
  const question: SeverityQuestion = { uri, rule, severity: chosen.label };
  const edit = await client.sendRequest<WorkspaceEdit | null>(SEVERITY_EDIT, question);
  if (edit) await applyOrSay(await client.protocol2CodeConverter.asWorkspaceEdit(edit));
  else
    void vscode.window.showInformationMessage(
      `No configuration file can be edited for the severity of ${rule} here. Change it in the setting bakelint.rules.`,
    );
}
