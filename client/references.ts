/** Shows the references that a code lens counts. Its arguments are as the protocol writes them. */
import * as vscode from 'vscode';
import type { Location, Position } from 'vscode-languageclient';

export async function showReferences(
  uri: string,
  { line, character }: Position,
  found: readonly Location[],
): Promise<void> {
  const locations = found.map(
    ({ uri, range: { start, end } }) =>
      new vscode.Location(
        vscode.Uri.parse(uri),
        new vscode.Range(start.line, start.character, end.line, end.character),
      ),
  );
  const position = new vscode.Position(line, character);
  await vscode.commands.executeCommand('editor.action.showReferences', vscode.Uri.parse(uri), position, locations);
}
