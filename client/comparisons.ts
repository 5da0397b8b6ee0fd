/** Tells the server what the tabs compare: it finds out which findings the change brings. */
import * as vscode from 'vscode';
import { LARGEST_FILE, type ShownComparisons } from '../server/protocol.ts';

/** How long typing on the old side must pause, in milliseconds. */
const PAUSE = 300;

export class ComparedTabs implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private last = JSON.stringify([]);

  constructor(private readonly tell: (shown: ShownComparisons) => void) {
    const later = ({ document }: { readonly document: vscode.TextDocument }): void => {
      if (this.originals().some(({ original }) => original.toString() === document.uri.toString())) this.soon();
    };
    this.subscriptions = [
      vscode.window.tabGroups.onDidChangeTabs(() => this.soon()),
      vscode.workspace.onDidOpenTextDocument(document => later({ document })),
      vscode.workspace.onDidChangeTextDocument(later),
    ];
    this.soon();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const one of this.subscriptions) one.dispose();
  }

  /** Tells all of it again: the server is a new one. */
  again(): void {
    this.last = JSON.stringify([]);
    this.soon();
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.update(), PAUSE);
  }

  private originals(): readonly vscode.TabInputTextDiff[] {
    return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
      tabs.flatMap(({ input }) => (input instanceof vscode.TabInputTextDiff ? input : [])),
    );
  }

  /** The editor has the old text open as long as it shows the comparison. */
  private update(): void {
    const texts = new Map(vscode.workspace.textDocuments.map(document => [document.uri.toString(), document]));
    const comparisons = this.originals().flatMap(({ original, modified }) => {
      const text = texts.get(original.toString())?.getText();
      const isShown = text !== undefined && text.length <= LARGEST_FILE && texts.has(modified.toString());
      return isShown ? [{ uri: modified.toString(), original: text }] : [];
    });
    const said = JSON.stringify(comparisons);
    if (said === this.last) return;
    this.last = said;
    this.tell({ comparisons });
  }
}
