/** Findings that the change in a comparison brings, and the mark beside their lines. */
import * as vscode from 'vscode';

const SOURCE = 'bakelint';
const NEW_SOURCE = 'bakelint (new)';

export const isOurFinding = ({ source }: vscode.Diagnostic): boolean => source === SOURCE || source === NEW_SOURCE;
export const isNewFinding = ({ source }: vscode.Diagnostic): boolean => source === NEW_SOURCE;

const DOT = `data:image/svg+xml;base64,${btoa(
  '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><circle cx="8" cy="8" r="4" fill="#e8762d"/></svg>',
)}`;

/** Marks the lines with new findings on the new side of comparisons. */
export function markNewFindings(): vscode.Disposable {
  const mark = vscode.window.createTextEditorDecorationType({
    gutterIconPath: vscode.Uri.parse(DOT),
    gutterIconSize: 'contain',
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.modifiedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
  const update = (): void => {
    for (const editor of vscode.window.visibleTextEditors) {
      const found = vscode.languages.getDiagnostics(editor.document.uri).filter(isNewFinding);
      const lines = new Set(found.map(({ range }) => range.start.line));
      editor.setDecorations(
        mark,
        [...lines].map(line => new vscode.Range(line, 0, line, 0)),
      );
    }
  };
  const waiting = [
    vscode.languages.onDidChangeDiagnostics(update),
    vscode.window.onDidChangeVisibleTextEditors(update),
  ];
  update();
  return vscode.Disposable.from(mark, ...waiting);
}
