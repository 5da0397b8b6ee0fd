/** Links to pages of rules open the page that is in the package: they work without a network. Others go to the web. */
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import { OPEN_PAGE } from '../server/protocol.ts';
import { ruleOfPage } from './pages.ts';

export const pageLinks: Pick<Middleware, 'handleDiagnostics' | 'provideHover'> = {
  handleDiagnostics(uri, diagnostics, next) {
    for (const found of diagnostics) {
      const { code } = found;
      const command = typeof code === 'object' ? commandOf(code.target.toString(true)) : undefined;
      if (typeof code === 'object' && command) found.code = { value: code.value, target: vscode.Uri.parse(command) };
    }
    next(uri, diagnostics);
  },

  async provideHover(document, position, token, next) {
    const hover = await next(document, position, token);
    for (const content of hover?.contents ?? []) {
      if (!(content instanceof vscode.MarkdownString)) continue;
      content.value = withCommands(content.value);
      content.isTrusted = { enabledCommands: [OPEN_PAGE] };
    }
    return hover;
  },
};

/** Markdown whose links to pages of rules are commands. */
export function withCommands(markdown: string): string {
  // Text of the file may not bring commands of its own.
  return markdown
    .replace(/(\]\(\s{0,8}<?|<|\]:\s{0,8}<?)(?=command\s{0,8}[:&]|&#?\w{1,12};)/gi, '$1no-')
    .replace(/\]\((https:[^\s()]{1,300})\)/g, (link, address: string) => {
      const command = commandOf(address);
      return command ? `](${command})` : link;
    });
}

function commandOf(address: string): string | undefined {
  if (ruleOfPage(address) === undefined) return undefined;
  return `command:${OPEN_PAGE}?${encodeURIComponent(JSON.stringify([address]))}`;
}
