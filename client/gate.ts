/** Keeps from the server every document that is not linted: neither its text nor a question about it gets through. */
import type { TextDocument } from 'vscode';
import type { BaseLanguageClient, Middleware } from 'vscode-languageclient';

export class Gate {
  /** The addresses of the documents that are open at the server. */
  private readonly sent = new Set<string>();

  /** `look` decides what is linted at this moment; called when a document opens and at every {@link review}. */
  constructor(private readonly look: () => (document: TextDocument) => boolean) {}

  readonly middleware: Middleware = {
    didOpen: async (document, next) => {
      const uri = document.uri.toString();
      if (this.sent.has(uri) || !this.look()(document)) return;
      this.sent.add(uri);
      await next(document);
    },
    didChange: async (event, next) => {
      if (this.sent.has(event.document.uri.toString())) await next(event);
    },
    didSave: async (document, next) => {
      if (this.sent.has(document.uri.toString())) await next(document);
    },
    didClose: async (document, next) => {
      if (this.sent.delete(document.uri.toString())) await next(document);
    },
    // Every request about a document, of whatever feature, may be answered with null.
    sendRequest: async (type, param, token, next) => {
      const uri = (param as { textDocument?: { uri?: string } } | undefined)?.textDocument?.uri;
      return uri === undefined || this.sent.has(uri) ? next(type, param, token) : (null as never);
    },
  };

  /** Sends the documents that are now linted and closes those that no longer are; the server then takes back its findings. */
  review(documents: readonly TextDocument[], client: Pick<BaseLanguageClient, 'getFeature' | 'error'>): void {
    const isLinted = this.look();
    for (const document of documents) {
      const isSent = this.sent.has(document.uri.toString());
      if (isLinted(document) === isSent) continue;
      // There is no provider for documents that are not ours, nor before the server runs.
      const feature = isSent ? client.getFeature('textDocument/didClose') : client.getFeature('textDocument/didOpen');
      feature
        .getProvider(document)
        ?.send(document)
        .catch(error => client.error(`${document.uri} could not be ${isSent ? 'closed' : 'opened'}.`, error, false));
    }
  }

  isSent(uri: string): boolean {
    return this.sent.has(uri);
  }

  /** A server that has ended has no open documents. */
  forget(): void {
    this.sent.clear();
  }
}
