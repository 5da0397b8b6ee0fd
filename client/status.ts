/** The language status item: findings of the active document, preset and configuration in force, whether there is work. */
import * as vscode from 'vscode';
import type { DocumentStatus } from '../server/protocol.ts';
import { isNewFinding, isOurFinding } from './new-findings.ts';
import { SELECTOR } from './ours.ts';
import { statusText } from './status-text.ts';

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem('bakelint', [...SELECTOR]);
  private readonly known = new Map<string, DocumentStatus>();
  private readonly waiting: vscode.Disposable[];
  private tasks = 0;

  /** `isAtServer`: whether the server has a document. */
  constructor(private readonly isAtServer: (uri: string) => boolean) {
    this.item.name = 'Bakelint';
    const update = (): void => this.update();
    this.waiting = [
      vscode.languages.onDidChangeDiagnostics(update),
      vscode.window.onDidChangeActiveTextEditor(update),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.known.delete(uri.toString())),
      vscode.workspace.onDidChangeConfiguration(event => event.affectsConfiguration('bakelint') && update()),
    ];
    this.item.command = { title: 'Configure', command: 'bakelint.openConfiguration' };
    update();
  }

  dispose(): void {
    for (const one of [this.item, ...this.waiting]) one.dispose();
  }

  set(status: DocumentStatus): void {
    this.known.set(vscode.Uri.parse(status.uri).toString(), status);
    this.update();
  }

  /** The configuration in force for a document; `undefined` where there is none, or that is not known. */
  configuration(uri: vscode.Uri): vscode.Uri | undefined {
    const config = this.known.get(uri.toString())?.config;
    return config === undefined ? undefined : vscode.Uri.parse(config);
  }

  /** A server that has ended says nothing of any document. */
  forget(): void {
    this.known.clear();
    this.update();
  }

  /** Busy until the task is done. */
  async during<T>(task: Promise<T>): Promise<T> {
    this.tasks++;
    this.update();
    try {
      return await task;
    } finally {
      this.tasks--;
      this.update();
    }
  }

  private update(): void {
    const settings = vscode.workspace.getConfiguration('bakelint');
    const uri = vscode.window.activeTextEditor?.document.uri;
    const found = uri ? vscode.languages.getDiagnostics(uri).filter(isOurFinding) : [];
    const status = uri && this.known.get(uri.toString());
    const isWaiting = uri !== undefined && !status && this.isAtServer(uri.toString());
    const { text, detail } = statusText({
      isOn: settings.get('enable') !== false,
      preset: settings.get<string>('preset') ?? '',
      status,
      config: status?.config && vscode.workspace.asRelativePath(vscode.Uri.parse(status.config)),
      found: found.length,
      added: found.filter(isNewFinding).length,
    });
    this.item.text = text;
    this.item.detail = detail;
    this.item.severity = status?.isConfigBroken
      ? vscode.LanguageStatusSeverity.Warning
      : vscode.LanguageStatusSeverity.Information;
    this.item.busy = this.tasks > 0 || isWaiting;
  }
}
