/** Asks why a finding is ignored and writes the comment. */
import * as vscode from 'vscode';
import type { IgnoreArguments } from '../server/protocol.ts';
import { applyOrSay, isReadOnlyFile, sayReadOnly } from './read-only.ts';

/** Line breaks of YAML, and what templates would fill in, are no part of a reason. */
const onOneLine = (reason: string): string =>
  reason
    .replace(/[\r\n\u0085\u2028\u2029]+/g, ' ')
    .replace(/\{(?=[{%#])/g, '{ ')
    .trim();

/** The arguments are those of the command `IGNORE`. Without an answer nothing is written. */
export async function ignore(given: IgnoreArguments): Promise<void> {
  const { uri: address, version, position, before, after, rule } = given;
  const uri = vscode.Uri.parse(address);
  if (await isReadOnlyFile(uri)) {
    sayReadOnly(address);
    return;
  }
  const reason = await vscode.window.showInputBox({
    title: `Ignore ${rule}`,
    prompt: 'Reason, for those who read the file later',
    validateInput: text => (text.trim() === '' ? 'Say why this is fine, or press Escape' : undefined),
  });
  if (reason === undefined) return;
  const document = vscode.workspace.textDocuments.find(one => one.uri.toString() === uri.toString());
  if (document?.version !== version) {
    void vscode.window.showInformationMessage('The file has changed in the meantime: nothing was written.');
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(position.line, position.character), `${before}${onOneLine(reason)}${after}`);
  await applyOrSay(edit);
}
