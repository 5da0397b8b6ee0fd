/** The pages of the rules inside of the editor: they are in the package, so that they work without a network. */
import * as vscode from 'vscode';

/** The scheme of the pages: `bakelint-rule:/latest-tag.md`. */
const SCHEME = 'bakelint-rule';
const ON_THE_WEB = 'https://github.com/bakelint/bakelint/blob/main/docs/';

export class RulePages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  private pages: Promise<Readonly<Record<string, string>>> | undefined;

  /** `file`: a JSON object with the Markdown of each rule. */
  constructor(private readonly file: vscode.Uri) {}

  dispose(): void {
    this.registration.dispose();
  }

  async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
    const page = (await this.all())[path.slice(1, -'.md'.length)];
    // Neighboring pages are in the package, everything else is not.
    return page?.replaceAll('](../', `](${ON_THE_WEB}`) ?? '';
  }

  async ids(): Promise<readonly string[]> {
    return Object.keys(await this.all());
  }

  /** Shows the page of a rule as rendered Markdown, or as text where that cannot be done. */
  async show(rule: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
    try {
      // Tried rather than looked up: the list of commands lacks those of extensions that have not started.
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch {
      await vscode.window.showTextDocument(uri, { preview: true });
    }
  }

  private all(): Promise<Readonly<Record<string, string>>> {
    return (this.pages ??= this.read());
  }

  private async read(): Promise<Readonly<Record<string, string>>> {
    const bytes = await vscode.workspace.fs.readFile(this.file);
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, string>;
  }
}

/** The rule whose page an address is. */
export function ruleOfPage(address: string): string | undefined {
  return /^https:\/\/github\.com\/bakelint\/bakelint\/blob\/[^/]+\/docs\/rules\/([a-z0-9-]+)\.md(?:#.*)?$/.exec(
    address,
  )?.[1];
}
